// The whole way from physics to a learned cost: drive, mark late, fit, predict.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
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

DerivedLabels MarkAndDerive(const std::vector<DrivenEpisode>& episodes,
                            const AnnotatorSettings& annotator = {}, const LabelRule& rule = {},
                            std::uint32_t seed = 1) {
  RandomState random(seed);
  std::vector<Mark> marks;
  std::vector<std::pair<EpisodeId, StepIndex>> lengths;
  for (const DrivenEpisode& episode : episodes) {
    const auto more = AnnotateEpisode(episode.id, episode.rule_costs, annotator, random);
    for (const Mark& mark : more) {
      marks.push_back(mark);
      marks.back().id = {std::ssize(marks)};
    }
    lengths.emplace_back(episode.id, static_cast<StepIndex>(episode.rule_costs.size()));
  }
  const auto dim = static_cast<int>(episodes[0].observations.rows());
  const auto lookup = [&](EpisodeId id, StepIndex step) {
    const auto& of = *std::ranges::find(episodes, id, &DrivenEpisode::id);
    return std::span<const float>(of.observations.col(step).data(), static_cast<std::size_t>(dim));
  };
  const auto derived = DeriveLabels(RecordsOf(marks), rule, lengths, dim, lookup);
  REQUIRE(derived.ok());
  return *derived;
}

struct AgainstRule {
  double auc = 0.0;
  double ratio = 0.0;  // learned / true cost
};

AgainstRule Judge(const CostModel& model, const std::vector<DrivenEpisode>& episodes) {
  std::vector<float> scores;
  std::vector<std::uint8_t> unsafe;
  double learned = 0.0, charged = 0.0;
  for (const DrivenEpisode& episode : episodes) {
    Eigen::VectorXf probability(episode.observations.cols());
    Eigen::VectorXf spread(episode.observations.cols());
    model.Predict(episode.observations, probability, spread);
    learned += double(probability.sum());
    scores.insert(scores.end(), probability.begin(), probability.end());
    for (const float cost : episode.rule_costs) {
      unsafe.push_back(cost > 0.0F ? 1 : 0);
      charged += double(cost);
    }
  }
  return {RocAuc(scores, unsafe), learned / charged};
}

TEST_CASE("marks that come 300 ms late on PointGoal1 teach where the hazards are") {
  const DerivedLabels derived = MarkAndDerive(DriveEpisodes(1, 10));
  CHECK(derived.counts.contradictory == 0);
  REQUIRE(derived.counts.unsafe > 100);
  const auto model = FitCostModel(derived.labels, {.signature = Signature()}, {1});
  REQUIRE(model.ok());

  const double auc = Judge(**model, DriveEpisodes(101, 4)).auc;
  MESSAGE(derived.counts.unsafe << " unsafe and " << derived.counts.safe << " safe steps: AUC "
                                << (*model)->report().auc << " held out, " << auc
                                << " on every step of new episodes; " << (*model)->report().seconds
                                << " s");
  CHECK((*model)->report().held_out_by_episode);
  CHECK((*model)->report().auc > 0.95);
  CHECK(auc > 0.95);
}

TEST_CASE("scratch") {
  const auto training = DriveEpisodes(1, 40), fresh = DriveEpisodes(201, 20);
  const auto signature = Signature();
  struct Arm {
    const char* name;
    bool slips;
    double unmarked;
    bool viewed;
  };
  for (const double flips : {0.0, 0.1, 0.2})
    for (const std::size_t n : {5, 14, 40})
      for (const Arm arm : {Arm{"plain", false, 0.0, false}, Arm{"viewed prior", false, 0.0, true},
                            Arm{"slips only", true, 0.0, false}, Arm{"slips", true, 0.0, true},
                            Arm{"slips + 0.1", true, 0.1, true}, Arm{"slips + 1", true, 1.0, true},
                            Arm{"unmarked 1, plain", false, 1.0, true}}) {
        double auc = 0, ratio = 0, least = 9, most = 0, f = 0, m = 0, seconds = 0, rows = 0;
        for (std::uint32_t seed = 1; seed <= 3; ++seed) {
          const std::vector<DrivenEpisode> some(training.begin(),
                                                training.begin() + std::ptrdiff_t(n));
          DerivedLabels derived =
              MarkAndDerive(some, {.flip_rate = flips}, {.unmarked_weight = arm.unmarked}, seed);
          if (!arm.viewed) derived.labels.viewed_steps = 0;
          const auto model = FitCostModel(
              derived.labels, {.slips = arm.slips, .seed = seed, .signature = signature}, {1});
          REQUIRE(model.ok());
          const AgainstRule judged = Judge(**model, fresh);
          auc += judged.auc / 3;
          ratio += judged.ratio / 3;
          least = std::min(least, judged.ratio);
          most = std::max(most, judged.ratio);
          const auto& report = (*model)->report();
          if (!report.annotators.empty()) {
            f += report.annotators[0].false_alarm_rate / 3;
            m += report.annotators[0].miss_rate / 3;
          }
          seconds += report.seconds / 3;
          rows += double(report.unsafe_rows + report.safe_rows) / 3;
        }
        std::printf(
            "flips %.1f %2zu episodes %-18s AUC %.4f ratio %.2f [%.2f %.2f] f %.3f m %.3f  %.0f "
            "rows %.2f s\n",
            flips, n, arm.name, auc, ratio, least, most, f, m, rows, seconds);
      }
}

}  // namespace
}  // namespace lookout::agents
