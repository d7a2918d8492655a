// Opening a project file made of any bytes, and reading everything that is in it. What is refused
// must be left exactly as it was.
#include <fmt/format.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "app/project/project.h"
#include "sim/base/check.h"
#include "sim/base/log.h"
#include "tests/support/fuzz_seeds.h"

namespace {

namespace fs = std::filesystem;
using lookout::EpisodeId;
using lookout::RunId;
using lookout::app::Project;
using lookout::app::ProjectAccess;

std::string ReadBytes(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// A file in a folder of this process, which is removed at its end with all that is beside the file.
struct Scratch {
  fs::path folder = fs::temp_directory_path() / fmt::format("lookout-fuzz-{}", getpid());
  fs::path path = folder / "study.lookout";
  ~Scratch() { RemoveFolder(); }
  void RemoveFolder() const {
    std::error_code error;
    fs::remove_all(folder, error);
  }
  void Remove() const {
    RemoveFolder();
    fs::create_directories(folder);
  }
  std::string Read() const { return ReadBytes(path); }
  void Write(std::string_view bytes) const {
    std::ofstream(path, std::ios::binary).write(bytes.data(), std::ssize(bytes));
  }
};

void ReadEverything(Project& project) {
  static_cast<void>(project.LoadFeedback().ok());
  if (auto episodes = project.Episodes()) {
    for (const auto& episode : *episodes) {
      static_cast<void>(project.LoadSteps(episode.header.id).ok());
    }
  }
  static_cast<void>(project.LoadCostModels().ok());
  static_cast<void>(project.Runs().ok());
  static_cast<void>(project.LoadCheckpoint(RunId{1}).ok());
  static_cast<void>(project.Setting("agent", "").size());
  static_cast<void>(project.PruneUnmarked(1).ok());
}

void Fill(Project& project) {
  lookout::agents::JournalEntry entry{.sequence = 1};
  entry.record = RecordOf(lookout::agents::Mark{
      .id = lookout::MarkId{1}, .episode = EpisodeId{1}, .last_step = 3, .note = "a"});
  LOOKOUT_CHECK(project.AppendJournal({&entry, 1}).ok(), "a seed takes a mark");
  lookout::sim::EpisodeHeader header;
  header.id = EpisodeId{1};
  LOOKOUT_CHECK(project.SaveEpisode(header).ok(), "a seed takes an episode");
  LOOKOUT_CHECK(project.SaveRun({.id = RunId{1}}).ok(), "a seed takes a run");
  LOOKOUT_CHECK(project.SaveIteration(RunId{1}, {.iteration = 1}).ok(), "and its report");
  LOOKOUT_CHECK(project.SaveCheckpoint(RunId{1}, "bytes").ok(), "and its checkpoint");
  LOOKOUT_CHECK(project.SaveSetting("agent", "Random").ok(), "a seed takes a setting");
}

}  // namespace

std::vector<std::string> FuzzSeeds() {
  const Scratch scratch;
  scratch.Remove();
  std::vector<std::string> seeds;
  for (const bool filled : {false, true}) {
    auto project = Project::Open(scratch.path, ProjectAccess::kReadWrite).value();
    if (filled) Fill(*project);
    project.reset();
    seeds.push_back(scratch.Read());
  }
  // What older versions and this one wrote: the first of these is brought up to date when opened.
  for (const char* version : {"v0.1", "v0.1-schema-3"}) {
    seeds.push_back(ReadBytes(fs::path(LOOKOUT_FIXTURES) / version / "study.lookout"));
    LOOKOUT_CHECK(!seeds.back().empty(), "a fixture is there");
  }
  return seeds;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Scratch scratch;
  lookout::SetLogLevel(lookout::LogLevel::kError);
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  scratch.Remove();
  scratch.Write(bytes);
  auto project = Project::Open(scratch.path, ProjectAccess::kReadWrite);
  if (project) {
    ReadEverything(**project);
  } else {
    LOOKOUT_CHECK(scratch.Read() == bytes, "a file was refused and changed all the same");
  }
  return 0;
}
