#include "app/workspace/labelling/coverage.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

namespace lookout::app {
namespace {

using Spans = std::map<EpisodeId, std::vector<std::pair<StepIndex, StepIndex>>>;

Spans JudgedSpans(const agents::FeedbackSet& feedback) {
  Spans spans;
  for (const auto& [id, mark] : feedback.marks()) {
    spans[mark.episode].emplace_back(mark.first_step, mark.last_step);
  }
  for (const auto& [id, pair] : feedback.pairs()) {
    for (const agents::Segment& clip : {pair.first, pair.second}) {
      spans[clip.episode].emplace_back(clip.first, clip.last);
    }
  }
  return spans;
}

// Of the steps 1 to `steps`, those in at least one of the spans.
std::int64_t Covered(std::vector<std::pair<StepIndex, StepIndex>>& spans, StepIndex steps) {
  std::ranges::sort(spans);
  std::int64_t covered = 0;
  StepIndex next = 1;
  for (const auto& [first, last] : spans) {
    const StepIndex begin = std::max(first, next);
    const StepIndex end = std::min(last, steps);
    if (end < begin) continue;
    covered += end - begin + 1;
    next = end + 1;
  }
  return covered;
}

void Count(const agents::FeedbackSet& feedback, MarkId id, MarkingSummary& summary) {
  const auto mark = feedback.marks().find(id);
  if (mark == feedback.marks().end()) {
    if (feedback.records().contains(id)) {
      ++(feedback.pairs().contains(id) ? summary.pairs : summary.others);
    }
  } else if (mark->second.verdict == agents::Verdict::kUnsafe) {
    ++summary.unsafe;
  } else {
    ++(mark->second.verdict == agents::Verdict::kSafe ? summary.safe : summary.unsure);
  }
}

}  // namespace

double CoverageOf(const agents::FeedbackSet& feedback,
                  std::span<const ui::EpisodeSummary> episodes) {
  Spans spans = JudgedSpans(feedback);
  std::int64_t covered = 0;
  std::int64_t recorded = 0;
  for (const ui::EpisodeSummary& episode : episodes) {
    recorded += episode.steps;
    const auto found = spans.find(episode.id);
    if (found != spans.end()) covered += Covered(found->second, episode.steps);
  }
  return recorded == 0 ? 0.0 : static_cast<double>(covered) / static_cast<double>(recorded);
}

MarkingSummary SummariseMarking(const agents::FeedbackSet& feedback, std::int64_t since,
                                const std::string& annotator, double seconds, double coverage) {
  MarkingSummary summary{.minutes = seconds / 60.0, .coverage = coverage};
  std::set<MarkId> added;
  std::set<MarkId> changed;
  const auto entries = feedback.entries();
  for (auto i = static_cast<std::size_t>(std::max<std::int64_t>(0, since)); i < entries.size();
       ++i) {
    const agents::JournalEntry& entry = entries[i];
    if (entry.annotator != annotator || entry.target != 0) continue;
    if (entry.op == agents::JournalOp::kAdd) {
      added.insert(entry.record.id);
    } else if (!added.contains(entry.record.id)) {
      changed.insert(entry.record.id);
    }
  }
  for (const MarkId id : added) Count(feedback, id, summary);
  summary.changed = static_cast<std::int64_t>(changed.size());
  return summary;
}

std::string InWords(const MarkingSummary& summary) {
  if (summary.empty()) return {};
  const auto added = static_cast<double>(summary.added());
  std::string words =
      summary.minutes < 1.0
          ? fmt::format("Marked {} in {:.0f} s", summary.added(), 60.0 * summary.minutes)
          : fmt::format("Marked {} in {:.1f} minutes ({:.1f} a minute)", summary.added(),
                        summary.minutes, added / summary.minutes);
  const char* separator = ": ";
  const auto list = [&](std::int64_t count, const char* what) {
    if (count == 0) return;
    words += fmt::format("{}{} {}", separator, count, what);
    separator = ", ";
  };
  list(summary.unsafe, "unsafe");
  list(summary.safe, "safe");
  list(summary.unsure, "not sure");
  list(summary.pairs, summary.pairs == 1 ? "pair" : "pairs");
  list(summary.others, "other");
  list(summary.changed, "changed");
  return words +
         fmt::format(". {:.1f} % of what was recorded is judged.", 100.0 * summary.coverage);
}

}  // namespace lookout::app
