// What the desktop tells the window beside the snapshots, and what the window asks of it beside the
// commands. Window thread only.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ui/panels/state/environment_catalogue.h"
#include "ui/snapshots.h"
#include "ui/widgets/scopes.h"

namespace lookout::ui {

// One overlay of the 3-D view, to be switched. The flag belongs to the viewport.
struct OverlaySwitch {
  const char* id = "";     // in the settings: "hazards"
  const char* label = "";  // in the panel: "Hazard boundaries"
  bool* shown = nullptr;   // never null
  bool applies = true;     // there is something of it in the episode on screen
};

// A policy that may take the seat.
struct NamedPolicy {
  std::string name;         // of SetAgent::policy
  std::string remark;       // where it comes from
  std::string environment;  // that it was trained in; may be empty
};

struct WindowInputs {
  std::span<const std::string> environments;  // ids to choose from
  std::span<const EnvironmentCard> cards;     // the same, described
  std::span<const NamedPolicy> policies;
  std::span<const OverlaySwitch> overlays;
  FieldQuantity* field_quantity = nullptr;  // of the overlay "field"; may be null
  std::string about;                        // version and renderer, shown in "About"
};

// The overlay of that id, or nullptr.
const OverlaySwitch* FindOverlay(const WindowInputs& inputs, std::string_view id);

// What only the desktop can do.
enum class ViewAction : std::uint8_t {
  kFreeCamera,
  kPreviousCamera,
  kNextCamera,
  kAlignCamera,
  kToggleFullScreen,
};

// Draws the 3-D view inside the present ImGui window, which is exactly that rectangle of the
// screen, without padding.
using ViewportCallback = std::function<void(const Rect&)>;

}  // namespace lookout::ui
