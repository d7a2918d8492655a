#include "app/workers/player/oversight.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <utility>

#include "sim/base/check.h"

namespace lookout::app {
namespace {

using agents::Decision;

constexpr std::string_view kPersonInSpec = "person";

// All that has to be made: the text without the person.
std::string MachinesOf(std::string_view spec) {
  std::string machines;
  while (!spec.empty()) {
    const std::string_view item = spec.substr(0, spec.find('+'));
    spec.remove_prefix(std::min(item.size() + 1, spec.size()));
    if (item.empty() || item == kPersonInSpec) continue;
    machines.append(machines.empty() ? "" : "+").append(item);
  }
  return machines;
}

// The same pointer as long as the words are the same.
const sim::SharedName& Shared(std::string_view words, sim::SharedName& last) {
  if (!last || *last != words) last = std::make_shared<const std::string>(words);
  return last;
}

}  // namespace

Oversight::Oversight(Maker make, std::shared_ptr<agents::ActionFilter> first, ClockFunction clock)
    : make_(std::move(make)),
      clock_(std::move(clock)),
      machine_(std::move(first)),
      machine_name_(machine_ ? machine_->name() : std::string()),
      given_(machine_ != nullptr),
      person_(std::make_shared<const std::string>("You")) {}

Status Oversight::Set(const std::string& spec) {
  spec_ = spec;
  given_ = false;
  return Make();
}

Status Oversight::MoveTo(const sim::SafetyGym& gym) {
  gym_ = &gym;
  const Result<agents::Fallback> fallback = agents::Fallback::Create(gym.config(), gym.spec());
  fallback_ = fallback ? std::optional(*fallback) : std::nullopt;
  action_.setZero(gym.spec().action_dim);
  ahead_.reset();
  cannot_look_ahead_ = false;
  reviewed_.reset();
  return given_ ? Status() : Make();
}

Status Oversight::Make() {
  machine_.reset();
  machine_name_.clear();
  reviewed_.reset();
  problem_.clear();
  const std::string machines = MachinesOf(spec_);
  if (machines.empty() || gym_ == nullptr) return {};
  Result<std::unique_ptr<agents::ActionFilter>> made =
      make_ ? make_(machines, gym_->config())
            : BadInput("Nothing here makes overseers: choose none.");
  if (!made) {
    problem_ = made.error().message;
    return made.error();
  }
  machine_ = std::move(made).value();
  machine_name_ = machine_->name();
  machine_->BeginEpisode();  // for it, the present one begins here
  return {};
}

void Oversight::SetPerson(std::string_view name) {
  if (*person_ != name) person_ = std::make_shared<const std::string>(name);
}

void Oversight::BeginEpisode() {
  reviewed_.reset();
  decided_by_ = reason_ = nullptr;
  if (std::exchange(failed_, false)) problem_.clear();
  if (ahead_) ahead_->BeginEpisode();
  if (machine_) machine_->BeginEpisode();
}

Decision Oversight::Review(const agents::ActionContext& context, const Eigen::VectorXd& proposed) {
  decided_by_ = reason_ = nullptr;
  if (blocking_) {
    LOOKOUT_CHECK(gym_ != nullptr, "a review without a world");
    if (fallback_) {
      fallback_->Brake(*gym_, action_);
    } else {
      action_.setZero(proposed.size());
    }
    Decision block = ByPerson(action_, "blocked by hand");
    Settle(proposed, block);
    return block;
  }
  const Decision decision = AskMachine(context, proposed);
  if (decision.kind == Decision::Kind::kPass) return decision;
  if (decision.kind == Decision::Kind::kReplace && letting_pass_) {
    words_ = fmt::format("let pass, although {}", decision.reason);
    action_ = proposed;
    return ByPerson(action_, words_);
  }
  decided_by_ = Shared(decision.overseer, last_name_);
  reason_ = Shared(decision.reason, last_reason_);
  return decision;
}

Decision Oversight::ByPerson(const Eigen::VectorXd& action, std::string_view why) {
  decided_by_ = person_;
  reason_ = Shared(why, last_reason_);
  Decision decision = Decision::Replace(action, sim::ActionSource::kHuman, *reason_);
  decision.overseer = *person_;
  return decision;
}

Decision Oversight::AskMachine(const agents::ActionContext& context,
                               const Eigen::VectorXd& proposed) {
  if (!machine_) return Decision::Pass();
  if (failed_) return Failed();
  if (reviewed_ && reviewed_->step == context.step && reviewed_->proposed == proposed) {
    return reviewed_->decision;
  }
  Decision decision;
  const SteadyTime begun = clock_();
  try {
    decision = machine_->Review(context, proposed);
    if (decision.overseer.empty()) decision.overseer = machine_name_;
  } catch (const std::exception& failure) {
    return Fail(fmt::format("{} failed: {}", machine_name_, failure.what()));
  }
  if (const double took_s = SecondsOf(clock_() - begun); took_s > kLate_s) {
    return Fail(fmt::format("{} took {:.1f} s for one step", machine_name_, took_s));
  }
  Settle(proposed, decision);
  if (!reviewed_) reviewed_ = Reviewed{};
  reviewed_->step = context.step;
  reviewed_->proposed = proposed;
  reviewed_->decision = decision;
  return decision;
}

void Oversight::Settle(const Eigen::VectorXd& proposed, Decision& decision) {
  if (decision.kind != Decision::Kind::kReplace || gym_ == nullptr || cannot_look_ahead_) return;
  if (decision.verdict != agents::BlockVerdict::kNotSettled) return;
  if (!ahead_) {
    auto made = agents::LookAhead::Create(gym_->config(), {});
    cannot_look_ahead_ = !made.ok();
    if (!made.ok()) return;
    ahead_ = std::move(*made);
    ahead_->BeginEpisode();
  }
  const bool was_false = ahead_->IsSafe(*gym_, proposed);
  decision.verdict = was_false ? agents::BlockVerdict::kFalse : agents::BlockVerdict::kNeeded;
}

Decision Oversight::Fail(std::string cause) {
  failed_ = true;
  problem_ = std::move(cause);
  return Failed();
}

Decision Oversight::Failed() const {
  Decision end = Decision::End(sim::ActionSource::kOverseer, problem_);
  end.overseer = machine_name_;
  return end;
}

}  // namespace lookout::app
