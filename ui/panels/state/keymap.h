// Every action of the window in one table: what it is called, which chord it has by default, in
// which modes it works, when it cannot be done, and what it does. Keys, buttons, menus, the key
// overlay and the tooltips all read this table, so that each does the same. Window thread only.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "ui/panels/state/keys/chord.h"
#include "ui/panels/state/keys/keyboard_layout.h"
#include "ui/snapshots.h"

namespace lookout::ui {

class CommandSender;
struct WindowState;

enum class ActionId : std::uint8_t {
  kPlayPause,
  kStepForward,
  kStepBack,
  kReset,
  kNextSeed,
  kFaster,
  kSlower,
  kToStart,
  kToEnd,
  kGoLive,
  kContinueHere,
  kSwapComparison,
  kComparePairs,
  kFirstSafer,
  kFirstClearlySafer,
  kSecondSafer,
  kSecondClearlySafer,
  kCannotTell,
  kNextQuery,
  kPreviousQuery,
  kSkipQuery,
  kNextFalseAlarm,
  kNextMiss,
  kNextDisagreement,
  kPreviousDisagreement,
  kNextVersionDifference,
  kPreviousVersionDifference,
  kViewMode,
  kDriveMode,
  kMarkMode,
  kOverseeMode,
  kMarkUnsafe,
  kMarkSafe,
  kMarkUnsure,
  kWriteNote,
  kDrawRegion,
  kCorrectHere,
  kNextAnnotator,
  kClass0,
  kClass1,
  kClass2,
  kClass3,
  kClass4,
  kClass5,
  kClass6,
  kClass7,
  kClass8,
  kClass9,
  kSeverity0,
  kSeverity1,
  kSeverity2,
  kSeverity3,
  kSeverity4,
  kSeverity5,
  kSeverity6,
  kSeverity7,
  kSeverity8,
  kSeverity9,
  kSetIn,
  kSetOut,
  kOneBack,
  kOneForward,
  kTenBack,
  kTenForward,
  kLoop,
  kDeleteMark,
  kUndo,
  kRedo,
  kPreviousMark,
  kNextMark,
  kDriveForward,
  kDriveBackward,
  kDriveLeft,
  kDriveRight,
  kBlock,
  kLetPass,
  kTakeWheel,
  kEscape,
  kWholeArena,
  kFollowRobot,
  kFromAbove,
  kRobotEye,
  kFreeView,
  kPreviousCamera,
  kNextCamera,
  kAlignCamera,
  kFrames,
  kLabels,
  kField,
  kTrail,
  kLidar,
  kHazards,
  kLeftPanel,
  kRightPanel,
  kPreviousTab,
  kNextTab,
  kPresentation,
  kLarger,
  kSmaller,
  kFullScreen,
  kScreenshot,
  kRecord,
  kEnvironments,
  kMessages,
  kKeys,
  kHelp,
  kQuit,
};
inline constexpr int kActionCount = static_cast<int>(ActionId::kQuit) + 1;

// In which modes a key works, as bits. Two clips that are compared are a mode of their own,
// whatever the mode of the view that they cover.
inline constexpr std::uint8_t kInView = 1;
inline constexpr std::uint8_t kInDrive = 2;
inline constexpr std::uint8_t kInMark = 4;
inline constexpr std::uint8_t kInPairs = 8;
inline constexpr std::uint8_t kInOversee = 16;
inline constexpr std::uint8_t kBesidePairs = kInView | kInDrive | kInMark | kInOversee;
inline constexpr std::uint8_t kInEveryMode = kBesidePairs | kInPairs;
std::uint8_t ModeBit(const Snapshots& snapshots);

// What an action may read and change.
struct ActionContext {
  const Snapshots& snapshots;
  CommandSender& sender;
  WindowState& window;
};

struct Action {
  ActionId id;
  const char* name;   // in the settings
  const char* group;  // in the overlay
  const char* description;
  Chord chord;                            // by default
  std::uint8_t modes;                     // in which its key works; a button works in all
  bool repeats;                           // while the key is held
  void (*perform)(const ActionContext&);  // null: acts while its key is held (driving)
  Chord also = {};                        // does it too, unless a person gave it to another action
  const char* icon = "";                  // of its button
  const char* help = "";                  // of its button; empty: the description says all
  // Why it cannot be done now, in a sentence; empty if it can. Null: it always can.
  std::string (*why_not)(const ActionContext&) = nullptr;
  bool held = false;  // its key also acts while it is held: HeldMarkKeys hears it, not DispatchKeys
};

// All actions, in the order of ActionId.
std::span<const Action> Actions();
const Action& ActionOf(ActionId id);

// Why the action cannot be done now; empty if it can.
std::string WhyNot(ActionId id, const ActionContext& context);
// Does it, by whatever way it was asked for; where it cannot be done the banner says why.
void Perform(ActionId id, const ActionContext& context);

// The chords a person has chosen.
class Keymap {
 public:
  Keymap();

  const Chord& chord(ActionId id) const { return chords_[static_cast<std::size_t>(id)]; }
  // "Space", as printed on the keyboard; valid until the next Bind or SetKeyboard.
  const std::string& text(ActionId id) const { return texts_[static_cast<std::size_t>(id)]; }

  // The keyboard in use: what it prints on its keys, and which of them stand where W, A, S and D do
  // on a US one. Driving goes by place unless a person has bound it to another key; all else goes
  // by what is printed.
  void SetKeyboard(const KeyboardLayout& keyboard);

  void Bind(ActionId id, const Chord& chord);
  void Reset();
  bool IsBound(const Chord& chord) const;
  // Other actions that have the same chord in a common mode.
  std::vector<ActionId> ConflictsOf(ActionId id) const;

  // Only what differs from the defaults, by name. Unknown names and chords are left out.
  std::map<std::string, std::string> overrides() const;
  void Load(const std::map<std::string, std::string>& overrides);

 private:
  std::string TextOf(const Chord& chord) const;
  Chord DefaultOf(const Action& action) const;

  KeyLabels labels_;
  std::map<Key, Key> placed_;  // by a US keyboard's key, the one in its place
  std::vector<Chord> chords_;
  std::vector<std::string> texts_;
};

// Performs every action whose key was pressed in this frame, unless a person is typing. A chord
// that two actions share performs the first. `modal`: something lies above the window and owns the
// keyboard, so that only the actions work that are about the window itself.
void DispatchKeys(const Keymap& keymap, const ActionContext& context, bool modal);

}  // namespace lookout::ui
