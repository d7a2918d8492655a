#include "ui/panels/state/layout.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

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

struct Bounds {
  float least, most;
};
constexpr Bounds kLeftBounds{180.0F, 420.0F};
constexpr Bounds kRightBounds{280.0F, 640.0F};
constexpr Bounds kTimelineBounds{120.0F, 900.0F};

float Bounded(float value, Bounds bounds, float fallback) {
  return std::isfinite(value) ? std::clamp(value, bounds.least, bounds.most) : fallback;
}

LayoutSettings Sane(LayoutSettings settings) {
  const LayoutSettings defaults;
  settings.left_px = Bounded(settings.left_px, kLeftBounds, defaults.left_px);
  settings.right_px = Bounded(settings.right_px, kRightBounds, defaults.right_px);
  if (settings.timeline_px != 0.0F) {
    settings.timeline_px = Bounded(settings.timeline_px, kTimelineBounds, 0.0F);
  }
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

std::string ToString(const LayoutSettings& settings) {
  const nlohmann::json json{{"left_px", settings.left_px},
                            {"right_px", settings.right_px},
                            {"timeline_px", settings.timeline_px},
                            {"left_shown", settings.left_shown},
                            {"right_shown", settings.right_shown}};
  return json.dump();
}

LayoutSettings LayoutFromString(std::string_view text) {
  LayoutSettings settings;
  const nlohmann::json json = sim::ParseJsonText(text).value;
  if (!json.is_object()) return settings;
  const auto number = [&json](const char* key, float& value) {
    if (json.contains(key) && json[key].is_number()) value = json[key].get<float>();
  };
  const auto flag = [&json](const char* key, bool& value) {
    if (json.contains(key) && json[key].is_boolean()) value = json[key].get<bool>();
  };
  number("left_px", settings.left_px);
  number("right_px", settings.right_px);
  number("timeline_px", settings.timeline_px);
  flag("left_shown", settings.left_shown);
  flag("right_shown", settings.right_shown);
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
  const float banner = std::floor(std::min(input.banner_px, (bottom - top) * 0.4F));
  rects.banner = {{0, top}, {width, top + banner}};

  const bool right_visible = settings.right_shown;
  const bool left_visible = settings.left_shown && !(rects.narrow && right_visible);
  const float split = std::round(kSplit * scale);
  const float for_sides = std::max(0.0F, width - kSmallestCentre * scale - 2.0F * split);
  const float right =
      right_visible ? std::floor(std::min(settings.right_px * scale, for_sides)) : 0.0F;
  const float left =
      left_visible ? std::floor(std::min(settings.left_px * scale, for_sides - right)) : 0.0F;
  const float middle_top = rects.banner.max.y;
  Rect centre{{0, middle_top}, {width, bottom}};
  if (left_visible) {
    rects.left = {{0, middle_top}, {left, bottom}};
    rects.left_split = {{left, middle_top}, {left + split, bottom}};
    centre.min.x = rects.left_split.max.x;
  }
  if (right_visible) {
    rects.right = {{width - right, middle_top}, {width, bottom}};
    rects.right_split = {{rects.right.min.x - split, middle_top}, {rects.right.min.x, bottom}};
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
