#include "ui/panels/state/held_keys.h"

#include <array>
#include <utility>

#include "ui/commands.h"
#include "ui/panels/state/keymap.h"
#include "ui/panels/state/mark_edits.h"

namespace lookout::ui {
namespace {

using agents::Verdict;

constexpr std::array<std::pair<ActionId, Verdict>, 3> kSpanKeys{{
    {ActionId::kMarkUnsafe, Verdict::kUnsafe},
    {ActionId::kMarkSafe, Verdict::kSafe},
    {ActionId::kMarkUnsure, Verdict::kUnsure},
}};

}  // namespace

void HeldMarkKeys::Update(const Keymap& keymap, const Snapshots& snapshots, CommandSender& sender,
                          double now_s, bool typing) {
  if (held_ && !IsDown(held_->key)) {
    if (now_s - held_->since_s > kTap_s) sender.Send(EndMark{});
    held_.reset();
  }
  if (typing || snapshots.pair != nullptr) return;
  for (const auto& [action, verdict] : kSpanKeys) {
    const Chord& chord = keymap.chord(action);
    if (!IsPressed(chord)) continue;
    if (!ToggleSpan(snapshots, sender, verdict)) {
      held_.reset();
      continue;
    }
    held_ = Held{verdict, chord.key, now_s};
  }
}

void DriveKeys::Update(const Keymap& keymap, const Snapshots& snapshots, CommandSender& sender,
                       bool typing) {
  if (snapshots.mode != InputMode::kDrive || snapshots.pair != nullptr) {
    if (std::exchange(driving_, false)) sender.Send(DriveInput{});
    return;
  }
  driving_ = true;
  const auto held = [&](ActionId action, Key arrow) {
    const bool down = !typing && (IsDown(keymap.chord(action).key) || IsDown(arrow));
    return down ? 1.0 : 0.0;
  };
  sender.Send(DriveInput{
      .forward =
          held(ActionId::kDriveForward, Key::kUp) - held(ActionId::kDriveBackward, Key::kDown),
      .turn = held(ActionId::kDriveLeft, Key::kLeft) - held(ActionId::kDriveRight, Key::kRight)});
}

}  // namespace lookout::ui
