// Gives feedback of every kind as fast as it can until it is killed, and prints the number of all
// that the project_writer said is on disk: `mark_writer PROJECT`. The other end of the kill test.
#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "app/workers/writer/project_writer.h"
#include "tests/support/project_samples.h"

namespace lookout::test {
namespace {

// One write, so that no line is torn however the process ends.
void Print(std::int64_t sequence) {
  const std::string line = fmt::format("{}\n", sequence);
  if (write(STDOUT_FILENO, line.data(), line.size()) < 0) _exit(1);
}

// A few marks on their way at any time, with the recording that they are about beside them.
void WriteForEver(app::ProjectWriter& project_writer, std::int64_t sequence, EpisodeId id) {
  project_writer.Ask(app::SaveEpisode{std::make_shared<sim::EpisodeHeader>(SampleHeader(id))});
  std::vector<app::WriteEvent> events;
  std::int64_t saved = sequence;
  for (StepIndex step = 0;;) {
    while (sequence < saved + 3) {
      project_writer.Ask(app::SaveJournal{AddedOfAnyKind(++sequence, id)});
      project_writer.Ask(
          app::SaveChunk{std::make_shared<sim::RecordingChunk>(SampleChunk(id, step, 20))});
      step += 20;
    }
    project_writer.events().Take(events);
    for (const app::WriteEvent& event : events) {
      if (const auto* said = std::get_if<app::JournalSaved>(&event)) Print(saved = said->sequence);
    }
    std::this_thread::sleep_for(std::chrono::microseconds(200));
  }
}

}  // namespace
}  // namespace lookout::test

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  auto project = lookout::app::Project::Open(argv[1], lookout::app::ProjectAccess::kReadWrite);
  if (!project) {
    std::fprintf(stderr, "%s\n", project.error().message.c_str());
    return static_cast<int>(project.error().code);
  }
  const std::int64_t sequence = (*project)->LoadFeedback()->last_sequence();
  const lookout::EpisodeId episode = (*project)->next_episode_id();
  lookout::app::ProjectWriter project_writer(std::move(project).value());
  lookout::test::Print(0);  // ready
  lookout::test::WriteForEver(project_writer, sequence, episode);
}
