// Moves a world forward in time with the very digits of Safety Gym. One per world, same thread;
// does not allocate after construction.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "sim/config/config.h"
#include "sim/engine/safety_gym.h"
#include "sim/engine/stepping.h"
#include "sim/engine/world.h"
#include "sim/solver/newton_solver.h"

namespace lookout::sim {

// Safety Gym asks for several forward passes per step. Each starts the solver from the last
// solution and settles a few more digits, and each normalises the quaternions once more; whether
// the robot sticks or slips some steps later hangs on those digits. So the passes are counted as
// there. Stepping exactly, each is a whole one; stepping fast, what a pass would only compute again
// bit for bit is left out.
class Physics {
 public:
  Physics(const EnvironmentConfig& config, Stepping stepping, const World& world);

  enum class Sensors : std::uint8_t { kSkip, kFill };
  // A whole forward pass. Needed after anything but a substep moved the world.
  void Pass(World& world, Sensors sensors = Sensors::kFill);
  // One pass more of the same state.
  void Repeat(World& world, Sensors sensors);

  // Runs substeps with a person's hand on the world; false if MuJoCo warned, which ends them (the
  // simulation has then been reset by MuJoCo or is about to go wrong; the controls are let go).
  // No hand is left behind.
  bool Simulate(World& world, int substeps, const Perturbation& hand);

  // What the last pass started from. Restoring these and passing once gives its results again, bit
  // for bit. [nq], [nv]
  const Eigen::VectorXd& positions_before_pass() const { return positions_before_pass_; }
  const Eigen::VectorXd& warmstart_before_pass() const { return warmstart_before_pass_; }

 private:
  void Remember(const World& world);
  bool IsFixedPoint(const World& world) const;
  bool IsSettled(const World& world);
  void SolveForces(World& world);
  void FillSensors(World& world);
  void Substep(World& world);
  void MoveGremlins(World& world) const;
  void RedoWelds(World& world) const;

  Stepping stepping_;
  NewtonSolver solver_;
  std::vector<int> mocap_bodies_;  // by mocap
  double gremlin_travel_m_;
  double gremlin_size_m_;
  bool has_quaternions_ = false;
  // Whether mjData holds a pass of its present positions and velocities.
  bool is_current_ = false;
  bool has_sensors_ = false;  // and of its sensors
  Eigen::VectorXd positions_before_pass_;
  Eigen::VectorXd warmstart_before_pass_;
  Eigen::VectorXd scratch_positions_;
};

}  // namespace lookout::sim
