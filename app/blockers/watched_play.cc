#include "app/blockers/watched_play.h"

#include <array>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

namespace lookout::app {
namespace {

using agents::ActionContext;
using agents::Decision;
using agents::OverseerVerdict;

// What is kept of one episode.
struct WatchedEpisode {
  std::vector<Eigen::VectorXf> observations;  // the reset first
  std::vector<Eigen::VectorXf> proposed;
  std::vector<Eigen::VectorXd> executed;
  std::vector<OverseerVerdict> verdicts;
  std::vector<std::uint8_t> violations;
  sim::EpisodeStatus status = sim::EpisodeStatus::kRunning;
};

// Which episode each environment is in. Workers ask side by side.
class EpisodePlaces {
 public:
  // Of `count` episodes from `first` on.
  EpisodePlaces(int first, int count) : first_(first), episodes_(static_cast<std::size_t>(count)) {}

  void Enter(const sim::Environment& environment, int index) {
    const std::lock_guard lock(mutex_);
    at_[&environment] = &episodes_[static_cast<std::size_t>(index - first_)];
  }
  WatchedEpisode& Of(const sim::Environment& environment) {
    const std::lock_guard lock(mutex_);
    return *at_.at(&environment);
  }
  std::vector<WatchedEpisode>& episodes() { return episodes_; }

 private:
  const int first_;
  std::mutex mutex_;
  std::map<const sim::Environment*, WatchedEpisode*> at_;
  std::vector<WatchedEpisode> episodes_;
};

// Asks the teacher in any case, keeps what it says, and does what whoever is in charge says.
class WatchingFilter : public agents::ActionFilter {
 public:
  WatchingFilter(std::unique_ptr<ActionFilter> teacher, std::unique_ptr<ActionFilter> blocker,
                 InCharge in_charge, EpisodePlaces& places)
      : teacher_(std::move(teacher)),
        blocker_(std::move(blocker)),
        in_charge_(in_charge),
        places_(places) {}

  std::string name() const override {
    return in_charge_ == InCharge::kBlocker ? blocker_->name() : teacher_->name();
  }
  void BeginEpisode() override {
    teacher_->BeginEpisode();
    if (blocker_ != nullptr) blocker_->BeginEpisode();
  }
  Decision Review(const ActionContext& context, const Eigen::VectorXd& proposed) override {
    const Decision said = teacher_->Review(context, proposed);
    const bool passes = said.kind == Decision::Kind::kPass;
    places_.Of(context.environment)
        .verdicts.push_back(passes ? OverseerVerdict::kPass : OverseerVerdict::kBlock);
    if (in_charge_ == InCharge::kTeacher) return said;
    if (in_charge_ == InCharge::kNobody) return Decision::Pass();
    return blocker_->Review(context, proposed);
  }

 private:
  std::unique_ptr<ActionFilter> teacher_;
  std::unique_ptr<ActionFilter> blocker_;  // of kBlocker
  InCharge in_charge_;
  EpisodePlaces& places_;
};

void Watch(int index, const sim::Environment& environment, const agents::StepOutcome* outcome,
           EpisodePlaces& places) {
  if (outcome == nullptr) places.Enter(environment, index);
  WatchedEpisode& episode = places.Of(environment);
  episode.observations.push_back(environment.observation().cast<float>());
  if (outcome == nullptr) return;
  episode.proposed.push_back(outcome->proposed_action.cast<float>());
  episode.executed.push_back(outcome->executed_action);
  episode.violations.push_back(outcome->result.costs.total > 0.0 ? 1 : 0);
  episode.status = outcome->result.status;
}

void AddEpisode(const WatchedEpisode& episode, std::int64_t number, StepIndex lag_steps,
                WatchedPlay& play) {
  const auto verdicts = agents::CorrectLag(episode.verdicts, lag_steps);
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    const bool last = i + 1 == verdicts.size();
    play.violations += episode.violations[i];
    ++play.steps;
    agents::AddRiskStep({.before = episode.observations[i],
                         .executed = episode.executed[i],
                         .after = episode.observations[i + 1],
                         .next_action = last ? nullptr : &episode.proposed[i + 1],
                         .violation = episode.violations[i] != 0,
                         .status = last ? episode.status : sim::EpisodeStatus::kRunning,
                         .episode = number},
                        play.transitions);
    if (verdicts[i] == OverseerVerdict::kUnknown) {
      ++play.uncertain_rows;
    } else {
      play.data.Add(episode.observations[i], episode.proposed[i],
                    verdicts[i] == OverseerVerdict::kBlock, number);
    }
  }
}

}  // namespace

std::span<const Choice<InCharge>> Choices(InCharge /*kind*/) {
  static constexpr std::array<Choice<InCharge>, 3> kChoices{{{InCharge::kTeacher, "teacher"},
                                                             {InCharge::kBlocker, "blocker"},
                                                             {InCharge::kNobody, "nobody"}}};
  return kChoices;
}

Result<WatchedPlay> PlayWatched(const agents::Policy& policy,
                                const agents::EnvironmentMaker& make_environment,
                                const WatchedPlayOptions& options,
                                const EvaluationProgress& progress) {
  const auto environment = make_environment();
  if (!environment.ok()) return environment.error();
  const sim::EnvironmentSpec& spec = (*environment)->spec();
  EpisodePlaces places(options.episodes.first, options.episodes.episodes);
  EvaluationOptions episodes = options.episodes;
  episodes.make_filter = [&](int number) -> std::unique_ptr<agents::ActionFilter> {
    const bool by_blocker = options.in_charge == InCharge::kBlocker;
    return std::make_unique<WatchingFilter>(options.make_teacher(number),
                                            by_blocker ? options.make_blocker(number) : nullptr,
                                            options.in_charge, places);
  };
  auto played = PlayEpisodes(
      policy, make_environment, episodes, progress,
      [&](int index, const sim::Environment& world, const agents::StepOutcome* outcome) {
        Watch(index, world, outcome, places);
      });
  if (!played.ok()) return played.error();
  WatchedPlay play;
  play.teacher = options.make_teacher(0)->name();
  play.data.signature = play.transitions.signature = spec.signature();
  play.data.action_dim = play.transitions.action_dim = spec.action_dim;
  for (std::size_t k = 0; k < places.episodes().size(); ++k) {
    AddEpisode(places.episodes()[k], options.episodes.first + static_cast<std::int64_t>(k),
               options.lag_steps, play);
    places.episodes()[k] = {};  // its observations are many
  }
  play.episodes = std::move(*played);
  return play;
}

}  // namespace lookout::app
