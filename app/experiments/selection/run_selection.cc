#include "app/experiments/selection/run_selection.h"

#include <cstdint>
#include <string>
#include <utility>

#include "app/experiments/selection/reflexes.h"
#include "app/experiments/simulated_sitting.h"
#include "app/experiments/staged_seeds.h"
#include "app/runs/saved_policy.h"

namespace lookout::app {
namespace {

constexpr std::uint32_t kPoolSeeds = 6'000'000;
constexpr std::uint32_t kEvaluationSeeds = 7'000'000;
constexpr std::uint32_t kSeedsOfEach = 1000;
constexpr std::uint32_t kSelectionSeeds = 20'000'000;
constexpr std::uint32_t kSelectionSeedsOfEach = 100'000;

// All rows of one seed.
class SeedRun {
 public:
  SeedRun(const SelectionSettings& settings, const StudyStage& stage, std::uint32_t seed,
          const Reflexes& reflexes, const agents::CostModel& model, const KeepGoing& keep_going)
      : settings_(settings),
        seed_(seed),
        keep_going_(keep_going),
        reflexes_(reflexes),
        panel_(settings, stage, model) {}

  Result<SelectionSeed> Run() const {
    const auto first = Measure(Eigen::VectorXd::Zero(reflexes_.size()), 0);
    if (!first) return first.error();
    SelectionSeed result{.seed = seed_, .figures = {}};
    for (const Instrument row : settings_.rows) {
      result.figures.push_back({.row = row, .generation = 0, .readings = *first});
      if (Status selected = Select(row, result.figures); !selected) return selected.error();
    }
    return result;
  }

 private:
  // Adds what the agent is like after each generation that is measured.
  Status Select(Instrument row, std::vector<SelectionFigures>& figures) const {
    Evolution evolution(Eigen::VectorXd::Zero(reflexes_.size()), settings_.evolution,
                        seed_ ^ 0xE0E0E0E0U);
    const std::vector<int> measured = MeasuredGenerations(settings_);
    for (int generation = 1; generation <= settings_.evolution.generations; ++generation) {
      const auto scores = Score(row, evolution.Draw(), generation);
      if (!scores) return scores.error();
      evolution.Select(*scores);
      if (std::ranges::find(measured, generation) == measured.end()) continue;
      const auto readings = Measure(evolution.centre(), generation);
      if (!readings) return readings.error();
      figures.push_back({.row = row, .generation = generation, .readings = *readings});
    }
    return {};
  }

  // candidates: a reflex in each column.
  Result<Eigen::VectorXd> Score(Instrument row, const Eigen::MatrixXd& candidates,
                                int generation) const {
    // Seeds from which no episode starts are passed over, up to as many again.
    const auto past = 2U * static_cast<std::uint32_t>(settings_.episodes) *
                      static_cast<std::uint32_t>(generation - 1);
    Eigen::VectorXd scores(candidates.cols());
    for (Eigen::Index i = 0; i < candidates.cols(); ++i) {
      const WatchOrder order{
          .episodes = settings_.episodes,
          .first_seed = kSelectionSeeds + kSelectionSeedsOfEach * seed_ + past,
          .audit_seed = AuditSeed(generation) + 1U + static_cast<std::uint32_t>(i)};
      const auto readings =
          panel_.Read(*reflexes_.With(candidates.col(i)), order, {&row, 1}, keep_going_);
      if (!readings) return readings.error();
      scores[i] = readings->total_reward;
      if (row != Instrument::kNone) scores[i] -= settings_.price * readings->reads.of(row);
    }
    return scores;
  }

  Result<Readings> Measure(const Eigen::VectorXd& reflex, int generation) const {
    return panel_.Read(*reflexes_.With(reflex),
                       {.episodes = settings_.evaluation_episodes,
                        .first_seed = kEvaluationSeeds + kSeedsOfEach * seed_,
                        .audit_seed = AuditSeed(generation)},
                       kInstruments, keep_going_);
  }

  std::uint32_t AuditSeed(int generation) const {
    return (seed_ + 1U) * 1'000'003U + static_cast<std::uint32_t>(generation) * 2003U;
  }

  const SelectionSettings& settings_;
  std::uint32_t seed_;
  const KeepGoing& keep_going_;
  const Reflexes& reflexes_;
  InstrumentPanel panel_;
};

Result<agents::CostModelPtr> FitModel(const SelectionSettings& settings, const StudyStage& stage,
                                      std::uint32_t seed, const KeepGoing& keep_going) {
  const auto pool = stage.Play({.episodes = settings.pool_episodes,
                                .first_seed = kPoolSeeds + kSeedsOfEach * seed,
                                .first_id = EpisodeId{1}},
                               keep_going);
  if (!pool) return pool.error();
  SimulatedSitting sitting(
      stage.signature, stage.annotator,
      {.clip_steps = settings.clip_steps, .answers = settings.answers, .seed = seed ^ 0x5E1EC7EDU});
  if (Status added = sitting.Add(*pool); !added) return added.error();
  const QueueOrder order{.answers = settings.answers,
                         .batch = settings.batch,
                         .choice_seed = (seed + 1U) * 20'011U,
                         .fit_seed = seed + 1U};
  if (Status asked = AskByQueue(sitting, order, keep_going); !asked) return asked.error();
  return sitting.model();
}

Result<std::string> RunSeed(const SelectionSettings& settings, const StudyStage& stage,
                            std::uint32_t seed, const KeepGoing& keep_going) {
  const auto environment = MakeEnvironment(settings.environment, stage.cameras);
  if (!environment) return environment.error();
  const auto reflexes = Reflexes::Create(stage.policy, (*environment)->spec());
  if (!reflexes) return reflexes.error();
  const auto model = FitModel(settings, stage, seed, keep_going);
  if (!model) return model.error();
  const auto result = SeedRun(settings, stage, seed, *reflexes, **model, keep_going).Run();
  if (!result) return result.error();
  return EncodeSeed(*result, settings);
}

}  // namespace

Result<std::vector<SelectionSeed>> RunSelection(const SelectionSettings& settings,
                                                const sim::CameraFactory& cameras,
                                                const StudyRun& run) {
  if (Status fit = CheckSettings(settings); !fit) return fit.error();
  return RunStagedSeeds(settings, cameras, run, RunSeed);
}

}  // namespace lookout::app
