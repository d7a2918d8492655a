// What the window shows of an attack on the sensors of one moment. Values; written by the
// workspace, read by panels and the view.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "agents/inspect/attacks/sensor_attack.h"
#include "sim/base/ids.h"

namespace lookout::ui {

// Immutable once it is shared.
struct SensorsAttacked {
  std::int64_t number = 0;  // no two have the same
  EpisodeId episode;
  StepIndex step = 0;
  agents::SensorAttack attack;
  // Steps of the episode whose spread is the scale of what is no lidar; with one there is none.
  int scale_steps = 0;
  bool of_state_alone = false;  // see agents::Explanation
  double milliseconds = 0.0;    // that it took
};

struct SensorsOnScreen {
  bool working = false;
  std::shared_ptr<const SensorsAttacked> result;  // the newest of this moment; null: none yet
  bool is_looked_at = false;                      // by somebody who asks
  std::string problem;                            // why this moment has none; empty: it may

  // What the view draws: nothing once nobody asks any more.
  const SensorsAttacked* in_view() const { return is_looked_at ? result.get() : nullptr; }
};

}  // namespace lookout::ui
