// One layout of an attack on a cost model: from points of a box to moments, each of which is put
// together in the simulator, stepped and judged. Immutable after construction; any thread.
#pragma once

#include <Eigen/Core>
#include <cstdint>

#include "agents/feedback/models/cost_model.h"
#include "agents/inspect/attacks/attacked_moment.h"
#include "agents/inspect/attacks/blind_spots.h"
#include "agents/inspect/attacks/cross_entropy.h"
#include "agents/inspect/attacks/varied_worlds.h"
#include "agents/overseer/surroundings.h"
#include "sim/engine/safety_gym.h"

namespace lookout::agents {

struct JudgedMoment {
  AttackedMoment moment;
  double score = kNotAllowed;  // the higher, the more the model is wrong about a clear case
  bool is_clear = false;
};

class MomentArena {
 public:
  // Around the layout of gym's episode, which was reset with that seed. All but gym have to outlive
  // it.
  MomentArena(const CostModel& model, const sim::SafetyGym& gym, std::uint32_t seed,
              const sim::CameraFactory& cameras, ModelError error,
              const BlindSpotSettings& settings);

  // Those of VariedWorlds; five of where the robot is, its heading and speed; its action; two of a
  // push, if there may be one; one of how far gremlins have gone round, if there are any.
  int dimensions() const;

  // point: [dimensions], in [0, 1]. A moment that may not be has the score kNotAllowed.
  Result<JudgedMoment> Judge(const Eigen::Ref<const Eigen::VectorXd>& point,
                             CostModelWorkspace& workspace) const;

 private:
  bool Place(const Eigen::Ref<const Eigen::VectorXd>& numbers, const Surroundings& around,
             AttackedMoment& moment) const;
  bool PlaceAtDanger(const Eigen::Ref<const Eigen::VectorXd>& numbers, const Surroundings& around,
                     Eigen::Vector2d& at) const;
  void StepAndPredict(sim::SafetyGym& gym, Surroundings& around, CostModelWorkspace& workspace,
                      JudgedMoment& judged) const;
  void Score(JudgedMoment& judged) const;

  const CostModel& model_;
  const sim::CameraFactory& cameras_;
  ModelError error_;
  const BlindSpotSettings& settings_;
  VariedWorlds worlds_;
  sim::Rectangle extents_;
  std::uint32_t seed_;
  int action_dim_;
  int round_steps_;  // in which gremlins go round once; 0: there are none
};

}  // namespace lookout::agents
