#include "app/workspace/labelling/coverage.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "agents/feedback/kinds/correction.h"
#include "agents/feedback/kinds/intervention.h"
#include "agents/feedback/kinds/note.h"
#include "agents/feedback/kinds/preference.h"
#include "agents/feedback/kinds/region.h"
#include "agents/feedback/targets/judged_segments.h"

namespace lookout::app {
namespace {

using Spans = std::map<EpisodeId, std::vector<std::pair<StepIndex, StepIndex>>>;

Spans JudgedSpans(const agents::FeedbackSet& feedback) {
  std::vector<agents::FeedbackRecord> records;
  for (const auto& [id, record] : feedback.records()) records.push_back(record);
  Spans spans;
  for (const agents::Segment& judged : agents::JudgedSegments(records)) {
    spans[judged.episode].emplace_back(judged.first, judged.last);
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

// What a summary calls the kinds: one of them, several.
struct KindWords {
  const agents::FeedbackKind* kind;
  const char* one;
  const char* several;
};
constexpr std::array<KindWords, 5> kKindWords{
    {{&agents::kPreferenceKind, "pair", "pairs"},
     {&agents::kRegionKind, "region", "regions"},
     {&agents::kInterventionKind, "take-over", "take-overs"},
     {&agents::kCorrectionKind, "correction", "corrections"},
     {&agents::kNoteKind, "note", "notes"}}};

void Count(const agents::FeedbackSet& feedback, MarkId id, MarkingSummary& summary) {
  const auto record = feedback.records().find(id);
  if (record == feedback.records().end()) return;
  const auto mark = feedback.marks().find(id);
  if (mark == feedback.marks().end()) {
    ++summary.by_kind[record->second.kind];
  } else if (mark->second.verdict == agents::Verdict::kUnsafe) {
    ++summary.unsafe;
  } else {
    ++(mark->second.verdict == agents::Verdict::kSafe ? summary.safe : summary.unsure);
  }
}

// "2 take-overs"; a kind that a newer version made by its name in files.
std::string CountOf(const std::string& kind, std::int64_t count) {
  const auto known =
      std::ranges::find(kKindWords, kind, [](const KindWords& words) { return words.kind->name; });
  if (known == kKindWords.end()) return fmt::format("{} {}", count, kind);
  return fmt::format("{} {}", count, count == 1 ? known->one : known->several);
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

std::int64_t MarkingSummary::added() const {
  std::int64_t sum = unsafe + safe + unsure;
  for (const auto& [kind, count] : by_kind) sum += count;
  return sum;
}

std::set<EpisodeId> EpisodesOf(const agents::FeedbackSet& feedback) {
  std::set<EpisodeId> episodes;
  for (const auto& [id, record] : feedback.records()) {
    episodes.insert(record.episodes.begin(), record.episodes.end());
  }
  return episodes;
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
  for (const auto& [kind, count] : summary.by_kind) {
    words += separator + CountOf(kind, count);
    separator = ", ";
  }
  list(summary.changed, "changed");
  return words +
         fmt::format(". {:.1f} % of what was recorded is judged.", 100.0 * summary.coverage);
}

}  // namespace lookout::app
