#include "app/overseers/play/overseen_play.h"

#include <algorithm>
#include <utility>

#include "app/overseers/play/episode_recorder.h"
#include "sim/base/check.h"

namespace lookout::app {
namespace {

// Recorded episodes are some megabytes each: so many are kept before they are written.
constexpr int kEpisodesAtATime = 16;

// What is kept of the episodes of one call, by index less the first.
struct Kept {
  std::vector<agents::OverseerLedger> ledgers;
  std::vector<std::int64_t> first_violations;  // steps, from 1; 0: none
  std::vector<EpisodeRecorder> recorders;      // empty: nothing is recorded
};

void Watch(const agents::Policy& policy, double person_s, const sim::Environment& environment,
           const agents::StepOutcome* outcome, std::size_t index, Kept& kept) {
  agents::OverseerLedger& ledger = kept.ledgers[index];
  if (outcome == nullptr) {
    ledger.BeginEpisode();
  } else {
    ledger.Add(agents::OverseenStep::Of(*outcome, person_s));
    const agents::LedgerCounts& counts = ledger.episode(0);
    std::int64_t& first = kept.first_violations[index];
    if (first == 0 && counts.violations.steps > 0) first = counts.steps;
  }
  if (kept.recorders.empty()) return;
  const auto* const gym = dynamic_cast<const sim::SafetyGym*>(&environment);
  LOOKOUT_CHECK(gym != nullptr, "only episodes of Safety Gym's worlds are recorded");
  if (outcome == nullptr) {
    kept.recorders[index].Begin(*gym, policy.name(), policy.version());
  } else {
    kept.recorders[index].Add(*gym, *outcome);
  }
}

void AddCostly(const std::vector<PlayedEpisode>& played, const Kept& kept,
               std::vector<CostlyEpisode>& costly) {
  for (std::size_t i = 0; i < played.size(); ++i) {
    const agents::LedgerCounts counts = kept.ledgers[i].Total();
    if (counts.violations.steps + counts.start_steps == 0) continue;
    costly.push_back({.seed = played[i].seed,
                      .first_step = kept.first_violations[i],
                      .violation_steps = counts.violations.steps,
                      .start_steps = counts.start_steps});
  }
}

// Plays episodes.first to that + episodes.episodes, and appends what came of them.
Status PlaySome(const agents::Policy& policy, const agents::EnvironmentMaker& make_environment,
                const OverseenPlayOptions& options, const EvaluationProgress& progress,
                OverseenPlay& play) {
  const auto count = static_cast<std::size_t>(options.episodes.episodes);
  Kept kept{std::vector<agents::OverseerLedger>(count), std::vector<std::int64_t>(count),
            std::vector<EpisodeRecorder>(options.record != nullptr ? count : 0)};
  const EpisodeWatcher watch = [&](int index, const sim::Environment& environment,
                                   const agents::StepOutcome* outcome) {
    Watch(policy, options.person_s_per_step, environment, outcome,
          static_cast<std::size_t>(index - options.episodes.first), kept);
  };
  auto played = PlayEpisodes(policy, make_environment, options.episodes, progress, watch);
  if (!played.ok()) return played.error();
  AddCostly(*played, kept, play.costly);
  std::ranges::move(*played, std::back_inserter(play.episodes));
  for (const agents::OverseerLedger& ledger : kept.ledgers) play.ledger.Append(ledger);
  for (EpisodeRecorder& recorder : kept.recorders) {
    if (Status saved = std::move(recorder).SaveTo(*options.record); !saved.ok()) return saved;
  }
  return {};
}

}  // namespace

Result<OverseenPlay> PlayOverseen(const agents::Policy& policy,
                                  const agents::EnvironmentMaker& make_environment,
                                  const OverseenPlayOptions& options,
                                  const EvaluationProgress& progress) {
  OverseenPlay play;
  const int all = options.episodes.episodes;
  const int at_a_time = options.record != nullptr ? kEpisodesAtATime : all;
  for (int done = 0; done < all; done += at_a_time) {
    OverseenPlayOptions some = options;
    some.episodes.first = options.episodes.first + done;
    some.episodes.episodes = std::min(at_a_time, all - done);
    const auto part = [&](double fraction) {
      return !progress || progress((done + fraction * some.episodes.episodes) / all);
    };
    if (Status played = PlaySome(policy, make_environment, some, part, play); !played.ok()) {
      return played.error();
    }
  }
  return play;
}

}  // namespace lookout::app
