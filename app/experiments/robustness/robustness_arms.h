// The ways to fit a cost model that an experiment on robustness compares. Value types; any thread.
#pragma once

#include <array>
#include <cstdint>

#include "agents/feedback/student/student_settings.h"

namespace lookout::app {

enum class RobustnessArm : std::uint8_t {
  kPlain,    // the fit as it is: what corruption errors are relative to
  kNoise,    // one more fit with the student's noise, on the labels alone
  kJudged,   // a student without noise: what the teacher's judgements alone bring
  kStudent,  // a noisy student
};
inline constexpr std::array<RobustnessArm, 4> kRobustnessArms{
    RobustnessArm::kPlain, RobustnessArm::kNoise, RobustnessArm::kJudged, RobustnessArm::kStudent};

inline const char* ArmName(RobustnessArm arm) {
  constexpr std::array<const char*, kRobustnessArms.size()> kNames{"plain", "noise", "judged",
                                                                   "student"};
  return kNames[static_cast<std::size_t>(arm)];
}

// Measured at every size, not only at the last one.
inline bool IsMeasuredAlways(RobustnessArm arm) {
  return arm == RobustnessArm::kPlain || arm == RobustnessArm::kStudent;
}

inline agents::StudentSettings SettingsOfArm(RobustnessArm arm,
                                             const agents::StudentSettings& student) {
  agents::StudentSettings settings = student;
  if (arm == RobustnessArm::kPlain) settings.rounds = 0;
  if (arm == RobustnessArm::kNoise) {
    settings.rounds = 1;
    settings.unlabelled = 0.0;
  }
  if (arm == RobustnessArm::kJudged) {
    settings.input_noise = false;
    settings.weight_noise = 0.0;
  }
  return settings;
}

}  // namespace lookout::app
