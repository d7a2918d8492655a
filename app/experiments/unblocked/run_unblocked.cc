#include "app/experiments/unblocked/run_unblocked.h"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "app/experiments/study_file.h"
#include "app/experiments/unblocked/unblocked_rounds.h"

namespace lookout::app {

Result<std::vector<UnblockedSeed>> RunUnblocked(const UnblockedStudySettings& settings,
                                                const sim::CameraFactory& cameras,
                                                const StudyRun& run) {
  const auto annotator = agents::ParseAnnotator(settings.annotator);
  if (!annotator) return annotator.error();
  if (annotator->sees.needs_geometry()) {
    return BadInput(
        "The annotator of this experiment goes by costs alone; say 'cost' and kinds of cost, "
        "without distances, speeds or jolts.");
  }
  const auto make = [&](std::uint32_t seed, const KeepGoing& keep_going) -> Result<std::string> {
    const auto result = RunUnblockedSeed(settings, *annotator, cameras, seed,
                                         run.folder / fmt::format("seed-{}", seed), keep_going);
    if (!result) return result.error();
    return EncodeSeed(*result, settings);
  };
  const auto check = [&](const std::string& text, std::uint32_t seed,
                         const std::string& file) -> Status {
    const auto read = DecodeSeed(text, settings, file);
    if (!read) return read.error();
    return read->seed == seed ? Status() : DamagedStudyFile(file, "it is of another seed");
  };
  const auto texts = RunSeeds(run, {.make = make, .check = check});
  if (!texts) return texts.error();
  std::vector<UnblockedSeed> results;
  for (const std::string& text : *texts) {
    auto result = DecodeSeed(text, settings, "The seed's file");
    if (!result) return result.error();
    results.push_back(std::move(*result));
  }
  return results;
}

}  // namespace lookout::app
