#include "ui/panels/state/settings/layout.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "sim/config/fields_json.h"
#include "sim/config/json_text.h"

namespace lookout::ui {
namespace {

// All at 100 %.
constexpr float kToolbar = 42.0F;
constexpr float kStatus = 24.0F;
constexpr float kMeters = 48.0F;
constexpr float kSplit = 5.0F;
constexpr float kRoomForBoth =
    1500.0F;                            // width from which both side panels leave the view its half
constexpr float kRoomForOne = 720.0F;   // and from which one of them leaves it anything
constexpr float kShortWindow = 420.0F;  // below that height the status bar gives way
constexpr float kSmallestCentre = 300.0F;
constexpr float kSmallestView = 110.0F;
constexpr float kTimelineFrame = 46.0F;     // its heading and padding
constexpr float kSmallestTimeline = 84.0F;  // heading, ruler and one lane
// Unless a person arranged it, the view has this share of the whole window, as long as this share
// of the centre's height is left to a timeline that needs it.
constexpr float kViewShare = 0.505F;
constexpr float kTimelineShare = 0.22F;
constexpr float kMostTimelineShare = 0.32F;  // of a low window, for the rows that matter most
constexpr float kUsefulTimeline = 116.0F;    // with costs, and the learned beside the true

// Side panels grow with the window, in these shares of its width.
constexpr float kLeftShare = 0.125F, kLeastLeft = 220.0F, kMostLeft = 420.0F;
constexpr float kRightShare = 0.17F, kLeastRight = 286.0F, kMostRight = 640.0F;

// Lengths within their bounds; each may also be 0, by itself.
LayoutSettings Sane(LayoutSettings settings) {
  VisitNumbers(settings, []<typename T>(const lookout::Field<LayoutSettings>& field, T& length) {
    if constexpr (std::is_floating_point_v<T>) {
      if (!std::isfinite(length)) length = 0;
      if (length == 0) return;
      length = std::clamp(length, static_cast<T>(field.least), static_cast<T>(field.most));
    }
  });
  return settings;
}

WindowRoom RoomOf(const LayoutInput& input) {
  if (input.width_px >= kRoomForBoth * input.scale) return WindowRoom::kBoth;
  return input.width_px >= kRoomForOne * input.scale ? WindowRoom::kOne : WindowRoom::kOnRequest;
}

struct Sides {
  bool left = false;
  bool right = false;
};

Sides ShownSides(const LayoutSettings& settings, const LayoutInput& input, WindowRoom room) {
  if (input.presenting) return {};
  if (room == WindowRoom::kOnRequest) {
    return {input.small_side == SmallWindowSide::kLeft && !input.judging,
            input.small_side == SmallWindowSide::kRight};
  }
  const bool only_right = room == WindowRoom::kOne && settings.right_shown;
  return {settings.left_shown && !only_right && !input.judging, settings.right_shown};
}

// In screen pixels.
float SideWidth(float arranged_px, float share, float least, float most, const LayoutInput& input) {
  if (arranged_px > 0.0F) return arranged_px * input.scale;
  return std::clamp(share * input.width_px, least * input.scale, most * input.scale);
}

float TimelineHeight(const LayoutSettings& settings, const LayoutInput& input, float width,
                     float room) {
  if (settings.timeline_px > 0.0F) return settings.timeline_px * input.scale;
  const float needs = input.timeline_needs_px + kTimelineFrame * input.scale;
  const float view_wants = kViewShare * input.width_px * input.height_px / std::max(width, 1.0F);
  const float useful = std::min(kUsefulTimeline * input.scale, kMostTimelineShare * room);
  const float left = std::max({room - view_wants, kTimelineShare * room, useful});
  return std::max(std::min(needs, left), kSmallestTimeline * input.scale);
}

// The centre column from top to bottom.
void LayOutCentre(const LayoutSettings& settings, const LayoutInput& input, const Rect& centre,
                  LayoutRects& rects) {
  const float meters = std::floor(std::min(kMeters * input.scale, centre.height() * 0.3F));
  const float comparison = std::floor(std::min(input.comparison_px, centre.height() * 0.2F));
  const float split = std::round(kSplit * input.scale);
  const float room = centre.height() - meters - comparison - split;
  const float wanted = TimelineHeight(settings, input, centre.width(), room);
  const float view_least = std::min(kSmallestView * input.scale, room * 0.3F);
  const float timeline = std::round(std::clamp(wanted, 0.0F, std::max(0.0F, room - view_least)));
  rects.meters = {centre.min, {centre.max.x, centre.min.y + meters}};
  rects.timeline = {{centre.min.x, centre.max.y - timeline}, centre.max};
  rects.timeline_split = {{centre.min.x, rects.timeline.min.y - split},
                          {centre.max.x, rects.timeline.min.y}};
  if (input.judging) rects.timeline_split = {};
  rects.comparison = {{centre.min.x, rects.meters.max.y},
                      {centre.max.x, rects.meters.max.y + comparison}};
  rects.view = {{centre.min.x, rects.comparison.max.y}, {centre.max.x, rects.timeline_split.min.y}};
}

// The side panels and the handles beside them; returns what they leave.
Rect LayOutSides(const LayoutSettings& settings, const LayoutInput& input, Rect centre,
                 LayoutRects& rects) {
  const Sides shown = ShownSides(settings, input, rects.room);
  const float split = std::round(kSplit * input.scale);
  const float width = centre.width();
  const float for_sides = std::max(0.0F, width - kSmallestCentre * input.scale - 2.0F * split);
  const float right_wanted =
      SideWidth(settings.right_px, kRightShare, kLeastRight, kMostRight, input);
  const float right = shown.right ? std::floor(std::min(right_wanted, for_sides)) : 0.0F;
  const float left_wanted = SideWidth(settings.left_px, kLeftShare, kLeastLeft, kMostLeft, input);
  const float left = shown.left ? std::floor(std::min(left_wanted, for_sides - right)) : 0.0F;
  const Rect all = centre;
  if (shown.left) {
    rects.left = {all.min, {left, all.max.y}};
    rects.left_split = {{left, all.min.y}, {left + split, all.max.y}};
    centre.min.x = rects.left_split.max.x;
  }
  if (shown.right) {
    rects.right = {{all.max.x - right, all.min.y}, all.max};
    rects.right_split = {{rects.right.min.x - split, all.min.y}, {rects.right.min.x, all.max.y}};
    centre.max.x = rects.right_split.min.x;
  }
  return centre;
}

void Toggle(bool& shown, bool& other, bool hidden_by_other, WindowRoom room) {
  const bool visible = shown && !hidden_by_other;
  shown = !visible;
  if (room == WindowRoom::kOne && shown) other = false;
}

void Toggle(SmallWindowSide& shown, SmallWindowSide side) {
  shown = shown == side ? SmallWindowSide::kNone : side;
}

}  // namespace

std::string ToString(const LayoutSettings& settings) { return sim::FieldsToJson(settings).dump(); }

LayoutSettings LayoutFromString(std::string_view text) {
  LayoutSettings settings;
  const nlohmann::json json = sim::ParseJsonText(text).value;
  // What is of the wrong type keeps its default.
  if (json.is_object()) (void)sim::FieldsFromJson(json, settings);
  return Sane(settings);
}

LayoutRects ComputeLayout(const LayoutSettings& asked, const LayoutInput& given) {
  const LayoutSettings settings = Sane(asked);
  LayoutInput input = given;
  input.width_px = std::max(1.0F, given.width_px);
  input.height_px = std::max(1.0F, given.height_px);
  const float width = input.width_px;
  const float height = input.height_px;
  LayoutRects rects;
  rects.room = RoomOf(input);
  const bool bare = input.presenting;
  const bool has_status = !bare && height >= kShortWindow * input.scale;
  const float top = bare ? 0.0F : std::floor(std::min(kToolbar * input.scale, height * 0.2F));
  const float bottom = has_status ? height - std::floor(kStatus * input.scale) : height;
  if (!bare) rects.toolbar = {{0, 0}, {width, top}};
  if (has_status) rects.status = {{0, bottom}, {width, height}};
  const Rect centre = LayOutSides(settings, input, {{0, top}, {width, bottom}}, rects);
  LayOutCentre(settings, input, centre, rects);
  return rects;
}

void ToggleLeft(LayoutSettings& settings, SmallWindowSide& small_side, WindowRoom room) {
  if (room == WindowRoom::kOnRequest) return Toggle(small_side, SmallWindowSide::kLeft);
  const bool hidden = room == WindowRoom::kOne && settings.right_shown;
  Toggle(settings.left_shown, settings.right_shown, hidden, room);
}

void ToggleRight(LayoutSettings& settings, SmallWindowSide& small_side, WindowRoom room) {
  if (room == WindowRoom::kOnRequest) return Toggle(small_side, SmallWindowSide::kRight);
  Toggle(settings.right_shown, settings.left_shown, false, room);
}

void DragLeft(LayoutSettings& settings, float delta_px, float present_px, float scale) {
  settings.left_px = (present_px + delta_px) / scale;
  settings = Sane(settings);
}

void DragRight(LayoutSettings& settings, float delta_px, float present_px, float scale) {
  settings.right_px = (present_px - delta_px) / scale;
  settings = Sane(settings);
}

void DragTimeline(LayoutSettings& settings, float delta_px, float present_px, float scale) {
  settings.timeline_px = (present_px - delta_px) / scale;
  settings = Sane(settings);
}

}  // namespace lookout::ui
