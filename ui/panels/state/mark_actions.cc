#include "ui/panels/state/mark_actions.h"

#include <fmt/format.h>
#include <imgui.h>

#include <utility>

#include "sim/robots/robots.h"
#include "ui/commands.h"
#include "ui/panels/state/mark_edits.h"
#include "ui/panels/state/window_state.h"

namespace lookout::ui {
namespace {

// Of a project that is only read, the refusal is told instead.
void TellRevised(const ActionContext& context, const std::string& words) {
  if (!WhyNotMark(context).empty()) return;
  context.sender.Send(Tell{
      fmt::format("{} {} takes that back.", words, context.window.keymap.text(ActionId::kUndo))});
}

}  // namespace

std::string WhyNotMark(const ActionContext& c) {
  const ProjectSnapshot& project = c.snapshots.project;
  return project.read_only ? "The project is read-only: " + project.read_only_reason
                           : std::string();
}

std::string WhyNotSpan(const ActionContext& c) {
  if (c.snapshots.pair != nullptr) return "Two clips are compared: leave them first";
  return WhyNotMark(c);
}

std::string WhyNotNote(const ActionContext& c) { return WhyNotMark(c); }

std::string WhyNotUndo(const ActionContext& c) {
  if (std::string reason = WhyNotMark(c); !reason.empty()) return reason;
  const bool any = c.snapshots.marks.NextUndo() || c.snapshots.library.can_undo();
  return any ? "" : "There is nothing to undo";
}

std::string WhyNotRedo(const ActionContext& c) {
  if (std::string reason = WhyNotMark(c); !reason.empty()) return reason;
  const bool any = c.snapshots.marks.NextRedo() || c.snapshots.library.can_redo();
  return any ? "" : "There is nothing to redo";
}

std::string WhyNotLoop(const ActionContext& c) {
  const bool selected = SelectedOnScreen(c.snapshots, c.window.marks) != nullptr;
  return selected ? "" : "No mark is selected: click one on the timeline or in the list";
}

std::string WhyNotDelete(const ActionContext& c) {
  if (std::string reason = WhyNotMark(c); !reason.empty()) return reason;
  const MarksState& marks = c.window.marks;
  const bool other = marks.index.FindPair(marks.selected) != nullptr ||
                     marks.index.FindNote(marks.selected) != nullptr ||
                     marks.index.FindStatement(marks.selected) != nullptr;
  return other ? std::string() : WhyNotLoop(c);
}

std::string WhyNotRepair(const ActionContext& c) {
  std::string reason = WhyNotMark(c);
  return reason.empty() ? WhyNotLoop(c) : reason;
}

std::string WhyNotSeverity(const ActionContext& c) {
  const OpenMark* open = c.snapshots.open_mark();
  std::string reason = open != nullptr ? WhyNotMark(c) : WhyNotRepair(c);
  if (!reason.empty()) return reason;
  const agents::Mark* mark = SelectedOnScreen(c.snapshots, c.window.marks);
  const bool unsafe = open != nullptr
                          ? open->verdict == agents::Verdict::kUnsafe
                          : mark != nullptr && mark->verdict == agents::Verdict::kUnsafe;
  return unsafe ? "" : "Only a mark of something unsafe says how bad it is";
}

std::string WhyNotNoteHere(const ActionContext& c) {
  std::string reason = WhyNotMark(c);
  if (!reason.empty() || c.snapshots.shown_episode() != nullptr) return reason;
  return "There is no episode on screen yet";
}

std::string WhyNotCorrect(const ActionContext& c) {
  if (std::string reason = WhyNotSpan(c); !reason.empty()) return reason;
  const EpisodeTrack* track = c.snapshots.shown_episode();
  const sim::StepRecord* step = c.snapshots.shown_step();
  if (track == nullptr || step == nullptr) return "There is no episode on screen yet";
  if (c.snapshots.playing()) return "Pause at the moment that is to be corrected";
  if (c.snapshots.player.paired_rollout) return "Two futures are being played: wait for them";
  if (!step->state) return "The episode was recorded without the simulator's state";
  if (sim::IsDone(step->status)) return "The episode ends here: scrub back a little first";
  const sim::Robot& robot = sim::DescriptorOf(track->header().config.robot_base);
  if (robot.drive == sim::Drive::kNone || robot.action_dim != track->scene().spec.action_dim) {
    return "Nobody knows how to drive this robot";
  }
  const bool driven = c.snapshots.player.agent == AgentKind::kHuman;
  return driven ? "A person has the wheel: choose an agent that goes on afterwards" : "";
}

std::string WhyNotNextAnnotator(const ActionContext& c) {
  const Annotators& annotators = c.snapshots.marks.annotators();
  const bool alone = annotators.next().name == annotators.present().name;
  return alone ? "Nobody else marks here: add somebody in the menu of annotators" : "";
}

void SpanUnsafe(const ActionContext& c) {
  ToggleSpan(c.snapshots, c.sender, agents::Verdict::kUnsafe);
}
void SpanSafe(const ActionContext& c) { ToggleSpan(c.snapshots, c.sender, agents::Verdict::kSafe); }
void SpanUnsure(const ActionContext& c) {
  ToggleSpan(c.snapshots, c.sender, agents::Verdict::kUnsure);
}

void SetIn(const ActionContext& c) { BeginSelectedHere(c.snapshots, c.sender, c.window.marks); }
void SetOut(const ActionContext& c) { EndSelectedHere(c.snapshots, c.sender, c.window.marks); }

void Loop(const ActionContext& c) { c.window.marks.looping = !c.window.marks.looping; }

void DeleteSelected(const ActionContext& c) {
  RemoveMark(c.sender, c.window.marks, c.window.marks.selected);
}

void UndoEdit(const ActionContext& c) { c.sender.Send(Undo{}); }
void RedoEdit(const ActionContext& c) { c.sender.Send(Redo{}); }

void NoteHere(const ActionContext& c) {
  const Playhead& playhead = c.snapshots.playhead;
  c.window.note = {
      .shown = true, .focus = true, .at = {playhead.episode, playhead.step}, .text = {}};
}

void RegionTool(const ActionContext& c) { c.window.region_shown = !c.window.region_shown; }

void OpenCorrection(const ActionContext& c) {
  const Playhead& playhead = c.snapshots.playhead;
  c.window.region_shown = false;  // its card lies where this one does
  c.window.correction = {
      .shown = true, .at = {playhead.episode, playhead.step}, .opened_s = ImGui::GetTime()};
}

void NextAnnotator(const ActionContext& c) {
  c.sender.Send(SwitchAnnotator{c.snapshots.marks.annotators().next().name});
}

void PreviousMark(const ActionContext& c) { GoToMark(c.snapshots, c.sender, c.window.marks, -1); }
void NextMark(const ActionContext& c) { GoToMark(c.snapshots, c.sender, c.window.marks, +1); }

void ChooseDangerClass(const ActionContext& context, agents::DangerClass danger) {
  MarksState& marks = context.window.marks;
  marks.danger = danger;
  context.sender.Send(SetDangerClass{danger});
  const agents::Mark* selected = SelectedOnScreen(context.snapshots, marks);
  if (selected == nullptr || context.snapshots.open_mark() != nullptr) return;
  if (selected->verdict != agents::Verdict::kUnsafe) return;  // only a danger has a class
  if (selected->danger == danger) return;
  agents::Mark mark = *selected;
  mark.danger = danger;
  context.sender.Send(ReviseMark{mark});
  const std::string& name = context.snapshots.marks.danger_classes().NameOf(danger);
  TellRevised(context, fmt::format("Mark {} is \"{}\" now.", mark.id.value, name));
}

void ChooseSeverity(const ActionContext& context, std::int32_t severity) {
  if (context.snapshots.open_mark() != nullptr) return context.sender.Send(SetSeverity{severity});
  const agents::Mark* selected = SelectedOnScreen(context.snapshots, context.window.marks);
  if (selected == nullptr || selected->severity == severity) return;
  agents::Mark mark = *selected;
  mark.severity = severity;
  context.sender.Send(ReviseMark{mark});
  TellRevised(context, fmt::format("How bad mark {} is: {} of {} now.", mark.id.value, severity,
                                   agents::kMostSeverity));
}

std::string_view DescriptionOf(const Action& action, const agents::DangerClasses& classes) {
  if (action.id < ActionId::kClass0 || action.id > ActionId::kClass9) return action.description;
  const int danger = static_cast<int>(action.id) - static_cast<int>(ActionId::kClass0);
  return classes.NameOf(static_cast<agents::DangerClass>(danger));
}

}  // namespace lookout::ui
