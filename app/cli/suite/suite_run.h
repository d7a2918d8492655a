// The runs of a benchmark's table: every environment, algorithm and seed, each trained, evaluated
// and kept in a folder of its own, so that a table that was interrupted goes on. Main thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "agents/learning/process_group.h"
#include "agents/rl/settings/training_settings.h"
#include "app/cli/support/stop_signal.h"
#include "app/runs/benchmark_scores.h"

namespace lookout::app {

// Evaluations begin here, far from the small seeds that people try things on; the seeds of
// training's episodes are hashes, which meet these as rarely as any.
inline constexpr std::uint32_t kSuiteEvaluationSeed = 10'000'000;

struct SuiteOptions {
  std::string suite = "sg6";
  std::vector<agents::Algorithm> algorithms;
  std::string preset = "fast";
  std::string settings_file;         // over the preset; empty: none
  std::string settings_fingerprint;  // of its text
  std::int64_t steps = 0;            // 0: the preset's
  int seeds = 3;                     // 0, 1, ...
  int episodes = 100;                // of each evaluation
  std::uint32_t evaluation_seed = kSuiteEvaluationSeed;
  int workers = 1;  // threads; never changes the result
  std::string out;
  bool json = false;
};

// One run of the table, done.
struct SuiteRun {
  std::string environment;
  agents::Algorithm algorithm = agents::Algorithm::kPpo;
  std::uint32_t seed = 0;
  std::filesystem::path folder;
  Scores scores;
};

// out/<environment>/<algorithm>/seed-<n>, with the short name of the environment.
std::vector<SuiteRun> SuiteRunsOf(const SuiteOptions& options);

// Rejects settings that no run, or not every run, can be trained with, before any of them begins.
Status CheckSuiteRuns(const SuiteOptions& options, std::span<const SuiteRun> runs);

// Does what is not done yet and fills in the scores of all. A run counts as done if its folder has
// an evaluation made with the same steps, preset, settings, episodes and first seed; one that has
// begun goes on. Runs are spread over the workers, as many at a time as there are; processes that
// mpirun started train each run together. Every process returns the same scores. Fails with the
// first run that fails, by its folder, and when a signal asks to stop; what is done is kept.
Status DoSuiteRuns(const SuiteOptions& options, std::vector<SuiteRun>& runs,
                   agents::ProcessGroup& processes, const StopSignal& stop);

}  // namespace lookout::app
