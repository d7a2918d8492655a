// What may look at every action before it is done, and replace it or end the episode: a person who
// takes over, a safety layer. One filter belongs to one environment and its thread.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "sim/environment/environment.h"
#include "sim/recording/recording.h"

namespace lookout::agents {

// Where a proposed action is about to be done.
struct ActionContext {
  const sim::Environment& environment;  // before the step; for its spec() and observation()
  int step = 0;                         // environment steps of this episode so far
  int held_steps = 0;                   // for which this very action was proposed before; 0: new
  sim::ActionSource source = sim::ActionSource::kAgent;  // of the proposal
};

// Whether an action that was not let pass would have done harm, where that was found out.
enum class BlockVerdict : std::uint8_t { kNotSettled, kNeeded, kFalse };

// What becomes of a proposed action.
struct Decision {
  enum class Kind { kPass, kReplace, kEnd };

  // It is done as it is.
  static Decision Pass() { return {}; }
  // Another one, [action_dim], is done in its place, in this step alone: an action that is held is
  // reviewed again in the next. `action` and `reason` have to live until the filter's next Review.
  static Decision Replace(const Eigen::VectorXd& action, sim::ActionSource source,
                          std::string_view reason) {
    return {Kind::kReplace, &action, source, reason};
  }
  // Nothing is done and the episode ends, as a truncation: what would have come is not lost.
  static Decision End(sim::ActionSource source, std::string_view reason) {
    return {Kind::kEnd, nullptr, source, reason};
  }

  Kind kind = Kind::kPass;
  const Eigen::VectorXd* action = nullptr;               // of kReplace
  sim::ActionSource source = sim::ActionSource::kAgent;  // who decided, unless it passes
  std::string_view reason;                               // in words; empty if it passes
  // Which of several decided, for as long as `reason`; empty: the filter that was asked.
  std::string_view overseer = {};
  BlockVerdict verdict = BlockVerdict::kNotSettled;  // of the proposed action
};

class ActionFilter {
 public:
  virtual ~ActionFilter() = default;

  // Who a recording says stepped in.
  virtual std::string name() const { return "Overseer"; }

  // An episode begins: what is remembered of the last one is forgotten.
  virtual void BeginEpisode() {}

  // Asked before every environment step. proposed: [action_dim], not yet clipped. In training the
  // answer may depend on nothing but the episode so far: a checkpoint's episodes are repeated from
  // what the policy proposed. Should not allocate after warm-up.
  virtual Decision Review(const ActionContext& context, const Eigen::VectorXd& proposed) = 0;
};

// Makes the filter of one environment, by its number. Any thread may call it.
using ActionFilterMaker = std::function<std::unique_ptr<ActionFilter>(int environment)>;

}  // namespace lookout::agents
