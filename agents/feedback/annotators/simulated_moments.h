// When a simulated annotator steps in: takes the wheel, or stops the picture to say what should
// have been done. One owner, one thread.
#pragma once

#include <span>
#include <vector>

#include "agents/feedback/annotators/seen_runs.h"
#include "agents/feedback/annotators/simulated_annotator.h"
#include "sim/base/random_state.h"

namespace lookout::agents {

// Steps from the first to the last that the annotator would have at the wheel.
struct TakeOverMoment {
  StepIndex first = 1;  // the first that they would drive, >= 1
  StepIndex last = 1;   // until what they saw is over, >= first
};

// In order; driven_steps >= 1: for how long nothing else is looked at. Who watches takes the wheel
// as soon as something looks unsafe, late by the reaction lag. Faults: lag and jitter, miss (lets
// it happen), false-alarm (takes it in the middle of a safe stretch), with fatigue. session: how
// much of the session is over, 0 to 1.
std::vector<TakeOverMoment> TakeOversOf(std::span<const SeenStep> seen, StepIndex driven_steps,
                                        const AnnotatorSettings& settings, double session,
                                        RandomState& random);

struct CorrectionMoment {
  StepIndex step = 0;      // the action after it is corrected
  bool wrong_way = false;  // by a worse one
};

// In order: `lead` steps before each stretch that looks unsafe, as far as it looked safe until
// then, and the episode has begun. Nobody is late, as the picture stands. Faults: miss, false-alarm
// (in the middle of a safe stretch), wrong-way, with fatigue.
std::vector<CorrectionMoment> CorrectionsOf(std::span<const SeenStep> seen,
                                            const AnnotatorSettings& settings, double session,
                                            RandomState& random);

}  // namespace lookout::agents
