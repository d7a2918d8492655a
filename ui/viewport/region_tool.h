// Drawing a region on the floor with the mouse, and which regions there are to be seen. Window
// thread only.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ui/commands.h"
#include "ui/region_draft.h"
#include "ui/snapshots.h"
#include "ui/viewport/painting/view_matrices.h"
#include "ui/viewport/scene/view_mouse.h"

namespace lookout::ui {

// Where the ray through a point of the picture (fractions from its top left corner) meets the
// floor, in metres; none above the horizon or beyond 100 m.
std::optional<Eigen::Vector2d> FloorAt(const ViewMatrices& matrices, double x, double y);

// The left button draws: press and drag a disc from its centre or a rectangle from a corner, click
// the corners of a polygon and the first one again (or twice) to close it. Sends DrawRegion when
// one is whole. Returns what is left of the mouse for the camera.
MouseInput DrawWithMouse(const MouseInput& mouse, std::optional<Eigen::Vector2d> floor,
                         const EpisodeTrack& track, StepIndex step, RegionDraft& draft,
                         CommandSender& sender);

// The regions that hold in the layout on screen and may be seen, the draft last.
class RegionsShown {
 public:
  void Update(const Snapshots& snapshots, const RegionDraft& draft);
  const std::vector<agents::Region>& regions() const { return regions_; }
  std::int64_t version() const { return version_; }  // another one whenever they change

 private:
  struct Key {
    std::int64_t sequence = -1;
    std::int64_t annotators = -1;
    EpisodeId episode;
    bool blind = false;
    agents::Region draft;
    bool operator==(const Key&) const = default;
  };
  Key key_;
  std::vector<agents::Region> regions_;
  std::int64_t version_ = 0;
};

}  // namespace lookout::ui
