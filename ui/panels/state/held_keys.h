// Keys that mean something for as long as they are held: marking a span, driving the robot. Window
// thread only.
#pragma once

#include <map>
#include <optional>

#include "agents/feedback/kinds/mark.h"
#include "ui/panels/state/inputs/window_inputs.h"
#include "ui/panels/state/keys/chord.h"
#include "ui/snapshots.h"

namespace lookout::ui {

class CommandSender;
class Keymap;
struct ActionContext;

// Hold X, G or U while the episode plays, or tap to start and tap to stop. While a danger of some
// class is marked, the digit of another class marks a second one for as long as it is held; a tap
// gives the first one that class.
class HeldMarkKeys {
 public:
  // Longer than this is a hold: letting go ends the span.
  static constexpr double kTap_s = 0.25;

  // Once a frame; now_s from any steady clock. While a person types no span begins, but one that is
  // held still ends.
  void Update(const ActionContext& context, double now_s, bool typing);

 private:
  struct Held {
    Key key;
    double since_s;
  };

  void LetGo(const ActionContext& context, double now_s);
  void MarkBeside(const ActionContext& context, double now_s);

  std::optional<Held> held_;
  std::map<agents::DangerClass, Held> beside_;
};

// Whether a person is marking, or holds a key of Oversee mode.
bool HasHandsOn(const Snapshots& snapshots);

// In Drive mode: arrows, WASD and a gamepad's stick become one DriveInput per frame; a standstill
// when the mode ends.
class DriveKeys {
 public:
  void Update(const Keymap& keymap, const Snapshots& snapshots, CommandSender& sender, bool typing,
              const Stick& stick);

 private:
  bool driving_ = false;
};

// In Oversee mode: keys, a gamepad's among them, or buttons under the mouse, that block, let pass
// or take the wheel for as long as they are held; with the wheel the keys of driving drive. All are
// let go when the mode ends, or while the past is on screen.
class OverseeKeys {
 public:
  void Update(const ActionContext& context, bool typing, const Stick& stick);

 private:
  bool blocks_ = false;  // as the player was told
  bool lets_pass_ = false;
  bool has_wheel_ = false;
};

}  // namespace lookout::ui
