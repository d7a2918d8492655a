#include "agents/inspect/verification/tanh_lines.h"

#include <array>
#include <cmath>
#include <cstddef>

#include "sim/base/check.h"

namespace lookout::agents {
namespace {

constexpr double kOut = 1e-12;
constexpr double kNarrow = 1e-7;  // a chord over less than this is lost in rounding

struct Line {
  double slope = 0.0;
  double offset = 0.0;
};

Line Tangent(double at) {
  const double value = std::tanh(at);
  const double slope = 1.0 - value * value;
  return {slope, value - slope * at};
}

Line Chord(double low, double high) {
  const double at_low = std::tanh(low);
  const double slope = (std::tanh(high) - at_low) / (high - low);
  return {slope, at_low - slope * low};
}

// Where a line through (-steps * kStep, tanh) touches the hill of tanh right of 0: a tangent there
// or further right is above tanh from that point on. Found by bisection once.
class TouchingPoints {
 public:
  static constexpr double kStep = 0.01;
  static constexpr double kFurthest = 10.0;

  TouchingPoints() {
    for (std::size_t i = 0; i < points_.size(); ++i) {
      points_[i] = Touch(-kStep * static_cast<double>(i));
      tangents_[i] = Tangent(points_[i]);
    }
  }

  // low: from -kFurthest to 0. The touching point of `low` lies between those of its neighbours.
  double AtLeast(double low) const { return points_[Index(low)]; }
  Line Above(double low) const { return tangents_[Index(low) + 1]; }

 private:
  static std::size_t Index(double low) { return static_cast<std::size_t>(-low / kStep); }

  // To the right of the exact point, by less than a billionth.
  static double Touch(double low) {
    double left = 0.0;
    double right = 20.0;
    while (right - left > 1e-10) {
      const double middle = 0.5 * (left + right);
      const Line tangent = Tangent(middle);
      (tangent.slope * low + tangent.offset < std::tanh(low) ? left : right) = middle;
    }
    return right;
  }

  std::array<double, static_cast<std::size_t>(kFurthest / kStep) + 3> points_{};
  std::array<Line, static_cast<std::size_t>(kFurthest / kStep) + 3> tangents_{};
};

// low < 0 < high.
Line AboveBoth(double low, double high) {
  static const TouchingPoints kTouching;
  if (low < -TouchingPoints::kFurthest) return {0.0, 1.0};
  // The index below may be one too small where the division rounds: 2e-9 pays for that.
  if (high <= kTouching.AtLeast(low) - 2e-9) return Chord(low, high);
  return kTouching.Above(low);
}

}  // namespace

TanhLines LinesOfTanh(double low, double high) {
  LOOKOUT_CHECK(low <= high, "an interval's ends are in order");
  Line lower;
  Line upper;
  if (high - low < kNarrow) {
    lower = {0.0, std::tanh(low)};
    upper = {0.0, std::tanh(high)};
  } else if (high <= 0.0) {
    lower = Tangent(0.5 * (low + high));
    upper = Chord(low, high);
  } else if (low >= 0.0) {
    lower = Chord(low, high);
    upper = Tangent(0.5 * (low + high));
  } else {
    upper = AboveBoth(low, high);
    const Line mirrored = AboveBoth(-high, -low);  // tanh(-z) = -tanh(z)
    lower = {mirrored.slope, -mirrored.offset};
  }
  return {lower.slope, lower.offset - kOut, upper.slope, upper.offset + kOut};
}

}  // namespace lookout::agents
