#include "agents/rl/rollouts/action_repeat.h"

#include <utility>

#include "sim/base/check.h"

namespace lookout::agents {
namespace {

class RepeatingEnvironment : public sim::Environment {
 public:
  RepeatingEnvironment(std::unique_ptr<sim::Environment> environment, int repeat)
      : environment_(std::move(environment)), repeat_(repeat), spec_(environment_->spec()) {
    spec_.max_episode_steps = (spec_.max_episode_steps + repeat - 1) / repeat;
    spec_.step_duration_s *= repeat;
  }

  const sim::EnvironmentSpec& spec() const override { return spec_; }
  Status Reset(std::uint32_t seed) override { return environment_->Reset(seed); }
  Status ResetNext() override { return environment_->ResetNext(); }
  const Eigen::VectorXd& observation() const override { return environment_->observation(); }

  sim::StepResult Step(const Eigen::Ref<const Eigen::VectorXd>& action) override {
    sim::StepResult sum = environment_->Step(action);
    for (int i = 1; i < repeat_ && !IsDone(sum.status); ++i) {
      const sim::StepResult step = environment_->Step(action);
      sum.reward += step.reward;
      sum.costs.total += step.costs.total;
      for (std::size_t kind = 0; kind < sum.costs.by_kind.size(); ++kind) {
        sum.costs.by_kind[kind] += step.costs.by_kind[kind];
      }
      sum.goal_met = sum.goal_met || step.goal_met;
      sum.status = step.status;
    }
    return sum;
  }

 private:
  std::unique_ptr<sim::Environment> environment_;
  int repeat_;
  sim::EnvironmentSpec spec_;
};

}  // namespace

std::unique_ptr<sim::Environment> RepeatActions(std::unique_ptr<sim::Environment> environment,
                                                int repeat) {
  LOOKOUT_CHECK(repeat >= 1, "an action is held for at least one step");
  if (repeat == 1) return environment;
  return std::make_unique<RepeatingEnvironment>(std::move(environment), repeat);
}

}  // namespace lookout::agents
