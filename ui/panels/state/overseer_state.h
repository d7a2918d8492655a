// What the panel of overseers keeps from frame to frame. Window thread only.
#pragma once

#include <cstdint>
#include <string>

namespace lookout::ui {

inline constexpr std::size_t kLongestOverseerText = 1000;  // bytes

struct OverseerPanelState {
  // The mouse holds the button down.
  bool block_held = false;
  bool pass_held = false;
  bool wheel_held = false;
  std::string text;          // of who oversees, being typed
  std::string text_of;       // what it was begun from
  std::string to_complete;   // what lacks in it, in words; empty: nothing
  bool type_on = false;      // the cursor is to come behind it
  std::string blocker;       // file of a learned blocker, being typed
  std::string blocker_seen;  // whose own threshold was taken over
  double threshold = 0.5;    // that is looked at before it is taken
  std::int64_t projected_steps = 1'000'000;
  bool mode_seen = false;  // Oversee mode brought the panel up
};

}  // namespace lookout::ui
