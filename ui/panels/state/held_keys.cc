#include "ui/panels/state/held_keys.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "agents/feedback/kinds/danger_classes.h"
#include "ui/commands.h"
#include "ui/panels/state/keymap.h"
#include "ui/panels/state/mark_actions.h"
#include "ui/panels/state/mark_edits.h"
#include "ui/panels/state/window_state.h"

namespace lookout::ui {
namespace {

using agents::Verdict;

constexpr std::array<std::pair<ActionId, Verdict>, 3> kSpanKeys{{
    {ActionId::kMarkUnsafe, Verdict::kUnsafe},
    {ActionId::kMarkSafe, Verdict::kSafe},
    {ActionId::kMarkUnsure, Verdict::kUnsure},
}};

// The keys of spans say nothing about a pair.
void TellHowPairsAreAnswered(const ActionContext& context) {
  const Keymap& keymap = context.window.keymap;
  const bool asked = std::ranges::any_of(
      kSpanKeys, [&](const auto& key) { return IsPressed(keymap.chord(key.first)); });
  if (!asked) return;
  context.sender.Send(Tell{fmt::format(
      "This query is a pair: {} says that the left clip is safer, {} the right one, {} that it "
      "cannot be told.",
      keymap.text(ActionId::kFirstSafer), keymap.text(ActionId::kSecondSafer),
      keymap.text(ActionId::kCannotTell))});
}

}  // namespace

bool HasHandsOn(const Snapshots& snapshots) {
  const OversightSnapshot& now = snapshots.player.oversight;
  return snapshots.open_mark() != nullptr || now.blocking || now.letting_pass || now.has_wheel;
}

void HeldMarkKeys::LetGo(const ActionContext& context, double now_s) {
  if (held_ && !IsDown(held_->key)) {
    if (now_s - held_->since_s > kTap_s) context.sender.Send(EndMark{.track = kMainTrack});
    held_.reset();
  }
  for (auto held = beside_.begin(); held != beside_.end();) {
    const auto& [danger, key] = *held;
    if (IsDown(key.key)) {
      ++held;
      continue;
    }
    if (now_s - key.since_s > kTap_s) {
      context.sender.Send(EndMark{.track = danger});
    } else {
      context.sender.Send(CancelMark{danger});
      ChooseDangerClass(context, danger);
    }
    held = beside_.erase(held);
  }
}

void HeldMarkKeys::MarkBeside(const ActionContext& context, double now_s) {
  if (context.snapshots.mode != InputMode::kMark) return;
  for (int danger = 1; danger < agents::kDangerClassCount; ++danger) {
    const auto action = static_cast<ActionId>(static_cast<int>(ActionId::kClass0) + danger);
    const Chord& chord = context.window.keymap.chord(action);
    const auto track = static_cast<agents::DangerClass>(danger);
    if (!IsPressed(chord) || !MarksBeside(context.snapshots, track)) continue;
    context.sender.Send(BeginMark{.verdict = Verdict::kUnsafe, .track = danger});
    beside_[track] = {chord.key, now_s};
  }
}

void HeldMarkKeys::Update(const ActionContext& context, double now_s, bool typing) {
  LetGo(context, now_s);
  if (typing) return;
  if (context.snapshots.pair != nullptr) return TellHowPairsAreAnswered(context);
  if (context.snapshots.mode == InputMode::kOversee) return;
  for (const auto& [action, verdict] : kSpanKeys) {
    const Chord& chord = context.window.keymap.chord(action);
    if (!IsPressed(chord)) continue;
    if (!ToggleSpan(context.snapshots, context.sender, verdict)) {
      held_.reset();
      continue;
    }
    held_ = Held{chord.key, now_s};
  }
  MarkBeside(context, now_s);
}

namespace {

// What the keys of driving and the stick ask for now, together.
DriveInput WheelOf(const Keymap& keymap, bool typing, const Stick& stick) {
  const auto held = [&](ActionId action, Key arrow) {
    const bool down = !typing && (IsDown(keymap.chord(action).key) || IsDown(arrow));
    return down ? 1.0 : 0.0;
  };
  const double forward =
      held(ActionId::kDriveForward, Key::kUp) - held(ActionId::kDriveBackward, Key::kDown);
  const double turn =
      held(ActionId::kDriveLeft, Key::kLeft) - held(ActionId::kDriveRight, Key::kRight);
  return {.forward = std::clamp(forward + stick.forward, -1.0, 1.0),
          .turn = std::clamp(turn + stick.turn, -1.0, 1.0)};
}

}  // namespace

void DriveKeys::Update(const Keymap& keymap, const Snapshots& snapshots, CommandSender& sender,
                       bool typing, const Stick& stick) {
  if (snapshots.mode != InputMode::kDrive || snapshots.pair != nullptr) {
    if (std::exchange(driving_, false)) sender.Send(DriveInput{});
    return;
  }
  driving_ = true;
  sender.Send(WheelOf(keymap, typing, stick));
}

namespace {

// By its key, or by the one that does it too.
bool IsHeld(const Keymap& keymap, ActionId id) {
  const Chord& also = ActionOf(id).also;
  return IsDown(keymap.chord(id).key) || (!keymap.IsBound(also) && IsDown(also.key));
}

}  // namespace

void OverseeKeys::Update(const ActionContext& context, bool typing, const Stick& stick) {
  // The past is not to be overseen: what is held there acts once the live episode is back.
  const bool oversees = context.snapshots.mode == InputMode::kOversee &&
                        context.snapshots.pair == nullptr && context.snapshots.playhead.live;
  const Keymap& keymap = context.window.keymap;
  const OverseerPanelState& mouse = context.window.overseer;
  const auto held = [&](ActionId action, bool by_mouse) {
    return oversees && (by_mouse || (!typing && IsHeld(keymap, action)));
  };
  const auto tell = [&](bool& told, bool now, auto command) {
    if (std::exchange(told, now) != now) context.sender.Send(command);
  };
  const bool block = held(ActionId::kBlock, mouse.block_held);
  const bool pass = held(ActionId::kLetPass, mouse.pass_held);
  const bool wheel = held(ActionId::kTakeWheel, mouse.wheel_held);
  tell(blocks_, block, HoldBlock{block});
  tell(lets_pass_, pass, LetPass{pass});
  tell(has_wheel_, wheel, TakeWheel{wheel});
  if (wheel) context.sender.Send(WheelOf(keymap, typing, stick));
}

}  // namespace lookout::ui
