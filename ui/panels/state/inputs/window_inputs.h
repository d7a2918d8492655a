// What the desktop tells the window beside the snapshots, and what the window asks of it beside the
// commands. Window thread only.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ui/camera_view.h"
#include "ui/commands.h"
#include "ui/panels/state/inputs/environment_catalogue.h"
#include "ui/region_draft.h"
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

// The video that is being recorded.
struct RecordingState {
  bool active = false;
  bool finishing = false;  // one is still being encoded
  double length_s = 0.0;
};

// A policy that may take the seat.
struct NamedPolicy {
  std::string name;         // of SetAgent::policy
  std::string remark;       // where it comes from
  std::string environment;  // that it was trained in; may be empty
};

// A gamepad's left stick, without the part in its middle that is noise: forwards and to the left,
// from -1 to 1.
struct Stick {
  double forward = 0.0;
  double turn = 0.0;
};

struct WindowInputs {
  std::span<const std::string> environments;  // ids to choose from
  std::span<const EnvironmentCard> cards;     // the same, described
  std::span<const NamedPolicy> policies;
  std::span<const OverlaySwitch> overlays;
  FieldQuantity* field_quantity = nullptr;  // of the overlay "field"; may be null
  RegionDraft* region = nullptr;            // of the tool; null: there is no view to draw in
  CameraView camera = CameraView::kWholeArena;
  std::string_view camera_name;  // in words; empty: as its view is called
  std::string about;             // version and renderer, shown in "About"
  RecordingState recording = {};
  // Of the first key or button of this frame: what was on screen, and when (any steady clock).
  std::optional<Moment> pressed_at = {};
  std::optional<double> pressed_s = {};
  Stick stick = {};
  // When this frame began, by the same clock; none: by ImGui's.
  std::optional<double> now_s = {};
};

// The overlay of that id, or nullptr.
const OverlaySwitch* FindOverlay(const WindowInputs& inputs, std::string_view id);

// What only the desktop can do.
enum class ViewAction : std::uint8_t {
  kWholeArena,  // the views of a camera, in their order
  kFollowRobot,
  kFromAbove,
  kRobotEye,
  kFreeCamera,
  kPreviousCamera,
  kNextCamera,
  kAlignCamera,
  kToggleFullScreen,
  kScreenshotOfView,
  kRecord,      // begins a video of the view, or ends it
  kRecordSpan,  // the same of WindowState::video, which ends by itself
};

// What shows that view.
constexpr ViewAction ActionFor(CameraView view) { return static_cast<ViewAction>(view); }
static_assert(ActionFor(CameraView::kFree) == ViewAction::kFreeCamera);

// Draws the 3-D view inside the present ImGui window, which is exactly that rectangle of the
// screen, without padding.
using ViewportCallback = std::function<void(const Rect&)>;

}  // namespace lookout::ui
