#include "app/experiments/study_seeds.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <optional>
#include <utility>

#include "agents/learning/worker_pool.h"
#include "app/platform/files.h"

namespace lookout::app {
namespace {

constexpr std::size_t kMostSeedBytes = 64U << 20U;

std::filesystem::path FileOf(const StudyRun& run, int seed) {
  return run.folder / fmt::format("seed-{}.json", seed);
}

// Nothing for those that are to be made.
Result<std::vector<std::optional<std::string>>> ReadSeeds(const StudyRun& run,
                                                          const SeedWork& work) {
  std::vector<std::optional<std::string>> texts;
  for (int seed = 0; seed < run.seeds; ++seed) {
    texts.emplace_back();
    const std::filesystem::path file = FileOf(run, seed);
    if (!std::filesystem::exists(file)) continue;
    auto text = ReadWholeFile(file, kMostSeedBytes);
    if (!text) return text.error();
    if (Status fits = work.check(*text, file.string()); !fits) return fits.error();
    texts.back() = std::move(*text);
  }
  return texts;
}

Result<std::string> MakeSeed(const StudyRun& run, const SeedWork& work, int seed,
                             const KeepGoing& keep_going) {
  auto text = work.make(static_cast<std::uint32_t>(seed), keep_going);
  if (!text) return text;
  if (Status kept = WriteWholeFile(FileOf(run, seed), *text); !kept) return kept.error();
  return text;
}

}  // namespace

Result<std::vector<std::string>> RunSeeds(const StudyRun& run, const SeedWork& work) {
  auto texts = ReadSeeds(run, work);
  if (!texts) return texts.error();
  std::vector<std::optional<Error>> errors(texts->size());
  std::atomic<bool> stop = false;
  std::atomic<int> done = 0;
  std::atomic<int> failed = -1;  // the first seed that did
  agents::WorkerPool pool(std::clamp(run.workers, 1, run.seeds));
  pool.ForEach(run.seeds, [&](int i, int worker) {
    const KeepGoing keep_going = [&] {
      if (worker == 0 && run.progress && !run.progress(done)) stop = true;
      return !stop.load(std::memory_order_relaxed);
    };
    const auto index = static_cast<std::size_t>(i);
    if (!keep_going()) return;
    if (!(*texts)[index]) {
      auto text = MakeSeed(run, work, i, keep_going);
      if (text) {
        (*texts)[index] = std::move(*text);
      } else {
        errors[index] = text.error();
        if (!stop.exchange(true)) failed = i;
      }
    }
    ++done;
  });
  if (failed >= 0) return *errors[static_cast<std::size_t>(failed)];
  if (stop) return Error{"The experiment was stopped; what is done is kept."};
  std::vector<std::string> all;
  for (auto& text : *texts) all.push_back(std::move(*text));
  return all;
}

}  // namespace lookout::app
