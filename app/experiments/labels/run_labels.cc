#include "app/experiments/labels/run_labels.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "agents/feedback/audit/slip_correction.h"
#include "agents/feedback/models/cost_inputs.h"
#include "agents/feedback/models/evaluation.h"
#include "agents/feedback/models/unsafe_threshold.h"
#include "agents/rl/runs/training.h"
#include "app/cost_models/cost_model_file.h"
#include "app/experiments/agent_training.h"
#include "app/experiments/spread_jobs.h"
#include "app/platform/files.h"
#include "app/runs/saved_policy.h"

namespace lookout::app {
namespace {

constexpr std::size_t kMostCellBytes = 64U << 20U;

std::vector<AnswersKey> AnswersFor(std::span<const CellKey> cells) {
  std::vector<AnswersKey> keys;
  for (const CellKey& cell : cells) {
    if (cell.row == CostRow::kRule) continue;
    const AnswersKey key = cell.answers_key();
    if (std::ranges::find(keys, key) == keys.end()) keys.push_back(key);
  }
  return keys;
}

// Null where none could be fitted.
Result<agents::CostModelPtr> ModelOf(const LabelsWorld& world, const CellKey& key) {
  const auto file = world.folder / ModelFileOf(key.row, key.answers_key());
  if (key.row == CostRow::kRule || !std::filesystem::exists(file)) return agents::CostModelPtr();
  auto model = LoadCostModelFile(file);
  if (!model) return model.error();
  return std::move(model->model);
}

// The agent's policy, which samples its actions, as in training.
Result<agents::PolicyPtr> Train(const LabelsWorld& world, const CellKey& key,
                                const agents::CostModelPtr& model, const KeepGoing& keep_going) {
  agents::TrainingSettings training = world.settings.training;
  training.seed = key.seed;
  if (key.row == CostRow::kRule) {
    training.cost_source = agents::CostSource::kRule;
    training.cost_limit = key.limit;
  } else {
    training = HeldTo(model, key.limit, std::move(training));
  }
  const auto checkpoint = TrainAgent({.settings = training,
                                      .environment = world.settings.environment,
                                      .checkpoint = {},
                                      .model = model,
                                      .until_iteration = IterationsOf(training)},
                                     world.cameras, [&](double) { return keep_going(); });
  if (!checkpoint) return checkpoint.error();
  const auto environment = MakeEnvironment(world.settings.environment, world.cameras);
  if (!environment) return environment.error();
  return agents::DecodePolicy(*checkpoint, (*environment)->spec(), /*deterministic=*/false);
}

void MeasureModel(const agents::CostModel& model, std::span<const StudyEpisode> episodes,
                  LabelsCell& cell) {
  const StepScores steps = ScoreSteps(episodes, model);
  cell.auc = agents::RocAuc(steps.predicted, steps.unsafe);
  cell.calibration_error =
      agents::ExpectedCalibrationError(agents::ReliabilityBins(steps.predicted, steps.unsafe));
  double unsafe = 0.0;
  double missed = 0.0;
  for (std::size_t i = 0; i < steps.unsafe.size(); ++i) {
    if (steps.unsafe[i] == 0) continue;
    unsafe += 1.0;
    if (steps.predicted[i] < agents::kUnsafeFrom) missed += 1.0;
  }
  if (unsafe > 0.0) cell.missed = missed / unsafe;
}

// The answers of a row, whose model is there if one could be fitted to them.
Status CheckModel(const LabelsWorld& world, const CellKey& key, const AnswersFigures& answers,
                  const agents::CostModelPtr& model) {
  const bool has_none = key.row == CostRow::kStump && agents::LidarInputs(world.signature).empty();
  if (model || has_none || !answers.both_verdicts) return {};
  const auto file = world.folder / ModelFileOf(key.row, key.answers_key());
  const auto of = world.folder / FileNameOf(key.answers_key());
  return BadInput(file.string() + " is missing; remove " + of.string() +
                  ", too, to have both made again.");
}

Result<LabelsCell> Do(const LabelsWorld& world, const CellKey& key, const KeepGoing& keep_going) {
  LabelsCell cell{.key = key};
  const auto model = ModelOf(world, key);
  if (!model) return model.error();
  if (key.row != CostRow::kRule) {
    const auto answers = AnswersOf(world, key.answers_key(), keep_going);
    if (!answers) return answers.error();
    cell.answers = *answers;
    if (Status there = CheckModel(world, key, *answers, *model); !there) return there.error();
  }
  const auto policy = Train(world, key, *model, keep_going);
  if (!policy) return policy.error();
  const agents::AnnotatorSpec annotator = world.AnnotatorWith(key.flips);
  const std::uint32_t first_seed = EpisodeSeedsOf(world.settings, key.seed).evaluation;
  const auto episodes =
      PlayStudyEpisodes(world.settings.environment, world.cameras, **policy, annotator.sees,
                        {.episodes = world.settings.evaluation_episodes,
                         .first_seed = first_seed,
                         .first_id = EpisodeId{first_seed}},
                        keep_going);
  if (!episodes) return episodes.error();
  cell.episodes = SumsOf(*episodes, model->get());
  AuditOrder audit{.clips = world.settings.audit_clips,
                   .clip_steps = world.settings.clip_steps,
                   .seed = first_seed};
  if (key.flips > 0.0) audit.slips = agents::SlipRates{key.flips, key.flips};
  cell.audit = AuditBySimulation(*episodes, model->get(), annotator, audit);
  if (*model) MeasureModel(**model, *episodes, cell);
  return cell;
}

// From its file, or by doing it.
Result<LabelsCell> CellOf(const LabelsWorld& world, const CellKey& key,
                          const KeepGoing& keep_going) {
  const std::filesystem::path file = world.folder / FileNameOf(key);
  if (std::filesystem::exists(file)) {
    const auto text = ReadWholeFile(file, kMostCellBytes);
    if (!text) return text.error();
    return DecodeCell(*text, key, world.settings, file.string());
  }
  auto cell = Do(world, key, keep_going);
  if (!cell) return cell;
  if (Status kept = WriteWholeFile(file, EncodeCell(*cell, world.settings)); !kept) {
    return kept.error();
  }
  return cell;
}

Result<LabelsWorld> Prepare(const LabelsSettings& settings, const sim::CameraFactory& cameras,
                            const std::filesystem::path& folder) {
  auto annotator = agents::ParseAnnotator(settings.annotator);
  if (!annotator) return annotator.error();
  auto environment = MakeEnvironment(settings.environment, cameras);
  if (!environment) return environment.error();
  auto saved = LoadSavedPolicy(settings.policy, {}, cameras);
  if (!saved) return saved.error();
  const sim::EnvironmentSpec& spec = (*environment)->spec();
  if (Status fits = saved->actor.origin.CheckFits(spec, settings.policy); !fits) {
    return fits.error();
  }
  return LabelsWorld{settings,
                     cameras,
                     folder,
                     std::move(annotator).value(),
                     agents::MakeGaussianPolicy(std::move(saved->actor), /*deterministic=*/false),
                     spec.signature(),
                     spec.step_duration_s};
}

}  // namespace

std::vector<CellKey> CellsOf(const LabelsPlan& plan) {
  std::vector<CellKey> cells;
  for (int i = 0; i < plan.seeds; ++i) {
    const auto seed = static_cast<std::uint32_t>(i);
    for (const double limit : plan.limits) {
      cells.push_back({.limit = limit, .seed = seed});
      for (const double flips : plan.flips) {
        for (const int answers : plan.budgets) {
          for (const CostRow row : plan.rows) {
            if (row != CostRow::kRule) cells.push_back({row, flips, answers, limit, seed});
          }
        }
      }
    }
  }
  return cells;
}

int JobsOf(const LabelsPlan& plan) {
  const std::vector<CellKey> cells = CellsOf(plan);
  return static_cast<int>(AnswersFor(cells).size() + cells.size());
}

Result<std::vector<LabelsCell>> RunLabels(const LabelsSettings& settings, const LabelsPlan& plan,
                                          const sim::CameraFactory& cameras, const LabelsRun& run) {
  const auto world = Prepare(settings, cameras, run.folder);
  if (!world) return world.error();
  const std::vector<CellKey> cells = CellsOf(plan);
  const std::vector<AnswersKey> answers = AnswersFor(cells);
  const auto spread = [&](std::size_t jobs, int before) {
    return JobSpread{.jobs = static_cast<int>(jobs),
                     .workers = run.workers,
                     .progress = [&run, before](int done) {
                       return !run.progress || run.progress(before + done);
                     }};
  };
  const Status answered =
      SpreadJobs(spread(answers.size(), 0), [&](int i, const KeepGoing& keep_going) -> Status {
        const auto done = AnswersOf(*world, answers[static_cast<std::size_t>(i)], keep_going);
        return done ? Status() : Status(done.error());
      });
  if (!answered) return answered.error();
  std::vector<std::optional<LabelsCell>> results(cells.size());
  const Status trained = SpreadJobs(spread(cells.size(), static_cast<int>(answers.size())),
                                    [&](int i, const KeepGoing& keep_going) -> Status {
                                      const auto index = static_cast<std::size_t>(i);
                                      auto cell = CellOf(*world, cells[index], keep_going);
                                      if (!cell) return cell.error();
                                      results[index] = std::move(cell).value();
                                      return {};
                                    });
  if (!trained) return trained.error();
  std::vector<LabelsCell> all;
  for (auto& result : results) all.push_back(std::move(result).value());
  return all;
}

}  // namespace lookout::app
