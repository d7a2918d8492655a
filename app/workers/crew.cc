#include "app/workers/crew.h"

#include <algorithm>
#include <utility>

namespace lookout::app {
namespace {

ui::EpisodeSummary SummaryOf(const StoredEpisode& stored) {
  return {.id = stored.header.id,
          .environment = stored.header.config.id,
          .agent = stored.header.agent,
          .seed = stored.header.seed,
          .steps = std::max(0, stored.steps - 1),
          .episode_return = stored.episode_return,
          .cost = stored.cost,
          .predicted_cost = stored.predicted_cost,
          .started_unix_ms = stored.header.started_unix_ms,
          .branched_from = stored.header.branched_from,
          .branched_at = stored.header.branched_at};
}

ui::RunTrack TrackOf(const StoredRun& run) {
  return {.id = run.id,
          .environment = run.environment,
          .settings = run.settings,
          .history = std::make_shared<const std::vector<agents::IterationReport>>(run.history),
          .started_unix_ms = run.started_unix_ms,
          .kept_policies = run.kept_policies};
}

Status ReadContent(Project& project, StudyContent& content) {
  Result<agents::MarkSet> marks = project.LoadMarks();
  if (!marks) return marks.error();
  const Result<std::vector<StoredEpisode>> episodes = project.Episodes();
  if (!episodes) return episodes.error();
  content.marks = std::move(marks).value();
  content.episodes.clear();
  for (const StoredEpisode& stored : *episodes) content.episodes.push_back(SummaryOf(stored));
  return {};
}

Status FillFromProject(Project& project, CrewOptions& options, StudyContent& content) {
  Result<std::vector<agents::CostModelPtr>> models = project.LoadCostModels();
  if (!models) return models.error();
  Result<std::vector<StoredRun>> runs = project.Runs();
  if (!runs) return runs.error();
  options.player.first_episode = project.next_episode_id();
  options.fitter.stored = std::move(models).value();
  options.trainer.next_run = project.next_run_id();
  content.runs.clear();
  for (const StoredRun& run : *runs) content.runs.push_back(TrackOf(run));
  if (runs->empty()) return {};
  // A run that was stopped before its first iteration left no checkpoint; it is only shown.
  const Result<std::string> checkpoint = project.LoadCheckpoint(runs->back().id);
  options.trainer.previous = {content.runs.back(), checkpoint ? *checkpoint : std::string()};
  return {};
}

}  // namespace

Result<std::unique_ptr<Crew>> Crew::Start(std::unique_ptr<Project> project, CrewOptions options,
                                          StudyContent& content) {
  if (Status read = ReadContent(*project, content); !read) return read.error();
  if (Status filled = FillFromProject(*project, options, content); !filled) return filled.error();
  return std::unique_ptr<Crew>(new Crew(std::move(project), std::move(options)));
}

Crew::Crew(std::unique_ptr<Project> project, CrewOptions options)
    : keeper_(std::move(project)),
      fitter_(std::move(options.fitter), newest_model_, notice_board_),
      trainer_(std::move(options.trainer), newest_model_, newest_policy_, notice_board_),
      surveyor_(std::move(options.worlds), newest_model_, notice_board_),
      player_(std::move(options.player), {newest_model_, newest_policy_, notice_board_}) {}

Crew::~Crew() {
  player_.RequestStop();
  trainer_.RequestStop();
  surveyor_.RequestStop();
  fitter_.RequestStop();
  player_.Join();
  trainer_.Join();
  fitter_.Join();
  player_.events().Take(player_events_);
  for (const PlayerEvent& event : player_events_) Keep(event);
  KeepTrainingAndModels();
}

void Crew::Send(ui::FitterCommand command) {
  std::visit([this](auto&& specific) { fitter_.Send(std::forward<decltype(specific)>(specific)); },
             std::move(command));
}

void Crew::LabelsChanged(FitRequest request) {
  fitter_.Send(app::LabelsChanged{std::move(request)});
}

// Before the events: everything that a snapshot speaks of was said before it was published.
void Crew::RefreshSnapshots() {
  player_.snapshot().Refresh();
  trainer_.snapshot().Refresh();
  fitter_.snapshot().Refresh();
  surveyor_.snapshot().Refresh();
  keeper_.snapshot().Refresh();
}

void Crew::Keep(const PlayerEvent& event) {
  if (const auto* began = std::get_if<EpisodeBegan>(&event)) {
    keeper_.Ask(KeepEpisode{began->scene->header});
  } else if (const auto* chunk = std::get_if<sim::ChunkPtr>(&event)) {
    keeper_.Ask(KeepChunk{*chunk});
  }
}

void Crew::Keep(TrainerEvent event) {
  if (auto* started = std::get_if<RunStarted>(&event)) {
    keeper_.Ask(KeepRun{std::move(started->run)});
  } else if (const auto* done = std::get_if<IterationDone>(&event)) {
    keeper_.Ask(KeepIteration{done->run, done->report});
  } else if (auto* policy = std::get_if<PolicyMade>(&event)) {
    keeper_.Ask(KeepPolicy{policy->run, policy->iteration, std::move(policy->bytes)});
  } else {
    auto& made = std::get<CheckpointMade>(event);
    keeper_.Ask(KeepCheckpoint{made.run, std::move(made.bytes)});
  }
}

void Crew::KeepTrainingAndModels() {
  trainer_.events().Take(trainer_events_);
  for (TrainerEvent& event : trainer_events_) Keep(std::move(event));
  fitter_.events().Take(fitter_events_);
  for (FitterEvent& event : fitter_events_) {
    keeper_.Ask(KeepCostModel{std::get<ModelFitted>(std::move(event)).model});
  }
}

}  // namespace lookout::app
