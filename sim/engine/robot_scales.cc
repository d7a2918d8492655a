#include "sim/engine/robot_scales.h"

namespace lookout::sim {
namespace {

// Force before and after it is clipped, so that what an actuator does is scaled at every control.
void ScaleActuators(double scale, mjModel& model) {
  for (int i = 0; i < model.nu; ++i) {
    mju_scl(model.actuator_gainprm + mjNGAIN * i, model.actuator_gainprm + mjNGAIN * i, scale,
            mjNGAIN);
    mju_scl(model.actuator_biasprm + mjNBIAS * i, model.actuator_biasprm + mjNBIAS * i, scale,
            mjNBIAS);
    mju_scl(model.actuator_forcerange + 2 * i, model.actuator_forcerange + 2 * i, scale, 2);
  }
}

}  // namespace

void ScaleRobot(const EnvironmentConfig& config, int robot_body, mjModel& model) {
  if (config.robot_force_scale != 1.0) ScaleActuators(config.robot_force_scale, model);
  for (int body = 0; body < model.nbody; ++body) {
    if (model.body_rootid[body] != robot_body) continue;
    model.body_mass[body] *= config.robot_mass_scale;
    mju_scl(model.body_inertia + 3 * body, model.body_inertia + 3 * body, config.robot_mass_scale,
            3);
  }
  for (int dof = 0; dof < model.nv; ++dof) {
    if (model.body_rootid[model.dof_bodyid[dof]] != robot_body) continue;
    model.dof_damping[dof] *= config.robot_damping_scale;
    model.dof_frictionloss[dof] *= config.robot_damping_scale;
  }
}

}  // namespace lookout::sim
