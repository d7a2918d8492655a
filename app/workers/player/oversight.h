// Who watches the live episode: an overseer that a text names, and a person with keys. Stands as
// one filter between the agent and the world, so that whatever is not let pass is recorded with who
// decided and why. Each block is settled by looking ahead: whether the proposed action, followed by
// braking, would have been free of the rule's cost. Player thread.
#pragma once

#include <Eigen/Core>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "agents/overseer/fallback.h"
#include "agents/overseer/look_ahead.h"
#include "agents/rollout/action_filter.h"
#include "app/workers/runtime/steady_time.h"
#include "sim/engine/safety_gym.h"
#include "sim/recording/recording.h"

namespace lookout::app {

class Oversight final : public agents::ActionFilter {
 public:
  // Makes what a text names, for such an environment; rejects what it cannot.
  using Maker = std::function<Result<std::unique_ptr<agents::ActionFilter>>(
      const std::string& spec, const sim::EnvironmentConfig& config)>;

  // A review that takes longer ends the episode: what it was about has changed in the meantime.
  static constexpr double kLate_s = 2.0;

  // `first` oversees until another one is set; null: nobody does.
  Oversight(Maker make, std::shared_ptr<agents::ActionFilter> first, ClockFunction clock);

  // Who oversees from now on, several joined by "+", empty: nobody. "person" among them is who has
  // the keys, who needs no making. If they cannot be made, nobody oversees, and why is returned.
  Status Set(const std::string& spec);
  // The live episode is in another world, which has to outlive the last Review; as Set.
  Status MoveTo(const sim::SafetyGym& gym);

  // What a person does with the keys, from the next step on.
  void SetPerson(std::string_view name);  // "You", or the annotator
  void Block(bool held) { blocking_ = held; }
  void LetPass(bool held) { letting_pass_ = held; }
  bool blocking() const { return blocking_; }
  bool letting_pass() const { return letting_pass_; }

  const std::string& spec() const { return spec_; }
  bool has_overseer() const { return machine_ != nullptr; }
  const std::string& overseer() const { return machine_name_; }  // empty: nobody
  // Why nobody oversees although somebody is to; or what the overseer failed with.
  const std::string& problem() const { return problem_; }
  // It threw or was late in this episode, which therefore ended.
  bool failed() const { return failed_; }

  // Who decided last, and why; null where the action passed.
  const sim::SharedName& decided_by() const { return decided_by_; }
  const sim::SharedName& reason() const { return reason_; }

  // Forgets what was found about the next step, as when the world was changed by hand.
  void Forget() { reviewed_.reset(); }

  std::string name() const override { return decided_by_ ? *decided_by_ : std::string(); }
  void BeginEpisode() override;
  // May be asked again before the step is done, with the same answer unless a person did something.
  agents::Decision Review(const agents::ActionContext& context,
                          const Eigen::VectorXd& proposed) override;

 private:
  Status Make();
  agents::Decision ByPerson(const Eigen::VectorXd& action, std::string_view why);
  agents::Decision AskMachine(const agents::ActionContext& context,
                              const Eigen::VectorXd& proposed);
  void Settle(const Eigen::VectorXd& proposed, agents::Decision& decision);
  agents::Decision Fail(std::string cause);
  agents::Decision Failed() const;

  Maker make_;
  ClockFunction clock_;
  std::shared_ptr<agents::ActionFilter> machine_;  // null: nobody
  std::string machine_name_;
  bool given_;  // machine_ was not made from a text
  std::string spec_;
  std::string problem_;
  bool failed_ = false;
  const sim::SafetyGym* gym_ = nullptr;
  std::optional<agents::Fallback> fallback_;  // none: nobody knows how to brake this robot
  std::unique_ptr<agents::LookAhead> ahead_;  // of gym_'s world, made with its first block
  bool cannot_look_ahead_ = false;            // there: its blocks are not settled
  bool blocking_ = false;
  bool letting_pass_ = false;
  sim::SharedName person_;
  // What the machine said of this step.
  struct Reviewed {
    int step = 0;
    Eigen::VectorXd proposed;
    agents::Decision decision;
  };
  std::optional<Reviewed> reviewed_;
  sim::SharedName decided_by_, reason_;
  sim::SharedName last_name_, last_reason_;  // to be shared by steps alike
  Eigen::VectorXd action_;                   // that a person has done
  std::string words_;
};

}  // namespace lookout::app
