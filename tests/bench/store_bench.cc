// How long a mark, a recorded chunk and opening take in the project file, and a mark from the key
// to the disk through the thread that writes it: `store_bench [--quick]`.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "app/project/files/durable_file.h"
#include "app/project/project.h"
#include "app/workers/writer/project_writer.h"

namespace lookout::app {
namespace {

namespace fs = std::filesystem;
using Milliseconds = std::chrono::duration<double, std::milli>;

double Time(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return Milliseconds(std::chrono::steady_clock::now() - start).count();
}

void Print(const char* what, std::vector<double> times) {
  std::sort(times.begin(), times.end());
  std::printf("%-28s median %7.3f ms   p99 %7.3f ms   worst %7.3f ms   (%zu)\n", what,
              times[times.size() / 2], times[times.size() * 99 / 100], times.back(), times.size());
}

// The size of PointGoal1: 60 observations, ten free vases.
sim::RecordingChunk Chunk(EpisodeId id, StepIndex first) {
  sim::RecordingChunk chunk{.episode = id, .first_step = first, .steps = {}};
  for (int i = 0; i < sim::kChunkSteps; ++i) {
    sim::StepRecord step;
    sim::SimState state;
    state.qpos = Eigen::VectorXd::Random(17);
    state.qvel = Eigen::VectorXd::Random(17);
    state.qacc_warmstart = Eigen::VectorXd::Random(17);
    state.ctrl = Eigen::VectorXd::Random(2);
    step.state = std::make_shared<const sim::SimState>(std::move(state));
    step.observation = Eigen::VectorXf::Random(60);
    step.proposed_action = Eigen::VectorXf::Random(2);
    step.executed_action = Eigen::VectorXd::Random(2);
    chunk.steps.push_back(std::move(step));
  }
  return chunk;
}

void AwaitMark(ProjectWriter& writer, std::int64_t sequence) {
  std::vector<WriteEvent> events;
  for (;;) {
    writer.events().WaitAndTake(events, {});
    for (const WriteEvent& event : events) {
      const auto* saved = std::get_if<JournalSaved>(&event);
      if (saved != nullptr && saved->sequence >= sequence) return;
    }
  }
}

std::unique_ptr<Project> Open(const fs::path& path) {
  return Project::Open(path, ProjectAccess::kReadWrite).value();
}

// Folds what was stored, so that a faster wrong answer shows.
std::uint64_t Hash(Project& project) {
  std::uint64_t hash = 14695981039346656037ULL;
  const auto add = [&](std::int64_t value) { hash = (hash ^ value) * 1099511628211ULL; };
  const agents::FeedbackSet marks = project.LoadFeedback().value();
  for (const auto& [id, mark] : marks.marks()) {
    add(id.value);
    add(mark.first_step);
  }
  const auto episodes = project.Episodes().value();
  for (const StoredEpisode& episode : episodes) {
    const auto chunks = project.LoadSteps(episode.header.id).value();
    for (const auto& chunk : chunks) add(std::ssize(chunk->steps));
  }
  return hash;
}

void Run(const fs::path& path, int marks) {
  std::vector<double> mark_times, chunk_times, open_times;
  auto project = Open(path);
  sim::EpisodeHeader header;
  header.id = EpisodeId{1};
  LOOKOUT_CHECK(project->SaveEpisode(header).ok(), "the episode is saved");
  for (int i = 1; i <= marks; ++i) {
    agents::JournalEntry entry{.sequence = i};
    entry.record = RecordOf(
        agents::Mark{.id = MarkId{i}, .episode = header.id, .first_step = i, .last_step = i + 20});
    mark_times.push_back(Time([&] {
      LOOKOUT_CHECK(project->AppendJournal({&entry, 1}).ok(), "the mark is saved");
    }));
    const sim::RecordingChunk chunk = Chunk(header.id, (i - 1) * sim::kChunkSteps);
    chunk_times.push_back(
        Time([&] { LOOKOUT_CHECK(project->SaveChunk(chunk).ok(), "the chunk is saved"); }));
  }
  project.reset();
  for (int i = 0; i < 10; ++i) open_times.push_back(Time([&] { Open(path).reset(); }));
  Print("a mark, durable", mark_times);
  Print("a chunk of 64 steps", chunk_times);
  Print("opening and closing", open_times);
  std::printf("%.1f MB, state %016llx\n", static_cast<double>(fs::file_size(path)) / 1e6,
              static_cast<unsigned long long>(Hash(*Open(path))));
}

// As the window does: a mark is asked for while a recording is on its way to the file, and shown as
// saved when the writer says so.
void RunWriter(const fs::path& path, int marks) {
  std::vector<double> times;
  sim::EpisodeHeader header;
  header.id = EpisodeId{1};
  {
    ProjectWriter writer(Open(path));
    writer.Ask(SaveEpisode{std::make_shared<sim::EpisodeHeader>(header)});
    for (int i = 1; i <= marks; ++i) {
      writer.Ask(SaveChunk{
          std::make_shared<sim::RecordingChunk>(Chunk(header.id, (i - 1) * sim::kChunkSteps))});
      agents::JournalEntry entry{.sequence = i};
      entry.record = RecordOf(agents::Mark{
          .id = MarkId{i}, .episode = header.id, .first_step = i, .last_step = i + 20});
      times.push_back(Time([&] {
        writer.Ask(SaveJournal{entry});
        AwaitMark(writer, i);
      }));
    }
  }
  Print("a mark, key to disk", times);
  std::printf("state %016llx\n", static_cast<unsigned long long>(Hash(*Open(path))));
}

}  // namespace
}  // namespace lookout::app

int main(int argc, char** argv) {
  const bool quick = argc > 1 && std::strcmp(argv[1], "--quick") == 0;
  const auto folder = lookout::app::TemporaryFolder::Create();
  if (!folder) {
    std::fprintf(stderr, "%s\n", folder.error().message.c_str());
    return 1;
  }
  lookout::app::Run(folder->path() / "bench.lookout", quick ? 50 : 2000);
  lookout::app::RunWriter(folder->path() / "writer.lookout", quick ? 50 : 500);
  return 0;
}
