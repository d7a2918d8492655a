// The seeds of a study, each with a file, so that one that is done is not done again. Call from one
// thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "app/experiments/study_episodes.h"
#include "app/experiments/study_file.h"
#include "sim/base/result.h"

namespace lookout::app {

struct StudyRun {
  std::filesystem::path folder;  // of the files seed-0.json, ...
  int seeds = 1;                 // 0 to seeds - 1
  int workers = 1;               // seeds at a time; changes nothing in the results
  // Called now and then on the calling thread, with how many seeds are done; false: stop.
  std::function<bool(int done)> progress;
};

struct SeedWork {
  // The text of a seed's file; on any thread.
  std::function<Result<std::string>(std::uint32_t seed, const KeepGoing& keep_going)> make;
  // Whether a text that is there is of this study and seed; file: its name.
  std::function<Status(const std::string& text, std::uint32_t seed, const std::string& file)> check;
};

// What such a file is, for a refusal.
inline constexpr char kSeedFile[] = "the result of an experiment's seed";

// In the order of the seeds. What is there is checked before anything is made. Fails with the first
// error of any seed, and if it is stopped.
Result<std::vector<std::string>> RunSeeds(const StudyRun& run, const SeedWork& work);

}  // namespace lookout::app
