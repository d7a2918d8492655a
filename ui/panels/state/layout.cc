#include "ui/panels/state/layout.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "sim/config/fields_json.h"
#include "sim/config/json_text.h"

namespace lookout::ui {
namespace {

// All at 100 %.
constexpr float kToolbar = 46.0F;
constexpr float kStatus = 26.0F;
constexpr float kMeters = 66.0F;
constexpr float kSplit = 5.0F;
constexpr float kNarrowWindow = 960.0F;
constexpr float kSmallestCentre = 300.0F;
constexpr float kSmallestView = 110.0F;
constexpr float kTimelineFrame = 50.0F;  // its heading and padding

// Lengths within their bounds; the timeline's may also be 0, as high as it needs.
LayoutSettings Sane(LayoutSettings settings) {
  const LayoutSettings defaults;
  if (!std::isfinite(settings.left_px)) settings.left_px = defaults.left_px;
  if (!std::isfinite(settings.right_px)) settings.right_px = defaults.right_px;
  if (!std::isfinite(settings.timeline_px)) settings.timeline_px = defaults.timeline_px;
  const bool automatic = settings.timeline_px == 0.0F;
  VisitNumbers(settings, []<typename T>(const lookout::Field<LayoutSettings>& field, T& length) {
    if constexpr (std::is_floating_point_v<T>) {
      length = std::clamp(length, static_cast<T>(field.least), static_cast<T>(field.most));
    }
  });
  if (automatic) settings.timeline_px = 0.0F;
  return settings;
}

// The centre column from top to bottom.
void LayOutCentre(const LayoutSettings& settings, const LayoutInput& input, const Rect& centre,
                  LayoutRects& rects) {
  const float meters = std::floor(std::min(kMeters * input.scale, centre.height() * 0.3F));
  const float comparison = std::floor(std::min(input.comparison_px, centre.height() * 0.2F));
  const float split = std::round(kSplit * input.scale);
  const float wanted = settings.timeline_px > 0.0F
                           ? settings.timeline_px * input.scale
                           : input.timeline_needs_px + kTimelineFrame * input.scale;
  const float room = centre.height() - meters - comparison - split;
  const float view_least = std::min(kSmallestView * input.scale, room * 0.3F);
  const float timeline = std::round(std::clamp(wanted, 0.0F, std::max(0.0F, room - view_least)));
  rects.meters = {centre.min, {centre.max.x, centre.min.y + meters}};
  rects.timeline = {{centre.min.x, centre.max.y - timeline}, centre.max};
  rects.timeline_split = {{centre.min.x, rects.timeline.min.y - split},
                          {centre.max.x, rects.timeline.min.y}};
  rects.comparison = {{centre.min.x, rects.meters.max.y},
                      {centre.max.x, rects.meters.max.y + comparison}};
  rects.view = {{centre.min.x, rects.comparison.max.y}, {centre.max.x, rects.timeline_split.min.y}};
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

LayoutRects ComputeLayout(const LayoutSettings& asked, const LayoutInput& input) {
  const LayoutSettings settings = Sane(asked);
  const float scale = input.scale;
  const float width = std::max(1.0F, input.width_px);
  const float height = std::max(1.0F, input.height_px);
  LayoutRects rects;
  rects.narrow = width < kNarrowWindow * scale;
  const float top = std::floor(std::min(kToolbar * scale, height * 0.2F));
  const float bottom = height - std::floor(std::min(kStatus * scale, height * 0.1F));
  rects.toolbar = {{0, 0}, {width, top}};
  rects.status = {{0, bottom}, {width, height}};

  const bool right_visible = settings.right_shown;
  const bool left_visible = settings.left_shown && !(rects.narrow && right_visible);
  const float split = std::round(kSplit * scale);
  const float for_sides = std::max(0.0F, width - kSmallestCentre * scale - 2.0F * split);
  const float right =
      right_visible ? std::floor(std::min(settings.right_px * scale, for_sides)) : 0.0F;
  const float left =
      left_visible ? std::floor(std::min(settings.left_px * scale, for_sides - right)) : 0.0F;
  Rect centre{{0, top}, {width, bottom}};
  if (left_visible) {
    rects.left = {{0, top}, {left, bottom}};
    rects.left_split = {{left, top}, {left + split, bottom}};
    centre.min.x = rects.left_split.max.x;
  }
  if (right_visible) {
    rects.right = {{width - right, top}, {width, bottom}};
    rects.right_split = {{rects.right.min.x - split, top}, {rects.right.min.x, bottom}};
    centre.max.x = rects.right_split.min.x;
  }
  LayOutCentre(settings, input, centre, rects);
  return rects;
}

void ToggleLeft(LayoutSettings& settings, bool narrow) {
  const bool visible = settings.left_shown && !(narrow && settings.right_shown);
  settings.left_shown = !visible;
  if (narrow && settings.left_shown) settings.right_shown = false;
}

void ToggleRight(LayoutSettings& settings, bool narrow) {
  settings.right_shown = !settings.right_shown;
  if (narrow && settings.right_shown) settings.left_shown = false;
}

void DragLeft(LayoutSettings& settings, float delta_px, float scale) {
  settings.left_px += delta_px / scale;
  settings = Sane(settings);
}

void DragRight(LayoutSettings& settings, float delta_px, float scale) {
  settings.right_px -= delta_px / scale;
  settings = Sane(settings);
}

void DragTimeline(LayoutSettings& settings, float delta_px, float present_px, float scale) {
  settings.timeline_px = (present_px - delta_px) / scale;
  settings = Sane(settings);
}

}  // namespace lookout::ui
