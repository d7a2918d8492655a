// Strokes and fills that ImGui's draw list lacks: dashes, hatches, axis ticks. Window thread only.
#pragma once

#include <imgui.h>

#include "ui/widgets/scopes.h"

namespace lookout::ui {

// A dashed line along x or y; at most a few hundred dashes are drawn.
void DrawDashedLine(ImDrawList& list, ImVec2 from, ImVec2 to, ImU32 colour, float thickness,
                    float dash_px);

// How an area is told apart without colour.
enum class Hatch { kNone, kDiagonal, kDots };
void DrawHatched(ImDrawList& list, const Rect& rect, ImU32 fill, ImU32 stroke, Hatch hatch);

// A round step (1, 2, 5 x 10^k) that divides `span` into at most `most` parts.
double NiceStep(double span, int most);

// A polyline of points pushed one by one, drawn in parts of bounded size. A break leaves a gap.
class PolylinePen {
 public:
  PolylinePen(ImDrawList& list, ImU32 colour, float thickness)
      : list_(list), colour_(colour), thickness_(thickness) {}
  ~PolylinePen() { Break(); }
  PolylinePen(const PolylinePen&) = delete;
  PolylinePen& operator=(const PolylinePen&) = delete;

  void To(ImVec2 point);
  void Break();

 private:
  static constexpr int kMostPoints = 256;

  ImDrawList& list_;
  ImU32 colour_;
  float thickness_;
  ImVec2 points_[kMostPoints];
  int count_ = 0;
};

}  // namespace lookout::ui
