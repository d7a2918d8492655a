#include "ui/viewport/scene/perturb_hand.h"

#include <mujoco/mujoco.h>

#include <algorithm>

namespace lookout::ui {

void PerturbHand::Select(const ViewWorld& world, int body, const Eigen::Vector3d& point_in_world) {
  if (body <= 0) {
    Deselect();
    return;
  }
  perturb_.select = body;
  perturb_.active = 0;
  const Eigen::Vector3d local =
      world.WorldFromBody(body).transpose() * (point_in_world - world.BodyPosition(body));
  std::copy_n(local.data(), 3, perturb_.localpos);
}

void PerturbHand::Deselect() {
  perturb_.select = 0;
  perturb_.active = 0;
}

std::optional<PlayerCommand> PerturbHand::LetGo() {
  perturb_.active = 0;
  if (!force_applied_) return std::nullopt;
  force_applied_ = false;
  return SetPerturbation{};
}

std::optional<PlayerCommand> PerturbHand::Drag(ViewWorld& world, const mjvScene& scene,
                                               const MouseInput& input, bool paused) {
  const DragMeaning meaning = MeaningOfDrag(input, selected_body() > 0);
  if (meaning.target != MouseTarget::kSelection) return LetGo();
  if (perturb_.active != meaning.perturb_bits) {
    mjv_initPerturb(world.model(), world.data(), &scene, &perturb_);
    perturb_.active = meaning.perturb_bits;
  }
  if (input.dx != 0.0 || input.dy != 0.0) {
    mjv_movePerturb(world.model(), world.data(), meaning.action, input.dx, input.dy, &scene,
                    &perturb_);
  } else if (paused) {
    return std::nullopt;
  }
  if (paused) return Pose(world);
  force_applied_ = true;
  return Force(world);
}

PlayerCommand PerturbHand::Force(ViewWorld& world) const {
  // The view's data serves as scratch: MuJoCo writes the spring's force there, we read it.
  mjtNum* applied = world.data()->xfrc_applied + 6 * perturb_.select;
  mju_zero(applied, 6);
  mjv_applyPerturbForce(world.model(), world.data(), &perturb_);
  sim::Perturbation out;
  out.body = perturb_.select;
  out.force_n = Eigen::Map<const Eigen::Vector3d>(applied);
  out.torque_nm = Eigen::Map<const Eigen::Vector3d>(applied + 3);
  mju_zero(applied, 6);
  return SetPerturbation{out};
}

PlayerCommand PerturbHand::Pose(const ViewWorld& world) const {
  // The reference is the pose of the inertial frame; the command wants that of the body.
  const mjModel* model = world.model();
  mjtNum body_from_inertia_pos[3];
  mjtNum body_from_inertia_quat[4];
  mju_negPose(body_from_inertia_pos, body_from_inertia_quat, model->body_ipos + 3 * perturb_.select,
              model->body_iquat + 4 * perturb_.select);
  MoveBody out;
  out.body = perturb_.select;
  mju_mulPose(out.position_in_world.data(), out.quaternion_in_world.data(), perturb_.refpos,
              perturb_.refquat, body_from_inertia_pos, body_from_inertia_quat);
  return out;
}

}  // namespace lookout::ui
