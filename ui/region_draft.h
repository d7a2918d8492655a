// A region that is being drawn on the floor, or written as a rule. Value type; window thread only.
#pragma once

#include <string>
#include <vector>

#include "agents/feedback/kinds/region.h"

namespace lookout::ui {

struct RegionDraft {
  bool shown = false;  // the tool is at hand: the left button draws
  agents::RegionShape shape = agents::RegionShape::kDisc;
  agents::Verdict verdict = agents::Verdict::kUnsafe;
  std::string around;     // a kind of object, of a rule
  float radius_m = 0.5F;  // of a rule
  // So far, in metres: of a disc the centre and a point of its rim, of a rectangle two corners, of
  // a polygon its corners and last the mouse.
  std::vector<double> points;
  bool dragging = false;  // the left button is down

  void Drop() {
    points.clear();
    dragging = false;
  }
  // What it would be if it ended now; of the tool that is not at hand or has nothing yet, nothing
  // that kRegionKind would accept.
  agents::Region Region() const;
};

}  // namespace lookout::ui
