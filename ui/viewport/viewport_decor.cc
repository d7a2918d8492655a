#include "ui/viewport/viewport_decor.h"

#include <fmt/format.h>

#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <string>

#include "ui/theme/icons.h"
#include "ui/theme/kinds.h"
#include "ui/theme/ui_context.h"
#include "ui/viewport/axis_labels.h"
#include "ui/viewport/field_legend.h"
#include "ui/viewport/label_places.h"
#include "ui/viewport/lidar_legend.h"
#include "ui/viewport/painting/palette.h"
#include "ui/viewport/pill.h"
#include "ui/viewport/why_labels.h"
#include "ui/viewport/why_no_picture.h"

namespace lookout::ui {
namespace {

ImU32 Packed(Rgba color) {
  return ImGui::ColorConvertFloat4ToU32({color.r, color.g, color.b, color.a});
}

ImVec2 SizeOf(ImFont* font, const std::string& text) {
  return font->CalcTextSizeA(font->FontSize, FLT_MAX, 0.0F, text.c_str());
}

void DrawGlow(ImDrawList& list, const ViewRect& rect, ImU32 color, float strength) {
  const float depth = Px(46.0F);
  const ImU32 edge = WithAlpha(color, 0.55F * strength);
  const ImU32 none = WithAlpha(color, 0.0F);
  const ImVec2 a = rect.min;
  const ImVec2 b = rect.max;
  list.AddRectFilledMultiColor(a, {b.x, a.y + depth}, edge, edge, none, none);
  list.AddRectFilledMultiColor({a.x, b.y - depth}, b, none, none, edge, edge);
  list.AddRectFilledMultiColor(a, {a.x + depth, b.y}, edge, none, none, edge);
  list.AddRectFilledMultiColor({b.x - depth, a.y}, b, none, edge, edge, none);
  list.AddRect(a, b, WithAlpha(color, strength), 0.0F, 0, Px(3.0F));
}

// In the middle, from y downwards; in the first row beside what lies there.
void DrawFlash(const DecorInput& input, const ViewRect& rect, float left, float y,
               ImDrawList& list) {
  const std::optional<sim::CostKind> strongest = input.flash.Strongest();
  if (!input.options.overlays.contact || !strongest) return;
  const ImU32 glow = CostKindStyle(CurrentTheme(), *strongest).colour;
  DrawGlow(list, rect, glow, input.flash.intensity(*strongest));
  for (int i = 0; i < sim::kCostKindCount; ++i) {
    const auto kind = static_cast<sim::CostKind>(i);
    const float intensity = input.flash.intensity(kind);
    if (intensity <= 0.0F) continue;
    const KindStyle style = CostKindStyle(CurrentTheme(), kind);
    PillLook look = PlainPill();
    look.background = WithAlpha(CurrentTheme().panel, 0.92F * intensity);
    look.border = WithAlpha(style.colour, intensity);
    look.text = WithAlpha(style.colour, intensity);
    const std::string text = std::string(style.icon) + "  " + style.name;
    const float width = PillSize(text).x;
    const bool first_row = y < rect.min.y + Px(kRowBelow);
    const ImVec2 at = first_row ? PlaceAtTop(rect, width, left, input.buttons_px)
                                : ImVec2(0.5F * (rect.min.x + rect.max.x - width), y);
    y = at.y + DrawPill(list, at, {0.0F, 0.0F}, text, look).y + Px(4.0F);
  }
}

const char* ModeIcon(InputMode mode) {
  switch (mode) {
    case InputMode::kView:
      return kIconView;
    case InputMode::kDrive:
      return kIconDrive;
    case InputMode::kOversee:
      return kIconShield;
    case InputMode::kMark:
      break;
  }
  return kIconMark;
}

// Returns how much of the view's top it takes, from the left.
float DrawModeBadge(const DecorInput& input, const ViewRect& rect, ImDrawList& list) {
  const InputMode mode = input.snapshots.mode;
  const std::string text = std::string(ModeIcon(mode)) + "  " + InputModeName(mode);
  PillLook look = PlainPill();
  if (mode != InputMode::kView) {
    look.text = CurrentTheme().text_on_accent;
    look.background = WithAlpha(CurrentTheme().accent, 0.95F);
    look.border = CurrentTheme().accent;
  }
  const ImVec2 at(rect.min.x + Px(kViewMargin), rect.min.y + Px(kViewMargin));
  return Px(kViewMargin) + DrawPill(list, at, {0.0F, 0.0F}, text, look).x;
}

// A mark is being made: what, for how long, with a dot that blinks.
void DrawOpenMark(const DecorInput& input, const ViewRect& rect, float top, ImDrawList& list) {
  const OpenMark* mark = input.snapshots.open_mark();
  if (!mark) return;
  const KindStyle style = VerdictStyle(CurrentTheme(), mark->verdict);
  const std::string text = "      " + OpenMarksInWords(input.snapshots);

  PillLook look = PlainPill();
  look.border = style.colour;
  const ImVec2 anchor(rect.max.x - Px(kViewMargin), top);
  const ImVec2 size = DrawPill(list, anchor, {1.0F, 0.0F}, text, look);
  const bool lit = std::fmod(ImGui::GetTime(), 0.8) < 0.55;
  list.AddCircleFilled({anchor.x - size.x + Px(18.0F), anchor.y + 0.5F * size.y}, Px(5.0F),
                       WithAlpha(style.colour, lit ? 1.0F : 0.35F));
}

void DrawAxes(const ViewMatrices& matrices, const ViewRect& rect, ImDrawList& list) {
  struct Axis {
    Eigen::Vector3f direction;
    ImU32 color;
    const char* name;
  };
  // The lighter kin of green and blue are for dark surroundings.
  const bool light = CurrentTheme().is_light;
  const Rgba green = light ? palette::kGreen : palette::kGoalLine;
  const Rgba blue = light ? palette::kBlue : palette::kHazardLine;
  const std::array<Axis, 3> axes{{{Eigen::Vector3f::UnitX(), Packed(palette::kVermilion), "x"},
                                  {Eigen::Vector3f::UnitY(), Packed(green), "y"},
                                  {Eigen::Vector3f::UnitZ(), Packed(blue), "z"}}};
  std::array<ImVec2, 3> seen;
  std::array<std::size_t, 3> order{0, 1, 2};
  std::array<float, 3> depth{};
  for (std::size_t i = 0; i < axes.size(); ++i) {
    const Eigen::Vector3f direction = matrices.RotateToView(axes[i].direction);
    seen[i] = {direction.x(), direction.y()};
    depth[i] = direction.z();
  }
  std::ranges::sort(order, {}, [&](std::size_t i) { return depth[i]; });
  const float length = Px(26.0F);
  const ImVec2 origin(rect.min.x + Px(kViewMargin) + 1.35F * length,
                      rect.max.y - Px(kViewMargin) - 1.35F * length);
  ImFont* font = CurrentFonts().small;
  const ImVec2 text = SizeOf(font, "x");
  const std::array<ImVec2, 3> places = AxisLabelPlaces(seen, length, text);
  for (const std::size_t i : order) {
    const Axis& axis = axes[i];
    list.AddLine(origin, {origin.x + length * seen[i].x, origin.y - length * seen[i].y}, axis.color,
                 Px(2.0F));
    list.AddText(font, font->FontSize,
                 {origin.x + places[i].x - 0.5F * text.x, origin.y + places[i].y - 0.5F * text.y},
                 axis.color, axis.name);
  }
}

std::string LabelOf(const sim::SceneObject& object, std::size_t count_of_kind) {
  std::string label(sim::SceneObjectKindName(object.kind));
  if (count_of_kind > 1) label += fmt::format(" {}", object.index);
  return label;
}

void DrawLabels(const DecorInput& input, const ViewRect& rect, ImDrawList& list) {
  const ViewWorld& world = input.view.world();
  const std::vector<sim::SceneObject>& objects = world.scene().scene.objects;
  ImFont* font = CurrentFonts().small;
  for (const sim::SceneObject& object : objects) {
    const Eigen::Vector3f at = world.BodyPosition(object.body).cast<float>();
    const auto place = input.view.matrices().Project({at.x(), at.y(), at.z() + 0.12F});
    if (!place || place->minCoeff() < 0.0F || place->maxCoeff() > 1.0F) continue;
    const auto same_kind = [&](const sim::SceneObject& o) { return o.kind == object.kind; };
    const std::string label =
        LabelOf(object, static_cast<std::size_t>(std::ranges::count_if(objects, same_kind)));
    const ImVec2 size = SizeOf(font, label);
    const ImVec2 min(std::floor(rect.min.x + place->x() * rect.width() - 0.5F * size.x),
                     std::floor(rect.min.y + place->y() * rect.height() - size.y));
    const ImVec2 padding(Px(5.0F), Px(2.0F));
    list.AddRectFilled({min.x - padding.x, min.y - padding.y},
                       {min.x + size.x + padding.x, min.y + size.y + padding.y},
                       WithAlpha(CurrentTheme().panel, 0.8F), Px(4.0F));
    list.AddText(font, font->FontSize, min, CurrentTheme().text, label.c_str());
  }
}

// What is on screen but the running episode; returns where the next label belongs.
float DrawPlayback(const DecorInput& input, const ViewRect& rect, float left, ImDrawList& list) {
  const std::string badge = PlaybackBadge(input.snapshots);
  if (badge.empty()) return rect.min.y + Px(kViewMargin);
  PillLook look = PlainPill();
  look.text = CurrentTheme().warning;
  look.border = CurrentTheme().warning;
  const char* icon = input.snapshots.playhead.live ? kIconPause : kIconHistory;
  std::string text = std::string(icon) + "  " + badge;
  ImVec2 at = PlaceAtTop(rect, PillSize(text).x, left, input.buttons_px);
  if (at.y > rect.min.y + Px(kViewMargin)) {  // it would cover what is to be seen
    text = std::string(icon) + "  " + PlaybackBadge(input.snapshots, true);
    at = PlaceAtTop(rect, PillSize(text).x, left, input.buttons_px);
  }
  return at.y + DrawPill(list, at, {0.0F, 0.0F}, text, look).y + Px(6.0F);
}

// In lines that fit between the view's edges.
void DrawCentredText(const ViewRect& rect, const std::string& text, ImDrawList& list) {
  ImFont* font = CurrentFonts().title;
  const float wrap = std::max(1.0F, rect.width() - 4.0F * Px(kViewMargin));
  const ImVec2 size = font->CalcTextSizeA(font->FontSize, FLT_MAX, wrap, text.c_str());
  list.AddText(
      font, font->FontSize,
      {0.5F * (rect.min.x + rect.max.x - size.x), 0.5F * (rect.min.y + rect.max.y - size.y)},
      CurrentTheme().text_muted, text.c_str(), nullptr, wrap);
}

}  // namespace

std::string PlaybackBadge(const Snapshots& snapshots, bool brief) {
  const Playhead& playhead = snapshots.playhead;
  const PlayerSnapshot& player = snapshots.player;
  const bool drives = snapshots.mode == InputMode::kDrive && !brief;
  if (playhead.live) {
    if (player.playing) return "";
    return drives ? "PAUSED: play to drive" : "PAUSED";
  }
  if (const EpisodeTrack* shown = snapshots.shown_episode(); shown && snapshots.comparison) {
    if (brief) return "COMPARING";
    return fmt::format("COMPARING on seed {}, step {}", shown->header().seed,
                       std::max(playhead.step, snapshots.comparison->ghost_step));
  }
  const char* to_drive = drives ? ": continue from here to drive" : "";
  if (playhead.episode == player.episode && player.step > playhead.step) {
    const StepIndex back = player.step - playhead.step;
    return brief
               ? fmt::format("REVIEW (\xE2\x88\x92{})", back)
               : fmt::format("REVIEWING step {} (\xE2\x88\x92{}){}", playhead.step, back, to_drive);
  }
  if (brief) return "REVIEW";
  if (playhead.episode == player.episode) {
    return fmt::format("REVIEWING step {}{}", playhead.step, to_drive);
  }
  return fmt::format("REVIEWING episode {}, step {}{}", playhead.episode.value, playhead.step,
                     to_drive);
}

std::string OpenMarksInWords(const Snapshots& snapshots) {
  const OpenMark* mark = snapshots.open_mark();
  if (mark == nullptr) return {};
  std::string text = fmt::format("Marking {}", VerdictStyle(CurrentTheme(), mark->verdict).name);
  const char* before = "  \xC2\xB7  ";
  for (const OpenMark& open : snapshots.open_marks) {
    if (open.danger == 0) continue;
    text.append(before).append(snapshots.marks.danger_classes().NameOf(open.danger));
    before = " + ";
  }
  const double step_s = snapshots.episodes.StepDuration(mark->episode);
  const StepIndex steps = std::abs(mark->last_step - mark->first_step) + 1;
  return text + fmt::format("  {:.2f} s", steps * step_s);
}

void DrawDecorations(const DecorInput& input, const ViewRect& rect, LegendFolds& folds,
                     ImDrawList& list) {
  if (!input.has_picture) {
    DrawCentredText(rect, WhyNoPicture(input.snapshots), list);
    if (input.snapshots.shown_episode() == nullptr) return;
  } else {
    if (input.options.overlays.labels) DrawLabels(input, rect, list);
    if (input.options.overlays.why) DrawWhyLabels(input, rect, list);
    if (input.options.overlays.lidar) {
      DrawLidarLegend(input.view.world().scene().scene, rect, folds.lidar, list);
    }
    if (input.options.overlays.axes && rect.height() >= Px(kRoomForAxes)) {
      DrawAxes(input.view.matrices(), rect, list);
    }
  }

  float top = rect.min.y + Px(kViewMargin);
  const float left = DrawModeBadge(input, rect, list);
  DrawOpenMark(input, rect, top + Px(kRowBelow), list);
  top = DrawPlayback(input, rect, left, list);
  const std::string no_ghost = input.has_picture ? WhyNoGhost(input.snapshots) : "";
  if (!no_ghost.empty()) {
    const ImVec2 size = DrawPill(list, {0.5F * (rect.min.x + rect.max.x), top}, {0.5F, 0.0F},
                                 no_ghost, PlainPill());
    top += size.y + Px(6.0F);
  }
  DrawFlash(input, rect, left, top, list);
  if (input.has_picture && input.options.overlays.field) {
    DrawFieldLegend(input.snapshots, input.options.field_quantity, rect, folds.field, list);
  }
}

}  // namespace lookout::ui
