#include "app/cli/suite/suite.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "app/cli/suite/suite_report.h"
#include "app/cli/suite/suite_run.h"
#include "app/cli/support/fail.h"
#include "app/cli/support/option_checks.h"
#include "app/cli/support/stop_signal.h"
#include "app/platform/files.h"
#include "app/runs/folder_lock.h"
#include "app/runs/learning_curves.h"
#include "app/runs/run_folder.h"
#include "app/runs/run_groups.h"
#include "app/scale_out/mpi_processes.h"
#include "sim/base/fingerprint.h"
#include "sim/base/log.h"

namespace lookout::app {
namespace {

using agents::Algorithm;

struct SuiteCommand {
  SuiteOptions options;
  std::vector<std::string> algorithms;  // by their names; empty: all
};

Status ReadNames(const SuiteCommand& command, SuiteOptions& options) {
  if (SuiteEnvironments(options.suite).empty()) {
    return WrongUsage("--suite: there is no suite " + options.suite + "; use sg6 or sg18.");
  }
  options.algorithms.clear();
  for (const std::string& name : command.algorithms) {
    const auto algorithm = ParseChoice<Algorithm>(name, "algorithm");
    if (!algorithm.ok()) return WrongUsage(algorithm.error());
    if (std::ranges::find(options.algorithms, *algorithm) == options.algorithms.end()) {
      options.algorithms.push_back(*algorithm);
    }
  }
  if (!options.algorithms.empty()) return {};
  for (const auto& choice : agents::Choices(Algorithm{})) {
    options.algorithms.push_back(choice.value);
  }
  return {};
}

// What makes the same table again, whatever the defaults become.
std::string CommandText(const SuiteOptions& options) {
  std::string names;
  for (const Algorithm algorithm : options.algorithms) {
    names += (names.empty() ? "" : ",") + std::string(ChoiceName(algorithm));
  }
  std::string text = fmt::format(
      "lookout suite --suite {} --algo {} --preset {} --steps {} --seeds {} --episodes {} "
      "--evaluation-seed {}",
      options.suite, names, options.preset, options.steps, options.seeds, options.episodes,
      options.evaluation_seed);
  if (!options.settings_file.empty()) text += " --settings " + options.settings_file;
  return text + " --out " + options.out;
}

Result<std::string> Curves(const SuiteOptions& options, const std::vector<SuiteRun>& runs) {
  std::vector<LoadedRun> loaded;
  for (const SuiteRun& run : runs) {
    auto one = LoadRunFolder(run.folder);
    if (!one.ok()) return one.error();
    loaded.push_back(std::move(*one));
  }
  const auto groups = GroupRuns(std::move(loaded));
  if (!groups.ok()) return groups.error();
  return LearningCurves(*groups, fmt::format("{}, preset {}", options.suite, options.preset));
}

Status Write(const SuiteOptions& options, const std::vector<SuiteRun>& runs) {
  const std::vector<SuiteCell> cells = SuiteCellsOf(runs);
  const std::string text = SuiteText(options, cells);
  const std::string json = SuiteToJson(options, runs, cells, CommandText(options)).dump(2) + "\n";
  const auto curves = Curves(options, runs);
  if (!curves.ok()) return curves.error();
  const std::pair<const char*, const std::string*> files[] = {
      {"suite.txt", &text}, {"suite.json", &json}, {"suite.svg", &*curves}};
  for (const auto& [name, content] : files) {
    const auto path = std::filesystem::path(options.out) / name;
    if (Status written = WriteWholeFile(path, *content); !written.ok()) return written;
  }
  std::fputs((options.json ? json : text).c_str(), stdout);
  LogInfo("Wrote suite.txt, suite.json and suite.svg in " + options.out);
  return {};
}

Status DoAll(const SuiteOptions& options, agents::ProcessGroup& processes, const StopSignal& stop) {
  std::vector<SuiteRun> runs = SuiteRunsOf(options);
  if (Status sound = CheckSuiteRuns(options, runs); !sound.ok()) return sound;
  const bool is_first = processes.rank() == 0;
  const auto lock = is_first ? LockFolder(options.out) : Result<FolderLock>(FolderLock());
  if (!processes.AllAgree(lock.ok())) {
    return lock.ok() ? Status(Error{"Another process could not start; it says why."})
                     : Status(lock.error());
  }
  if (Status done = DoSuiteRuns(options, runs, processes, stop); !done.ok()) return done;
  return is_first ? Write(options, runs) : Status();
}

int RunSuite(const SuiteCommand& command) {
  const StopSignal stop;
  SuiteOptions options = command.options;
  if (const Status read = ReadNames(command, options); !read.ok()) return Fail(read.error());
  if (!options.settings_file.empty()) {
    const auto text = ReadWholeFile(options.settings_file, kMostTextBytes);
    if (!text.ok()) return Fail(text.error());
    options.settings_fingerprint = Fingerprint(*text);
  }
  const auto processes = JoinProcesses();
  if (!processes.ok()) return Fail(processes.error());
  return ExitCodeOf(DoAll(options, **processes, stop), stop, GoesOnIn(options.out));
}

}  // namespace

void AddSuiteCommand(CLI::App& app, int& exit_code) {
  auto command = std::make_shared<SuiteCommand>();
  SuiteOptions& options = command->options;
  options.workers = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  CLI::App* suite = app.add_subcommand(
      "suite", "Train and evaluate the agents of the benchmark's table, resumably");
  suite->add_option("--suite", options.suite, "sg6 or sg18")->capture_default_str();
  suite
      ->add_option("--algo", command->algorithms,
                   "names with commas between them; default: all of " +
                       ChoiceList(agents::Choices(Algorithm{})))
      ->delimiter(',');
  suite->add_option("--preset", options.preset, "ray2019 (as published) or fast")
      ->capture_default_str();
  suite->add_option("--settings", options.settings_file,
                    "JSON file of settings by option names, over the preset's");
  suite->add_option("--steps", options.steps, "of each run; default: the preset's")
      ->check(Between(0, 1'000'000'000'000));
  suite->add_option("--seeds", options.seeds, "so many runs of each, from seed 0 on")
      ->check(Between(1, 1000))
      ->capture_default_str();
  suite->add_option("--episodes", options.episodes, "of each evaluation")
      ->check(Between(1, 1'000'000))
      ->capture_default_str();
  suite
      ->add_option("--evaluation-seed", options.evaluation_seed,
                   "of the first episode of each evaluation; each further one adds 1")
      ->capture_default_str();
  suite->add_option("--workers", options.workers, "runs at a time; never changes the result")
      ->check(Between(1, 256));
  suite
      ->add_option("--out", options.out,
                   "folder of the runs and the table; what it has is not done again, what has "
                   "begun goes on")
      ->required();
  suite->add_flag("--json", options.json, "one JSON object instead of the table");
  suite->callback([command, &exit_code] { exit_code = RunSuite(*command); });
}

}  // namespace lookout::app
