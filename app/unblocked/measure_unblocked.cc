#include "app/unblocked/measure_unblocked.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "app/explanations/labels_of_model.h"
#include "app/overseers/overseer_spec.h"
#include "app/runs/saved_policy.h"
#include "app/unblocked/play_behaviour.h"

namespace lookout::app {
namespace {

using Behaviours = std::vector<agents::BehaviourEpisode>;

constexpr int kLeastBefore = 4;  // some to know, some to hold out

Result<std::vector<PlayedBehaviour>> Play(const UnblockedQuestion& question, bool after,
                                          const EvaluationProgress& progress) {
  EvaluationOptions episodes{.episodes = question.episodes,
                             .seed = question.seed + (after ? kAfterSeeds : 0),
                             .workers = question.workers};
  if (after && !question.overseer.empty()) {
    auto overseers = MakeOverseers(question.overseer, question.environment, question.cameras);
    if (!overseers.ok()) return overseers.error();
    episodes.make_filter = std::move(*overseers);
  }
  auto played = PlayBehaviour(after ? *question.after : *question.before,
                              {.environment = question.environment,
                               .cameras = question.cameras,
                               .episodes = std::move(episodes),
                               .model = question.model.get(),
                               .record = after && question.record},
                              progress);
  if (!played.ok()) return played.error();
  const int least = after ? 1 : kLeastBefore;
  if (std::ssize(*played) < least) {
    return BadInput(fmt::format(
        "Only {} of the {} episodes of {} could be played to their end, and {} are needed; play "
        "more by --episodes, or name another --seed.",
        played->size(), question.episodes, question.environment.id, least));
  }
  return played;
}

void AddBlocked(const Behaviours& after, agents::JudgedStates& judged, std::int64_t& count) {
  std::vector<Eigen::VectorXf> states;
  for (const agents::BehaviourEpisode& episode : after) {
    for (std::size_t i = 0; i < episode.blocked.size(); ++i) {
      if (episode.blocked[i] == 0) continue;
      states.emplace_back(episode.observations.col(static_cast<Eigen::Index>(i)));
    }
  }
  count = std::ssize(states);
  if (states.empty()) return;
  const Eigen::Index first = judged.count();
  judged.observations.conservativeResize(states.front().size(), first + count);
  for (std::size_t i = 0; i < states.size(); ++i) {
    judged.observations.col(first + static_cast<Eigen::Index>(i)) = states[i];
    judged.unsafe.push_back(1);
  }
}

}  // namespace

agents::JudgedStates JudgedBy(agents::LabelSet labels) {
  agents::JudgedStates judged{.observations = std::move(labels.observations), .unsafe = {}};
  for (const agents::TargetPoint& point : labels.points) {
    judged.unsafe.push_back(point.unsafe() ? 1 : 0);
  }
  return judged;
}

JudgedReader JudgedIn(Project& project, const sim::CameraFactory& cameras) {
  return [&project, cameras](const sim::EnvironmentSpec& spec) -> Result<agents::JudgedStates> {
    auto labels = LabelsOfEnvironment(spec, project, cameras);
    if (!labels.ok()) return labels.error();
    return JudgedBy(std::move(*labels));
  };
}

Result<UnblockedAnswer> MeasureUnblocked(const UnblockedQuestion& question,
                                         const std::function<bool(double)>& progress) {
  const auto environment = MakeEnvironment(question.environment, question.cameras);
  if (!environment.ok()) return environment.error();
  const sim::EnvironmentSpec& spec = (*environment)->spec();
  if (question.model) {
    if (Status fits = question.model->CheckFits(spec); !fits.ok()) return fits.error();
  }
  auto judged = question.judged ? question.judged(spec) : agents::JudgedStates();
  if (!judged.ok()) return judged.error();
  const auto part = [&progress](double from) {
    return
        [&progress, from](double fraction) { return !progress || progress(from + 0.5 * fraction); };
  };
  auto played_before = Play(question, /*after=*/false, part(0.0));
  if (!played_before.ok()) return played_before.error();
  auto played_after = Play(question, /*after=*/true, part(0.5));
  if (!played_after.ok()) return played_after.error();
  UnblockedAnswer answer{.report = {},
                         .before_episodes = static_cast<int>(played_before->size()),
                         .after_episodes = static_cast<int>(played_after->size())};
  if (question.record) {
    for (PlayedBehaviour& of : *played_after) answer.recorded.push_back(std::move(of.recorded));
  }
  const Behaviours before = BehavioursOf(std::move(*played_before));
  const Behaviours after = BehavioursOf(std::move(*played_after));
  answer.unsafe_labels = std::ranges::count(judged->unsafe, 1);
  answer.safe_labels = std::ranges::count(judged->unsafe, 0);
  AddBlocked(after, *judged, answer.blocked_steps);
  agents::UnblockedSettings settings = question.settings;
  settings.novelty.workers = settings.frequency.workers = question.workers;
  answer.report = agents::FindUnblocked(before, after, *judged, settings);
  return answer;
}

}  // namespace lookout::app
