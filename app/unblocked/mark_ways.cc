#include "app/unblocked/mark_ways.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "agents/feedback/journal/feedback_journal.h"

namespace lookout::app {
namespace {

std::int64_t UnixMilliseconds() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

// The same agent on the same seed did the same there.
bool IsSame(const StoredEpisode& stored, const RecordedEpisode& episode) {
  StepIndex steps = 0;
  double total_reward = 0.0;
  double cost = 0.0;
  for (const sim::RecordingChunk& chunk : episode.chunks) {
    steps += static_cast<StepIndex>(chunk.steps.size());
    for (const sim::StepRecord& step : chunk.steps) {
      total_reward += double(step.reward);
      cost += step.costs.total;
    }
  }
  constexpr double kRounding = 1e-6;  // of sums in another order
  const auto near = [](double a, double b) {
    return std::abs(a - b) <= kRounding * std::max(1.0, std::abs(a));
  };
  const sim::EpisodeHeader& header = episode.header;
  return stored.header.seed == header.seed && stored.header.agent == header.agent &&
         stored.header.config.id == header.config.id && stored.steps == steps &&
         near(stored.episode_return, total_reward) && near(stored.cost, cost);
}

bool IsMarked(const agents::FeedbackSet& feedback, const agents::Mark& mark) {
  return std::ranges::any_of(feedback.marks(), [&](const auto& known) {
    const agents::Mark& other = known.second;
    return other.episode == mark.episode && other.first_step == mark.first_step &&
           other.last_step == mark.last_step && other.verdict == mark.verdict &&
           other.annotator == mark.annotator;
  });
}

}  // namespace

Status CheckWays(const agents::UnblockedReport& report, const std::vector<int>& ways) {
  for (const int way : ways) {
    if (way >= 1 && way <= std::ssize(report.ways)) continue;
    return BadInput(
        fmt::format("There is no way {} to mark: {} were found; look at them without --mark first.",
                    way, report.ways.empty() ? "none" : fmt::to_string(report.ways.size())));
  }
  return {};
}

ClipSpans SpansOf(const std::vector<agents::NewClip>& clips) {
  ClipSpans spans;
  for (const agents::NewClip& clip : clips) spans[clip.episode].emplace_back(clip.first, clip.last);
  for (auto& [episode, of] : spans) {
    std::ranges::sort(of);
    std::vector<std::pair<StepIndex, StepIndex>> joined;
    for (const auto& span : of) {
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

Status RecordEpisodes(std::vector<RecordedEpisode>& episodes, Project& project,
                      agents::UnblockedReport& report) {
  const auto stored = project.Episodes();
  if (!stored.ok()) return stored.error();
  std::map<std::uint32_t, EpisodeId> numbers;
  for (RecordedEpisode& episode : episodes) {
    const auto same = std::ranges::find_if(
        *stored, [&](const StoredEpisode& known) { return IsSame(known, episode); });
    if (same != stored->end()) {
      episode.header.id = same->header.id;
    } else if (Status saved = SaveRecorded(episode, project); !saved.ok()) {
      return saved;
    }
    numbers[episode.header.seed] = episode.header.id;
  }
  for (agents::NewWay& way : report.ways) {
    for (agents::NewClip& clip : way.clips) clip.episode = numbers[clip.seed];
  }
  return {};
}

Result<int> MarkWays(const agents::UnblockedReport& report, const std::vector<int>& ways,
                     const std::string& annotator, Project& project) {
  if (Status there = CheckWays(report, ways); !there.ok()) return there.error();
  const auto feedback = project.LoadFeedback();
  if (!feedback.ok()) return feedback.error();
  std::vector<agents::NewClip> clips;
  for (const int way : ways) {
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
      if (IsMarked(*feedback, mark)) continue;
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
