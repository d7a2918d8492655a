// The table of actions, and what those of modes, view and window do.
#include "ui/panels/state/actions.h"

#include <algorithm>
#include <array>
#include <utility>

#include "ui/commands.h"
#include "ui/panels/state/keymap.h"
#include "ui/panels/state/mark_actions.h"
#include "ui/panels/state/mark_edits.h"
#include "ui/panels/state/playback_actions.h"
#include "ui/panels/state/query_actions.h"
#include "ui/panels/state/window_state.h"
#include "ui/theme/icons.h"

namespace lookout::ui {
namespace {

using Context = ActionContext;

// --- Modes
template <InputMode kMode>
void Enter(const Context& c) {
  c.sender.Send(SetMode{kMode});
}

// --- Marks
template <int kClass>
void Choose(const Context& c) {
  // The key may be held to mark a second danger; HeldMarkKeys knows when it is let go.
  if (MarksBeside(c.snapshots, static_cast<agents::DangerClass>(kClass))) return;
  ChooseDangerClass(c, static_cast<agents::DangerClass>(kClass));
}

template <int kSeverity>
void Severity(const Context& c) {
  ChooseSeverity(c, kSeverity);
}

// --- The view
template <ViewAction kAction>
void View(const Context& c) {
  c.window.view_actions.push_back(kAction);
}
void Frames(const Context& c) { c.window.overlays_to_toggle.emplace_back("frames"); }
void Labels(const Context& c) { c.window.overlays_to_toggle.emplace_back("labels"); }
void CostField(const Context& c) { c.window.overlays_to_toggle.emplace_back("field"); }
void Trail(const Context& c) { c.window.overlays_to_toggle.emplace_back("trail"); }
void Lidar(const Context& c) { c.window.overlays_to_toggle.emplace_back("lidar"); }
void Hazards(const Context& c) { c.window.overlays_to_toggle.emplace_back("hazards"); }

// Closes what lies above the window, or leaves the pair, or gives up the open mark, or takes note
// of what is told, or ends the presentation, or else frees the camera.
void Escape(const Context& c) {
  if (CloseTopmost(c.window)) return;
  if (c.snapshots.pair != nullptr) {
    c.sender.Send(LeavePairs{});
  } else if (c.snapshots.open_mark() != nullptr) {
    c.sender.Send(CancelMark{});
  } else if (!c.snapshots.notices.empty()) {
    for (const Notice& notice : c.snapshots.notices) c.sender.Send(DismissNotice{notice.id});
  } else if (!std::exchange(c.window.presenting, false)) {
    c.window.view_actions.push_back(ViewAction::kFreeCamera);
  }
}

// --- The window
void LeftPanel(const Context& c) { ToggleLeftPanel(c.window); }
void RightPanel(const Context& c) { ToggleRightPanel(c.window); }
template <int kMove>
void MoveTab(const Context& c) {
  ShowRightPanel(c.window);
  c.window.tab_moves += kMove;
}
void Presentation(const Context& c) { c.window.presenting = !c.window.presenting; }

void Larger(const Context& c) {
  c.window.settings.ui_scale = std::min(kLargestUiScale, c.window.settings.ui_scale + 0.05F);
}
void Smaller(const Context& c) {
  c.window.settings.ui_scale = std::max(kSmallestUiScale, c.window.settings.ui_scale - 0.05F);
}
void Screenshot(const Context& c) { c.sender.Send(TakeScreenshot{}); }
void Keys(const Context& c) { c.window.keys = {.shown = !c.window.keys.shown}; }
void Environments(const Context& c) { c.window.environments.shown = true; }
void Messages(const Context& c) { c.window.messages_shown = !c.window.messages_shown; }
void Help(const Context& c) { c.window.help_shown = !c.window.help_shown; }

// A slip of one key is no reason to lose anything.
void QuitProgram(const Context& c) {
  if (LostByQuitting(c.snapshots).empty()) {
    c.sender.Send(Quit{});
  } else {
    c.window.quit_asked = true;
  }
}

constexpr Chord kNone{};
constexpr char kSpanHelp[] =
    "Starts a span at this moment; once more ends it. Or hold the key while it plays.";
constexpr Chord Plain(Key key) { return {key}; }
constexpr Chord Shift(Key key) { return {.key = key, .shift = true}; }
constexpr Chord Ctrl(Key key) { return {.key = key, .ctrl = true}; }
constexpr Chord Alt(Key key) { return {.key = key, .alt = true}; }

constexpr std::uint8_t kViewAndMark = kInView | kInMark;
constexpr std::uint8_t kMarking = kInView | kInDrive | kInMark;
constexpr std::uint8_t kDriving = kInDrive | kInOversee;
constexpr Key KeyOf(char character) { return static_cast<Key>(character); }

using Id = ActionId;

// clang-format off
constexpr std::array<Action, kActionCount> kActions{{
    {Id::kPlayPause, "play", "Playback", "Play or pause", Plain(Key::kSpace), kInEveryMode, false, PlayPause, kNone, kIconPlay, "Plays, or pauses; in review it replays from the moment on screen"},
    {Id::kStepForward, "step_forward", "Playback", "One step forward", Plain(Key::kRight), kViewAndMark, true, OneForward, kNone, kIconStepForward, "", WhyNotForward},
    {Id::kStepBack, "step_back", "Playback", "One step back", Plain(Key::kLeft), kViewAndMark, true, OneBack, kNone, kIconStepBack, "One step back (pauses)"},
    {Id::kReset, "reset", "Playback", "Reset, same seed", Plain(Key::kBackspace), kInEveryMode, false, Reset, kNone, kIconReset, "New episode, same seed: the same world again"},
    {Id::kNextSeed, "next_seed", "Playback", "Next seed", Shift(Key::kBackspace), kInEveryMode, false, NextSeed, kNone, kIconNextSeed, "New episode, next seed: another world"},
    {Id::kFaster, "faster", "Playback", "Faster", Plain(Key::kEqual), kInEveryMode, true, Faster},
    {Id::kSlower, "slower", "Playback", "Slower", Plain(Key::kMinus), kInEveryMode, true, Slower},
    {Id::kToStart, "to_start", "Playback", "Start of the episode", Plain(Key::kHome), kInEveryMode, false, ToStart},
    {Id::kToEnd, "to_end", "Playback", "End, then back to live", Plain(Key::kEnd), kInEveryMode, false, ToEnd},
    {Id::kGoLive, "go_live", "Playback", "Back to live", Shift(Key::kEnd), kInEveryMode, false, BackToLive, kNone, kIconLive, "Back to live: shows the live episode again", WhyNotBackToLive},
    {Id::kContinueHere, "continue_here", "Playback", "Continue from here (branch)", Ctrl(KeyOf('B')), kBesidePairs, false, ContinueHere, kNone, kIconBranch, "Continue from here: a new episode goes on from this moment; both futures are kept", WhyNotFromPast},
    {Id::kSwapComparison, "swap_comparison", "Playback", "Swap agent and ghost", Plain(KeyOf('C')), kInEveryMode, false, SwapCompared, kNone, kIconSwap, "The ghost comes on screen, and what is on screen becomes the ghost", WhyNotSwap},
    {Id::kComparePairs, "compare_pairs", "Queries", "Compare pairs of clips", Plain(KeyOf('P')), kBesidePairs, false, ComparePairsOfQueue, kNone, kIconCompare, "Shows two clips side by side: which is safer?", WhyNotJudge},
    {Id::kFirstSafer, "first_safer", "Queries", "The left clip is safer", Plain(Key::kLeft), kInPairs, false, FirstSafer, kNone, "", "The left clip is safer", WhyNotAnswer},
    {Id::kFirstClearlySafer, "first_clearly_safer", "Queries", "The left clip is clearly safer", Shift(Key::kLeft), kInPairs, false, FirstClearlySafer, kNone, "", "The left clip is clearly safer: the answer counts twice", WhyNotAnswer},
    {Id::kSecondSafer, "second_safer", "Queries", "The right clip is safer", Plain(Key::kRight), kInPairs, false, SecondSafer, kNone, "", "The right clip is safer", WhyNotAnswer},
    {Id::kSecondClearlySafer, "second_clearly_safer", "Queries", "The right clip is clearly safer", Shift(Key::kRight), kInPairs, false, SecondClearlySafer, kNone, "", "The right clip is clearly safer: the answer counts twice", WhyNotAnswer},
    {Id::kCannotTell, "cannot_tell", "Queries", "Cannot tell which is safer", Plain(Key::kDown), kInPairs, false, CannotTell, kNone, kIconUnsure, "Both are alike, or it cannot be told", WhyNotAnswer},
    {Id::kNextQuery, "next_query", "Queries", "Next query", Plain(KeyOf('N')), kInView | kInMark | kInPairs, false, NextQuery, kNone, kIconStepForward, "Replays the next span, or shows the next pair", WhyNotJudge},
    {Id::kPreviousQuery, "previous_query", "Queries", "Previous query", Shift(KeyOf('N')), kInView | kInMark | kInPairs, false, PreviousQuery, kNone, kIconStepBack, "", WhyNotJudge},
    {Id::kSkipQuery, "skip_query", "Queries", "Skip the query", Plain(KeyOf('K')), kInView | kInMark | kInPairs, false, SkipTheQuery, kNone, kIconFastForward, "It does not come again", WhyNotSkip},
    {Id::kNextFalseAlarm, "next_false_alarm", "Queries", "Next false alarm of the cost model", Plain(KeyOf('E')), kInView | kInMark, false, NextFalseAlarm, kNone, kIconWarning, "To the next moment that the cost model calls unsafe and the reference does not", WhyNotError},
    {Id::kNextMiss, "next_miss", "Queries", "Next miss of the cost model", Plain(KeyOf('M')), kInView | kInMark, false, NextMiss, kNone, kIconShield, "To the next moment that the reference calls unsafe and the cost model does not", WhyNotError},
    {Id::kNextDisagreement, "next_disagreement", "Queries", "Next disagreement of annotators", Plain(Key::kD), kInView | kInMark, false, NextDisagreement, kNone, kIconStepForward, "To the next stretch that annotators disagree about, the longest first", WhyNotDisagreement},
    {Id::kPreviousDisagreement, "previous_disagreement", "Queries", "Previous disagreement", Shift(Key::kD), kInView | kInMark, false, PreviousDisagreement, kNone, kIconStepBack, "To the previous stretch that annotators disagree about", WhyNotDisagreement},
    {Id::kNextVersionDifference, "next_version_difference", "Queries", "Next difference of two versions", Plain(KeyOf('V')), kInView | kInMark, false, NextVersionDifference, kNone, kIconStepForward, "To the next stretch about which the two versions of the cost model that were compared differ, the greatest first", WhyNotVersionDifference},
    {Id::kPreviousVersionDifference, "previous_version_difference", "Queries", "Previous difference of versions", Shift(KeyOf('V')), kInView | kInMark, false, PreviousVersionDifference, kNone, kIconStepBack, "To the previous stretch about which the two versions differ", WhyNotVersionDifference},
    {Id::kViewMode, "view_mode", "Modes", "View", Plain(Key::kF2), kInEveryMode, false, Enter<InputMode::kView>, kNone, kIconView, "View: the keys of MuJoCo's simulate"},
    {Id::kDriveMode, "drive_mode", "Modes", "Drive the robot", Plain(Key::kF3), kInEveryMode, false, Enter<InputMode::kDrive>, kNone, kIconDrive, "Drive: the arrows steer the robot, or the keys in the place of W, A, S and D"},
    {Id::kMarkMode, "mark_mode", "Modes", "Mark", Plain(Key::kF4), kInEveryMode, false, Enter<InputMode::kMark>, kNone, kIconMark, "Mark: X unsafe, G safe, U not sure"},
    {Id::kOverseeMode, "oversee_mode", "Modes", "Oversee", Plain(Key::kF10), kInEveryMode, false, Enter<InputMode::kOversee>, kNone, kIconShield, "Oversee: watch the agent act; hold X to block, G to let pass, T to take the wheel"},
    {Id::kMarkUnsafe, "mark_unsafe", "Marking", "Unsafe: hold, or tap twice", Plain(Key::kX), kMarking, false, SpanUnsafe, kNone, kIconUnsafe, kSpanHelp, WhyNotSpan, true},
    {Id::kMarkSafe, "mark_safe", "Marking", "Safe: hold, or tap twice", Plain(Key::kG), kMarking, false, SpanSafe, kNone, kIconSafe, kSpanHelp, WhyNotSpan, true},
    {Id::kMarkUnsure, "mark_unsure", "Marking", "Not sure: hold, or tap twice", Plain(Key::kU), kMarking, false, SpanUnsure, kNone, kIconUnsure, kSpanHelp, WhyNotSpan, true},
    {Id::kWriteNote, "write_note", "Marking", "Note on this moment", Ctrl(KeyOf('N')), kBesidePairs, false, NoteHere, kNone, kIconNote, "Writes a note on the moment on screen; it trains nothing and can be searched", WhyNotNoteHere},
    {Id::kDrawRegion, "draw_region", "Marking", "Draw a region on the floor", Plain(KeyOf('R')), kInView | kInMark, false, RegionTool, kNone, kIconHazard, "Draws a place on the floor that is unsafe or safe, or writes a rule about a kind of object", WhyNotNoteHere},
    {Id::kCorrectHere, "correct_here", "Marking", "Correct what is done here", Plain(KeyOf('B')), kInView | kInMark, false, OpenCorrection, kNone, kIconDrive, "Correct here: what should have been done instead? Both futures are played and compared", WhyNotCorrect},
    {Id::kNextAnnotator, "next_annotator", "Marking", "The next annotator marks", Plain(Key::kA), kInView | kInMark, false, NextAnnotator, kNone, kIconPerson, "Whoever is next among the annotators marks from now on", WhyNotNextAnnotator},
    {Id::kClass0, "class_0", "Danger class", "Any danger", Plain(KeyOf('0')), kInMark, false, Choose<0>},
    {Id::kClass1, "class_1", "Danger class", "Hazard", Plain(KeyOf('1')), kInMark, false, Choose<1>},
    {Id::kClass2, "class_2", "Danger class", "Vase", Plain(KeyOf('2')), kInMark, false, Choose<2>},
    {Id::kClass3, "class_3", "Danger class", "Gremlin", Plain(KeyOf('3')), kInMark, false, Choose<3>},
    {Id::kClass4, "class_4", "Danger class", "Pillar", Plain(KeyOf('4')), kInMark, false, Choose<4>},
    {Id::kClass5, "class_5", "Danger class", "Button", Plain(KeyOf('5')), kInMark, false, Choose<5>},
    {Id::kClass6, "class_6", "Danger class", "Class 6", Plain(KeyOf('6')), kInMark, false, Choose<6>},
    {Id::kClass7, "class_7", "Danger class", "Class 7", Plain(KeyOf('7')), kInMark, false, Choose<7>},
    {Id::kClass8, "class_8", "Danger class", "Class 8", Plain(KeyOf('8')), kInMark, false, Choose<8>},
    {Id::kClass9, "class_9", "Danger class", "Class 9", Plain(KeyOf('9')), kInMark, false, Choose<9>},
    {Id::kSeverity0, "severity_0", "How bad", "0, not at all", Shift(KeyOf('0')), kInMark, false, Severity<0>, kNone, "", "", WhyNotSeverity},
    {Id::kSeverity1, "severity_1", "How bad", "1", Shift(KeyOf('1')), kInMark, false, Severity<1>, kNone, "", "", WhyNotSeverity},
    {Id::kSeverity2, "severity_2", "How bad", "2", Shift(KeyOf('2')), kInMark, false, Severity<2>, kNone, "", "", WhyNotSeverity},
    {Id::kSeverity3, "severity_3", "How bad", "3", Shift(KeyOf('3')), kInMark, false, Severity<3>, kNone, "", "", WhyNotSeverity},
    {Id::kSeverity4, "severity_4", "How bad", "4", Shift(KeyOf('4')), kInMark, false, Severity<4>, kNone, "", "", WhyNotSeverity},
    {Id::kSeverity5, "severity_5", "How bad", "5", Shift(KeyOf('5')), kInMark, false, Severity<5>, kNone, "", "", WhyNotSeverity},
    {Id::kSeverity6, "severity_6", "How bad", "6", Shift(KeyOf('6')), kInMark, false, Severity<6>, kNone, "", "", WhyNotSeverity},
    {Id::kSeverity7, "severity_7", "How bad", "7", Shift(KeyOf('7')), kInMark, false, Severity<7>, kNone, "", "", WhyNotSeverity},
    {Id::kSeverity8, "severity_8", "How bad", "8", Shift(KeyOf('8')), kInMark, false, Severity<8>, kNone, "", "", WhyNotSeverity},
    {Id::kSeverity9, "severity_9", "How bad", "9", Shift(KeyOf('9')), kInMark, false, Severity<9>, kNone, "", "", WhyNotSeverity},
    {Id::kSetIn, "set_in", "Repair", "Selected mark begins here", Plain(Key::kI), kInMark, false, SetIn, kNone, "", "The mark begins at the playhead, exactly: that edge has no reaction lag any more", WhyNotRepair},
    {Id::kSetOut, "set_out", "Repair", "Selected mark ends here", Plain(Key::kO), kInMark, false, SetOut, kNone, "", "The mark ends at the playhead, exactly: that edge has no reaction lag any more", WhyNotRepair},
    {Id::kOneBack, "one_back", "Repair", "One step back", Plain(Key::kComma), kInMark | kInPairs, true, OneBack},
    {Id::kOneForward, "one_forward", "Repair", "One step forward", Plain(Key::kPeriod), kInMark | kInPairs, true, OneForward, kNone, kIconStepForward, "", WhyNotForward},
    {Id::kTenBack, "ten_back", "Repair", "Ten steps back", Shift(Key::kComma), kInMark | kInPairs, true, TenBack},
    {Id::kTenForward, "ten_forward", "Repair", "Ten steps forward", Shift(Key::kPeriod), kInMark | kInPairs, true, TenForward, kNone, kIconStepForward, "", WhyNotForward},
    {Id::kLoop, "loop", "Repair", "Loop the selected span", Plain(Key::kL), kInMark, false, Loop, kNone, kIconLoop, "Replays the span again and again", WhyNotLoop},
    {Id::kDeleteMark, "delete_mark", "Repair", "Remove the selected mark", Plain(Key::kDelete), kBesidePairs, false, DeleteSelected, kNone, kIconTrash, "Removes the selected mark (can be undone)", WhyNotDelete},
    {Id::kUndo, "undo", "Repair", "Undo", Ctrl(Key::kZ), kInEveryMode, true, UndoEdit, kNone, kIconUndo, "Takes back the last edit, also of earlier sittings", WhyNotUndo},
    {Id::kRedo, "redo", "Repair", "Redo (or Ctrl+Shift+Z)", Ctrl(Key::kY), kInEveryMode, true, RedoEdit, Chord{.key = Key::kZ, .ctrl = true, .shift = true}, kIconRedo, "Brings back what was undone", WhyNotRedo},
    {Id::kPreviousMark, "previous_mark", "Repair", "Previous mark", Ctrl(Key::kLeft), kInEveryMode, false, PreviousMark},
    {Id::kNextMark, "next_mark", "Repair", "Next mark", Ctrl(Key::kRight), kInEveryMode, false, NextMark},
    {Id::kDriveForward, "drive_forward", "Driving", "Forward (or \xE2\x86\x91)", Plain(Key::kW), kDriving, false, nullptr},
    {Id::kDriveBackward, "drive_backward", "Driving", "Backward (or \xE2\x86\x93)", Plain(Key::kS), kDriving, false, nullptr},
    {Id::kDriveLeft, "drive_left", "Driving", "Turn left (or \xE2\x86\x90)", Plain(Key::kA), kDriving, false, nullptr},
    {Id::kDriveRight, "drive_right", "Driving", "Turn right (or \xE2\x86\x92)", Plain(Key::kD), kDriving, false, nullptr},
    {Id::kBlock, "block", "Overseeing", "Block: hold (or Pad B)", Plain(Key::kX), kInOversee, false, nullptr, Plain(Key::kPadB), kIconStop, "For as long as it is held the robot brakes, whatever the agent wants"},
    {Id::kLetPass, "let_pass", "Overseeing", "Let it pass: hold (or Pad A)", Plain(Key::kG), kInOversee, false, nullptr, Plain(Key::kPadA), kIconFastForward, "For as long as it is held, what an overseer would block is done"},
    {Id::kTakeWheel, "take_wheel", "Overseeing", "Take the wheel: hold (or Pad R1)", Plain(KeyOf('T')), kInOversee, false, nullptr, Plain(Key::kPadRightBumper), kIconDrive, "For as long as it is held you drive: with the arrows, the keys of driving, or a gamepad's left stick"},
    {Id::kEscape, "escape", "3-D view", "Cancel; free camera", Plain(Key::kEscape), kInEveryMode, false, Escape},
    {Id::kWholeArena, "whole_arena", "3-D view", "Whole arena", Alt(KeyOf('1')), kInEveryMode, false, View<ViewAction::kWholeArena>},
    {Id::kFollowRobot, "follow_robot", "3-D view", "Follow the robot", Alt(KeyOf('2')), kInEveryMode, false, View<ViewAction::kFollowRobot>},
    {Id::kFromAbove, "from_above", "3-D view", "From above", Alt(KeyOf('3')), kInEveryMode, false, View<ViewAction::kFromAbove>},
    {Id::kRobotEye, "robot_eye", "3-D view", "Robot's eye", Alt(KeyOf('4')), kInEveryMode, false, View<ViewAction::kRobotEye>},
    {Id::kFreeView, "free_view", "3-D view", "Free camera", Alt(KeyOf('5')), kInEveryMode, false, View<ViewAction::kFreeCamera>},
    {Id::kPreviousCamera, "previous_camera", "3-D view", "Previous camera", Plain(Key::kLeftBracket), kInEveryMode, false, View<ViewAction::kPreviousCamera>},
    {Id::kNextCamera, "next_camera", "3-D view", "Next camera", Plain(Key::kRightBracket), kInEveryMode, false, View<ViewAction::kNextCamera>},
    {Id::kAlignCamera, "align_camera", "3-D view", "Align camera", Ctrl(Key::kA), kInEveryMode, false, View<ViewAction::kAlignCamera>},
    {Id::kFrames, "frames", "3-D view", "Body frames", Plain(Key::kF6), kInEveryMode, false, Frames},
    {Id::kLabels, "labels", "3-D view", "Labels", Plain(Key::kF7), kInEveryMode, false, Labels},
    {Id::kField, "field", "3-D view", "Learned cost on the floor", Plain(KeyOf('F')), kViewAndMark, false, CostField},
    {Id::kTrail, "trail", "3-D view", "Trail", Plain(KeyOf('T')), kViewAndMark, false, Trail},
    {Id::kLidar, "lidar", "3-D view", "Lidar halos", Plain(Key::kL), kInView, false, Lidar},
    {Id::kHazards, "hazards", "3-D view", "Hazard boundaries", Plain(KeyOf('H')), kViewAndMark, false, Hazards},
    {Id::kLeftPanel, "left_panel", "Window", "Left panel", Plain(Key::kTab), kInEveryMode, false, LeftPanel, kNone, kIconLeftPanel, "Left panel: agents, episodes, overlays"},
    {Id::kRightPanel, "right_panel", "Window", "Right panel", Shift(Key::kTab), kInEveryMode, false, RightPanel, kNone, kIconRightPanel, "Right panel: marks, cost model, training"},
    {Id::kPreviousTab, "previous_tab", "Window", "Previous tab at the right", Ctrl(Key::kPageUp), kInEveryMode, true, MoveTab<-1>},
    {Id::kNextTab, "next_tab", "Window", "Next tab at the right", Ctrl(Key::kPageDown), kInEveryMode, true, MoveTab<1>},
    {Id::kPresentation, "presentation", "Window", "Presentation, without panels", Plain(Key::kF8), kInEveryMode, false, Presentation, kNone, kIconPresent, "The view, the meters and the timeline alone, or the whole window again"},
    {Id::kLarger, "larger", "Window", "Larger text", Ctrl(Key::kEqual), kInEveryMode, false, Larger},
    {Id::kSmaller, "smaller", "Window", "Smaller text", Ctrl(Key::kMinus), kInEveryMode, false, Smaller},
    {Id::kFullScreen, "full_screen", "Window", "Full screen", Plain(Key::kF5), kInEveryMode, false, View<ViewAction::kToggleFullScreen>},
    {Id::kScreenshot, "screenshot", "Window", "Screenshot", Ctrl(Key::kP), kInEveryMode, false, Screenshot, kNone, kIconPhoto, "Saves a picture of the whole window"},
    {Id::kRecord, "record", "Window", "Record the view, or stop", Plain(Key::kF9), kInEveryMode, false, View<ViewAction::kRecord>, kNone, kIconVideo, "Records a video of the view, until it is asked again"},
    {Id::kEnvironments, "environment", "Window", "Environments", Ctrl(KeyOf('E')), kInEveryMode, false, Environments, kNone, kIconEnvironment, "Choose another environment, or open a configuration file"},
    {Id::kMessages, "messages", "Window", "Messages", Ctrl(KeyOf('M')), kInEveryMode, false, Messages, kNone, kIconInfo, "All that the program has told since it was opened"},
    {Id::kKeys, "keys", "Window", "All keys (?)", Shift(Key::kSlash), kInEveryMode, false, Keys, kNone, kIconKeys, "All keys, to look at and to change"},
    {Id::kHelp, "help", "Window", "Help: steps, numbers, how to", Plain(Key::kF1), kInEveryMode, false, Help, kNone, kIconHelp},
    {Id::kQuit, "quit", "Window", "Quit", Ctrl(Key::kQ), kInEveryMode, false, QuitProgram},
}};
// clang-format on

}  // namespace

std::span<const Action> Actions() { return kActions; }

std::string LostByQuitting(const Snapshots& snapshots) {
  if (!snapshots.project.failure.empty()) {
    return "The newest marks and steps are not on disk: " + snapshots.project.failure;
  }
  if (IsActive(snapshots.training.state)) {
    return "An agent is being trained. The run stops, and goes on later from its last finished "
           "iteration.";
  }
  return {};
}

void ShowMoment(const Snapshots& snapshots, CommandSender& sender, MarksState& marks, MarkId id,
                const Moment& moment) {
  marks.selected = id;
  sender.Send(SelectMark{id});
  if (snapshots.episodes.Find(moment.episode) != nullptr) {
    sender.Send(Seek{moment.episode, moment.step});
    return;
  }
  marks.pending_seek = {moment.episode, moment.step};
  sender.Send(OpenEpisode{moment.episode});
}

void ShowMark(const Snapshots& snapshots, CommandSender& sender, MarksState& marks,
              const agents::Mark& mark) {
  ShowMoment(snapshots, sender, marks, mark.id, {mark.episode, mark.first_step});
}

}  // namespace lookout::ui
