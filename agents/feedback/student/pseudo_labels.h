// What a teacher says of steps that were recorded and not marked. Pure functions; any thread.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <span>

#include "agents/feedback/models/cost_model.h"
#include "agents/feedback/student/student_settings.h"
#include "agents/feedback/targets/label_set.h"
#include "sim/base/ids.h"

namespace lookout::agents {

// A recorded episode, the reset included.
struct RecordedSteps {
  EpisodeId id;
  Eigen::Ref<const Eigen::MatrixXf> observations;  // [observation_dim x steps]
  Eigen::Ref<const Eigen::MatrixXf> actions;       // [action_dim x steps] that led to each
};

// Below this probability, said by every network, and where it knows something, a step is safe to
// an asymmetric teacher: to teach that a danger is safe is worse than to teach nothing.
inline constexpr double kSurelySafeBelow = 0.02;

// Draws settings.unlabelled steps for each point of the labels, as far as there are any: of those
// that are no point, and of no episode that the teacher's report is about. A quarter of them is
// judged unsafe if the draw is balanced, where there are any, and they then may come up again.
// Targets are of kNobody. Same arguments: same result.
LabelSet PseudoLabels(const CostModel& teacher, std::span<const RecordedSteps> recorded,
                      const LabelSet& labels, const StudentSettings& settings, std::uint32_t seed);

}  // namespace lookout::agents
