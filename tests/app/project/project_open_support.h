// What the tests of opening a project share.
#pragma once

#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "app/project/project.h"
#include "tests/support/contains.h"
#include "tests/support/project_samples.h"

namespace lookout::app {

inline Error Refusal(const std::filesystem::path& path,
                     ProjectAccess access = ProjectAccess::kReadWrite) {
  auto project = Project::Open(path, access);
  REQUIRE_FALSE(project);
  CHECK(Contains(project.error().message, path.filename()));
  return project.error();
}

// A project with some content, closed, as bytes.
inline std::string ProjectBytes(const std::filesystem::path& path) {
  {
    auto project = test::OpenProject(path);
    std::vector<agents::JournalEntry> entries;
    for (int i = 1; i <= 200; ++i) entries.push_back(test::AddedMark(i));
    REQUIRE(project->AppendJournal(entries));
    REQUIRE(project->SaveEpisode(test::SampleHeader(EpisodeId{1})));
    REQUIRE(project->SaveChunk(test::SampleChunk(EpisodeId{1}, 0, 64)));
  }
  return test::ReadFile(path);
}

}  // namespace lookout::app
