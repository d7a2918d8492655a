// The overseer that looks ahead: an action is let pass if after it the robot can still be brought
// to rest without a cost; else the most similar action of which that holds is done in its place
// (model predictive shielding: Bastani 2019, arXiv 1905.10691; nearest safe action: Alshiekh et al.
// 2018). One per environment, on its thread.
//
// It knows the simulator's whole state, the random stream of noise and of the next goals included,
// and where gremlins will go; so under the rule's cost what it lets pass can be braked from without
// one. It does not know what comes from outside the simulator: a person's hand on the world, or a
// body that is moved by hand; after such it starts from where things then are. Of a robot that
// already is in a cost it asks for the way out with the fewest steps that cost, and never for
// standing still there. A learned cost is avoided as far as its model says at states that are
// simulated, which is no promise about the true one.
#pragma once

#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "agents/feedback/models/cost_model.h"
#include "agents/overseer/candidates.h"
#include "agents/overseer/detour.h"
#include "agents/overseer/foresight.h"
#include "agents/overseer/look_ahead_settings.h"
#include "agents/rollout/action_filter.h"
#include "sim/engine/safety_gym.h"

namespace lookout::agents {

// How often it came to what; since it was made.
struct LookAheadCounts {
  std::int64_t reviews = 0;
  std::int64_t plainly_clear = 0;  // without a simulation
  std::int64_t replaced = 0;
  std::int64_t by_plan = 0;     // of those, by going on with what was found before
  std::int64_t swerves = 0;     // of those, begun
  std::int64_t detour = 0;      // of those, on a way round
  std::int64_t escapes = 0;     // of those, from between something solid and a cost
  std::int64_t way_out = 0;     // of those, for want of anything free
  std::int64_t twin_steps = 0;  // simulated in worlds with everything in them
  std::int64_t bare_steps = 0;  // and in those with the robot alone
};

class LookAhead final : public ActionFilter {
 public:
  // learned: needed for a learned cost. Rejects (kBadInput) what does not fit: a configuration that
  // cannot be built, settings out of range, a cost model of other observations or none.
  static Result<std::unique_ptr<LookAhead>> Create(const sim::EnvironmentConfig& config,
                                                   const LookAheadSettings& settings,
                                                   CostModelPtr learned = nullptr);

  std::string name() const override { return "Look-ahead"; }
  void BeginEpisode() override;

  // context.environment has to be a SafetyGym of the same configuration. Depends on nothing but the
  // episode so far; does not allocate after an episode's first review.
  Decision Review(const ActionContext& context, const Eigen::VectorXd& proposed) override;

  // Whether `proposed`, done once and followed by the fallback, is free of cost until the robot
  // stands: settles what others block, and leaves Review() as it would have been.
  bool IsSafe(const sim::SafetyGym& gym, const Eigen::VectorXd& proposed);

  LookAheadCounts counts() const;

 private:
  LookAhead(const LookAheadSettings& settings, Foresight foresight, std::optional<Detour> detour);

  Decision GoRound();
  Decision Replace(const Eigen::VectorXd& action);
  const Eigen::VectorXd& FindInstead(const Eigen::VectorXd& proposed);
  const Eigen::VectorXd* FindFree(const Eigen::VectorXd& proposed);
  bool FindSwerve(const Eigen::VectorXd& proposed);
  const Eigen::VectorXd* GuessFree();
  const Eigen::VectorXd* SimulateFree();
  bool FindEscape();
  const Eigen::VectorXd& FindWayOut();
  void Plan(const Eigen::VectorXd& action, int more_steps);
  void WriteReason(const Outlook& outlook);
  void WriteObject(const char* before, int object, const char* after);
  template <typename... Parts>
  void Append(fmt::format_string<const Parts&...> form, const Parts&... parts);
  bool NextOfPlan();

  Foresight foresight_;
  Candidates candidates_;
  std::optional<Detour> detour_;
  // Done for so many steps more, and then the fallback: found free a step ago.
  Eigen::VectorXd plan_;
  int plan_steps_ = 0;
  bool has_plan_ = false;
  Eigen::VectorXd round_;
  Eigen::VectorXd swerve_;
  Eigen::VectorXd escape_;
  Eigen::VectorXd instead_;
  LookAheadCounts counts_;
  std::array<char, 160> reason_{};
  std::size_t reason_size_ = 0;
};

// The same as a filter.
Result<std::unique_ptr<ActionFilter>> MakeLookAhead(const sim::EnvironmentConfig& config,
                                                    const LookAheadSettings& settings,
                                                    CostModelPtr learned = nullptr);

}  // namespace lookout::agents
