// The prover on a real PointGoal1 episode.
#include "app/workers/inspector/prover.h"

#include <doctest/doctest.h>

#include <memory>
#include <vector>

#include "agents/inspect/explanations/robot_pose.h"
#include "tests/app/workers/inspector/inspector_support.h"
#include "tests/support/contains.h"

namespace lookout::app {
namespace {

constexpr char kWholeFloor[] =
    R"({"claim": "safe", "place": {"x_m": [-2, 2], "y_m": [-2, 2]}, "speed_m_per_s": 2})";

TEST_CASE_FIXTURE(InspectedEpisode,
                  "a counterexample comes as an environment and as a state of the episode") {
  const auto answered = AnswerQuestion(
      Question(1, R"({"claim": "unsafe", "place": {"x_m": [0, 0.5], "y_m": [0, 0.5]}})", -9.0),
      factory);
  REQUIRE(answered);
  CHECK(answered->result.answer == agents::ProofAnswer::kCounterexample);
  REQUIRE(answered->result.worst);
  CHECK(Contains(answered->world, "robot_locations"));
  REQUIRE(answered->state != nullptr);
  REQUIRE(gym->Restore(*answered->state));
  CHECK(agents::PoseOf(*gym).x_m == doctest::Approx(answered->result.worst->point.at[0]));
  CHECK(agents::PoseOf(*gym).y_m == doctest::Approx(answered->result.worst->point.at[1]));
  CHECK(answered->variables.size() == answered->ranges.size());
  CHECK(answered->ranges[0].high == doctest::Approx(0.5));
}

TEST_CASE_FIXTURE(InspectedEpisode, "a search that is stopped tells how far it has come") {
  Prover prover(factory);
  // Some bias lies between what is proved at once and where a counterexample is found at once.
  std::shared_ptr<const ui::QuestionAnswered> answer;
  std::int64_t number = 0;
  for (double bias = -4.0; bias < 0.0 && (answer == nullptr || !answer->result.cancelled);
       bias += 0.1) {
    ++number;
    prover.Stop(number);
    prover.Ask(Question(number, kWholeFloor, bias));
    std::vector<ProofNews> news;
    answer = nullptr;
    REQUIRE(Eventually([&] {
      prover.news().Take(news);
      for (const ProofNews& one : news) answer = one.answer != nullptr ? one.answer : answer;
      return answer != nullptr;
    }));
  }
  REQUIRE(answer != nullptr);
  CHECK(answer->result.cancelled);
  CHECK(answer->result.answer == agents::ProofAnswer::kOpen);
  CHECK(answer->result.open > 0.0);
}

TEST_CASE_FIXTURE(InspectedEpisode,
                  "a new question takes the place of the one before, and a bad one says why") {
  Prover prover(factory);
  prover.Ask(Question(1, kWholeFloor, -3.0));
  std::vector<ProofNews> news;
  prover.Ask(Question(2, R"({"claim": "perhaps"})", 0.0));
  std::vector<ProofNews> of_second;
  REQUIRE(Eventually([&] {
    prover.news().Take(news);
    for (const ProofNews& one : news) {
      if (one.number == 2) of_second.push_back(one);
    }
    return !of_second.empty();
  }));
  CHECK(of_second[0].answer == nullptr);
  CHECK(Contains(of_second[0].problem, "claim"));
}

}  // namespace
}  // namespace lookout::app
