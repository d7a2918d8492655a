// Several overseers one after the other, and a guard for each. One chain belongs to one environment
// and its thread.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agents/rollout/action_filter.h"

namespace lookout::agents {

// Asks its filters in their order; the first that does not let an action pass decides, and it is
// that one's name that is recorded. Those behind it are not asked in that step, so that they have
// to go by the step of the episode, not by how often they were asked.
class OverseerChain : public ActionFilter {
 public:
  // At least one.
  explicit OverseerChain(std::vector<std::unique_ptr<ActionFilter>> filters);

  std::string name() const override;  // "Look-ahead, then Person"
  void BeginEpisode() override;       // of all of them
  Decision Review(const ActionContext& context, const Eigen::VectorXd& proposed) override;

 private:
  std::vector<std::unique_ptr<ActionFilter>> filters_;
  std::vector<std::string> names_;
};

// An overseer that fails must not let anything pass. Where the one inside throws, or answers later
// than allowed, the episode is ended, and its last words say why.
class GuardedOverseer : public ActionFilter {
 public:
  using Clock = std::function<std::chrono::steady_clock::time_point()>;

  // latest_s: that an answer may take, only where somebody waits for it: none in training, whose
  // result must not depend on how fast the machine is.
  explicit GuardedOverseer(std::unique_ptr<ActionFilter> inside,
                           std::optional<double> latest_s = std::nullopt,
                           Clock now = std::chrono::steady_clock::now);

  std::string name() const override { return name_; }
  void BeginEpisode() override;
  Decision Review(const ActionContext& context, const Eigen::VectorXd& proposed) override;

 private:
  Decision Ended();

  std::unique_ptr<ActionFilter> inside_;
  std::optional<double> latest_s_;
  Clock now_;
  std::string name_;
  std::string failure_;  // of the present episode, in words; empty: none
};

// Says of each block whether it was needed: whether the proposed action would have done harm.
class SettledOverseer : public ActionFilter {
 public:
  // Whether that action, done once, would have been free of cost, with what can still be done
  // after it. Must leave the environment as it is.
  using IsSafe = std::function<bool(const sim::Environment&, const Eigen::VectorXd& proposed)>;

  // begin_episode: called when one begins, if there is any.
  SettledOverseer(std::unique_ptr<ActionFilter> inside, IsSafe is_safe,
                  std::function<void()> begin_episode = {});

  std::string name() const override { return inside_->name(); }
  void BeginEpisode() override;
  Decision Review(const ActionContext& context, const Eigen::VectorXd& proposed) override;

 private:
  std::unique_ptr<ActionFilter> inside_;
  IsSafe is_safe_;
  std::function<void()> begin_episode_;
};

}  // namespace lookout::agents
