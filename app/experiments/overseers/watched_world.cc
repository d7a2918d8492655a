#include "app/experiments/overseers/watched_world.h"

#include <algorithm>
#include <utility>

#include "sim/base/check.h"

namespace lookout::app {

// Does what the inner one does, and counts.
class WatchedEnvironment : public sim::Environment {
 public:
  WatchedEnvironment(std::unique_ptr<sim::Environment> inner, const WatchedWorld& world,
                     WatchedStage& stage)
      : inner_(std::move(inner)), world_(world), stage_(stage) {}

  const sim::EnvironmentSpec& spec() const override { return inner_->spec(); }
  Status Reset(std::uint32_t seed) override { return Begin(inner_->Reset(seed)); }
  Status ResetNext() override { return Begin(inner_->ResetNext()); }
  const Eigen::VectorXd& observation() const override { return inner_->observation(); }
  std::size_t memory_bytes() const override { return inner_->memory_bytes(); }

  sim::StepResult Step(const Eigen::Ref<const Eigen::VectorXd>& action) override {
    const sim::StepResult result = inner_->Step(action);
    world_.EnterPhase(stage_);
    const auto phase = static_cast<std::size_t>(stage_.phase);
    agents::OverseerLedger& ledger = stage_.phases[phase];
    if (std::exchange(stage_.begins, false)) ledger.BeginEpisode();
    const bool diverged = result.status == sim::EpisodeStatus::kDiverged;
    ledger.Add({.reward = result.reward,
                .costs = diverged ? sim::Costs() : result.costs,
                .source = stage_.source,
                .overseer = stage_.overseer,
                .blocked = stage_.blocked,
                .verdict = stage_.verdict,
                .person_s = world_.phases_[phase].person_s_per_step});
    stage_.NobodySteppedIn();
    return result;
  }

  const sim::Environment& inner() const { return *inner_; }
  WatchedStage& stage() const { return stage_; }

 private:
  // The account of the episode begins with its first step: some are never gone on with.
  Status Begin(Status reset) {
    stage_.begins = true;
    stage_.NobodySteppedIn();
    return reset;
  }

  std::unique_ptr<sim::Environment> inner_;
  const WatchedWorld& world_;
  WatchedStage& stage_;
};

// Asks the overseer of the episode's phase, who sees the inner environment.
class WatchedFilter : public agents::ActionFilter {
 public:
  WatchedFilter(const WatchedWorld& world, int index) : world_(world), index_(index) {}

  std::string name() const override { return filter_ == nullptr ? "Nobody" : filter_->name(); }
  void BeginEpisode() override { begins_ = true; }

  agents::Decision Review(const agents::ActionContext& context,
                          const Eigen::VectorXd& proposed) override {
    const auto* const watched = dynamic_cast<const WatchedEnvironment*>(&context.environment);
    LOOKOUT_CHECK(watched != nullptr, "a watched filter in another environment");
    WatchedStage& stage = watched->stage();
    world_.EnterPhase(stage);
    if (std::exchange(begins_, false)) BeginUnder(stage.phase);
    if (filter_ == nullptr) return agents::Decision::Pass();
    const agents::ActionContext inner{watched->inner(), context.step, context.held_steps,
                                      context.source};
    agents::Decision decision = filter_->Review(inner, proposed);
    const bool steps_in = decision.kind != agents::Decision::Kind::kPass;
    if (steps_in) {
      // Named here, as whoever steps the environment knows the name of the first phase alone.
      if (decision.overseer.empty()) decision.overseer = name_;
      stage.blocked = IsOther(decision, proposed);
      stage.overseer = decision.overseer;
      stage.source = decision.source;
      stage.verdict = decision.verdict;
    }
    if (world_.keep_verdicts_ && stage.phase == 0) Keep(inner, proposed, steps_in, stage);
    return decision;
  }

 private:
  void BeginUnder(int phase) {
    if (phase != phase_) {
      const agents::ActionFilterMaker& make =
          world_.phases_[static_cast<std::size_t>(phase)].make_filter;
      filter_ = make ? make(index_) : nullptr;
      name_ = name();
      phase_ = phase;
    }
    if (filter_ != nullptr) filter_->BeginEpisode();
  }

  // As the environment clips.
  static bool IsOther(const agents::Decision& decision, const Eigen::VectorXd& proposed) {
    if (decision.action == nullptr) return true;
    for (Eigen::Index i = 0; i < proposed.size(); ++i) {
      if (std::clamp((*decision.action)[i], -1.0, 1.0) != std::clamp(proposed[i], -1.0, 1.0)) {
        return true;
      }
    }
    return false;
  }

  void Keep(const agents::ActionContext& context, const Eigen::VectorXd& proposed, bool is_blocked,
            WatchedStage& stage) {
    const auto episode = stage.phases.front().episodes() + (stage.begins ? 1 : 0);
    observation_ = context.environment.observation().cast<float>();
    proposed_ = proposed.cast<float>();
    if (stage.verdicts.action_dim == 0) {
      stage.verdicts.signature = context.environment.spec().signature();
      stage.verdicts.action_dim = static_cast<int>(proposed.size());
    }
    stage.verdicts.Add(observation_, proposed_, is_blocked, episode);
  }

  const WatchedWorld& world_;
  int index_;
  int phase_ = -1;
  bool begins_ = true;
  std::unique_ptr<agents::ActionFilter> filter_;  // null: nobody
  std::string name_;
  Eigen::VectorXf observation_;
  Eigen::VectorXf proposed_;
};

void WatchedWorld::BeginPhase(WatchedPhase phase) { phases_.push_back(std::move(phase)); }

void WatchedWorld::EnterPhase(WatchedStage& stage) const {
  if (!stage.begins) return;
  stage.phase = static_cast<int>(phases_.size()) - 1;
  stage.phases.resize(phases_.size());
}

agents::EnvironmentMaker WatchedWorld::Environments() {
  return [this]() -> Result<std::unique_ptr<sim::Environment>> {
    LOOKOUT_CHECK(!phases_.empty(), "a watched environment before the first phase");
    auto inner = make_();
    if (!inner) return inner.error();
    stages_.push_back(std::make_unique<WatchedStage>());
    stages_.back()->phases.resize(phases_.size());
    return std::unique_ptr<sim::Environment>(
        std::make_unique<WatchedEnvironment>(std::move(*inner), *this, *stages_.back()));
  };
}

agents::ActionFilterMaker WatchedWorld::Filters() {
  return [this](int index) { return std::make_unique<WatchedFilter>(*this, index); };
}

agents::LedgerCounts WatchedWorld::Counts(int phase) const {
  agents::LedgerCounts counts;
  for (const auto& stage : stages_) {
    if (phase < static_cast<int>(stage->phases.size())) {
      counts += stage->phases[static_cast<std::size_t>(phase)].Total();
    }
  }
  return counts;
}

agents::BlockerData WatchedWorld::Verdicts(const sim::EnvironmentSpec& spec) const {
  agents::BlockerData all;
  all.signature = spec.signature();
  all.action_dim = spec.action_dim;
  std::int64_t before = 0;
  for (const auto& stage : stages_) {
    if (stage->verdicts.rows() == 0) continue;
    const auto first = static_cast<std::ptrdiff_t>(all.episode.size());
    all.Append(stage->verdicts);
    std::for_each(all.episode.begin() + first, all.episode.end(),
                  [&](std::int64_t& episode) { episode += before; });
    before = all.episode.back() + 1;
  }
  return all;
}

}  // namespace lookout::app
