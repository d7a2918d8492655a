// What was decided about a proposed action, in words. Any thread.
#pragma once

#include <Eigen/Core>
#include <string>

#include "sim/recording/recording.h"

namespace lookout::ui {

// What became of the action of a step.
enum class Fate : std::uint8_t {
  kPassed,     // or nobody watched
  kBlocked,    // another one was done
  kLetPassed,  // a person had it done against an overseer
  kEnded,      // an overseer ended the episode there
};
Fate FateOf(const sim::StepRecord& step);

// "Blocked by Look-ahead", "Let pass by Ann"; empty if it passed.
std::string FateInWords(const sim::StepRecord& step);

// "1.00, −0.20", clipped to [-1, 1] as it is done; of a long one the first numbers.
std::string ActionInWords(const Eigen::Ref<const Eigen::VectorXf>& action);

}  // namespace lookout::ui
