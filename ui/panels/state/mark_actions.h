// What the actions of marking do: spans, classes, repair, undo. Parts of the table in actions.cc.
// Window thread only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "agents/feedback/kinds/danger_classes.h"
#include "agents/feedback/kinds/mark.h"
#include "ui/panels/state/keymap.h"

namespace lookout::ui {

// Why marks cannot be kept; empty if they can.
std::string WhyNotMark(const ActionContext& c);
// Why an episode or a run cannot be named, starred or deleted; empty if it can.
// Or two clips are compared, which hide what would be marked.
std::string WhyNotSpan(const ActionContext& c);
std::string WhyNotNote(const ActionContext& c);
// The same, and whether there is anything to take back or to bring back.
std::string WhyNotUndo(const ActionContext& c);
std::string WhyNotRedo(const ActionContext& c);
// What is done to the selected mark needs one on screen.
std::string WhyNotRepair(const ActionContext& c);
// A selected pair can be removed wherever it is.
std::string WhyNotDelete(const ActionContext& c);
std::string WhyNotLoop(const ActionContext& c);
// Only what is unsafe is bad, and a mark has to be finished first.
std::string WhyNotSeverity(const ActionContext& c);
// A note needs a moment.
std::string WhyNotNoteHere(const ActionContext& c);
// A correction needs a standing moment that an agent can go on from, of a robot that can be driven.
std::string WhyNotCorrect(const ActionContext& c);
// There has to be another annotator who marks here.
std::string WhyNotNextAnnotator(const ActionContext& c);

void SpanUnsafe(const ActionContext& c);
void SpanSafe(const ActionContext& c);
void SpanUnsure(const ActionContext& c);
void SetIn(const ActionContext& c);
void SetOut(const ActionContext& c);
void Loop(const ActionContext& c);
void DeleteSelected(const ActionContext& c);
void UndoEdit(const ActionContext& c);
void RedoEdit(const ActionContext& c);
void NoteHere(const ActionContext& c);
void RegionTool(const ActionContext& c);
void OpenCorrection(const ActionContext& c);
void NextAnnotator(const ActionContext& c);
void PreviousMark(const ActionContext& c);
void NextMark(const ActionContext& c);

// The class of the next mark, of the one being made, or else of the selected one, which is told: it
// may be out of sight.
void ChooseDangerClass(const ActionContext& context, agents::DangerClass danger);
// How bad the selected mark is, 0 to kMostSeverity, or kNoSeverity; likewise told.
void ChooseSeverity(const ActionContext& context, std::int32_t severity);
// What the action is called: those that choose a class by its name in this project.
std::string_view DescriptionOf(const Action& action, const agents::DangerClasses& classes);

}  // namespace lookout::ui
