#include "ui/panels/marks/timeline_panel.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "ui/commands.h"
#include "ui/panels/marks/timeline_actors.h"
#include "ui/panels/state/action_button.h"
#include "ui/panels/state/mark_edits.h"
#include "ui/panels/state/window_state.h"
#include "ui/theme/icons.h"
#include "ui/theme/kinds.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

// The kinds that the world charges, and what a recording calls by names of its own.
void ListCosts(const EpisodeTrack& track, std::vector<TimelineCost>& costs) {
  costs.clear();
  const Theme& theme = CurrentTheme();
  const auto steps = static_cast<std::size_t>(track.steps());
  for (const sim::CostKind kind : track.scene().spec.cost_kinds) {
    const KindStyle style = CostKindStyle(theme, kind);
    const float* first =
        steps == 0 ? nullptr : &track.cost_by_kind_so_far[0][static_cast<std::size_t>(kind)];
    costs.push_back({style.name, style.icon, style.colour, first,
                     static_cast<std::size_t>(sim::kCostKindCount), steps});
  }
  for (const EpisodeTrack::OtherCost& other : track.other_costs) {
    costs.push_back({Cut(other.name, 60), kIconUnsafe, theme.true_cost, other.so_far.data(), 1,
                     other.so_far.size()});
  }
}

// Lanes in their annotators' colours, and notes on this episode.
void ListLanes(const Snapshots& snapshots, const MarksIndex& index, const EpisodeTrack* track,
               TimelineState& state) {
  const Theme& theme = CurrentTheme();
  const Annotators& annotators = snapshots.marks.annotators();
  state.lanes.clear();
  for (const LaneRow& lane : index.lanes()) {
    state.lanes.push_back({lane.title, AnnotatorColour(theme, lane.colour), lane.further,
                           lane.track ? std::optional(lane.track->verdict) : std::nullopt});
  }
  state.notes.clear();
  for (const NoteRow& row : index.notes()) {
    if (track == nullptr || row.note.episode != track->id()) continue;
    const AnnotatorProfile* author = annotators.Find(row.annotator);
    state.notes.push_back({.id = row.id.value,
                           .step = row.note.step,
                           .author = annotators.TitleOf(row.annotator),
                           .text = row.note.text,
                           .colour = AnnotatorColour(theme, author != nullptr ? author->colour : 0),
                           .saved = row.saved});
  }
}

// Predictions and costs, of the ghost too; none while they are hidden from who marks.
void AddCosts(const Snapshots& snapshots, const EpisodeTrack& track, TimelineState& state,
              TimelineData& data) {
  if (data.costs_hidden) return;
  data.cost = track.cost;
  const ShownPredictions predictions = snapshots.shown_predictions();
  data.predicted = predictions.cost;
  data.spread = predictions.spread;
  data.predicted_by = predictions.model.value;
  data.predicted_in_recording = predictions.recorded;
  data.predicted_danger = predictions.danger;
  if (predictions.danger != 0) {
    data.danger_name = snapshots.marks.danger_classes().NameOf(predictions.danger);
  }
  ListCosts(track, state.costs);
  data.costs = state.costs;
  const EpisodeTrack* ghost = snapshots.ghost_episode();
  if (ghost == nullptr) return;
  data.ghost_cost = ghost->cost;
  data.ghost_predicted = ghost->predicted_cost;
}

void ListAttended(const Snapshots& snapshots, TimelineState& state) {
  state.attended.clear();
  const AttentionMoment* moment = snapshots.shown_attention();
  if (!state.shows_attention || moment == nullptr) return;
  const std::vector<float> weights = moment->MeanWeights();
  const float most = *std::ranges::max_element(weights);
  for (std::size_t i = 0; i < weights.size(); ++i) {
    state.attended.push_back({moment->attended[i], weights[i] / most});
  }
}

// The steps of that episode that the query on screen is about.
std::optional<std::pair<StepIndex, StepIndex>> AskedSpan(const Snapshots& snapshots,
                                                         EpisodeId episode) {
  if (snapshots.queries == nullptr || !snapshots.queries->asked) return std::nullopt;
  const agents::Query* asked = snapshots.queries->now();
  if (asked == nullptr || asked->first.episode != episode) return std::nullopt;
  return std::pair(asked->first.first, asked->first.last);
}

TimelineData DataOf(const Snapshots& snapshots, const EpisodeTrack* track, const MarksState& marks,
                    TimelineState& state) {
  TimelineData data;
  ListLanes(snapshots, marks.index, track, state);
  data.lanes = state.lanes;
  data.notes = state.notes;
  data.costs_hidden = snapshots.blind();
  data.keys_mark = snapshots.mode != InputMode::kOversee;
  data.live = snapshots.playhead.live;
  data.playhead = snapshots.playhead.step;
  data.selected = marks.selected.value;
  if (track == nullptr) return data;
  data.episode = track->id().value;
  data.steps = track->steps();
  data.extent = track->finished() ? track->steps() : track->scene().spec.max_episode_steps;
  data.step_duration_s = track->scene().spec.step_duration_s;
  data.reward = track->reward;
  AddCosts(snapshots, *track, state, data);
  ListAttended(snapshots, state);
  data.attended = state.attended;
  ListActors(*track, state.actors);
  data.actors = state.actors;
  data.read_out_more = [track](StepIndex step) { ReadOutDecision(*track, step); };
  data.marks = marks.index.timeline();
  data.verdict_to_add = marks.verdict;
  data.asked = AskedSpan(snapshots, track->id());
  data.open = marks.index.open();
  return data;
}

// "LIVE", or "REVIEW −42": how far behind its end the shown moment is; at the end "REVIEW" alone.
void DrawState(const Snapshots& snapshots, const EpisodeTrack* track) {
  const Theme& theme = CurrentTheme();
  if (snapshots.playhead.live) {
    Badge(snapshots.player.playing ? "LIVE" : "PAUSED", theme.good,
          snapshots.player.playing ? kIconLive : kIconPause);
    return;
  }
  const StepIndex behind =
      track == nullptr ? 0 : std::max(0, track->steps() - 1 - snapshots.playhead.step);
  const char* state = snapshots.playhead.replaying ? "REPLAY" : "REVIEW";
  Badge(behind == 0 ? Short("%s", state) : Short("%s  \xE2\x88\x92%d", state, behind),
        theme.warning, kIconHistory);
  NoteItem(behind == 0 ? "review/at_end" : "review/behind");
}

// A span that is being made says so, and how it ends: its key may have been let go long ago.
void DrawOpenMark(const Snapshots& snapshots, const Keymap& keymap, float top) {
  const OpenMark* open = snapshots.open_mark();
  if (open == nullptr) return;
  const agents::Verdict verdict = open->verdict;
  const ActionId key = verdict == agents::Verdict::kUnsafe ? ActionId::kMarkUnsafe
                       : verdict == agents::Verdict::kSafe ? ActionId::kMarkSafe
                                                           : ActionId::kMarkUnsure;
  const KindStyle style = VerdictStyle(CurrentTheme(), verdict);
  ImGui::SameLine(0.0F, Px(8));
  ImGui::SetCursorPosY(top + Px(4));
  const std::size_t more = snapshots.open_marks.size() - 1;
  const Short also = more > 0 ? Short(" and %zu more", more) : Short("%s", "");
  const std::int32_t severity = snapshots.open_marks.back().severity;
  const Short bad = severity == agents::kNoSeverity
                        ? Short()
                        : Short(", %d of %d", severity, agents::kMostSeverity);
  Badge(Short("MARKING %s%s%s  \xC2\xB7  %s ends it", style.name, also.c_str(), bad.c_str(),
              keymap.text(key).c_str()),
        style.colour, style.icon);
  NoteItem("marking");
  if (severity != agents::kNoSeverity) NoteItem("marking/severity");
}

void DrawEpisodeName(const Snapshots& snapshots, const EpisodeTrack* track, float width) {
  if (track == nullptr) {
    TextMuted("Waiting for the first episode");
    return;
  }
  const double time_s = snapshots.playhead.step * track->scene().spec.step_duration_s;
  const Short episode("Episode %lld", static_cast<long long>(track->id().value));
  const Short seed("seed %u", track->header().seed);
  const Short step("step %d", snapshots.playhead.step);
  const Short time("%.2f s", time_s);
  const std::array<TextPart, 5> parts{
      {{episode, 1}, {seed, 2}, {Cut(ActorOnScreen(snapshots), 60), 3}, {step, 0}, {time, 4}}};
  TextParts(parts, width, CurrentTheme().text_muted);
}

constexpr char kGoLiveText[] = "Back to live";
constexpr char kContinueText[] = "Continue from here";

float WaysBackWidth(bool texts) {
  return ButtonWidth({.icon = kIconLive, .text = texts ? kGoLiveText : ""}) +
         ImGui::GetStyle().ItemSpacing.x +
         ButtonWidth({.icon = kIconBranch, .text = texts ? kContinueText : ""});
}

void DrawWaysBack(const ActionContext& context, float left, bool texts) {
  ImGui::SameLine(left);
  ActionButton(ActionId::kGoLive, context, {.text = texts ? kGoLiveText : ""});
  ImGui::SameLine();
  ActionButton(ActionId::kContinueHere, context,
               {.text = texts ? kContinueText : "", .look = ButtonLook::kPrimary});
}

void DrawHeading(const ActionContext& context, const EpisodeTrack* track) {
  const Snapshots& snapshots = context.snapshots;
  const float top = ImGui::GetCursorPosY();
  const float width = ImGui::GetContentRegionAvail().x;
  const float left = ImGui::GetCursorPosX();
  const bool review = !snapshots.playhead.live;
  const bool texts = WaysBackWidth(true) < width * 0.62F;
  const float buttons = WaysBackWidth(texts);
  ImGui::SetCursorPosY(top + Px(4));
  DrawState(snapshots, track);
  DrawOpenMark(snapshots, context.window.keymap, top);
  ImGui::SameLine(0.0F, Px(10));
  ImGui::SetCursorPosY(top + Px(5));
  const float room = left + width - ImGui::GetCursorPosX() - (review ? buttons + Px(10) : 0.0F);
  DrawEpisodeName(snapshots, track, room);
  if (review) {
    ImGui::SameLine();
    ImGui::SetCursorPosY(top);
    DrawWaysBack(context, left + width - buttons, texts);
  }
  ImGui::SetCursorPosY(top + ImGui::GetFrameHeight() + Px(4));
}

void Carry(const TimelineWish& command, const Snapshots& snapshots, CommandSender& sender,
           MarksState& marks) {
  const EpisodeId episode = snapshots.playhead.episode;
  if (command.select) {
    marks.selected = MarkId{*command.select};
    sender.Send(SelectMark{marks.selected});
  }
  if (command.seek) sender.Send(Seek{episode, *command.seek});
  if (command.revise) {
    if (const agents::Mark* found = marks.index.Find(MarkId{command.revise->mark})) {
      const auto moved = [](StepIndex now, StepIndex before) {
        return now != before ? std::optional(now) : std::nullopt;
      };
      sender.Send(ReviseMark{WithEdges(*found, moved(command.revise->first, found->first_step),
                                       moved(command.revise->last, found->last_step))});
    }
  }
  if (command.add) {
    // Dragged on a standing picture, so there is no reaction lag. On a track it becomes one of it.
    const auto row = static_cast<std::size_t>(command.add->lane);
    const std::optional<RowTrack> track =
        row < marks.index.lanes().size() ? marks.index.lanes()[row].track : std::nullopt;
    const RowTrack added = track.value_or(RowTrack{marks.verdict, marks.danger});
    sender.Send(AddMark{{.episode = episode,
                         .first_step = command.add->first,
                         .last_step = command.add->last,
                         .verdict = added.verdict,
                         .danger = added.danger,
                         .annotator = {},
                         .note = {}}});
  }
}

}  // namespace

std::string_view ActorOnScreen(const Snapshots& snapshots) {
  const EpisodeTrack* track = snapshots.shown_episode();
  if (track == nullptr) return {};
  const ActorSpan* actor = track->ActorAt(snapshots.playhead.step);
  return actor != nullptr ? std::string_view(actor->name) : track->header().agent;
}

float TimelineNeeds(const Snapshots& snapshots, const MarksState& marks) {
  const EpisodeTrack* track = snapshots.shown_episode();
  const bool hidden = snapshots.blind();
  const std::size_t known =
      track != nullptr ? track->scene().spec.cost_kinds.size() + track->other_costs.size() : 1;
  return TimelineHeight(hidden ? 0 : known, std::min<std::size_t>(marks.index.lanes().size(), 6),
                        track != nullptr ? track->actors().size() : 0, hidden);
}

void DrawTimelinePanel(const ActionContext& context) {
  const Snapshots& snapshots = context.snapshots;
  const EpisodeTrack* track = snapshots.shown_episode();
  DrawHeading(context, track);
  const ImVec2 size = ImGui::GetContentRegionAvail();
  const TimelineData data = DataOf(snapshots, track, context.window.marks, context.window.timeline);
  Carry(Timeline("timeline", data, context.window.timeline, size), snapshots, context.sender,
        context.window.marks);
}

}  // namespace lookout::ui
