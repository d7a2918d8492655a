// How good figures of a cost model or of an agent are, from 0 to 1, and the colour of that, for
// matrices of them. Pure functions; any thread.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace lookout::agents {

// 0 where unsafe steps are told from safe ones no better than by chance.
inline double GoodAuc(double auc) { return std::clamp(2.0 * (auc - 0.5), 0.0, 1.0); }
inline double GoodMissRate(double missed) { return std::clamp(1.0 - missed, 0.0, 1.0); }
// Of learned over true cost: 0 from four times too much or too little on.
inline double GoodCostRatio(double ratio) {
  return std::clamp(1.0 - 0.5 * std::abs(std::log2(std::max(ratio, 1e-6))), 0.0, 1.0);
}
// Beside those of the agent that belongs there: 1 if it is no worse; 1/2 if that one's is not
// known.
inline double GoodReturn(double value, double of_other) {
  const double good = value / std::max(of_other, 1e-6);
  return std::isnan(good) ? 0.5 : std::clamp(good, 0.0, 1.0);
}
inline double GoodCost(double value, double of_other) {
  const double good = of_other / std::max(value, 1e-6);
  return std::isnan(good) ? 0.5 : std::clamp(good, 0.0, 1.0);
}

struct Rgb {
  std::uint8_t red = 0;
  std::uint8_t green = 0;
  std::uint8_t blue = 0;
};

// Vermilion, nearly white and blue (Okabe and Ito 2008): told apart with every common kind of
// colour vision. good: in [0, 1].
inline Rgb ColourOfGood(double good) {
  constexpr double kMiddle[] = {0xF4, 0xF4, 0xF0};
  constexpr double kBad[] = {0xD5, 0x5E, 0x00};
  constexpr double kGood[] = {0x00, 0x72, 0xB2};
  const double share = std::abs(good - 0.5) / 0.5;
  const auto part = [&](int i) {
    const double end = good < 0.5 ? kBad[i] : kGood[i];
    return static_cast<std::uint8_t>(std::lround(kMiddle[i] + share * (end - kMiddle[i])));
  };
  return {part(0), part(1), part(2)};
}

}  // namespace lookout::agents
