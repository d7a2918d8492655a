#include "ui/region_draft.h"

#include <cmath>

namespace lookout::ui {

agents::Region RegionDraft::Region() const {
  agents::Region region{.shape = shape, .points = points, .verdict = verdict};
  if (shape == agents::RegionShape::kAround) {
    region.points.clear();
    region.around = around;
    region.radius_m = double(radius_m);
  } else if (shape == agents::RegionShape::kDisc && points.size() == 4) {
    region.points.resize(2);
    region.radius_m = std::hypot(points[2] - points[0], points[3] - points[1]);
  }
  return region;
}

}  // namespace lookout::ui
