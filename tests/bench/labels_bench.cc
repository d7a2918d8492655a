// How long a million rows of labels take to come into a project, by format, and to be refused if
// some of them are wrong; with the memory that it took: `labels_bench [--quick]`.
#include <fmt/format.h>
#include <stdlib.h>  // NOLINT(modernize-deprecated-headers): mkdtemp is POSIX
#include <sys/resource.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include "app/exchange/labels/label_import.h"
#include "app/platform/files.h"
#include "app/project/project.h"
#include "sim/base/check.h"
#include "sim/base/random_state.h"

namespace lookout::app {
namespace {

namespace fs = std::filesystem;

constexpr int kEpisodes = 100;
constexpr int kEpisodeSteps = 1000;
constexpr int kBadKinds = 4;
constexpr std::int64_t kBadEvery = 1000;

std::unique_ptr<Project> Open(const fs::path& path) {
  auto project = Project::Open(path, ProjectAccess::kReadWrite);
  LOOKOUT_CHECK(project.ok(), "the project opens");
  return std::move(project).value();
}

void MakeProject(const fs::path& path) {
  const auto project = Open(path);
  const Status made = project->Together([&]() -> Status {
    for (std::int64_t id = 1; id <= kEpisodes; ++id) {
      sim::EpisodeHeader header;
      header.id = EpisodeId{id};
      header.config.id = "Safexp-PointGoal1-v0";
      if (Status saved = project->SaveEpisode(header); !saved) return saved;
      sim::RecordingChunk chunk{.episode = header.id};
      for (int step = 0; step < kEpisodeSteps; ++step) {
        chunk.steps.emplace_back().observation = Eigen::VectorXf::Zero(1);
        chunk.steps.back().status =
            step + 1 < kEpisodeSteps ? sim::EpisodeStatus::kRunning : sim::EpisodeStatus::kTimedOut;
        const bool full = std::ssize(chunk.steps) == sim::kChunkSteps;
        if (!full && step + 1 < kEpisodeSteps) continue;
        if (Status saved = project->SaveChunk(chunk); !saved) return saved;
        chunk = {.episode = header.id, .first_step = step + 1, .steps = {}};
      }
    }
    return {};
  });
  LOOKOUT_CHECK(made.ok(), "the episodes are saved");
}

struct Row {
  int episode = 1;
  int first = 0;
  int last = 0;
  bool unsafe = false;
  int annotator = 0;
};

// Of ten annotators, each of whom marks as they please; a tenth of the rows is there twice.
class Rows {
 public:
  explicit Rows(bool bad) : bad_(bad) {}

  Row Next(std::int64_t number) {
    if (number % 10 == 9) return last_;
    Row row;
    row.episode = 1 + random_.Choice(kEpisodes);
    row.first = random_.Choice(kEpisodeSteps - 50);
    row.last = row.first + random_.Choice(50);
    row.unsafe = row.first % 100 < 50;
    row.annotator = random_.Choice(10);
    last_ = row;
    if (bad_ && number % kBadEvery == 0) Spoil((number / kBadEvery) % kBadKinds, row);
    return row;
  }

 private:
  static void Spoil(std::int64_t kind, Row& row) {
    if (kind == 0) row.last = row.first - 3;
    if (kind == 1) row.first = -5;
    if (kind == 2) row.last = kEpisodeSteps + 7;
    if (kind == 3) row.episode = kEpisodes + 1;
  }

  bool bad_;
  RandomState random_{1};
  Row last_;
};

std::string CsvText(std::int64_t count, bool bad) {
  std::string text = "episode,first_step,last_step,verdict,annotator,reaction_lag_steps,note\n";
  Rows rows(bad);
  for (std::int64_t i = 0; i < count; ++i) {
    const Row row = rows.Next(i);
    text += fmt::format("{},{},{},{},Annotator {},15,\n", row.episode, row.first, row.last,
                        row.unsafe ? "unsafe" : "safe", row.annotator);
  }
  return text;
}

std::string JsonlText(std::int64_t count, bool bad) {
  std::string text = "{\"format\":\"lookout-feedback\",\"version\":1,\"episodes\":[]}\n";
  Rows rows(bad);
  for (std::int64_t i = 0; i < count; ++i) {
    const Row row = rows.Next(i);
    text += fmt::format(
        "{{\"annotator\":\"Annotator {0}\",\"by\":\"Annotator {0}\",\"content\":{{\"danger\":0,"
        "\"first_step\":{1},\"last_step\":{2},\"note\":\"\",\"reaction_lag_steps\":15,"
        "\"severity\":-1,\"verdict\":\"{3}\"}},\"created_unix_ms\":{4},\"episodes\":[{5}],"
        "\"kind\":\"span\",\"op\":\"add\",\"record\":{6},\"sequence\":{6},\"unix_ms\":{4},"
        "\"version\":1}}\n",
        row.annotator, row.first, row.last, row.unsafe ? "unsafe" : "safe", 1'700'000'000'000 + i,
        row.episode, i + 1);
  }
  return text;
}

double PeakGigabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) * 1024.0 / 1e9;
}

std::uint64_t Hash(Project& project) {
  std::uint64_t hash = 14695981039346656037ULL;
  const auto add = [&](std::uint64_t value) { hash = (hash ^ value) * 1099511628211ULL; };
  const auto feedback = project.LoadFeedback();
  LOOKOUT_CHECK(feedback.ok(), "the feedback is read");
  for (const auto& [id, mark] : feedback->marks()) {
    add(static_cast<std::uint64_t>(id.value));
    add(static_cast<std::uint64_t>(mark.episode.value));
    add(static_cast<std::uint64_t>(mark.first_step));
    add(static_cast<std::uint64_t>(mark.last_step));
    add(static_cast<std::uint64_t>(mark.verdict));
  }
  return hash;
}

void Import(const fs::path& folder, const std::string& format, std::int64_t count, bool bad,
            const std::string& text) {
  const fs::path file = folder / ("labels." + format);
  LOOKOUT_CHECK(WriteWholeFile(file, text).ok(), "the file is written");
  std::error_code ignored;
  const fs::path copy = folder / "copy.lookout";
  fs::remove(copy, ignored);
  LOOKOUT_CHECK(Open(folder / "bench.lookout")->CopyTo(copy).ok(), "the project is copied");
  const auto project = Open(copy);
  const auto start = std::chrono::steady_clock::now();
  const auto report =
      ImportLabels(*project, *FindLabelFormat(format, true).value(),
                   {.file = file, .annotator = "imported", .now_unix_ms = 1'700'000'000'000});
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  LOOKOUT_CHECK(report.ok(), "the file is read");
  const std::int64_t wrong = (count + kBadEvery - 1) / kBadEvery;
  LOOKOUT_CHECK(report->rows == count, "every row is counted");
  LOOKOUT_CHECK(report->rejected_count == (bad ? wrong : 0), "every bad row is told");
  const std::int64_t kept = project->LoadFeedback()->last_sequence();
  LOOKOUT_CHECK((kept == 0) == bad, "all rows or none");
  std::printf("%-6s %9lld rows %-17s %6.2f s, %lld added, peak %.2f GB, state %016llx\n",
              format.c_str(), static_cast<long long>(count),
              bad ? fmt::format("({} wrong)", wrong).c_str() : "", seconds,
              static_cast<long long>(kept), PeakGigabytes(),
              static_cast<unsigned long long>(Hash(*project)));
  std::fflush(stdout);
}

}  // namespace
}  // namespace lookout::app

int main(int argc, char** argv) {
  namespace fs = std::filesystem;
  const bool quick = argc > 1 && std::strcmp(argv[1], "--quick") == 0;
  const std::string only = argc > 1 && !quick ? argv[1] : "";  // a format, for its memory alone
  const std::int64_t count = quick ? 5'000 : 1'000'000;
  std::string folder = (fs::temp_directory_path() / "lookout-bench-XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) return 1;
  lookout::app::MakeProject(fs::path(folder) / "bench.lookout");
  for (const bool bad : {false, true}) {
    if (only.empty() || only == "csv") {
      lookout::app::Import(folder, "csv", count, bad, lookout::app::CsvText(count, bad));
    }
    if (only.empty() || only == "jsonl") {
      lookout::app::Import(folder, "jsonl", count, bad, lookout::app::JsonlText(count, bad));
    }
  }
  fs::remove_all(folder);
  return 0;
}
