#include "agents/overseer/overseer_chain.h"

#include <fmt/format.h>

#include <exception>
#include <utility>

#include "sim/base/check.h"

namespace lookout::agents {

OverseerChain::OverseerChain(std::vector<std::unique_ptr<ActionFilter>> filters)
    : filters_(std::move(filters)) {
  LOOKOUT_CHECK(!filters_.empty(), "a chain of overseers has at least one");
  for (const auto& filter : filters_) names_.push_back(filter->name());
}

std::string OverseerChain::name() const { return fmt::format("{}", fmt::join(names_, ", then ")); }

void OverseerChain::BeginEpisode() {
  for (const auto& filter : filters_) filter->BeginEpisode();
}

Decision OverseerChain::Review(const ActionContext& context, const Eigen::VectorXd& proposed) {
  for (std::size_t i = 0; i < filters_.size(); ++i) {
    Decision decision = filters_[i]->Review(context, proposed);
    if (decision.kind == Decision::Kind::kPass) continue;
    if (decision.overseer.empty()) decision.overseer = names_[i];
    return decision;
  }
  return Decision::Pass();
}

GuardedOverseer::GuardedOverseer(std::unique_ptr<ActionFilter> inside,
                                 std::optional<double> latest_s, Clock now)
    : inside_(std::move(inside)),
      latest_s_(latest_s),
      now_(std::move(now)),
      name_(inside_->name()) {}

void GuardedOverseer::BeginEpisode() {
  failure_.clear();
  try {
    inside_->BeginEpisode();
  } catch (const std::exception& error) {
    failure_ = fmt::format("{} failed: {}", name_, error.what());
  }
}

Decision GuardedOverseer::Ended() { return Decision::End(sim::ActionSource::kOverseer, failure_); }

Decision GuardedOverseer::Review(const ActionContext& context, const Eigen::VectorXd& proposed) {
  if (!failure_.empty()) return Ended();
  const auto asked = latest_s_ ? now_() : std::chrono::steady_clock::time_point();
  try {
    const Decision decision = inside_->Review(context, proposed);
    if (!latest_s_) return decision;
    const double took_s = std::chrono::duration<double>(now_() - asked).count();
    if (took_s <= *latest_s_) return decision;
    failure_ =
        fmt::format("{} took {:.3g} s to answer, {:.3g} s are allowed", name_, took_s, *latest_s_);
  } catch (const std::exception& error) {
    failure_ = fmt::format("{} failed: {}", name_, error.what());
  }
  return Ended();
}

SettledOverseer::SettledOverseer(std::unique_ptr<ActionFilter> inside, IsSafe is_safe,
                                 std::function<void()> begin_episode)
    : inside_(std::move(inside)),
      is_safe_(std::move(is_safe)),
      begin_episode_(std::move(begin_episode)) {}

void SettledOverseer::BeginEpisode() {
  inside_->BeginEpisode();
  if (begin_episode_) begin_episode_();
}

Decision SettledOverseer::Review(const ActionContext& context, const Eigen::VectorXd& proposed) {
  Decision decision = inside_->Review(context, proposed);
  if (decision.kind == Decision::Kind::kPass) return decision;
  const bool was_false = is_safe_(context.environment, proposed);
  decision.verdict = was_false ? BlockVerdict::kFalse : BlockVerdict::kNeeded;
  return decision;
}

}  // namespace lookout::agents
