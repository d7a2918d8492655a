// The seeds of a study in which one agent plays and one annotator looks on. Call from one thread.
#pragma once

#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "app/experiments/seed_files.h"
#include "app/experiments/study_stage.h"

namespace lookout::app {

// Sets the stage that the settings name and runs each seed on it, in their order:
// run_seed(settings, stage, seed, keep_going) gives the text of its file, on any thread, and
// DecodeSeed(text, settings, file) its result, or why there is none. Fails as SetStage and
// RunSeeds.
template <typename Settings, typename RunSeed>
auto RunStagedSeeds(const Settings& settings, const sim::CameraFactory& cameras,
                    const StudyRun& run, const RunSeed& run_seed) {
  const std::string any;
  using Seed = std::remove_cvref_t<decltype(*DecodeSeed(any, settings, any))>;
  using Seeds = Result<std::vector<Seed>>;
  const auto stage = SetStage(settings.environment, settings.policy, settings.annotator, cameras);
  if (!stage) return Seeds(stage.error());
  const auto make = [&](std::uint32_t seed, const KeepGoing& keep_going) {
    return run_seed(settings, *stage, seed, keep_going);
  };
  const auto check = [&](const std::string& text, std::uint32_t seed,
                         const std::string& file) -> Status {
    const auto read = DecodeSeed(text, settings, file);
    if (!read) return read.error();
    return read->seed == seed ? Status() : DamagedStudyFile(file, "it is of another seed");
  };
  const auto texts = RunSeeds(run, {.make = make, .check = check});
  if (!texts) return Seeds(texts.error());
  std::vector<Seed> results;
  for (const std::string& text : *texts) {
    auto result = DecodeSeed(text, settings, "The seed's file");
    if (!result) return Seeds(result.error());
    results.push_back(std::move(*result));
  }
  return Seeds(std::move(results));
}

}  // namespace lookout::app
