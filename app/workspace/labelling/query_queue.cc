#include "app/workspace/labelling/query_queue.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>
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

std::string MissingOfAnswer(const Query& asked, const agents::FeedbackSet& feedback) {
  if (feedback.entries().empty()) return {};
  const agents::JournalEntry& newest = feedback.entries().back();
  const auto found = feedback.marks().find(newest.record.id);
  if (newest.op != agents::JournalOp::kAdd || found == feedback.marks().end()) return {};
  const agents::Mark& mark = found->second;
  const Segment judged = JudgedSteps(mark);
  const Segment& span = asked.first;
  if (!agents::Overlap(judged, span)) {
    return fmt::format(
        "That mark is beside the steps {}\xE2\x80\x93{} that are asked about, so the query stays "
        "open.",
        span.first, span.last);
  }
  const StepIndex steps = span.last - span.first + 1;
  const StepIndex covered =
      std::min(judged.last, span.last) - std::max(judged.first, span.first) + 1;
  if (mark.verdict == agents::Verdict::kUnsafe || 2 * covered >= steps) return {};
  return fmt::format(
      "That mark covers {} of the {} steps that were asked about. Drag its edges over the others, "
      "or nobody has judged them.",
      covered, steps);
}

std::string KeyOf(const Query& query) {
  if (query.kind == QueryKind::kSpan) return "span" + Text(query.first);
  const bool swapped = OrderOf(query.second) < OrderOf(query.first);
  return "pair" + Text(swapped ? query.second : query.first) +
         Text(swapped ? query.first : query.second);
}

void QueryQueue::Adopt(std::vector<Query> proposed) {
  shown_.looking = false;
  Arrange(std::move(proposed));
}

void QueryQueue::PutFirst(std::vector<Query> queries) {
  if (queries == first_) return;
  first_ = std::move(queries);
  Arrange(std::exchange(proposed_, {}));
}

void QueryQueue::Arrange(std::vector<Query> proposed) {
  const Query* now = shown_.now();
  const bool stays = now != nullptr && shown_.asked;
  std::vector<Query> order = first_;
  if (stays) order.insert(order.begin(), *now);
  order.insert(order.end(), std::make_move_iterator(proposed.begin()),
               std::make_move_iterator(proposed.end()));
  proposed_.clear();
  std::set<std::string> there;
  for (Query& query : order) {
    if (there.insert(KeyOf(query)).second) proposed_.push_back(std::move(query));
  }
  // Others take the places of those that were open, of which the person has not seen any.
  if (!stays) {
    shown_.current = 0;
    shown_.open.clear();
  }
  Refresh();
}

void QueryQueue::Follow(const agents::FeedbackSet& feedback,
                        const std::function<bool(EpisodeId)>& counts) {
  judged_.clear();
  paired_.clear();
  shown_.answered = 0;
  for (const auto& [id, pair] : feedback.pairs()) {
    const bool asked = feedback.records().at(id).on_screen.mode == agents::kQueueMode;
    if (asked && counts(pair.first.episode)) ++shown_.answered;
    paired_.insert(
        KeyOf({.kind = QueryKind::kPair, .first = pair.first, .second = pair.second, .why = {}}));
  }
  for (const auto& [id, mark] : feedback.marks()) {
    if (AnswersQuery(mark) && counts(mark.episode)) ++shown_.answered;
    judged_.push_back(JudgedSteps(mark));
  }
  CountAudits(feedback, counts);
  CountSkipped(counts);
  Refresh();
}

// By what is kept with the answers, so that those of earlier sittings count. A mark that was not
// asked for is no answer: what people mark of their own accord is not drawn by chance.
void QueryQueue::CountAudits(const agents::FeedbackSet& feedback,
                             const std::function<bool(EpisodeId)>& counts) {
  std::map<std::tuple<EpisodeId, StepIndex, StepIndex>, bool> missed;  // of what is unsafe
  for (const auto& [id, mark] : feedback.marks()) {
    const agents::Provenance& asked = mark.on_screen;
    const bool is_audit = asked.asked_why == ChoiceName(QueryReason::kAudit) &&
                          asked.asked_highest != agents::kNotPredicted && AnswersQuery(mark);
    if (!counts(mark.episode) || !is_audit || mark.verdict != agents::Verdict::kUnsafe) continue;
    missed[{mark.episode, asked.asked_first, asked.asked_last}] =
        asked.asked_highest < double(agents::kUnsafeFrom);
  }
  audited_ = {.unsafe = static_cast<int>(missed.size())};
  for (const auto& [span, model_missed] : missed) audited_.missed += model_missed ? 1 : 0;
}

// A key names the episode of its first clip behind its kind.
void QueryQueue::CountSkipped(const std::function<bool(EpisodeId)>& counts) {
  shown_.skipped = std::ranges::count_if(skipped_, [&](const std::string& key) {
    EpisodeId episode;
    const std::size_t space = key.find(' ');
    if (space == std::string::npos) return false;
    std::from_chars(key.data() + space + 1, key.data() + key.size(), episode.value);
    return counts(episode);
  });
}

bool QueryQueue::IsDone(const Query& query) const {
  const std::string key = KeyOf(query);
  if (skipped_keys_.contains(key)) return true;
  if (query.kind == QueryKind::kPair) return paired_.contains(key);
  return std::ranges::any_of(
      judged_, [&](const Segment& judged) { return agents::Overlap(judged, query.first); });
}

// The current one stays current, in its place; if it is done, the one after it is.
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
    const std::size_t here = shown_.before + place;
    shown_.current = static_cast<std::size_t>(same - shown_.open.begin());
    shown_.before = here - std::min(here, shown_.current);
    return;
  }
  if (!current.empty()) ++shown_.before;  // it is done
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
  ++shown_.skipped;
  Refresh();
}

void QueryQueue::Drop(EpisodeId episode) {
  const auto is_about = [&](const Query& query) {
    return query.first.episode == episode ||
           (query.kind == QueryKind::kPair && query.second.episode == episode);
  };
  std::erase_if(first_, is_about);
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
