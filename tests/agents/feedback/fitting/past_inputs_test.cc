// Dangers that a state alone does not tell: of how fast something comes, and of what is done.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "agents/feedback/fitting/cost_model_fit.h"
#include "agents/feedback/fitting/label_inputs.h"
#include "agents/feedback/models/cost_ensemble.h"
#include "agents/feedback/models/evaluation.h"
#include "agents/feedback/transitions/observation_history.h"
#include "sim/base/random_state.h"

namespace lookout::agents {
namespace {

constexpr int kBins = 8;
constexpr int kPastSteps = 300;
const sim::ObservationSignature kVases({{"vases_lidar", kBins}});

// A robot that glides about a vase, without turning, and sees it with a lidar alone; its actions
// are drawn anew every step. 20 ms a step, at up to 1.5 m/s: what is seen changes by a hundredth.
struct Glide {
  Eigen::MatrixXf observations{kBins, kPastSteps + 1};
  Eigen::MatrixXf actions{2, kPastSteps};  // that led to steps 1, 2, ...
  std::vector<std::uint8_t> nears;      // [kPastSteps] whether the vase came faster than at 0.5 m/s
  std::vector<std::uint8_t> throttled;  // [kPastSteps] whether the first action is large
  std::vector<std::uint8_t> lingers;    // [kPastSteps] whether it was within 1 m most of a second
  std::vector<std::uint8_t> is_near;    // [kPastSteps] whether the vase is within 0.6 m
};

// period: in steps; in all but the first of each the lidar sees nothing.
Glide MakeGlide(std::uint32_t seed, int period) {
  constexpr double kStep_s = 0.02;
  constexpr double kReach_m = 3.0;
  RandomState random(seed);
  Glide glide;
  Eigen::Vector2d place(random.Uniform(-1, 1), random.Uniform(-1, 1));
  double heading = random.Uniform(0.0, 6.28);
  double speed = random.Uniform(0.3, 1.5);
  double distance = place.norm();
  std::vector<int> near;  // of each step so far
  for (int step = 0; step <= kPastSteps; ++step) {
    const double seen_at = std::atan2(-place.y(), -place.x()) + 2.0 * std::numbers::pi;
    const int bin = static_cast<int>(seen_at / (2.0 * std::numbers::pi) * kBins) % kBins;
    glide.observations.col(step).setZero();
    const double closeness = step % period == 0 ? std::max(0.0, 1.0 - distance / kReach_m) : 0.0;
    glide.observations(bin, step) = static_cast<float>(closeness);
    if (step == kPastSteps) break;
    heading += 0.1 * random.Normal();
    speed = std::clamp(speed + 0.05 * random.Normal(), 0.2, 1.5);
    if (place.norm() > 1.5) heading = std::atan2(-place.y(), -place.x()) + random.Uniform(-1, 1);
    place += speed * kStep_s * Eigen::Vector2d(std::cos(heading), std::sin(heading));
    const double before = std::exchange(distance, place.norm());
    glide.nears.push_back((before - distance) / kStep_s > 0.5 ? 1 : 0);
    near.push_back(distance < 1.0 ? 1 : 0);
    glide.is_near.push_back(distance < 0.6 ? 1 : 0);
    const auto second = near.end() - std::min<std::ptrdiff_t>(std::ssize(near), 50);
    glide.lingers.push_back(std::accumulate(second, near.end(), 0) > 25 ? 1 : 0);
    for (float& value : glide.actions.col(step)) value = float(random.Uniform(-1, 1));
    glide.throttled.push_back(glide.actions(0, step) > 0.4F ? 1 : 0);
  }
  return glide;
}

using Danger = std::vector<std::uint8_t> Glide::*;

// Of the steps 1, 2, ... of some episodes, with what led to each.
LabelSet Labelled(int episodes, Danger danger, const PastInputs& reach, int period = 1) {
  LabelSet labels;
  const Eigen::Index rows = Eigen::Index{kPastSteps} * episodes;
  labels.observations.resize(kBins, rows);
  labels.past.observations.resize(reach.LooksBack() ? kBins + reach.EarlierRows(kBins) : 0, rows);
  labels.past.actions.resize(2, rows);
  labels.past.traces = reach.traces;
  for (int episode = 0; episode < episodes; ++episode) {
    const Glide glide = MakeGlide(static_cast<std::uint32_t>(episode), period);
    const EpisodeTransitions all(glide.observations, glide.actions, reach);
    const Eigen::Index first = Eigen::Index{kPastSteps} * episode;
    labels.observations.middleCols(first, kPastSteps) = all.steps().next_observations;
    labels.past.actions.middleCols(first, kPastSteps) = glide.actions;
    if (reach.LooksBack()) {
      labels.past.observations.middleCols(first, kPastSteps) << all.steps().observations,
          all.steps().earlier;
    }
    for (int step = 0; step < kPastSteps; ++step) {
      labels.points.push_back({.target = (glide.*danger)[std::size_t(step)] != 0 ? 1.0F : 0.0F,
                               .episode = {1 + episode},
                               .step = step + 1});
    }
  }
  return labels;
}

CostModelPtr FitWithPast(const LabelSet& labels, CostModelSettings settings) {
  settings.signature = kVases;
  settings.members = 2;
  auto model = FitCostModel(labels, settings, {1});
  REQUIRE_MESSAGE(model.ok(), (model.ok() ? "" : model.error().message));
  return *model;
}

// How well it tells the dangerous steps of new episodes from the others.
double AucOf(const CostModel& model, Danger danger, int period = 1) {
  std::vector<float> scores;
  std::vector<std::uint8_t> unsafe;
  for (std::uint32_t seed = 1000; seed < 1006; ++seed) {
    const Glide glide = MakeGlide(seed, period);
    const EpisodeTransitions episode(glide.observations, glide.actions, model.past_inputs());
    Eigen::VectorXf probability(kPastSteps);
    Eigen::VectorXf spread(kPastSteps);
    model.Predict(episode.steps(), probability, spread);
    scores.insert(scores.end(), probability.begin(), probability.end());
    unsafe.insert(unsafe.end(), (glide.*danger).begin(), (glide.*danger).end());
  }
  return RocAuc(scores, unsafe);
}

TEST_CASE("how fast something comes is learned from one observation before, and not without") {
  const LabelSet labels = Labelled(24, &Glide::nears, {.history = 3});
  const double state = AucOf(*FitWithPast(labels, {}), &Glide::nears);
  const double one = AucOf(*FitWithPast(labels, {.history = 1}), &Glide::nears);
  const double three = AucOf(*FitWithPast(labels, {.history = 3}), &Glide::nears);
  const double action = AucOf(*FitWithPast(labels, {.with_action = true}), &Glide::nears);
  MESSAGE("AUC " << state << ", with one before " << one << ", with three " << three
                 << ", with the action " << action);
  CHECK(state < 0.85);
  CHECK(action < 0.85);
  CHECK(one > 0.97);
  CHECK(three > 0.97);
}

TEST_CASE("what is done is learned from the executed action alone") {
  const LabelSet labels = Labelled(12, &Glide::throttled, {.history = 1});
  const double history = AucOf(*FitWithPast(labels, {.history = 1}), &Glide::throttled);
  const double action = AucOf(*FitWithPast(labels, {.with_action = true}), &Glide::throttled);
  const double both =
      AucOf(*FitWithPast(labels, {.history = 1, .with_action = true}), &Glide::throttled);
  MESSAGE("AUC " << history << ", with the action " << action << ", with both " << both);
  CHECK(history < 0.65);
  CHECK(action > 0.97);
  CHECK(both > 0.97);
}

TEST_CASE("traces tell how long it has been like this, which a step and those before it do not") {
  const LabelSet labels =
      Labelled(40, &Glide::lingers, {.history = 8, .traces = 3, .lidars = LidarInputs(kVases)});
  const double state = AucOf(*FitWithPast(labels, {}), &Glide::lingers);
  const double history = AucOf(*FitWithPast(labels, {.history = 8}), &Glide::lingers);
  const double traces = AucOf(*FitWithPast(labels, {.traces = 3}), &Glide::lingers);
  MESSAGE("AUC " << state << ", with history " << history << ", with traces " << traces);
  CHECK(traces > state + 0.1);
  CHECK(traces > 0.92);
}

TEST_CASE("where a lidar blinks, the peaks of traces tell what is near, and a state does not") {
  constexpr int kPeriod = 6;
  const PastInputs reach{.traces = 3, .lidars = LidarInputs(kVases)};
  const LabelSet labels = Labelled(24, &Glide::is_near, reach, kPeriod);
  const double state = AucOf(*FitWithPast(labels, {}), &Glide::is_near, kPeriod);
  const double traces = AucOf(*FitWithPast(labels, {.traces = 3}), &Glide::is_near, kPeriod);
  MESSAGE("AUC " << state << ", with traces " << traces);
  CHECK(state < 0.7);
  CHECK(traces > 0.92);
}

TEST_CASE("a fit refuses labels without the history or the actions that it is to look at") {
  LabelSet labels = Labelled(2, &Glide::throttled, {.history = 1});
  CHECK(FitCostModel(labels, {.max_epochs = 1, .history = 1}, {1}).ok());
  const auto longer = FitCostModel(labels, {.history = 2}, {1});
  REQUIRE_FALSE(longer.ok());
  CHECK(longer.error().message.find("not at hand") != std::string::npos);
  CHECK_FALSE(FitCostModel(labels, {.traces = 1}, {1}).ok());
  labels.past.actions.resize(0, labels.observations.cols());
  const auto acting = FitCostModel(labels, {.with_action = true}, {1});
  REQUIRE_FALSE(acting.ok());
  CHECK(acting.error().message.find("No action is recorded") != std::string::npos);
  CHECK_FALSE(FitCostModel(labels, {.history = 9}, {1}).ok());
}

TEST_CASE("what labels have beyond what is looked at changes nothing") {
  const LabelSet rich = Labelled(4, &Glide::nears, {.history = 3});
  const CostModelSettings settings{.max_epochs = 2, .noise = false, .signature = kVases};
  LabelSet plain = rich;
  plain.past = {};
  CHECK((*FitCostModel(rich, settings, {1}))->Encode() ==
        (*FitCostModel(plain, settings, {1}))->Encode());
}

TEST_CASE("a fit goes on from a model that looks at the same, and anew from another") {
  const LabelSet labels = Labelled(6, &Glide::nears, {.history = 2});
  const auto fit = [&](int history, bool with_action, const CostModelPtr& previous) {
    return FitWithPast(
        labels,
        {.max_epochs = 2, .history = history, .with_action = with_action, .previous = previous});
  };
  const CostModelPtr one = fit(1, false, nullptr);
  CHECK(fit(1, false, one)->report().went_on);
  CHECK_FALSE(fit(2, false, one)->report().went_on);
  CHECK_FALSE(fit(1, true, one)->report().went_on);
  CHECK_FALSE(fit(0, false, one)->report().went_on);
}

TEST_CASE("settings take over what a model looks at") {
  const LabelSet labels = Labelled(2, &Glide::nears, {.history = 2});
  const CostModelPtr model =
      FitWithPast(labels, {.max_epochs = 1, .history = 2, .with_action = true});
  CostModelSettings settings{.seed = 9, .inputs = InputChoice::kWorld, .history = 5};
  TakeInputsOf(*model, settings);
  CHECK(settings.inputs == InputChoice::kFull);
  CHECK(settings.history == 2);
  CHECK(settings.with_action);
  CHECK(settings.seed == 9);
}

TEST_CASE("pairs are learned from what led to their steps") {
  LabelSet labels;
  const int pairs = 150;
  const int clip = 4;
  labels.observations.resize(kBins, 0);
  labels.pair_observations.setZero(kBins, 2 * clip * pairs);
  labels.pair_past.actions.resize(2, 2 * clip * pairs);
  RandomState random(3);
  for (int i = 0; i < pairs; ++i) {
    const int begin = 2 * clip * i;
    const auto first = float(random.Uniform(-1, 1));
    const auto second = float(random.Uniform(-1, 1));
    labels.pair_past.actions.middleCols(begin, clip).setConstant(first);
    labels.pair_past.actions.middleCols(begin + clip, clip).setConstant(second);
    labels.pairs.push_back({.first = {begin, clip},
                            .second = {begin + clip, clip},
                            .first_is_safer = first < second ? 1.0F : 0.0F});
  }
  const CostModelPtr model = FitWithPast(labels, {.with_action = true});
  const Eigen::MatrixXf still = Eigen::MatrixXf::Zero(kBins, 2);
  Eigen::MatrixXf actions(2, 2);
  actions << -0.8F, 0.8F, -0.8F, 0.8F;
  Eigen::VectorXf probability(2);
  Eigen::VectorXf spread(2);
  model->Predict({still, actions, still}, probability, spread);
  CHECK(probability[1] > probability[0] + 0.4F);
}

}  // namespace
}  // namespace lookout::agents
