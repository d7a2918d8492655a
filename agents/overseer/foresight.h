// What becomes of an action: it is done for some steps, then the fallback until the robot stands,
// in worlds of its own that follow the real one. One owner and thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "agents/overseer/fallback.h"
#include "agents/overseer/learned_danger.h"
#include "agents/overseer/look_ahead_settings.h"
#include "agents/overseer/outlook.h"
#include "agents/overseer/stopping_reach.h"
#include "agents/overseer/surroundings.h"
#include "sim/engine/safety_gym.h"

namespace lookout::agents {

class Foresight {
 public:
  // Rejects (kBadInput) what Fallback, SafetyGym and a cost model reject, and a learned cost
  // without a model.
  static Result<Foresight> Create(const sim::EnvironmentConfig& config,
                                  const LookAheadSettings& settings, CostModelPtr learned);

  // An episode begins.
  void Begin() { has_past_ = false; }
  // Looks at the world as it is now; it has to stay so while it is asked about.
  void See(const sim::SafetyGym& gym);
  // The same without its becoming part of the past that a cost model looks at.
  void Peek(const sim::SafetyGym& gym);
  // The action that is about to be done, for a cost model that looks at the past.
  void Remember(const Eigen::VectorXd& action);

  // Whether whatever is done next can be braked from without meeting anything: needs no simulation.
  bool IsPlainlyClear() const;

  // Whether Guess() is of use: of the rule's cost, for robots whose braking is known, where the
  // simulator adds no noise.
  bool can_guess() const { return bare_ != nullptr; }
  // In a world with nothing but the robot, among circles: many times faster than Look(), and what
  // it calls free is free, up to the last digits of the motion, for which the margin is. What it
  // does not may still be free. hold: steps for which the action is done first.
  Outlook Guess(const Eigen::VectorXd& action, int hold = 1, bool to_the_end = false);
  // In a world that has the very future of the real one; loose things that are far off hold still
  // there as long as the robot does not come near them.
  Outlook Look(const Eigen::VectorXd& action, int hold = 1, bool to_the_end = false);
  // The one that is sure and the faster.
  Outlook Judge(const Eigen::VectorXd& action, int hold = 1, bool to_the_end = false);

  // Whether no step of it costs, nor the coasting after the last: less than free, for whoever has
  // nothing better.
  bool IsHarmless(const Outlook& outlook) const {
    if (outlook.is_free) return true;
    return outlook.cost_steps == 0 &&
           (settings_.cost == LookAheadCost::kLearned || outlook.rest_gap_m > 0.0);
  }
  // Whether the robot is at something solid that may push it, and nearer than the margin to what
  // costs.
  bool IsSqueezed() const;
  // From what costs, metres; see Surroundings::ClearanceOf.
  double clearance_m() const { return now_.ClearanceOf(start_, 0.0); }

  // The fallback's next step; action: [action_dim], overwritten.
  void Brake(Eigen::VectorXd& action) const { fallback_.Brake(*gym_, action); }

  const Surroundings& surroundings() const { return now_; }
  const sim::SafetyGym& gym() const { return *gym_; }  // that was seen last
  const sim::EnvironmentSpec& spec() const { return twin_->spec(); }
  const Fallback& fallback() const { return fallback_; }
  const sim::SceneDescription& scene() const { return twin_->scene(); }
  double step_duration_s() const { return twin_->spec().step_duration_s; }
  // Simulated so far.
  std::int64_t twin_steps() const { return twin_steps_; }
  std::int64_t bare_steps() const { return bare_steps_; }

 private:
  Foresight(const sim::EnvironmentConfig& config, const LookAheadSettings& settings,
            const Fallback& fallback, std::unique_ptr<sim::SafetyGym> twin, CostModelPtr learned);

  void SeeWorld(const sim::SafetyGym& gym);
  bool ComesNearHeld(const Eigen::Vector2d& robot) const;
  // Nothing: it came near to what was held.
  std::optional<Outlook> Simulate(const Eigen::VectorXd& action, int hold, bool to_the_end,
                                  std::span<const std::uint8_t> held);

  enum class Moment : std::uint8_t { kOnTheWay, kEnd };
  double NeededAtEnd(const Surroundings::Thing& thing) const;
  bool IsUnsureNear(const Surroundings::Thing& thing) const;
  bool MeetsSomething(const Eigen::Vector2d& robot, double after_s, Moment moment,
                      Outlook& outlook) const;
  bool OnlyCoasts(const sim::SafetyGym& gym, int braked_steps) const;
  bool CoastsInto(const sim::SafetyGym& gym, double after_s, Outlook& outlook) const;
  void GuessTheRest(const Eigen::Vector2d& robot, int step, bool to_the_end,
                    Outlook& outlook) const;
  bool Costs(const Eigen::VectorXd& action, const sim::StepResult& result, Outlook& outlook);
  int ObjectOf(const sim::Costs& costs) const;
  void CheckTheEnd(int step, bool done, Outlook& outlook) const;
  double GapAtRest(const Surroundings& around, const Surroundings::Thing& thing,
                   const sim::SafetyGym& gym) const;
  double RestGap(const Surroundings& around, const sim::SafetyGym& gym) const;

  LookAheadSettings settings_;
  Fallback fallback_;
  int horizon_steps_;
  std::unique_ptr<sim::SafetyGym> twin_;
  std::unique_ptr<sim::SafetyGym> bare_;  // null: Guess() is of no use
  Surroundings now_;
  Surroundings ahead_;  // as the twin has them
  StoppingReach reach_;
  std::optional<LearnedDanger> danger_;
  std::optional<LearnedDanger> danger_ahead_;
  std::vector<std::uint8_t> held_;  // by object of the scene
  bool holds_ = false;              // any
  const sim::SafetyGym* gym_ = nullptr;
  Eigen::Vector2d start_{0.0, 0.0};
  Eigen::VectorXd action_;
  Eigen::VectorXd last_action_;
  bool has_past_ = false;
  std::int64_t twin_steps_ = 0;
  std::int64_t bare_steps_ = 0;
};

}  // namespace lookout::agents
