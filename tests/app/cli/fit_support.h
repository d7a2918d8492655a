// A project that `lookout fit` can be tried on.
#pragma once

#include <doctest/doctest.h>

#include <Eigen/Core>
#include <cstdint>
#include <string>

#include "tests/app/cli/command_line_support.h"
#include "tests/support/project_samples.h"

namespace lookout::app::fit_samples {

inline constexpr int kFitDim = 60;    // of PointGoal1
inline constexpr int kFitSteps = 64;  // a chunk
inline constexpr int kEpisodes = 6;   // enough to hold whole ones out

// An episode of PointGoal1 whose first number is 1 in the first half and 0 in the second.
inline void SaveTwoHalves(Project& project, EpisodeId id) {
  REQUIRE(project.SaveEpisode(test::SampleHeader(id)).ok());
  sim::RecordingChunk chunk = test::SampleChunk(id, 0, kFitSteps, kFitSteps - 1);
  for (std::size_t i = 0; i < chunk.steps.size(); ++i) {
    chunk.steps[i].observation = Eigen::VectorXf::Constant(kFitDim, 0.5F);
    chunk.steps[i].observation[0] = i < kFitSteps / 2 ? 1.0F : 0.0F;
  }
  REQUIRE(project.SaveChunk(chunk).ok());
}

inline agents::JournalEntry MarkOf(std::int64_t sequence, EpisodeId episode,
                                   agents::Verdict verdict) {
  agents::JournalEntry entry = test::AddedMark(sequence, episode);
  agents::Mark mark = MarkOf(entry.record).value();
  const bool first_half = verdict == agents::Verdict::kUnsafe;
  mark.verdict = verdict;
  mark.first_step = first_half ? 1 : kFitSteps / 2;
  mark.last_step = first_half ? kFitSteps / 2 - 1 : kFitSteps - 1;
  mark.reaction_lag_steps = 0;
  entry.record = RecordOf(mark);
  return entry;
}

// A project with marks of both kinds in every episode; its path.
inline std::string MarkedProject(const test::TestFolder& folder) {
  std::string file = folder / "study.lookout";
  const auto project = test::OpenProject(file);
  std::int64_t sequence = 0;
  for (std::int64_t number = 1; number <= kEpisodes; ++number) {
    const EpisodeId id{number};
    SaveTwoHalves(*project, id);
    for (const agents::Verdict verdict : {agents::Verdict::kUnsafe, agents::Verdict::kSafe}) {
      const agents::JournalEntry entry = MarkOf(++sequence, id, verdict);
      REQUIRE(project->AppendJournal({&entry, 1}).ok());
    }
  }
  return file;
}

}  // namespace lookout::app::fit_samples
