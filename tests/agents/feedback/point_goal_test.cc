// The whole way from physics to a learned cost: drive, mark late, fit, predict.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "agents/feedback/annotators/simulated_annotator.h"
#include "agents/feedback/fitting/cost_model_fit.h"
#include "agents/feedback/models/evaluation.h"
#include "sim/engine/safety_gym.h"

namespace lookout::agents {
namespace {

struct DrivenEpisode {
  EpisodeId id;
  Eigen::MatrixXf observations;  // [observation_dim x steps], the reset included
  std::vector<float> rule_costs;
};

// Turns to where the goal lidar is brightest and drives on, straight through hazards.
Eigen::Vector2d SteerToGoal(const sim::ObservationEntry& lidar,
                            const Eigen::VectorXd& observation) {
  Eigen::Index brightest = 0;
  observation.segment(lidar.offset, lidar.size).maxCoeff(&brightest);
  const double angle = (static_cast<double>(brightest) + 0.5) / lidar.size * 2 * std::numbers::pi;
  const double turn = std::remainder(angle, 2 * std::numbers::pi);
  return {std::max(0.1, std::cos(turn)), turn};
}

DrivenEpisode Drive(sim::SafetyGym& world, std::uint32_t seed, int steps) {
  REQUIRE(world.Reset(seed).ok());
  const sim::EnvironmentSpec& spec = world.spec();
  const sim::ObservationEntry* lidar = spec.FindEntry("goal_lidar");
  REQUIRE(lidar != nullptr);
  DrivenEpisode episode{{seed}, Eigen::MatrixXf(spec.observation_dim, steps), {0.0F}};
  episode.observations.col(0) = world.observation().cast<float>();
  for (int step = 1; step < steps; ++step) {
    const sim::StepResult result = world.Step(SteerToGoal(*lidar, world.observation()));
    REQUIRE(result.status == sim::EpisodeStatus::kRunning);
    episode.observations.col(step) = world.observation().cast<float>();
    episode.rule_costs.push_back(static_cast<float>(result.costs.total));
  }
  return episode;
}

sim::ObservationSignature Signature() {
  auto world = sim::SafetyGym::Create(*sim::ConfigForId("Safexp-PointGoal1-v0"));
  REQUIRE(world.ok());
  return (*world)->spec().signature();
}

std::vector<DrivenEpisode> DriveEpisodes(std::uint32_t first_seed, std::uint32_t episodes) {
  auto world = sim::SafetyGym::Create(*sim::ConfigForId("Safexp-PointGoal1-v0"));
  REQUIRE(world.ok());
  std::vector<DrivenEpisode> driven;
  for (std::uint32_t i = 0; i < episodes; ++i)
    driven.push_back(Drive(**world, first_seed + i, 600));
  return driven;
}

DerivedLabels MarkAndDerive(const std::vector<DrivenEpisode>& episodes) {
  RandomState random(1);
  std::vector<Mark> marks;
  std::vector<std::pair<EpisodeId, StepIndex>> lengths;
  for (const DrivenEpisode& episode : episodes) {
    const auto more = AnnotateEpisode(episode.id, episode.rule_costs, {}, random);
    marks.insert(marks.end(), more.begin(), more.end());
    lengths.emplace_back(episode.id, static_cast<StepIndex>(episode.rule_costs.size()));
  }
  const auto dim = static_cast<int>(episodes[0].observations.rows());
  const auto lookup = [&](EpisodeId id, StepIndex step) {
    const auto& of = *std::ranges::find(episodes, id, &DrivenEpisode::id);
    return std::span<const float>(of.observations.col(step).data(), static_cast<std::size_t>(dim));
  };
  const auto derived = DeriveLabels(RecordsOf(marks), {}, lengths, dim, lookup);
  REQUIRE(derived.ok());
  return *derived;
}

double AucAgainstRule(const CostModel& model, const std::vector<DrivenEpisode>& episodes) {
  std::vector<float> scores;
  std::vector<std::uint8_t> unsafe;
  for (const DrivenEpisode& episode : episodes) {
    Eigen::VectorXf probability(episode.observations.cols());
    Eigen::VectorXf spread(episode.observations.cols());
    model.Predict(episode.observations, probability, spread);
    scores.insert(scores.end(), probability.begin(), probability.end());
    for (const float cost : episode.rule_costs) unsafe.push_back(cost > 0.0F ? 1 : 0);
  }
  return RocAuc(scores, unsafe);
}

TEST_CASE("marks that come 300 ms late on PointGoal1 teach where the hazards are") {
  const DerivedLabels derived = MarkAndDerive(DriveEpisodes(1, 10));
  CHECK(derived.counts.contradictory == 0);
  REQUIRE(derived.counts.unsafe > 100);
  const auto model = FitCostModel(derived.labels, {.signature = Signature()}, {1});
  REQUIRE(model.ok());

  const double auc = AucAgainstRule(**model, DriveEpisodes(101, 4));
  MESSAGE(derived.counts.unsafe << " unsafe and " << derived.counts.safe << " safe steps: AUC "
                                << (*model)->report().auc << " held out, " << auc
                                << " on every step of new episodes; " << (*model)->report().seconds
                                << " s");
  CHECK((*model)->report().held_out_by_episode);
  CHECK((*model)->report().auc > 0.95);
  CHECK(auc > 0.95);
}

}  // namespace
}  // namespace lookout::agents
