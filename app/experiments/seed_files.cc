#include "app/experiments/seed_files.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "app/experiments/spread_jobs.h"
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
    const Status fits = work.check(*text, static_cast<std::uint32_t>(seed), file.string());
    if (!fits) return fits.error();
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
  const Status done =
      SpreadJobs({.jobs = run.seeds, .workers = run.workers, .progress = run.progress},
                 [&](int seed, const KeepGoing& keep_going) -> Status {
                   auto& text = (*texts)[static_cast<std::size_t>(seed)];
                   if (text) return {};
                   auto made = MakeSeed(run, work, seed, keep_going);
                   if (!made) return made.error();
                   text = std::move(*made);
                   return {};
                 });
  if (!done) return done.error();
  std::vector<std::string> all;
  for (auto& text : *texts) all.push_back(std::move(*text));
  return all;
}

}  // namespace lookout::app
