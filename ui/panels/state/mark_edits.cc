#include "ui/panels/state/mark_edits.h"

#include <algorithm>
#include <cstdint>

#include "ui/commands.h"
#include "ui/panels/state/actions.h"
#include "ui/panels/state/window_state.h"

namespace lookout::ui {

const agents::Mark* SelectedOnScreen(const Snapshots& snapshots, const MarksState& marks) {
  const agents::Mark* mark = marks.index.Find(marks.selected);
  return mark != nullptr && mark->episode == snapshots.playhead.episode ? mark : nullptr;
}

void FollowSelection(const Snapshots& snapshots, MarksState& marks) {
  const EpisodeId shown = snapshots.playhead.episode;
  const agents::FeedbackSet& set = snapshots.marks.marks();
  const bool loading = marks.pending_seek.has_value();
  if (marks.shown != shown && !loading && SelectedOnScreen(snapshots, marks) == nullptr) {
    marks.selected = {};
  }
  marks.shown = shown;
  if (const OpenMark* open = snapshots.open_mark()) marks.verdict = open->verdict;
  const bool first_look = marks.seen_sequence < 0;
  for (auto i = static_cast<std::size_t>(std::max<std::int64_t>(0, marks.seen_sequence));
       !first_look && i < set.entries().size(); ++i) {
    const agents::JournalEntry& entry = set.entries()[i];
    const auto added = set.marks().find(entry.record.id);
    if (entry.op != agents::JournalOp::kAdd || added == set.marks().end()) continue;
    if (added->second.episode == shown) marks.selected = added->first;
  }
  marks.seen_sequence = set.last_sequence();
}

namespace {

void PlaceFirst(StepIndex step, agents::Mark& mark) {
  mark.first_step = step;
  mark.reaction_lag_steps = 0;
}

void PlaceLast(StepIndex step, agents::Mark& mark) {
  mark.last_step = step;
  mark.release_lag_steps = 0;
}

// Whether its label would end before it begins.
bool JudgedIsTurned(const agents::Mark& mark) {
  return std::int64_t{mark.last_step} - agents::ReleaseLagOf(mark) <
         std::int64_t{mark.first_step} - mark.reaction_lag_steps;
}

}  // namespace

agents::Mark WithEdges(const agents::Mark& mark, std::optional<StepIndex> first,
                       std::optional<StepIndex> last) {
  const agents::Segment judged = agents::JudgedSteps(mark);
  agents::Mark out = mark;
  out.release_lag_steps = agents::ReleaseLagOf(mark);
  if (first) PlaceFirst(*first, out);
  if (last) PlaceLast(*last, out);
  // What is left of the other's lag would turn the span round: the edge goes to where its label
  // was, and where that is beyond the one that was placed, this pushes it.
  if (out.first_step > out.last_step || JudgedIsTurned(out)) {
    PlaceFirst(first.value_or(std::min(judged.first, out.last_step)), out);
    PlaceLast(last.value_or(std::max(judged.last, out.first_step)), out);
  }
  if (out.release_lag_steps == out.reaction_lag_steps) {
    out.release_lag_steps = agents::kLagOfPressing;
  }
  return out;
}

bool ToggleSpan(const Snapshots& snapshots, CommandSender& sender, agents::Verdict verdict) {
  const OpenMark* open = snapshots.open_mark();
  if (open != nullptr && open->verdict == verdict && open->track == kMainTrack) {
    sender.Send(EndMark{.track = kMainTrack});
    return false;
  }
  if (snapshots.mode == InputMode::kView) sender.Send(SetMode{InputMode::kMark});
  sender.Send(BeginMark{verdict});
  return true;
}

bool MarksBeside(const Snapshots& snapshots, agents::DangerClass danger) {
  const OpenMark* open = snapshots.open_mark();
  if (open == nullptr || open->verdict != agents::Verdict::kUnsafe) return false;
  if (danger == 0 || open->danger == 0) return false;
  return std::ranges::none_of(snapshots.open_marks, [danger](const OpenMark& one) {
    return one.danger == danger || one.track == danger;
  });
}

void RemoveMark(CommandSender& sender, MarksState& marks, MarkId id) {
  sender.Send(DeleteMark{id});
  if (marks.selected == id) marks.selected = {};
}

void GoToMark(const Snapshots& snapshots, CommandSender& sender, MarksState& marks, int direction) {
  const StepIndex here = snapshots.playhead.step;
  const agents::Mark* found = nullptr;
  for (const agents::Mark& mark : marks.index.of_shown()) {
    if (direction > 0 && mark.first_step > here && found == nullptr) found = &mark;
    if (direction < 0 && mark.first_step < here) found = &mark;
  }
  if (found != nullptr) ShowMark(snapshots, sender, marks, *found);
}

void LoopSelection(const Snapshots& snapshots, CommandSender& sender, MarksState& marks) {
  if (snapshots.pair != nullptr) marks.looping = false;
  if (!marks.looping) return;
  const agents::Mark* mark = marks.index.Find(marks.selected);
  if (mark == nullptr || mark->episode != snapshots.playhead.episode) {
    marks.looping = false;
    return;
  }
  const Playhead& playhead = snapshots.playhead;
  const bool outside = playhead.live || playhead.step < mark->first_step ||
                       playhead.step >= mark->last_step || !playhead.replaying;
  if (!outside) return;
  sender.Send(Seek{mark->episode, mark->first_step});
  sender.Send(SetPlaying{true});
}

void BeginSelectedHere(const Snapshots& snapshots, CommandSender& sender, const MarksState& marks) {
  const agents::Mark* mark = SelectedOnScreen(snapshots, marks);
  if (mark == nullptr) return;
  sender.Send(ReviseMark{WithEdges(*mark, snapshots.playhead.step, std::nullopt)});
}

void EndSelectedHere(const Snapshots& snapshots, CommandSender& sender, const MarksState& marks) {
  const agents::Mark* mark = SelectedOnScreen(snapshots, marks);
  if (mark == nullptr) return;
  sender.Send(ReviseMark{WithEdges(*mark, std::nullopt, snapshots.playhead.step)});
}

}  // namespace lookout::ui
