#include "app/experiments/overseers/learned_overseers.h"

#include <fmt/format.h>

#include <memory>
#include <utility>

#include "agents/overseer/blocker/blocker_filter.h"
#include "agents/overseer/blocker/blocker_fit.h"
#include "agents/overseer/blocker/brake_fallback.h"
#include "agents/overseer/risk/risk_critic.h"
#include "agents/overseer/risk/risk_filter.h"
#include "agents/policies/scripted/scripted_policies.h"
#include "app/blockers/watched_play.h"
#include "app/platform/files.h"

namespace lookout::app {
namespace {

// Says nothing; who plays offline is overseen by nobody.
class SilentTeacher : public agents::ActionFilter {
 public:
  agents::Decision Review(const agents::ActionContext&, const Eigen::VectorXd&) override {
    return agents::Decision::Pass();
  }
};

template <typename Values>
void AppendTo(Values& values, const Values& more) {
  values.insert(values.end(), more.begin(), more.end());
}

// Of later episodes.
void AppendTransitions(const agents::RiskData& more, std::int64_t first_episode,
                       agents::RiskData& data) {
  data.signature = more.signature;
  data.action_dim = more.action_dim;
  AppendTo(data.observations, more.observations);
  AppendTo(data.actions, more.actions);
  AppendTo(data.next_observations, more.next_observations);
  AppendTo(data.next_actions, more.next_actions);
  AppendTo(data.violation, more.violation);
  AppendTo(data.ended, more.ended);
  for (const std::int64_t episode : more.episode) data.episode.push_back(first_episode + episode);
}

Status AddPlay(const agents::Policy& policy, const agents::EnvironmentMaker& environments,
               const EvaluationOptions& episodes, const KeepGoing& keep_going,
               std::int64_t first_episode, agents::RiskData& data) {
  if (episodes.episodes == 0) return {};
  const auto play =
      PlayWatched(policy, environments,
                  {.episodes = episodes,
                   .make_teacher = [](int) { return std::make_unique<SilentTeacher>(); },
                   .in_charge = InCharge::kNobody},
                  [&](double) { return keep_going(); });
  if (!keep_going()) return ExperimentStopped();
  if (!play) return play.error();
  AppendTransitions(play->transitions, first_episode, data);
  return {};
}

// Half of the episodes each, of seeds of their own.
Result<agents::RiskData> PlayOffline(const OverseersWorld& world, std::uint32_t seed,
                                     const agents::EnvironmentMaker& environments,
                                     const KeepGoing& keep_going) {
  const auto script =
      agents::MakeGoToGoalPolicy(world.settings.environment, world.spec, /*careful=*/false);
  if (!script) return script.error();
  const int all = world.settings.offline_episodes;
  const int by_script = all - all / 2;
  EvaluationOptions episodes{
      .episodes = by_script, .seed = OverseersSeedsOf(world.settings, seed).offline, .workers = 1};
  agents::RiskData data;
  if (Status s = AddPlay(**script, environments, episodes, keep_going, 0, data); !s)
    return s.error();
  episodes.seed += static_cast<std::uint32_t>(by_script);
  episodes.episodes = all - by_script;
  const agents::PolicyPtr random = agents::MakeRandomPolicy(world.spec);
  if (Status s = AddPlay(*random, environments, episodes, keep_going, by_script, data); !s)
    return s.error();
  return data;
}

Error Lacks(const Error& error, const std::string& option) {
  return {fmt::format("{} Here {} makes more of them.", error.message, option), error.code};
}

}  // namespace

Result<agents::ActionFilterMaker> BlockerOf(const OverseersWorld& world, std::uint32_t seed,
                                            const agents::BlockerData& verdicts,
                                            const KeepGoing& keep_going) {
  const OverseersSettings& settings = world.settings;
  agents::BlockerSettings fit{.updates = settings.blocker_updates, .seed = seed};
  if (settings.blocker_alpha > 0.0) {
    fit.alpha = settings.blocker_alpha;
  } else {
    fit.rule = agents::ThresholdRule::kLowest;
  }
  const auto model = agents::FitBlocker(verdicts, fit, "Simulated person", settings.environment.id,
                                        [&](double) { return keep_going(); });
  if (!keep_going()) return ExperimentStopped();
  if (!model) return Lacks(model.error(), "a larger --watched-steps");
  const auto file = world.folder / fmt::format("blocker-seed{}.lookout", seed);
  if (Status kept = WriteWholeFile(file, agents::EncodeBlocker(**model)); !kept) {
    return kept.error();
  }
  const auto brake = agents::MakeBrakeFallback(settings.environment, world.spec);
  if (!brake) return brake.error();
  if (const auto fits = agents::MakeBlockerFilter(*model, *brake, world.spec); !fits) {
    return fits.error();
  }
  return agents::ActionFilterMaker([model = *model, brake = *brake, spec = world.spec](int) {
    return std::move(*agents::MakeBlockerFilter(model, brake, spec));
  });
}

Result<agents::ActionFilterMaker> RiskCriticOf(const OverseersWorld& world, std::uint32_t seed,
                                               const agents::EnvironmentMaker& environments,
                                               const KeepGoing& keep_going) {
  const OverseersSettings& settings = world.settings;
  const auto data = PlayOffline(world, seed, environments, keep_going);
  if (!data) return data.error();
  const auto critic = agents::FitRiskCritic(
      *data, {.epsilon = settings.risk_epsilon, .updates = settings.risk_updates, .seed = seed},
      settings.environment.id, [&](double) { return keep_going(); });
  if (!keep_going()) return ExperimentStopped();
  if (!critic) return Lacks(critic.error(), "a larger --offline-episodes");
  const auto file = world.folder / fmt::format("risk-seed{}.lookout", seed);
  if (Status kept = WriteWholeFile(file, agents::EncodeRiskCritic(**critic)); !kept) {
    return kept.error();
  }
  if (const auto fits =
          agents::MakeRiskFilter(*critic, agents::Recovery::kLeastRisk, {}, world.spec);
      !fits) {
    return fits.error();
  }
  return agents::ActionFilterMaker([critic = *critic, spec = world.spec](int) {
    return std::move(*agents::MakeRiskFilter(critic, agents::Recovery::kLeastRisk, {}, spec));
  });
}

}  // namespace lookout::app
