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
// `dash_px`: 0: not dashed; else of a dash, and of the gap after it, along the line.
class PolylinePen {
 public:
  PolylinePen(ImDrawList& list, ImU32 colour, float thickness, float dash_px = 0.0F)
      : list_(list), colour_(colour), thickness_(thickness), dash_px_(dash_px) {}
  ~PolylinePen() { Break(); }
  PolylinePen(const PolylinePen&) = delete;
  PolylinePen& operator=(const PolylinePen&) = delete;

  void To(ImVec2 point);
  void Break();

 private:
  static constexpr int kMostPoints = 256;

  void Put(ImVec2 point);
  void Flush();
  void DashTo(ImVec2 point);

  ImDrawList& list_;
  ImU32 colour_;
  float thickness_;
  float dash_px_;
  ImVec2 points_[kMostPoints];
  int count_ = 0;
  bool begun_ = false;  // there is a point before
  ImVec2 last_;
  float phase_px_ = 0.0F;  // into the dash or the gap after it
};

}  // namespace lookout::ui
