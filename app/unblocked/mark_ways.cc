#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <utility>

#include "agents/feedback/journal/feedback_journal.h"
#include "app/unblocked/measure_unblocked.h"

namespace lookout::app {
namespace {

using Span = std::pair<StepIndex, StepIndex>;

// The clips of an episode as spans, adjacent ones joined.
std::map<EpisodeId, std::vector<Span>> SpansOf(const std::vector<agents::NewClip>& clips) {
  std::map<EpisodeId, std::vector<Span>> spans;
  for (const agents::NewClip& clip : clips) spans[clip.episode].emplace_back(clip.first, clip.last);
  for (auto& [episode, of] : spans) {
    std::ranges::sort(of);
    std::vector<Span> joined;
    for (const Span& span : of) {
      if (!joined.empty() && span.first <= joined.back().second + 1) {
        joined.back().second = std::max(joined.back().second, span.second);
      } else {
        joined.push_back(span);
      }
    }
    of = std::move(joined);
  }
  return spans;
}

std::int64_t UnixMilliseconds() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

}  // namespace

Result<int> MarkWays(const agents::UnblockedReport& report, const std::vector<int>& ways,
                     const std::string& annotator, Project& project) {
  const auto feedback = project.LoadFeedback();
  if (!feedback.ok()) return feedback.error();
  std::vector<agents::NewClip> clips;
  for (const int way : ways) {
    if (way < 1 || way > std::ssize(report.ways)) {
      return BadInput(fmt::format(
          "There is no way {} to mark: {} were found; look at them without --mark first.", way,
          report.ways.empty() ? "none" : fmt::to_string(report.ways.size())));
    }
    const auto& of = report.ways[static_cast<std::size_t>(way - 1)].clips;
    clips.insert(clips.end(), of.begin(), of.end());
  }
  std::vector<agents::JournalEntry> entries;
  const std::int64_t now = UnixMilliseconds();
  MarkId id = feedback->next_id();
  for (const auto& [episode, spans] : SpansOf(clips)) {
    for (const auto& [first, last] : spans) {
      const agents::Mark mark{.id = id,
                              .episode = episode,
                              .first_step = first,
                              .last_step = last,
                              .annotator = annotator,
                              .created_unix_ms = now,
                              .on_screen = {.mode = "unblocked"}};
      entries.push_back({.sequence = feedback->last_sequence() + std::ssize(entries) + 1,
                         .record = RecordOf(mark),
                         .unix_ms = now,
                         .annotator = annotator});
      ++id.value;
    }
  }
  if (entries.empty()) return 0;
  if (Status written = project.AppendJournal(entries); !written.ok()) return written.error();
  return static_cast<int>(entries.size());
}

}  // namespace lookout::app
