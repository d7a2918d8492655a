#include "agents/feedback/agreement/krippendorff_alpha.h"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <string_view>

namespace lookout::agents {
namespace {

using doctest::Approx;
using RatedSpans = std::vector<StepSpan>;

constexpr std::array<std::uint16_t, 1> kOnce{1};

// From the first step, of so many steps.
StepSpan Span(StepIndex first, StepIndex steps) { return {first, first + steps - 1}; }

double AlphaU(StepIndex steps, const std::vector<RatedSpans>& annotators) {
  UnitisedAlpha alpha;
  alpha.AddEpisode(steps, annotators);
  alpha.Finish();
  return alpha.Of(kOnce);
}

// What annotators call each step, a line for each of them: 'u', 's' or '.' for nothing.
Coincidences Count(const std::vector<std::string_view>& lines) {
  Coincidences table;
  for (std::size_t step = 0; step < lines.front().size(); ++step) {
    int unsafe = 0;
    int safe = 0;
    for (const std::string_view line : lines) {
      unsafe += line[step] == 'u' ? 1 : 0;
      safe += line[step] == 's' ? 1 : 0;
    }
    table.AddStep(unsafe, safe);
  }
  return table;
}

TEST_CASE("nominal alpha of Krippendorff's binary example is .095") {
  CHECK(NominalAlpha(Count({"suuuuuuusu", "sssuusuuuu"})) == Approx(0.095).epsilon(0.005));
}

TEST_CASE("steps that fewer than two annotators speak of do not count") {
  const double alpha = NominalAlpha(Count({"uuss", "uuss", "usss"}));
  CHECK(NominalAlpha(Count({"uuss.u", "uuss..", "usss.."})) == Approx(alpha));
  // By hand: three steps of three alike, one of two against one. o_us = 2 * 1 / 2 = 1, n = 12,
  // n_u = 5, n_s = 7: 1 - 11 / 35.
  CHECK(alpha == Approx(1.0 - 11.0 / 35.0));
  CHECK(std::isnan(NominalAlpha(Count({"sss", "sss"}))));
}

TEST_CASE("alpha_U of spans has the known values") {
  CHECK(AlphaU(24, {{Span(2, 8)}, {Span(2, 8)}}) == Approx(1.0));
  CHECK(AlphaU(24, {{Span(2, 8)}, {Span(3, 8)}}) == Approx(0.960).epsilon(0.001));
  // Two halves: D_o = 2 * 12^2 / (2 * 24^2) = .25; D_e = 2/24 * 2 * (1 * 1012 + 144 * 2) /
  // (48 * 47 - 2 * 132).
  const double expected = 2.0 / 24.0 * 2.0 * ((3456.0 - 432.0 + 12.0) / 3.0 + 144.0 * 2.0) / 1992.0;
  CHECK(AlphaU(24, {{Span(0, 12)}, {Span(12, 12)}}) == Approx(1.0 - 0.25 / expected));
  CHECK(std::isnan(AlphaU(24, {{}, {}})));
}

TEST_CASE("an episode counted twice is that episode two times") {
  const std::vector<RatedSpans> first{{Span(2, 8)}, {Span(3, 8)}};
  const std::vector<RatedSpans> second{{Span(0, 5)}, {Span(10, 5), Span(17, 2)}};
  UnitisedAlpha weighed;
  weighed.AddEpisode(24, first);
  weighed.AddEpisode(30, second);
  weighed.AddNothing();
  weighed.Finish();
  UnitisedAlpha repeated;
  for (int i = 0; i < 2; ++i) repeated.AddEpisode(24, first);
  repeated.AddEpisode(30, second);
  repeated.Finish();
  const std::array<std::uint16_t, 3> weights{2, 1, 5};
  const std::array<std::uint16_t, 3> ones{1, 1, 1};
  CHECK(weighed.Of(weights) == Approx(repeated.Of(ones)).epsilon(1e-12));
}

}  // namespace
}  // namespace lookout::agents
