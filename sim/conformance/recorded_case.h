// Reads recordings of the original Safety Gym: one JSON object per line, gzipped or not. Foreign
// bytes: everything is checked, nothing is trusted. Any thread.
#pragma once

#include <Eigen/Core>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/result.h"
#include "sim/config/config.h"
#include "sim/environment/state.h"

namespace lookout::sim {

// What was noted right after a reset.
struct RecordedReset {
  std::uint32_t generator_seed = 0;
  std::vector<Placement> first_layout;  // as first sampled
  std::vector<Placement> layout;        // with the goal drawn anew
  std::vector<Rotation> rotations;
  double robot_rotation_rad = 0.0;
  Eigen::VectorXd qpos;
  Eigen::VectorXd qvel;
  Eigen::VectorXd observation;
  double next_sample = 0.0;  // what the generator's next random_sample() would give
};

// What was noted of one step. NaN stands for a null action component.
struct RecordedStep {
  Eigen::VectorXd action;
  double reward = 0.0;
  bool done = false;
  bool diverged = false;
  bool goal_met = false;
  std::vector<double> costs;  // in the order of cost_keys; empty if diverged
  int goal_button = -1;
  int button_timer = 0;
  std::optional<Point2> goal;  // metres, after the step
  Point2 robot{};              // metres, after the step
  Eigen::VectorXd qpos;        // empty where it was not noted
  Eigen::VectorXd qvel;        // likewise
  std::optional<double> next_sample;
  Eigen::VectorXd observation;

  bool has_full_state() const { return qpos.size() > 0 && qvel.size() > 0; }
};

struct RecordedEpisode {
  RecordedReset reset;
  std::vector<RecordedStep> steps;
};

// Where the original raised an exception, which ended the case.
struct RecordedRaise {
  bool at_reset = false;  // else in a step with this action
  Eigen::VectorXd action;
  std::string type;
};

struct RecordedCase {
  std::string environment;
  std::string robot;
  std::uint32_t seed = 0;
  std::string action_source;
  std::vector<ObservationEntry> observation_entries;
  std::vector<std::string> cost_keys;  // with their "cost_" prefix; the last is the total
  EnvironmentConfig config;
  std::vector<RecordedEpisode> episodes;
  std::optional<RecordedRaise> raise;
};

// The text of a recording. Rejects (kBadInput) with the line and the reason.
Result<RecordedCase> ParseRecordedCase(std::string_view text);

// A file, inflated if need be. Rejects what is not a regular file, damaged or too large, as soon as
// it is read: lines beyond 1 MB, more than 100,000 of them, or 32 MB in all.
Result<RecordedCase> ReadRecordedCase(const std::string& path);

}  // namespace lookout::sim
