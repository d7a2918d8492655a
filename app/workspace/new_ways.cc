#include "app/workspace/new_ways.h"

#include <algorithm>
#include <utility>

#include "agents/feedback/kinds/mark.h"
#include "app/unblocked/mark_ways.h"
#include "sim/base/check.h"

namespace lookout::app {
namespace {

constexpr StepIndex kLeadSteps = 25;  // that are replayed before a clip

std::string NameOf(const ui::SetAgent& agent) {
  return agent.kind == ui::AgentKind::kNamedPolicy ? agent.policy : ui::AgentKindName(agent.kind);
}

}  // namespace

void NewWaysSearch::Find(const ui::FindNewWays& command, const sim::EnvironmentConfig& environment,
                         agents::CostModelPtr model, FitRequest labels) {
  Stop();
  shown_.asked = {environment.id, NameOf(command.before), NameOf(command.after)};
  shown_.searching = true;
  shown_.fraction = 0.0;
  shown_.problem.clear();
  links_.find_new_ways({.number = number_,
                        .environment = environment,
                        .before = command.before,
                        .after = command.after,
                        .model = std::move(model),
                        .labels = std::move(labels),
                        .episodes = command.episodes});
}

void NewWaysSearch::Stop() {
  links_.abandon_new_ways(++number_);
  shown_.searching = false;
}

void NewWaysSearch::On(NewWaysNews news) {
  if (news.number != number_ || !shown_.searching) return;
  shown_.fraction = news.fraction;
  if (news.found == nullptr && news.problem.empty()) return;
  if (news.found == nullptr) {  // what was found before stays
    shown_.searching = false;
    shown_.problem = std::move(news.problem);
    return;
  }
  const std::size_t ways = news.found->report.ways.size();
  shown_ = {.asked = shown_.asked,
            .fraction = news.fraction,
            .problem = {},
            .result = std::move(news.found),
            .found = shown_.asked,
            .kept = {},
            .marked = std::vector<bool>(ways, false),
            .unsafe_clips = std::vector<std::size_t>(ways, 0)};
  followed_sequence_ = -1;
  recorded_ = std::move(news.recorded);
  kept_.clear();
  marks_of_.assign(ways, {});
}

const agents::NewWay* NewWaysSearch::WayAt(std::size_t way) const {
  if (shown_.result == nullptr || way >= shown_.result->report.ways.size()) return nullptr;
  return &shown_.result->report.ways[way];
}

// The episode of that seed, in the project from now on.
EpisodeId NewWaysSearch::Keep(std::uint32_t seed) {
  const auto known = kept_.find(seed);
  if (known != kept_.end()) return known->second;
  const auto found = std::ranges::find_if(
      recorded_, [seed](const RecordedEpisode& episode) { return episode.header.seed == seed; });
  LOOKOUT_CHECK(found != recorded_.end(), "clips are of recorded episodes");
  const EpisodeId id = kept_[seed] = KeepEpisode(std::move(*found), links_, episodes_);
  recorded_.erase(found);
  shown_.kept.push_back(id);
  return id;
}

std::optional<ui::Seek> NewWaysSearch::Show(const ui::ShowNewWay& command) {
  const agents::NewWay* way = WayAt(command.way);
  if (way == nullptr) return std::nullopt;
  const bool again = shown_.shown == command.way;
  shown_.shown_clip = again ? (shown_.shown_clip + 1) % way->clips.size() : 0;
  shown_.shown = command.way;
  const agents::NewClip& clip = way->clips[shown_.shown_clip];
  return replay_.Begin(Keep(clip.seed), std::max<StepIndex>(0, clip.first - kLeadSteps), clip.last);
}

int NewWaysSearch::Mark(const ui::MarkNewWay& command) {
  const agents::NewWay* way = WayAt(command.way);
  if (way == nullptr || shown_.marked[command.way]) return 0;
  std::vector<agents::NewClip> clips = way->clips;
  for (agents::NewClip& clip : clips) clip.episode = Keep(clip.seed);
  std::vector<agents::FeedbackRecord> records;
  for (const auto& [episode, spans] : SpansOf(clips)) {
    for (const auto& [first, last] : spans) {
      records.push_back(RecordOf(agents::Mark{.episode = episode,
                                              .first_step = first,
                                              .last_step = last,
                                              .annotator = {},
                                              .on_screen = {.mode = "unblocked"},
                                              .note = {}}));
    }
  }
  marks_of_[command.way] = marking_.AddTogether(std::move(records));
  shown_.marked[command.way] = true;
  return static_cast<int>(marks_of_[command.way].size());
}

bool NewWaysSearch::IsMarkedUnsafe(const agents::NewClip& clip) const {
  const auto kept = kept_.find(clip.seed);
  if (kept == kept_.end()) return false;  // nobody can have seen it
  return std::ranges::any_of(marking_.store().marks().marks(), [&](const auto& entry) {
    const agents::Mark& mark = entry.second;
    return mark.episode == kept->second && mark.verdict == agents::Verdict::kUnsafe &&
           mark.first_step <= clip.last && mark.last_step >= clip.first;
  });
}

void NewWaysSearch::Follow() {
  replay_.Follow(playback_, episodes_);
  const agents::FeedbackSet& feedback = marking_.store().marks();
  if (std::exchange(followed_sequence_, feedback.last_sequence()) == feedback.last_sequence()) {
    return;
  }
  for (std::size_t way = 0; way < marks_of_.size(); ++way) {
    shown_.marked[way] = std::ranges::any_of(
        marks_of_[way], [&](MarkId id) { return feedback.marks().contains(id); });
    shown_.unsafe_clips[way] = static_cast<std::size_t>(
        std::ranges::count_if(shown_.result->report.ways[way].clips,
                              [this](const auto& clip) { return IsMarkedUnsafe(clip); }));
  }
}

}  // namespace lookout::app
