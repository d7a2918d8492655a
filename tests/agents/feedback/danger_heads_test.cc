// The whole way from physics to classes of danger told apart: drive close to hazards and vases,
// mark each by its name, fit, and ask the heads about episodes that nobody has seen.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "agents/feedback/annotators/simulated_annotator.h"
#include "agents/feedback/fitting/cost_model_fit.h"
#include "agents/feedback/models/evaluation.h"
#include "sim/engine/safety_gym.h"

namespace lookout::agents {
namespace {

constexpr DangerClass kHazardClass = 1;
constexpr DangerClass kVaseClass = 2;
constexpr double kTooNear_m = 0.35;  // to the middle of either
constexpr double kLidarReach_m = 3.0;

// An episode as an annotator sees it who names what is too near: of all dangers, and of each.
struct NamedEpisode {
  EpisodeId id;
  Eigen::MatrixXf observations;  // [observation_dim x steps], the reset included
  std::vector<SeenStep> seen, hazards_seen, vases_seen;
  std::vector<std::uint8_t> near_hazard, near_vase;  // [steps]
};

double DistanceBy(const sim::SafetyGym& world, const char* lidar) {
  const auto* entry = world.spec().FindEntry(lidar);
  REQUIRE(entry != nullptr);
  const double closeness = world.observation().segment(entry->offset, entry->size).maxCoeff();
  return kLidarReach_m * (1.0 - closeness);
}

void Look(const sim::SafetyGym& world, NamedEpisode& episode) {
  const double hazard_m = DistanceBy(world, "hazards_lidar");
  const double vase_m = DistanceBy(world, "vases_lidar");
  episode.near_hazard.push_back(hazard_m < kTooNear_m ? 1 : 0);
  episode.near_vase.push_back(vase_m < kTooNear_m ? 1 : 0);
  const auto see = [](double distance_m, DangerClass danger) {
    return SeenStep{.margin = static_cast<float>((kTooNear_m - distance_m) / kTooNear_m),
                    .danger = danger};
  };
  episode.seen.push_back(see(std::min(hazard_m, vase_m), 0));
  episode.hazards_seen.push_back(see(hazard_m, kHazardClass));
  episode.vases_seen.push_back(see(vase_m, kVaseClass));
}

// Towards a vase, a hazard and the goal in turns, straight through what lies between.
NamedEpisode DriveClose(sim::SafetyGym& world, std::uint32_t seed) {
  constexpr int kSteps = 700;
  constexpr std::array kTowards{"vases_lidar", "hazards_lidar", "goal_lidar"};
  REQUIRE(world.Reset(seed).ok());
  const sim::EnvironmentSpec& spec = world.spec();
  NamedEpisode episode{.id = {seed}, .observations = Eigen::MatrixXf(spec.observation_dim, kSteps)};
  for (int step = 0; step < kSteps; ++step) {
    if (step > 0) {
      const auto* lidar = spec.FindEntry(kTowards[static_cast<std::size_t>(step / 70 % 3)]);
      REQUIRE(lidar != nullptr);
      Eigen::Index brightest = 0;
      world.observation().segment(lidar->offset, lidar->size).maxCoeff(&brightest);
      const double bins = static_cast<double>(lidar->size);
      const double angle = (static_cast<double>(brightest) + 0.5) / bins * 2 * std::numbers::pi;
      const double turn = std::remainder(angle, 2 * std::numbers::pi);
      const Eigen::Vector2d action(std::max(0.1, std::cos(turn)), std::clamp(turn, -1.0, 1.0));
      REQUIRE(world.Step(action).status == sim::EpisodeStatus::kRunning);
    }
    episode.observations.col(step) = world.observation().cast<float>();
    Look(world, episode);
  }
  return episode;
}

LabelSet NamedLabels(const std::vector<NamedEpisode>& episodes,
                     const AnnotatorSettings& annotator) {
  RandomState random(1);
  std::vector<Mark> marks;
  std::vector<std::pair<EpisodeId, StepIndex>> lengths;
  for (const NamedEpisode& episode : episodes) {
    // Each danger is marked on a track of its own, what is safe by what has none.
    for (const auto* seen : {&episode.seen, &episode.hazards_seen, &episode.vases_seen}) {
      for (Mark mark : AnnotateSeen(episode.id, *seen, annotator, 0.0, random)) {
        if ((mark.verdict == Verdict::kSafe) != (seen == &episode.seen)) continue;
        mark.id = {std::ssize(marks) + 1};
        marks.push_back(mark);
      }
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

// How well the danger of one class ranks steps near things of a kind above all others.
double AucOf(const CostModel& model, DangerClass danger, const std::vector<NamedEpisode>& episodes,
             std::vector<std::uint8_t> NamedEpisode::*near_kind) {
  std::vector<float> scores;
  std::vector<std::uint8_t> near;
  CostModelWorkspace workspace;
  for (const NamedEpisode& episode : episodes) {
    Eigen::VectorXf probability(episode.observations.cols()), spread(episode.observations.cols());
    model.PredictClassWith(workspace, danger, episode.observations, probability, spread);
    scores.insert(scores.end(), probability.begin(), probability.end());
    near.insert(near.end(), (episode.*near_kind).begin(), (episode.*near_kind).end());
  }
  return RocAuc(scores, near);
}

TEST_CASE("hazards and vases of PointGoal2, marked by name, are told apart in new episodes") {
  auto world = sim::SafetyGym::Create(*sim::ConfigForId("Safexp-PointGoal2-v0"));
  REQUIRE(world.ok());
  const auto drive = [&](std::uint32_t first, std::uint32_t count) {
    std::vector<NamedEpisode> driven;
    for (std::uint32_t i = 0; i < count; ++i) driven.push_back(DriveClose(**world, first + i));
    return driven;
  };
  const AnnotatorSettings annotator{.reaction_lag_steps = 15, .wrong_class_rate = 0.1};
  const auto model = FitCostModel(NamedLabels(drive(1, 16), annotator),
                                  {.signature = (*world)->spec().signature()}, {1});
  REQUIRE(model.ok());
  REQUIRE(std::ranges::count((*model)->classes(), kHazardClass) == 1);
  REQUIRE(std::ranges::count((*model)->classes(), kVaseClass) == 1);

  const auto fresh = drive(301, 6);
  const auto auc = [&](DangerClass danger, auto kind) {
    return AucOf(**model, danger, fresh, kind);
  };
  const double hazards = auc(kHazardClass, &NamedEpisode::near_hazard);
  const double hazards_as_vases = auc(kVaseClass, &NamedEpisode::near_hazard);
  const double vases = auc(kVaseClass, &NamedEpisode::near_vase);
  const double vases_as_hazards = auc(kHazardClass, &NamedEpisode::near_vase);
  for (const ClassReport& report : (*model)->report().classes) {
    MESSAGE(ClassInWords(report, {}));
  }
  MESSAGE("AUC of the head for hazards " << hazards << ", on vases " << vases_as_hazards
                                         << "; of that for vases " << vases << ", on hazards "
                                         << hazards_as_vases);
  CHECK(hazards > 0.9);
  CHECK(vases > 0.9);
  CHECK(hazards > hazards_as_vases + 0.15);
  CHECK(vases > vases_as_hazards + 0.15);
}

}  // namespace
}  // namespace lookout::agents
