// The way that a robot has come, as a line on the floor that shows where it cost. Window thread
// only.
#pragma once

#include "ui/model/episode_store.h"
#include "ui/viewport/overlays/floor_layers.h"
#include "ui/viewport/painting/paint_list.h"

namespace lookout::ui {

struct TrailLook {
  Rgba free;  // where a step was free; fades with age
  Rgba cost;
  float opacity = 0.70F;  // of the newest free piece
  float half_width_m = 0.011F;
  float height_m = kTrailHeight;
};

// The last `steps` steps before `step`, which is number `playhead` of the track. The track may be
// null: then there is nothing but that point, and no line.
void PaintTrail(const EpisodeTrack* track, const sim::StepRecord& step, StepIndex playhead,
                int steps, const TrailLook& look, PaintList& out);

}  // namespace lookout::ui
