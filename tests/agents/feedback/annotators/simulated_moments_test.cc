// When a simulated annotator takes the wheel or corrects, and each of the faults.
#include "agents/feedback/annotators/simulated_moments.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "agents/feedback/annotators/annotator_spec.h"

namespace lookout::agents {
namespace {

// 20 unsafe spans of ten steps, the last ten of every hundred.
std::vector<SeenStep> SeenMoments() {
  std::vector<SeenStep> seen(2000, SeenStep{-1.0F, 0});
  for (std::size_t i = 0; i < seen.size(); ++i) {
    if (i % 100 >= 90) seen[i] = {1.0F, 3};
  }
  return seen;
}

AnnotatorSettings MomentSettings(const std::string& faults) {
  const auto spec = ParseAnnotator("Ann: cost; lag 5; " + faults);
  REQUIRE_MESSAGE(spec.ok(), faults);
  return spec->settings;
}

std::vector<TakeOverMoment> TakeOvers(const std::string& faults, double session = 0.0) {
  RandomState random(1);
  return TakeOversOf(SeenMoments(), 50, MomentSettings(faults), session, random);
}

std::vector<CorrectionMoment> Corrections(const std::string& faults, double session = 0.0) {
  RandomState random(1);
  return CorrectionsOf(SeenMoments(), MomentSettings(faults), session, random);
}

TEST_CASE("who sees danger takes the wheel late by the lag") {
  const auto moments = TakeOvers("");
  REQUIRE(moments.size() == 20);
  for (const TakeOverMoment& moment : moments) {
    CHECK(moment.first % 100 == 96);  // seen at 90, and the step after the lag is driven
    CHECK(moment.last >= moment.first);
    CHECK(moment.last < 2000);
  }
  CHECK(moments.front().last == 104);
}

TEST_CASE("who has the wheel does not take it again") {
  RandomState random(1);
  CHECK(TakeOversOf(SeenMoments(), 150, MomentSettings(""), 0.0, random).size() == 10);
}

TEST_CASE("each fault of take-overs shows") {
  CHECK(TakeOvers("miss 0.5").size() < 16);
  CHECK(TakeOvers("miss 0.5").size() > 4);
  CHECK(TakeOvers("miss 0.2; fatigue 4", 1.0).empty());
  const auto alarmed = TakeOvers("false-alarm 1");
  REQUIRE(alarmed.size() == 40);
  CHECK(alarmed.front().first == 44);  // in the middle of what is safe
  CHECK(std::ranges::is_sorted(alarmed, {}, &TakeOverMoment::first));
  const auto jittery = TakeOvers("jitter 4");
  CHECK(std::ranges::any_of(jittery, [](const auto& moment) { return moment.first % 100 < 95; }));
  CHECK(std::ranges::any_of(jittery, [](const auto& moment) { return moment.first % 100 > 97; }));
}

TEST_CASE("nobody takes the wheel after the end or before the first step") {
  const std::vector<SeenStep> all(4, SeenStep{1.0F, 0});
  RandomState random(1);
  CHECK(TakeOversOf(all, 50, MomentSettings(""), 0.0, random).empty());
  const auto at_once = TakeOversOf(all, 50, MomentSettings("lag 0"), 0.0, random);
  REQUIRE(at_once.size() == 1);
  CHECK(at_once.front().first == 1);
}

TEST_CASE("corrections come some steps before the danger, while all looks safe") {
  const auto moments = Corrections("lead 20");
  REQUIRE(moments.size() == 20);
  for (const CorrectionMoment& moment : moments) {
    CHECK(moment.step % 100 == 70);
    CHECK_FALSE(moment.wrong_way);
  }
  CHECK(Corrections("lead 95").empty());  // then the last danger was not over yet
}

TEST_CASE("each fault of corrections shows") {
  CHECK(Corrections("miss 0.5").size() < 16);
  CHECK(Corrections("false-alarm 1").size() == 40);
  const auto some = Corrections("wrong-way 0.5");
  const auto wrong = std::ranges::count(some, true, &CorrectionMoment::wrong_way);
  CHECK(wrong > 4);
  CHECK(wrong < 16);
}

}  // namespace
}  // namespace lookout::agents
