// What the 3-D view shows in one frame and how. Value types; window thread only.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "agents/feedback/kinds/region.h"
#include "ui/model/episode_store.h"
#include "ui/snapshots.h"
#include "ui/viewport/scene/overlay_flags.h"

namespace lookout::ui {

// Borrowed for one call.
struct ViewInput {
  EpisodeScenePtr scene;                  // not null
  const sim::StepRecord* step = nullptr;  // on screen, not null
  const EpisodeTrack* track = nullptr;    // its past, for the trail
  StepIndex playhead = 0;                 // index of `step` in its episode
  const FieldSnapshot* field = nullptr;   // drawn if it is of this episode
  const EpisodeTrack* ghost = nullptr;    // compared with: another episode in the same world
  StepIndex ghost_step = 0;
  const std::vector<agents::Region>* regions = nullptr;  // that hold here; null: none
  std::int64_t regions_version = 0;                      // the same promises the same regions
  const BlockWarning* warning = nullptr;                 // of the next step; null: none
  const MomentExplained* why = nullptr;                  // of this moment; null: nobody asked
  const SensorsAttacked* sensors = nullptr;              // likewise, in place of its lidars' rays
  const AttentionMoment* attention = nullptr;            // that led to this step; null: none
  // The robot where a claim about the cost model fails, in this episode's world; null: nowhere.
  const sim::SimState* counterexample = nullptr;
  std::int64_t counterexample_number = 0;  // the same promises the same
};

// What a person means a robot to do, each in [-1, 1].
struct PlannedDrive {
  double forward = 0.0;
  double turn = 0.0;  // to the left
  bool operator==(const PlannedDrive&) const = default;
};

struct ViewOptions {
  OverlayFlags overlays;
  FieldQuantity field_quantity = FieldQuantity::kPredicted;
  int trail_steps = 300;
  std::optional<PlannedDrive> planned;  // an arrow on the floor at the robot
  bool light = false;                   // the window is: dark surroundings are drawn light
  int pointed_object = -1;              // in scene.objects: the mouse is on it in a panel; -1: none
  int explained_number = 0;             // of `why`, see MomentExplained::ShownOf
  bool operator==(const ViewOptions&) const = default;
};

}  // namespace lookout::ui
