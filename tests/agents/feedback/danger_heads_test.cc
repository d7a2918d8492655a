// The whole way from physics to classes of danger told apart: drive through hazards and vases, mark
// each by its name, fit, and ask the heads about episodes that nobody has seen.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>

#include "agents/feedback/annotators/simulated_annotator.h"
#include "agents/feedback/evaluation/class_evaluation.h"
#include "agents/feedback/evaluation/scored_episode.h"
#include "agents/feedback/fitting/cost_model_fit.h"
#include "agents/feedback/models/evaluation.h"
#include "agents/feedback/models/unsafe_threshold.h"
#include "sim/engine/safety_gym.h"

namespace lookout::agents {
namespace {

constexpr DangerClass kHazardClass = 1;
constexpr DangerClass kVaseClass = 2;

// An episode as it is scored, and as an annotator sees it who names what the rule charges for.
struct NamedEpisode {
  EpisodeId id;
  EpisodeSteps steps;
  Eigen::MatrixXf observations;  // [observation_dim x steps], the reset included
  std::vector<SeenStep> seen;
};

SeenStep SeeCharges(const sim::Costs& costs) {
  const DangerKinds kinds = DangersOf(costs);
  if (kinds.none()) return {};
  return {.margin = 1.0F, .danger = kinds[*DangerKindOf(kVaseClass)] ? kVaseClass : kHazardClass};
}

NamedEpisode DriveThrough(sim::SafetyGym& world, const DangerLidars& lidars, std::uint32_t seed) {
  constexpr int kSteps = 700;
  REQUIRE(world.Reset(seed).ok());
  const sim::EnvironmentSpec& spec = world.spec();
  // Towards a vase for a while, then towards the goal through what lies between.
  NamedEpisode episode{{seed},
                       EpisodeSteps(lidars, spec.observation_dim, spec.action_dim),
                       Eigen::MatrixXf(spec.observation_dim, kSteps),
                       {SeenStep{}}};
  const auto observe = [&](int step) {
    episode.observations.col(step) = world.observation().cast<float>();
    return episode.observations.col(step);
  };
  episode.steps.Begin(observe(0));
  for (int step = 1; step < kSteps; ++step) {
    const auto* lidar = spec.FindEntry(step % 200 < 80 ? "vases_lidar" : "goal_lidar");
    REQUIRE(lidar != nullptr);
    Eigen::Index brightest = 0;
    world.observation().segment(lidar->offset, lidar->size).maxCoeff(&brightest);
    const double bins = static_cast<double>(lidar->size);
    const double angle = (static_cast<double>(brightest) + 0.5) / bins * 2 * std::numbers::pi;
    const double turn = std::remainder(angle, 2 * std::numbers::pi);
    const Eigen::Vector2d action(std::max(0.1, std::cos(turn)), std::clamp(turn, -1.0, 1.0));
    const sim::StepResult result = world.Step(action);
    REQUIRE(result.status == sim::EpisodeStatus::kRunning);
    episode.steps.Add(action.cast<float>(), observe(step), result.costs);
    episode.seen.push_back(SeeCharges(result.costs));
  }
  return episode;
}

LabelSet NamedLabels(const std::vector<NamedEpisode>& episodes,
                     const AnnotatorSettings& annotator) {
  RandomState random(1);
  std::vector<Mark> marks;
  std::vector<std::pair<EpisodeId, StepIndex>> lengths;
  for (const NamedEpisode& episode : episodes) {
    for (Mark mark : AnnotateSeen(episode.id, episode.seen, annotator, 0.0, random)) {
      mark.id = {std::ssize(marks) + 1};
      marks.push_back(mark);
    }
    lengths.emplace_back(episode.id, static_cast<StepIndex>(episode.seen.size()));
  }
  const auto dim = static_cast<int>(episodes[0].observations.rows());
  const auto lookup = [&](EpisodeId id, StepIndex step) {
    const auto& of = *std::ranges::find(episodes, id, &NamedEpisode::id);
    return std::span<const float>(of.observations.col(step).data(), static_cast<std::size_t>(dim));
  };
  const auto derived = DeriveLabels(RecordsOf(marks), {}, lengths, dim, lookup);
  REQUIRE(derived.ok());
  return derived->labels;
}

TEST_CASE("hazards and vases of PointGoal2, marked by name, are told apart in new episodes") {
  auto world = sim::SafetyGym::Create(*sim::ConfigForId("Safexp-PointGoal2-v0"));
  REQUIRE(world.ok());
  const sim::ObservationSignature signature = (*world)->spec().signature();
  const DangerLidars lidars(signature);
  const auto drive = [&](std::uint32_t first, std::uint32_t count) {
    std::vector<NamedEpisode> driven;
    for (std::uint32_t i = 0; i < count; ++i) {
      driven.push_back(DriveThrough(**world, lidars, first + i));
    }
    return driven;
  };
  const AnnotatorSettings annotator{.reaction_lag_steps = 15, .wrong_class_rate = 0.1};
  const auto model =
      FitCostModel(NamedLabels(drive(1, 16), annotator), {.signature = signature}, {1});
  REQUIRE(model.ok());
  // A wrong class may be any of the nine, and too few marks agree on one to give it a head.
  REQUIRE((*model)->classes().size() == 2);

  std::vector<ScoredEpisode> scored;
  for (const NamedEpisode& episode : drive(301, 8))
    scored.push_back(episode.steps.Score({&*model, 1}));
  const auto classes = EvaluateClasses(scored, 0, (*model)->classes(), kUnsafeFrom);
  REQUIRE(classes.size() == 2);
  for (const ClassEvaluation& of : classes) {
    MESSAGE(DangerKindName(of.kind)
            << ": " << of.charged << " steps charged, AUC " << of.auc << ", among dangers "
            << of.auc_among << ", missed " << of.miss_rate << ", cost " << of.learned_cost
            << " for " << of.true_cost);
    CHECK(of.charged > 50);
    CHECK(of.auc > 0.9);
    CHECK(of.auc_among > 0.85);
  }
  // Each head knows its own kind better than the other one's.
  const auto against_other = [&](std::size_t head, std::size_t kind) {
    std::vector<float> scores;
    std::vector<std::uint8_t> charged;
    for (const ScoredEpisode& episode : scored) {
      for (std::size_t i = 0; i < episode.truth.size(); ++i) {
        scores.push_back(episode.by_class[0][head][i]);
        charged.push_back(episode.truth[i].charged[kind] ? 1 : 0);
      }
    }
    return RocAuc(scores, charged);
  };
  CHECK(classes[0].auc > against_other(0, classes[1].kind) + 0.1);
  CHECK(classes[1].auc > against_other(1, classes[0].kind) + 0.1);
}

}  // namespace
}  // namespace lookout::agents
