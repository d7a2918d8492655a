#include "app/workspace/labelling/labelling_progress.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <optional>
#include <vector>

namespace lookout::app {
namespace {

constexpr ObservationKey kHere = 0xfedcba9876543210U;

TEST_CASE("what labelling still brings is told as soon as three fits are known") {
  LabellingProgress progress;
  CHECK(progress.InWords(kHere, {}).empty());
  progress.NoteFit(kHere, CostModelId{1}, 20, 0.2);
  progress.NoteFit(kHere, CostModelId{2}, 40, 0.1);
  CHECK(progress.InWords(kHere, {}).empty());
  progress.NoteFit(kHere, CostModelId{3}, 80, 0.05);
  CHECK(progress.InWords(kHere, {}).starts_with(
      "The held-out error is 0.050 after 80 labels; the next 20 should lower it by 0.010"));
  CHECK(progress.InWords(kHere + 1, {}).empty());  // of another observation nothing is known
}

TEST_CASE("three rounds alike and an audit that missed nothing are enough") {
  LabellingProgress progress;
  progress.NoteFit(kHere, CostModelId{1}, 20, 0.2);
  for (const double kappa : {0.999, 0.995, 1.0}) progress.NoteAgreement(kHere, kappa);
  CHECK(progress.InWords(kHere, {.unsafe = 40, .missed = 0})
            .find("That is enough: the last 4 models agree, with a kappa of 0.995 at least, and at "
                  "most 7 % of what is unsafe is missed.") != std::string::npos);
  CHECK(progress.InWords(kHere, {}).empty());
}

TEST_CASE("a round ends with the newest model, after ten more labels") {
  LabellingProgress progress;
  CHECK_FALSE(progress.EndRound(kHere, CostModelId{1}).has_value());  // nothing was fitted
  progress.NoteFit(kHere, CostModelId{1}, 6, 0.2);
  CHECK(progress.EndRound(kHere, CostModelId{1}) == CostModelId{});
  progress.NoteFit(kHere, CostModelId{2}, 12, 0.2);
  CHECK_FALSE(progress.EndRound(kHere, CostModelId{2}).has_value());
  progress.NoteFit(kHere, CostModelId{3}, 16, 0.2);
  CHECK_FALSE(progress.EndRound(kHere, CostModelId{2}).has_value());  // not the newest
  CHECK(progress.EndRound(kHere, CostModelId{3}) == CostModelId{1});
}

TEST_CASE("the next sitting goes on where this one ended, and damaged text is passed over") {
  LabellingProgress progress;
  progress.NoteFit(kHere, CostModelId{1}, 20, 0.25);
  progress.NoteFit(kHere, CostModelId{2}, std::nullopt, 0.1);
  CHECK(progress.EndRound(kHere, CostModelId{2}) == CostModelId{});
  progress.NoteAgreement(kHere, 0.75);
  progress.NoteAgreement(kHere, std::numeric_limits<double>::quiet_NaN());
  LabellingProgress next;
  next.Load(progress.Text());
  CHECK(next.Text() == progress.Text());
  CHECK_FALSE(next.IsNew(kHere, CostModelId{2}));
  CHECK(next.IsNew(kHere, CostModelId{3}));
  REQUIRE(next.fits(kHere).size() == 1);
  CHECK(next.fits(kHere)[0].labels == 20);
  CHECK(next.fits(kHere)[0].held_out_error == 0.25);
  REQUIRE(next.agreement(kHere).size() == 2);
  CHECK(std::isnan(next.agreement(kHere)[1]));
  next.NoteFit(kHere, CostModelId{3}, 30, 0.1);
  CHECK(next.EndRound(kHere, CostModelId{3}) == CostModelId{2});
  for (const char* text : {"", "nothing", "[1]", "{\"x\":{}}", "{\"1\":3}",
                           "{\"1\":{\"fits\":[[1],3,[\"a\",1]],\"newest\":\"2\"}}"}) {
    next.Load(text);
    CHECK(next.fits(1).empty());
    CHECK(next.IsNew(1, CostModelId{1}));
  }
}

}  // namespace
}  // namespace lookout::app
