// Replays recordings of the original Safety Gym and says how far this program is from them.
// One thread per replay.
#pragma once

#include <string>
#include <vector>

#include "sim/conformance/recorded_case.h"
#include "sim/conformance/step_comparison.h"
#include "sim/engine/stepping.h"

namespace lookout::sim {

inline constexpr double kLayoutTolerance = 1e-12;  // metres and radians
inline constexpr int kFreeRunSteps = 50;           // per episode, that must match in any stepping

enum class Verdict : std::uint8_t {
  kPassed,
  kMissed,
  kSkipped,
  kRefused,  // its numbers do not fit the robot or the world that its header names
};

struct ConformanceRow {
  std::string name;  // "Safexp-PointGoal1-v0 seed 0 held"
  Verdict verdict = Verdict::kPassed;
  std::string note;  // the first miss and where, or why it was skipped
  int steps = 0;

  WorstError layout;       // places and rotations of every reset
  WorstError observation;  // after one step from each fully recorded state, and after resets
  WorstError reward;       // likewise
  WorstError position;     // likewise, the robot's and, where recorded, all of qpos
  int cost_misses = 0;     // steps whose costs differ
  int event_misses = 0;    // goal met, done, diverged, generator's next number
  int compared_steps = 0;  // single steps taken from fully recorded states

  WorstError free_start;  // free run, first kFreeRunSteps of each episode, any quantity
  WorstError free_run;    // free run to the end of each episode
};

// Replays one recording. A case that this program cannot build is kSkipped. Stepping exactly, free
// runs must match to their end; stepping fast, over their first kFreeRunSteps.
ConformanceRow ReplayCase(const RecordedCase& recorded, Stepping stepping = Stepping::kFast);

}  // namespace lookout::sim
