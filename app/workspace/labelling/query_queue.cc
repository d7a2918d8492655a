#include "app/workspace/labelling/query_queue.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <tuple>
#include <utility>

#include "agents/feedback/models/unsafe_threshold.h"
#include "agents/feedback/queries/query_candidate.h"
#include "sim/config/json_text.h"

namespace lookout::app {
namespace {

using agents::Query;
using agents::QueryKind;
using agents::QueryReason;
using agents::Segment;

constexpr std::size_t kMostSkipped = 4000;

auto OrderOf(const Segment& clip) { return std::tuple(clip.episode, clip.first, clip.last); }

std::string Text(const Segment& clip) {
  return fmt::format(" {} {} {}", clip.episode.value, clip.first, clip.last);
}

}  // namespace

std::string KeyOf(const Query& query) {
  if (query.kind == QueryKind::kSpan) return "span" + Text(query.first);
  const bool swapped = OrderOf(query.second) < OrderOf(query.first);
  return "pair" + Text(swapped ? query.second : query.first) +
         Text(swapped ? query.first : query.second);
}

void QueryQueue::Adopt(std::vector<Query> proposed) {
  const Query* now = shown_.now();
  if (now != nullptr && shown_.asked) {
    const Query asked = *now;
    std::erase_if(proposed, [&](const Query& other) { return KeyOf(other) == KeyOf(asked); });
    proposed.insert(proposed.begin(), asked);
  }
  proposed_ = std::move(proposed);
  shown_.current = 0;
  shown_.looking = false;
  Refresh();
}

void QueryQueue::Follow(const agents::FeedbackSet& feedback) {
  judged_.clear();
  paired_.clear();
  shown_.answered = 0;
  for (const auto& [id, pair] : feedback.pairs()) {
    if (feedback.records().at(id).on_screen.mode == agents::kQueueMode) ++shown_.answered;
    paired_.insert(
        KeyOf({.kind = QueryKind::kPair, .first = pair.first, .second = pair.second, .why = {}}));
  }
  for (const auto& [id, mark] : feedback.marks()) {
    if (AnswersQuery(mark)) ++shown_.answered;
    judged_.push_back(JudgedSteps(mark));
  }
  CountAudits(feedback);
  Refresh();
}

// By what is kept with the answers, so that those of earlier sittings count. A mark that was not
// asked for is no answer: what people mark of their own accord is not drawn by chance.
void QueryQueue::CountAudits(const agents::FeedbackSet& feedback) {
  std::map<std::tuple<EpisodeId, StepIndex, StepIndex>, bool> missed;  // of what is unsafe
  for (const auto& [id, mark] : feedback.marks()) {
    const agents::Provenance& asked = mark.on_screen;
    const bool is_audit = asked.asked_why == ChoiceName(QueryReason::kAudit) &&
                          asked.asked_highest != agents::kNotPredicted && AnswersQuery(mark);
    if (!is_audit || mark.verdict != agents::Verdict::kUnsafe) continue;
    missed[{mark.episode, asked.asked_first, asked.asked_last}] =
        asked.asked_highest < double(agents::kUnsafeFrom);
  }
  audited_ = {.unsafe = static_cast<int>(missed.size())};
  for (const auto& [span, model_missed] : missed) audited_.missed += model_missed ? 1 : 0;
}

bool QueryQueue::IsDone(const Query& query) const {
  const std::string key = KeyOf(query);
  if (skipped_keys_.contains(key)) return true;
  if (query.kind == QueryKind::kPair) return paired_.contains(key);
  return std::ranges::any_of(
      judged_, [&](const Segment& judged) { return agents::Overlap(judged, query.first); });
}

// The current one stays current; if it is done, the one after it is.
void QueryQueue::Refresh() {
  const Query* now = shown_.now();
  const std::string current = now != nullptr ? KeyOf(*now) : std::string();
  const std::size_t place = shown_.current;
  shown_.open.clear();
  for (const Query& query : proposed_) {
    if (!IsDone(query)) shown_.open.push_back(query);
  }
  const auto same = std::ranges::find(shown_.open, current, KeyOf);
  if (same != shown_.open.end()) {
    shown_.current = static_cast<std::size_t>(same - shown_.open.begin());
    return;
  }
  shown_.asked = false;
  shown_.current = place < shown_.open.size() ? place : 0;
}

bool QueryQueue::Go(int direction) {
  const std::size_t count = shown_.open.size();
  if (count == 0) return false;
  // The first query is not passed over unseen.
  if (shown_.asked || direction < 0) {
    shown_.current = (shown_.current + (direction < 0 ? count - 1 : 1)) % count;
  }
  return true;
}

bool QueryQueue::GoToPair() {
  const Query* now = shown_.now();
  if (now != nullptr && now->kind == QueryKind::kPair) return true;
  const Query* next = PairAfterCurrent();
  if (next == nullptr) return false;
  shown_.current = static_cast<std::size_t>(next - shown_.open.data());
  return true;
}

void QueryQueue::GoTo(const Segment& first, const Segment& second) {
  const Query* found = Find(first, second);
  if (found == nullptr) return;
  shown_.current = static_cast<std::size_t>(found - shown_.open.data());
  shown_.asked = true;
}

const Query* QueryQueue::Find(const Segment& first, const Segment& second) const {
  const std::string key =
      KeyOf({.kind = QueryKind::kPair, .first = first, .second = second, .why = {}});
  const auto found = std::ranges::find(shown_.open, key, KeyOf);
  return found == shown_.open.end() ? nullptr : &*found;
}

const Query* QueryQueue::PairAfterCurrent() const {
  const std::size_t count = shown_.open.size();
  for (std::size_t i = 1; i < count; ++i) {
    const Query& query = shown_.open[(shown_.current + i) % count];
    if (query.kind == QueryKind::kPair) return &query;
  }
  return nullptr;
}

void QueryQueue::SkipCurrent() {
  const Query* now = shown_.now();
  if (now == nullptr) return;
  std::string key = KeyOf(*now);
  if (skipped_keys_.insert(key).second) skipped_.push_back(std::move(key));
  if (skipped_.size() > kMostSkipped) {
    skipped_keys_.erase(skipped_.front());
    skipped_.erase(skipped_.begin());
  }
  shown_.skipped = static_cast<std::int64_t>(skipped_.size());
  Refresh();
}

void QueryQueue::Drop(EpisodeId episode) {
  const auto is_about = [&](const Query& query) {
    return query.first.episode == episode ||
           (query.kind == QueryKind::kPair && query.second.episode == episode);
  };
  if (std::erase_if(proposed_, is_about) > 0) Refresh();
}

std::string QueryQueue::SkippedText() const { return nlohmann::json(skipped_).dump(); }

void QueryQueue::LoadSkipped(std::string_view text) {
  const nlohmann::json json = sim::ParseJsonText(text).value;
  if (!json.is_array()) return;
  for (const nlohmann::json& key : json) {
    if (!key.is_string() || skipped_.size() == kMostSkipped) continue;
    if (skipped_keys_.insert(key.get<std::string>()).second) skipped_.push_back(key);
  }
  shown_.skipped = static_cast<std::int64_t>(skipped_.size());
}

}  // namespace lookout::app
