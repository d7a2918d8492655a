#include "app/workers/new_ways/new_ways_worker.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <utility>

#include "app/runs/saved_policy.h"
#include "app/workers/runtime/worker_thread.h"

namespace lookout::app {
namespace {

constexpr int kNewWaysNice = 10;

// Marks that say nothing, or of another observation, are no reason not to look.
JudgedReader JudgedIn(const FitRequest& labels) {
  return [&labels](const sim::EnvironmentSpec& spec) -> Result<agents::JudgedStates> {
    if (labels.environment != spec.id || labels.signature != spec.signature()) {
      return agents::JudgedStates();
    }
    agents::CostModelSettings settings;
    settings.signature = labels.signature;
    FitSteps steps;
    Result<agents::DerivedLabels> derived = LabelsOf(labels, settings, steps);
    return derived ? JudgedBy(std::move(derived->labels)) : agents::JudgedStates();
  };
}

Result<agents::PolicyPtr> AgentOf(const AgentFinder& agents, const ui::SetAgent& wanted,
                                  const sim::EnvironmentSpec& spec,
                                  const sim::EnvironmentConfig& config) {
  Result<agents::PolicyPtr> found = agents.Find(wanted, spec, config);
  if (found && *found == nullptr) {
    return BadInput("A person cannot play fresh episodes: choose two other agents.");
  }
  return found;
}

ui::NewWays ShownOf(UnblockedAnswer answer) {
  ui::NewWays ways{.report = std::move(answer.report),
                   .places = {},
                   .before_episodes = answer.before_episodes,
                   .after_episodes = answer.after_episodes,
                   .unsafe_labels = answer.unsafe_labels,
                   .safe_labels = answer.safe_labels};
  for (const agents::NewWay& way : ways.report.ways) {
    std::string words = agents::PlaceInWords(way);
    words.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(words.front())));
    ways.places.push_back(std::move(words));
  }
  return ways;
}

// Those that a way has a clip of; the others are of no more use.
std::vector<RecordedEpisode> WithClips(std::vector<RecordedEpisode> episodes,
                                       const agents::UnblockedReport& report) {
  std::set<std::uint32_t> seeds;
  for (const agents::NewWay& way : report.ways) {
    for (const agents::NewClip& clip : way.clips) seeds.insert(clip.seed);
  }
  std::erase_if(episodes, [&](const RecordedEpisode& episode) {
    return !seeds.contains(episode.header.seed);
  });
  return episodes;
}

}  // namespace

NewWaysWorker::NewWaysWorker(AgentFinder agents, sim::CameraFactory cameras)
    : agents_(std::move(agents)),
      cameras_(std::move(cameras)),
      thread_("new ways", kNewWaysNice,
              [this](const NewWaysRequest& request, const Thread::Watch& watch) {
                return Answer(request, watch);
              }) {}

Result<UnblockedQuestion> NewWaysWorker::QuestionOf(const NewWaysRequest& request) const {
  const auto environment = MakeEnvironment(request.environment, cameras_);
  if (!environment) return environment.error();
  const sim::EnvironmentSpec& spec = (*environment)->spec();
  auto before = AgentOf(agents_, request.before, spec, request.environment);
  if (!before) return before.error();
  auto after = AgentOf(agents_, request.after, spec, request.environment);
  if (!after) return after.error();
  const bool fits = request.model != nullptr && request.model->CheckFits(spec).ok();
  return UnblockedQuestion{.environment = request.environment,
                           .cameras = cameras_,
                           .before = std::move(*before),
                           .after = std::move(*after),
                           .overseer = {},
                           .model = fits ? request.model : nullptr,
                           .judged = JudgedIn(request.labels),
                           .record = true,
                           .episodes = request.episodes,
                           .workers = ThreadsBesideWindow()};
}

NewWaysNews NewWaysWorker::Answer(const NewWaysRequest& request, const Thread::Watch& watch) const {
  NewWaysNews news;
  const Result<UnblockedQuestion> question = QuestionOf(request);
  Result<UnblockedAnswer> answer =
      question ? MeasureUnblocked(*question, watch) : Result<UnblockedAnswer>(question.error());
  if (answer) {
    news.recorded = WithClips(std::move(answer->recorded), answer->report);
    news.found = std::make_shared<const ui::NewWays>(ShownOf(std::move(*answer)));
  } else {
    news.problem = answer.error().message;
  }
  return news;
}

}  // namespace lookout::app
