// Labels that take along what led to their steps.
#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <functional>

#include "agents/feedback/kinds/mark.h"
#include "agents/feedback/kinds/preference.h"
#include "agents/feedback/targets/label_set.h"

namespace lookout::agents {
namespace {

constexpr int kDim = 2;
constexpr StepIndex kLength = 100;

// Observations and actions that name their episode and step. What `broken` says of a step is not
// recorded.
struct Recording {
  std::function<bool(StepIndex)> without_observation = [](StepIndex) { return false; };
  std::function<bool(StepIndex)> without_action = [](StepIndex) { return false; };
  std::array<float, kDim> observation{};
  std::array<double, 3> action{};

  Result<DerivedLabels> Derive(const std::vector<FeedbackRecord>& records, const LabelRule& rule) {
    const std::vector<std::pair<EpisodeId, StepIndex>> lengths{{{1}, kLength}, {{2}, kLength}};
    const auto observation_of = [this](EpisodeId episode, StepIndex step) {
      observation = {static_cast<float>(episode.value), static_cast<float>(step)};
      return without_observation(step) ? std::span<const float>() : std::span(observation);
    };
    const auto action_of = [this](EpisodeId episode, StepIndex step) -> std::span<const double> {
      if (without_action(step)) return {};
      action = {static_cast<double>(episode.value), static_cast<double>(step), 0.5};
      return action;
    };
    return DeriveLabels(records, rule, lengths, kDim, observation_of, nullptr, action_of);
  }
};

std::vector<FeedbackRecord> Marked(StepIndex first, StepIndex last) {
  Mark mark;
  mark.episode = {1};
  mark.first_step = first;
  mark.last_step = last;
  mark.verdict = Verdict::kUnsafe;
  return {RecordOf(mark)};
}

Eigen::VectorXf Observed(const std::vector<StepIndex>& steps) {
  Eigen::VectorXf values(kDim * std::ssize(steps));
  for (std::size_t i = 0; i < steps.size(); ++i) {
    values.segment<kDim>(static_cast<Eigen::Index>(i) * kDim) << 1.0F, float(steps[i]);
  }
  return values;
}

TEST_CASE("points take along the observations and actions that led to them") {
  Recording recording;
  const auto derived = recording.Derive(Marked(10, 12), {.past = {.history = 3, .action_dim = 3}});
  REQUIRE(derived.ok());
  const LabelSet& labels = derived->labels;
  REQUIRE(labels.rows() == 3);
  CHECK(labels.observations.col(1) == Observed({11}));
  CHECK(labels.past.observations.col(0) == Observed({9, 8, 7}));
  CHECK(labels.past.observations.col(2) == Observed({11, 10, 9}));
  CHECK(labels.past.actions.col(2) == Eigen::Vector3f(1.0F, 12.0F, 0.5F));
}

TEST_CASE("before an episode's start its first observation stands, and nothing was done") {
  Recording recording;
  recording.without_action = [](StepIndex step) { return step == 0; };
  const auto derived = recording.Derive(Marked(0, 2), {.past = {.history = 3, .action_dim = 3}});
  REQUIRE(derived.ok());
  const LabelSet& labels = derived->labels;
  REQUIRE(labels.rows() == 3);
  CHECK(labels.past.observations.col(0) == Observed({0, 0, 0}));
  CHECK(labels.past.observations.col(1) == Observed({0, 0, 0}));
  CHECK(labels.past.observations.col(2) == Observed({1, 0, 0}));
  CHECK(labels.past.actions.col(0).isZero(0.0F));
  CHECK(labels.past.actions(1, 1) == 1.0F);
}

TEST_CASE("without a rule that asks for it, nothing is taken along and nothing looked up") {
  Recording recording;
  recording.without_action = [](StepIndex) -> bool { throw 1; };
  const auto derived = recording.Derive(Marked(0, 9), {});
  REQUIRE(derived.ok());
  CHECK(derived->labels.rows() == 10);
  CHECK(derived->labels.past.observations.size() == 0);
  CHECK(derived->labels.past.actions.size() == 0);
}

TEST_CASE("a step of which something that led to it is not recorded labels nothing") {
  Recording recording;
  recording.without_observation = [](StepIndex step) { return step == 11; };
  CHECK(recording.Derive(Marked(10, 19), {.past = {.history = 2}})->labels.rows() == 7);
  CHECK(recording.Derive(Marked(10, 19), {.past = {.history = 2}})->counts.unobserved == 3);
  CHECK(recording.Derive(Marked(10, 19), {.past = {.history = 2}})->labels.observations.col(1) ==
        Observed({14}));
  recording.without_action = [](StepIndex step) { return step == 15; };
  const auto acting = recording.Derive(Marked(10, 19), {.past = {.action_dim = 3}});
  CHECK(acting->labels.rows() == 8);  // 11 lacks its observation, 15 its action
}

TEST_CASE("actions of another length are refused") {
  Recording recording;
  const auto derived = recording.Derive(Marked(10, 19), {.past = {.action_dim = 2}});
  REQUIRE_FALSE(derived.ok());
  CHECK(derived.error().message.find("an action of 3 values where the others have 2") !=
        std::string::npos);
}

TEST_CASE("the steps of pairs take along the same, or the pair is left out whole") {
  FeedbackRecord record{.id = {1}};
  SetContent(Preference{.first = {{1}, 0, 1}, .second = {{2}, 50, 52}, .first_is_safer = 0.75},
             record);
  Recording recording;
  const auto derived = recording.Derive({record}, {.past = {.history = 2, .action_dim = 3}});
  REQUIRE(derived.ok());
  const LabelSet& labels = derived->labels;
  REQUIRE(labels.pairs.size() == 1);
  const int second = labels.pairs[0].second.begin;
  CHECK(labels.pair_past.observations.col(1) == Observed({0, 0}));
  CHECK(labels.pair_past.observations.col(second)[1] == 49.0F);
  CHECK(labels.pair_past.observations.col(second)[3] == 48.0F);
  CHECK(labels.pair_past.actions.col(second + 2) == Eigen::Vector3f(2.0F, 52.0F, 0.5F));
  recording.without_observation = [](StepIndex step) { return step == 48; };
  const auto broken = recording.Derive({record}, {.past = {.history = 2, .action_dim = 3}});
  CHECK(broken->labels.pairs.empty());
  CHECK(broken->labels.pair_observations.cols() == 0);
  CHECK(broken->labels.pair_past.actions.cols() == 0);
}

}  // namespace
}  // namespace lookout::agents
