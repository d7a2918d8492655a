#include "app/cli/suite/suite_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string_view>

#include "agents/learning/worker_pool.h"
#include "agents/rl/settings/settings.h"
#include "app/cli/support/fail.h"
#include "app/cli/support/text/progress_bar.h"
#include "app/cli/training/prepared_run.h"
#include "app/cli/training/train_to_the_end.h"
#include "app/desktop/robot_cameras.h"
#include "app/platform/files.h"
#include "app/runs/evaluated_policy.h"
#include "app/runs/run_folder.h"
#include "app/runs/settings_file.h"
#include "sim/config/config.h"
#include "sim/config/json_text.h"
#include "sim/environment/environment.h"

namespace lookout::app {
namespace {

using agents::ProcessGroup;
using nlohmann::json;
using nlohmann::ordered_json;

constexpr const char* kEvaluationFile = "evaluation.json";

// What the evaluation in a folder has to have been made with.
ordered_json MadeWith(const SuiteOptions& options) {
  return {{"steps", options.steps},
          {"preset", options.preset},
          {"settings", options.settings_fingerprint},
          {"episodes", options.episodes},
          {"seed", options.evaluation_seed}};
}

// Not a number unless it is one from `least` to `most`.
double NumberOf(const json& scores, const char* name, double least, double most) {
  const json value = scores.value(name, json());
  const double number = value.is_number() ? value.get<double>() : std::nan("");
  return number >= least && number <= most ? number : std::nan("");
}

// The scores of an evaluation that is there and was made as asked for; nothing where there is none.
// Rejects one that holds what cannot be.
Result<std::optional<Scores>> ReadScores(const SuiteOptions& options, const SuiteRun& run) {
  constexpr double kMost = std::numeric_limits<double>::max();
  const std::filesystem::path file = run.folder / kEvaluationFile;
  if (!std::filesystem::exists(file)) return std::optional<Scores>();
  const auto text = ReadWholeFile(file, kMostTextBytes);
  if (!text.ok()) return text.error();
  const auto damaged = [&](const std::string& cause) {
    return BadInput(file.string() + " is damaged: it " + cause +
                    ". Remove it, and the agent is evaluated again.");
  };
  const auto [object, problem] = sim::ParseJsonText(*text);
  if (!problem.empty()) return damaged(problem);
  if (!object.is_object()) return damaged("is no evaluation");
  if (object.value("made_with", json()) != json(MadeWith(options))) return std::optional<Scores>();
  const json found = object.value("scores", json());
  if (!found.is_object()) return damaged("has no scores");
  const Scores scores{NumberOf(found, "return", -kMost, kMost), NumberOf(found, "cost", 0.0, kMost),
                      NumberOf(found, "training_cost_rate", 0.0, kMost)};
  const bool has_no_rate = found.value("training_cost_rate", json()).is_null();
  if (std::isnan(scores.total_reward) || std::isnan(scores.cost) ||
      (std::isnan(scores.training_cost_rate) && !has_no_rate)) {
    return damaged("has scores that cannot be");
  }
  return std::optional(scores);
}

Status WriteScores(const SuiteOptions& options, const SuiteRun& run,
                   const EvaluatedPolicy& evaluated) {
  const ordered_json object = {{"made_with", MadeWith(options)},
                               {"scores",
                                {{"return", run.scores.total_reward},
                                 {"cost", run.scores.cost},
                                 {"training_cost_rate", run.scores.training_cost_rate}}},
                               {"evaluation", EvaluationToJson(evaluated)}};
  return WriteWholeFile(run.folder / kEvaluationFile, object.dump(2) + "\n");
}

// Of a run that is begun.
TrainOptions NewTraining(const SuiteOptions& options, const SuiteRun& run, int threads) {
  TrainOptions training;
  training.folder = run.folder.string();
  training.settings_file = options.settings_file;
  training.environment = run.environment;
  training.preset = options.preset;
  training.algorithm = std::string(ChoiceName(run.algorithm));
  training.overrides = {{"seed", run.seed}, {"workers", threads}};
  if (options.steps > 0) training.overrides["steps"] = static_cast<double>(options.steps);
  return training;
}

// A run that was killed before its first checkpoint has nothing to go on from.
TrainOptions TrainingOf(const SuiteOptions& options, const SuiteRun& run, int threads) {
  const RunFolder folder(run.folder);
  if (!folder.has_run() || !std::filesystem::exists(folder.checkpoint())) {
    return NewTraining(options, run, threads);
  }
  TrainOptions training;
  training.resume = run.folder.string();
  training.settings_file = options.settings_file;
  training.overrides = NewTraining(options, run, threads).overrides;
  return training;
}

// What a run is to be trained with. Rejects as training does.
Result<agents::TrainingSettings> SettingsOf(const SuiteOptions& options, const SuiteRun& run) {
  const auto config = sim::ConfigForId(run.environment);
  if (!config.ok()) return config.error();
  auto preset = agents::SettingsPreset(options.preset, config->robot_base);
  if (!preset.ok()) return WrongUsage(preset.error());
  if (!options.settings_file.empty()) {
    const auto text = ReadWholeFile(options.settings_file, kMostTextBytes);
    if (!text.ok()) return text.error();
    const Status applied = ApplySettingsText(*text, options.settings_file, *preset);
    if (!applied.ok()) return applied.error();
  }
  return ApplyOptions(NewTraining(options, run, 1), *preset);
}

// Whether an agent of `found` stands for one of `asked`, perhaps after more steps.
bool GoesOnAs(agents::TrainingSettings found, const agents::TrainingSettings& asked) {
  found.total_steps = asked.total_steps;
  return agents::ExperimentKey(found) == agents::ExperimentKey(asked);
}

// Rejects a folder that has another run than the one asked for.
Status CheckSameRun(const SuiteOptions& options, const SuiteRun& run) {
  const RunFolder folder(run.folder);
  if (!folder.has_run()) return {};
  if (!std::filesystem::exists(folder.checkpoint())) {
    std::error_code ignored;  // what stays is refused by the run that starts there
    std::filesystem::remove(folder.config(), ignored);
    return {};
  }
  const auto text = ReadWholeFile(folder.config(), kMostTextBytes);
  if (!text.ok()) return text.error();
  const auto found = ParseRunConfig(*text, folder.config().string());
  if (!found.ok()) return found.error();
  const auto refused = [&](const std::string& cause) {
    return BadInput(run.folder.string() + " has a run " + cause + "; name another --out.");
  };
  if (found->preset != options.preset || found->environment != run.environment) {
    return refused("with the preset " + found->preset + ", not with " + options.preset);
  }
  const auto asked = SettingsOf(options, run);
  if (!asked.ok()) return asked.error();
  if (!GoesOnAs(found->settings, *asked)) return refused("with other settings than these");
  if (found->settings.total_steps <= asked->total_steps) return {};
  return refused(fmt::format("of {} steps, more than the {} of this table",
                             found->settings.total_steps, asked->total_steps));
}

Status Train(const SuiteOptions& options, const SuiteRun& run, int threads, ProcessGroup& processes,
             const StopSignal& stop) {
  const bool is_first = processes.rank() == 0;
  const Status same = is_first ? CheckSameRun(options, run) : Status();
  if (!processes.AllAgree(same.ok())) {
    return same.ok() ? Status(Error{"Another process could not start; it says why."}) : same;
  }
  auto prepared = PrepareRun(TrainingOf(options, run, threads), processes);
  const bool all_are_ready = processes.AllAgree(prepared.ok());
  if (!prepared.ok()) return prepared.error();
  if (!all_are_ready) return Error{"Another process could not start; it says why."};
  const auto signal = TrainToTheEnd(*prepared, TrainOutput::kNothing, processes, stop);
  if (!signal.ok()) return signal.error();
  if (*signal != 0) return Error{"The suite was stopped; what is done is kept."};
  return {};
}

Status Evaluate(const SuiteOptions& options, SuiteRun& run, int threads, const StopSignal& stop) {
  const PolicyEvaluationOptions evaluation{.episodes = {.episodes = options.episodes,
                                                        .seed = options.evaluation_seed,
                                                        .workers = threads}};
  const auto evaluated = EvaluatePolicy(run.folder.string(), evaluation, RobotCameras(),
                                        [&](double) { return !stop.requested(); });
  if (!evaluated.ok()) return evaluated.error();
  run.scores = ScoresOf(*evaluated);
  return WriteScores(options, run, *evaluated);
}

// The same in every process, of which the first one alone reads and writes the evaluation.
Status Do(const SuiteOptions& options, SuiteRun& run, int threads, ProcessGroup& processes,
          const StopSignal& stop) {
  const bool is_first = processes.rank() == 0;
  const auto read = is_first ? ReadScores(options, run) : Result(std::optional<Scores>());
  Status status = read.ok() ? Status() : Status(read.error());
  if (!processes.AllAgree(status.ok())) {
    if (status.ok()) status = Error{"Another process failed; it says why."};
  } else if (processes.AllAgree(!is_first || read->has_value())) {
    if (*read) run.scores = **read;
  } else {
    status = Train(options, run, threads, processes, stop);
    if (status.ok() && is_first) status = Evaluate(options, run, threads, stop);
    const bool all_are_done = processes.AllAgree(status.ok());
    if (status.ok() && !all_are_done) status = Error{"Another process failed; it says why."};
  }
  double scores[] = {run.scores.total_reward, run.scores.cost, run.scores.training_cost_rate};
  processes.Broadcast(std::as_writable_bytes(std::span(scores)), 0);
  run.scores = {scores[0], scores[1], scores[2]};
  if (status.ok() || status.error().message.starts_with(run.folder.string())) return status;
  return Error{run.folder.string() + ": " + status.error().message, status.error().code};
}

}  // namespace

std::vector<SuiteRun> SuiteRunsOf(const SuiteOptions& options) {
  std::vector<SuiteRun> runs;
  // Seeds outermost: what is done first is a whole table.
  for (int seed = 0; seed < options.seeds; ++seed) {
    for (const std::string_view environment : SuiteEnvironments(options.suite)) {
      for (const agents::Algorithm algorithm : options.algorithms) {
        runs.push_back({.environment = std::string(environment),
                        .algorithm = algorithm,
                        .seed = static_cast<std::uint32_t>(seed),
                        .folder = std::filesystem::path(options.out) /
                                  sim::ShortEnvironmentName(environment) / ChoiceName(algorithm) /
                                  fmt::format("seed-{}", seed)});
      }
    }
  }
  return runs;
}

Status CheckSuiteRuns(const SuiteOptions& options, std::span<const SuiteRun> runs) {
  for (const SuiteRun& run : runs) {
    const auto settings = SettingsOf(options, run);
    if (!settings.ok()) return settings.error();
    if (!agents::NeedsCostModel(settings->cost_source)) continue;
    return BadInput(options.settings_file +
                    ": a suite's agents are held to the rule's cost, as the benchmark's are; leave "
                    "out 'cost'.");
  }
  return {};
}

Status DoSuiteRuns(const SuiteOptions& options, std::vector<SuiteRun>& runs,
                   ProcessGroup& processes, const StopSignal& stop) {
  const int count = static_cast<int>(runs.size());
  const int at_once = processes.size() > 1 ? 1 : std::clamp(options.workers, 1, count);
  const int threads = std::max(1, options.workers / at_once);
  // Several runs at a time are one process's own affair, whoever started it.
  ProcessGroup& group = processes.size() > 1 ? processes : agents::SingleProcess();
  std::vector<Status> statuses(runs.size());
  std::atomic<bool> failed = false;
  std::atomic<int> done = 0;
  ProgressBar bar(0.0, count, "runs");
  agents::WorkerPool pool(at_once);
  pool.ForEach(count, [&](int i, int worker) {
    if (failed) return;
    const auto k = static_cast<std::size_t>(i);
    statuses[k] = Do(options, runs[k], threads, group, stop);
    if (!statuses[k].ok()) failed = true;
    ++done;
    if (worker == 0 && processes.rank() == 0) bar.Show(done);
  });
  bar.Clear();
  const auto bad = std::ranges::find_if(statuses, [](const Status& s) { return !s.ok(); });
  return bad == statuses.end() ? Status() : *bad;
}

}  // namespace lookout::app
