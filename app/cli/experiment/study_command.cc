#include "app/cli/experiment/study_command.h"

#include <fmt/format.h>

#include "agents/feedback/annotators/annotator_spec.h"
#include "app/cli/experiment/playing_policy.h"
#include "app/cli/support/fail.h"
#include "app/cli/support/option_checks.h"
#include "app/platform/files.h"
#include "sim/base/log.h"
#include "sim/config/config_file.h"

namespace lookout::app {

void AddResultOptions(CLI::App& command, const char* instead_of, std::string& out, bool& json) {
  command
      .add_option("--out", out,
                  "Folder of the results. What it has of these settings is not done again.")
      ->required();
  command.add_flag("--json", json, std::string("One JSON object instead of ") + instead_of + ".");
}

void AddStudyOptions(CLI::App& command, StudyCommand& options) {
  command.add_option("--env", options.environment, "Environment: an id or a file.")->required();
  command.add_option(
      "--policy", options.policy,
      fmt::format("Who plays: a run's folder or a policy's file. Default: the shipped {} agent of "
                  "the environment.",
                  options.algorithm == "ppo" ? "unconstrained" : "constrained"));
  AddStudyRunOptions(command, options);
}

void AddStudyRunOptions(CLI::App& command, StudyCommand& options) {
  command.add_option("--annotator", options.annotator, "Who answers, as described below.")
      ->capture_default_str();
  command.add_option("--seeds", options.seeds, "So many, from 0 on; each plays and asks anew.")
      ->check(Between(1, 1000))
      ->capture_default_str();
  command.add_option("--workers", options.workers, "Jobs at a time; never changes the result.")
      ->check(Between(1, 256))
      ->capture_default_str();
  AddResultOptions(command, "lines", options.out, options.json);
  command.footer(agents::AnnotatorHelp());
}

Result<StudySubject> SubjectOf(const StudyCommand& command) {
  if (const auto read = agents::ParseAnnotator(command.annotator); !read) {
    return WrongUsage(read.error());
  }
  auto config = sim::LoadConfig(command.environment);
  if (!config) return config.error();
  const auto policy = PlayingPolicy(command.policy, *config, command.algorithm);
  if (!policy) return policy.error();
  return StudySubject{std::move(config).value(), *policy};
}

std::string StudyCommandText(const char* name, const StudyCommand& command) {
  std::string text = fmt::format("lookout experiment {} --env {} --seeds {}", name,
                                 command.environment, command.seeds);
  if (!command.policy.empty()) text += " --policy " + command.policy;
  return text + " --annotator \"" + command.annotator + "\"";
}

StudyRun RunOf(const StudyCommand& command, const StopSignal& stop, ProgressBar& bar) {
  return {.folder = command.out,
          .seeds = command.seeds,
          .workers = command.workers,
          .progress = [&](int done) {
            bar.Show(done);
            return !stop.requested();
          }};
}

Status WriteStudyFiles(const std::filesystem::path& folder,
                       std::span<const std::pair<std::string, std::string>> files) {
  std::string names;
  for (const auto& [name, content] : files) {
    if (Status written = WriteWholeFile(folder / name, content); !written) return written;
    names += (names.empty() ? "" : ", ") + name;
  }
  LogInfo("Wrote " + names + " in " + folder.string());
  return {};
}

}  // namespace lookout::app
