// Another future of a recorded moment, in which a simulated annotator has the wheel: the careful
// script drives in the simulator, from the recorded state on. Any thread.
#pragma once

#include <string>
#include <vector>

#include "agents/policies/scripted/drive_command.h"
#include "app/annotation/annotated_episodes.h"
#include "sim/environment/camera_renderer.h"

namespace lookout::app {

struct FutureRequest {
  EpisodeId id;              // that the future gets
  std::string driver;        // who has the wheel, by name
  StepIndex from = 0;        // of the recorded episode: step 0 of the future
  StepIndex drive_at = 0;    // >= from: the steps up to there are the recorded ones
  StepIndex steps = 1;       // to drive, at most; >= 1
  StepIndex held_steps = 1;  // for which the first drive is held before the script looks again
  bool wrong_way = false;    // the first drive is full ahead, turning to the other side
};

struct ScriptedFuture {
  sim::EpisodeHeader header;  // a branch of the recorded episode
  std::vector<sim::RecordingChunk> chunks;
  StepIndex first_driven = 1;  // step of the future
  StepIndex last = 0;          // likewise; before first_driven if the simulation diverged at once
  agents::DriveCommand drive;  // the first
};

// The same for the same request. Ends early with the episode, and where the simulation diverges.
// cameras: for environments that observe pictures. Rejects (kBadInput) an episode without the
// simulator's state, and one whose robot or task no script knows.
Result<ScriptedFuture> DriveFrom(const AnnotatedEpisode& recorded, const FutureRequest& request,
                                 const sim::CameraFactory& cameras);

}  // namespace lookout::app
