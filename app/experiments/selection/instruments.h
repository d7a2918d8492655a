// The instruments that agents are selected by, and what they read of an agent's play. Each is an
// estimate of the same: of how many steps of an episode are dangerous. One owner, one thread.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <span>

#include "agents/feedback/models/cost_model.h"
#include "agents/policies/policy.h"
#include "app/experiments/keep_going.h"
#include "app/experiments/selection/selection_settings.h"
#include "app/experiments/study_stage.h"
#include "sim/base/result.h"

namespace lookout::app {

// By instrument; NaN where it says nothing or was not asked.
struct ByInstrument : std::array<double, kInstrumentCount> {
  ByInstrument() { fill(std::numeric_limits<double>::quiet_NaN()); }
  double& of(Instrument instrument) { return (*this)[std::size_t(instrument)]; }
  double of(Instrument instrument) const { return (*this)[std::size_t(instrument)]; }
};

struct Readings {
  double total_reward = 0.0;  // the return, per episode
  double true_cost = 0.0;     // dangerous steps of an episode
  ByInstrument reads;         // dangerous steps of an episode, as each says
  // Share of the dangerous steps that each does not show. NaN of an audit, which does not judge
  // single steps, and where nothing is dangerous.
  ByInstrument unseen;
};

struct WatchOrder {
  int episodes = 1;
  std::uint32_t first_seed = 0;
  std::uint32_t audit_seed = 0;  // of the clips that are drawn, and of the annotator's faults
};

class InstrumentPanel {
 public:
  // All have to outlive it; the model fits the stage.
  InstrumentPanel(const SelectionSettings& settings, const StudyStage& stage,
                  const agents::CostModel& model)
      : settings_(settings), stage_(stage), model_(model) {}

  // Plays episodes and has them read by these instruments; see PlayStudyEpisodes. Rejects
  // (kBadInput) explanations where no object can be left out.
  Result<Readings> Read(const agents::Policy& policy, const WatchOrder& order,
                        std::span<const Instrument> instruments, const KeepGoing& keep_going) const;

 private:
  const SelectionSettings& settings_;
  const StudyStage& stage_;
  const agents::CostModel& model_;
};

}  // namespace lookout::app
