#include "app/exchange/labels/rows/label_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "agents/feedback/kinds/correction.h"
#include "agents/feedback/kinds/preference.h"

namespace lookout::app {
namespace {

constexpr agents::DangerClass kMostDanger = 9;

// Bytes of the character that begins so; 0: none does.
std::size_t BytesOfCharacter(unsigned char first) {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first < 0xE0) return 2;
  if (first >= 0xE0 && first < 0xF0) return 3;
  return first >= 0xF0 && first < 0xF5 ? 4 : 0;
}

// Whether the bytes, of which there are as many as the first one says, are a character: no longer
// than it needs, no half of a pair of UTF-16 and none beyond the last.
bool IsCharacter(std::string_view bytes) {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  for (std::size_t i = 1; i < bytes.size(); ++i) {
    if ((at(i) & 0xC0U) != 0x80U) return false;
  }
  if (bytes.size() < 3) return true;
  if (at(0) == 0xE0) return at(1) >= 0xA0;
  if (at(0) == 0xED) return at(1) < 0xA0;
  if (at(0) == 0xF0) return at(1) >= 0x90;
  return at(0) != 0xF4 || at(1) < 0x90;
}

}  // namespace

bool IsUtf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t bytes = BytesOfCharacter(static_cast<unsigned char>(text.front()));
    if (bytes == 0 || bytes > text.size() || !IsCharacter(text.substr(0, bytes))) return false;
    text.remove_prefix(bytes);
  }
  return true;
}

std::string Quoted(std::string_view text) {
  constexpr std::size_t kMostQuotedBytes = 40;
  std::string quoted;
  for (const char c : text.substr(0, kMostQuotedBytes)) {
    const bool plain = static_cast<unsigned char>(c) >= 0x20 && c != 0x7F;
    quoted += plain ? c : ' ';
  }
  while (!quoted.empty() && !IsUtf8(quoted)) quoted.pop_back();
  return text.size() > quoted.size() ? quoted + "..." : quoted;
}

std::string InWords(const RejectedRow& row) {
  return row.row + " " + row.cause + (row.cause.ends_with('?') ? "" : ".");
}

LabelRows::LabelRows(LabelProject& project, std::string annotator)
    : project_(project), annotator_(std::move(annotator)) {}

void LabelRows::AllowRemoved(EpisodeId episode) { removed_.push_back(episode); }

void LabelRows::Reject(const RowPlace& place, std::string_view cause) {
  ++rows_;
  ++rejected_count_;
  journal_broken_ = true;
  if (rejected_.size() >= kMostListed) return;
  if (cause.ends_with('.')) cause.remove_suffix(1);
  rejected_.push_back(
      {fmt::format("{}{} {}", file_, place.what, place.number), std::string(cause)});
}

std::string LabelRows::CheckSpan(EpisodeId episode, StepIndex first, StepIndex last) const {
  const StoredEpisode* stored = project_.Find(episode);
  if (stored == nullptr) {
    if (std::ranges::find(removed_, episode) != removed_.end()) return {};
    return fmt::format("is about episode {}, which the project does not have", episode.value);
  }
  if (first < 0) return fmt::format("begins at step {}, before the episode does", first);
  if (last < first) return fmt::format("ends at step {}, before its first step {}", last, first);
  if (last < project_.StepsOf(episode)) return {};
  return fmt::format("ends at step {}, but episode {} ends at step {}", last, episode.value,
                     stored->steps - 1);
}

std::string LabelRows::CheckMark(const agents::Mark& mark) const {
  std::string problem = CheckSpan(mark.episode, mark.first_step, mark.last_step);
  if (!problem.empty()) return problem;
  if (mark.danger > kMostDanger) {
    return fmt::format("has the danger class {}; they are 0 to {}", mark.danger, kMostDanger);
  }
  if (mark.severity < agents::kNoSeverity || mark.severity > agents::kMostSeverity) {
    return fmt::format("has the severity {}; they are 0 to {}", mark.severity,
                       agents::kMostSeverity);
  }
  if (mark.reaction_lag_steps < 0 || mark.reaction_lag_steps > kMostLagSteps) {
    return fmt::format("has a reaction lag of {} steps; 0 to {} are possible",
                       mark.reaction_lag_steps, kMostLagSteps);
  }
  if (mark.release_lag_steps < agents::kLagOfPressing || mark.release_lag_steps > kMostLagSteps) {
    return fmt::format("has a release lag of {} steps; 0 to {} are possible, or none",
                       mark.release_lag_steps, kMostLagSteps);
  }
  if (mark.annotator.empty() || mark.annotator.size() > kMostNameBytes) {
    return fmt::format("needs an annotator's name of at most {} bytes", kMostNameBytes);
  }
  if (mark.note.size() > kMostNoteBytes) {
    return fmt::format("has a note of more than {} bytes", kMostNoteBytes);
  }
  const bool is_text = IsUtf8(mark.annotator) && IsUtf8(mark.note) && IsUtf8(mark.on_screen.mode);
  return is_text ? std::string() : "has text that is not UTF-8";
}

void LabelRows::Add(const RowPlace& place, agents::Mark mark) {
  if (mark.annotator.empty()) mark.annotator = annotator_;
  if (const std::string problem = CheckMark(mark); !problem.empty()) {
    Reject(place, problem);
    return;
  }
  ++rows_;
  marks_.push_back(std::move(mark));
}

std::string LabelRows::CheckRecord(const agents::FeedbackRecord& record) const {
  for (const EpisodeId episode : record.episodes) {
    // Of what a newer version made, the episodes are all that is understood.
    if (std::string problem = CheckSpan(episode, 0, 0); !problem.empty()) return problem;
  }
  if (const Status sound = agents::CheckContent(record); !sound)
    return "cannot be taken: " + sound.error().message;
  if (const auto mark = agents::MarkOf(record)) {
    return CheckSpan(mark->episode, mark->first_step, mark->last_step);
  }
  if (const auto pair = agents::PreferenceOf(record)) {
    std::string problem = CheckSpan(pair->first.episode, pair->first.first, pair->first.last);
    return problem.empty() ? CheckSpan(pair->second.episode, pair->second.first, pair->second.last)
                           : problem;
  }
  if (const auto correction = agents::CorrectionOf(record)) {
    for (const agents::Segment& future : {correction->agents, correction->persons}) {
      std::string problem = CheckSpan(future.episode, future.first, future.last);
      if (!problem.empty()) return problem;
    }
  }
  if (record.episodes.empty()) return {};  // nothing is said, as where something is taken back
  const agents::Segment where = agents::WhereOf(record);
  return CheckSpan(where.episode, where.first, where.last);
}

void LabelRows::AddEntry(const RowPlace& place, const agents::JournalEntry& entry) {
  if (std::string problem = CheckRecord(entry.record); !problem.empty()) {
    Reject(place, problem);
    return;
  }
  // What follows a row that is missing does not continue anything; its own faults were looked for.
  if (!journal_broken_) {
    if (const Status applied = journal_.Apply(entry); !applied) {
      Reject(place, "cannot be taken: " + applied.error().message);
      return;
    }
  }
  ++rows_;
}

}  // namespace lookout::app
