#include "ui/widgets/draw.h"

#include <algorithm>
#include <cmath>

namespace lookout::ui {

void DrawDashedLine(ImDrawList& list, ImVec2 from, ImVec2 to, ImU32 colour, float thickness,
                    float dash_px) {
  const float length = std::hypot(to.x - from.x, to.y - from.y);
  if (!(length > 0.0F) || !(dash_px > 0.0F)) return;
  const int dashes = std::min(400, static_cast<int>(std::ceil(length / (2.0F * dash_px))));
  const ImVec2 unit((to.x - from.x) / length, (to.y - from.y) / length);
  for (int i = 0; i < dashes; ++i) {
    const float start = static_cast<float>(i) * 2.0F * dash_px;
    const float end = std::min(start + dash_px, length);
    list.AddLine({from.x + unit.x * start, from.y + unit.y * start},
                 {from.x + unit.x * end, from.y + unit.y * end}, colour, thickness);
  }
}

void DrawHatched(ImDrawList& list, const Rect& rect, ImU32 fill, ImU32 stroke, Hatch hatch) {
  if (rect.empty()) return;
  list.AddRectFilled(rect.min, rect.max, fill);
  if (hatch == Hatch::kNone) return;
  const float pitch = Px(6);
  list.PushClipRect(rect.min, rect.max, true);
  const float height = rect.height();
  // The pattern is fixed to the screen, so that it does not crawl while an edge is dragged.
  float x = std::floor((rect.min.x - height) / pitch) * pitch;
  for (int i = 0; x < rect.max.x && i < 2000; x += pitch, ++i) {
    if (hatch == Hatch::kDiagonal) {
      list.AddLine({x, rect.max.y}, {x + height, rect.min.y}, stroke, Px(1.5F));
    } else if (x >= rect.min.x) {
      list.AddCircleFilled({x + pitch * 0.5F, (rect.min.y + rect.max.y) * 0.5F}, Px(1.2F), stroke,
                           6);
    }
  }
  list.PopClipRect();
}

double NiceStep(double span, int most) {
  if (!(span > 0.0) || !std::isfinite(span) || most < 1) return 1.0;
  const double rough = span / most;
  const double power = std::pow(10.0, std::floor(std::log10(rough)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= rough * (1.0 - 1e-9)) return factor * power;
  }
  return 10.0 * power;
}

void PolylinePen::To(ImVec2 point) {
  if (dash_px_ > 0.0F && begun_) {
    DashTo(point);
  } else {
    Put(point);
  }
  begun_ = true;
  last_ = point;
}

void PolylinePen::Break() {
  Flush();
  begun_ = false;
  phase_px_ = 0.0F;
}

void PolylinePen::Put(ImVec2 point) {
  if (count_ == kMostPoints) {
    Flush();
    points_[count_++] = points_[kMostPoints - 1];
  }
  points_[count_++] = point;
}

void PolylinePen::Flush() {
  if (count_ == 1) {
    list_.AddCircleFilled(points_[0], thickness_, colour_, 8);
  } else if (count_ > 1) {
    list_.AddPolyline(points_, count_, colour_, ImDrawFlags_None, thickness_);
  }
  count_ = 0;
}

// The pattern runs on over corners.
void PolylinePen::DashTo(ImVec2 point) {
  const ImVec2 way(point.x - last_.x, point.y - last_.y);
  const float length = std::hypot(way.x, way.y);
  const auto place = [&](float at) {
    return ImVec2(last_.x + way.x * at / length, last_.y + way.y * at / length);
  };
  for (float at = 0.0F; at < length;) {
    const bool inked = phase_px_ < dash_px_;
    if (inked && count_ == 0) Put(place(at));
    const float rest = (inked ? dash_px_ : 2.0F * dash_px_) - phase_px_;
    const bool ends = rest <= length - at;
    phase_px_ = ends ? (inked ? dash_px_ : 0.0F) : phase_px_ + length - at;
    at = ends ? at + rest : length;
    if (inked) Put(place(at));
    if (inked && ends) Flush();
  }
}

}  // namespace lookout::ui
