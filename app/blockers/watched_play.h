// Plays episodes while a teacher watches, and keeps what it said of every step: what a blocker is
// fitted to, and what it is measured on. The result is the same for any number of workers.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "agents/overseer/blocker/blocker_data.h"
#include "agents/overseer/risk/risk_data.h"
#include "agents/policies/policy.h"
#include "agents/rollout/action_filter.h"
#include "agents/rollout/environment_maker.h"
#include "app/runs/policy_evaluation.h"
#include "sim/base/choices.h"
#include "sim/base/result.h"

namespace lookout::app {

// Whose word counts while the teacher watches.
enum class InCharge : std::uint8_t {
  kTeacher,  // the teacher's: what it blocks is not done
  kBlocker,  // a blocker's; the teacher only says what it would have blocked
  kNobody,   // nobody's; likewise
};
std::span<const Choice<InCharge>> Choices(InCharge kind);

struct WatchedPlayOptions {
  EvaluationOptions episodes;
  agents::ActionFilterMaker make_teacher;
  InCharge in_charge = InCharge::kTeacher;
  agents::ActionFilterMaker make_blocker;  // of kBlocker
  StepIndex lag_steps = 0;                 // of the teacher at most; see agents::CorrectLag
};

struct WatchedPlay {
  agents::BlockerData data;         // without the steps that the lag leaves uncertain
  std::int64_t uncertain_rows = 0;  // which are these
  agents::RiskData transitions;     // all of them
  std::string teacher;              // by its name
  std::vector<PlayedEpisode> episodes;
  std::int64_t violations = 0;  // steps that had a cost
  std::int64_t steps = 0;
};

// Fails as PlayEpisodes does, and with no step watched.
Result<WatchedPlay> PlayWatched(const agents::Policy& policy,
                                const agents::EnvironmentMaker& make_environment,
                                const WatchedPlayOptions& options,
                                const EvaluationProgress& progress = {});

}  // namespace lookout::app
