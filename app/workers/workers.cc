#include "app/workers/workers.h"

#include <algorithm>
#include <utility>

#include "sim/engine/step_duration.h"
#include "sim/recording/acting.h"

namespace lookout::app {
namespace {

constexpr char kCostModelNotes[] = "cost_model_notes";  // a setting of the project

double StepDuration(const sim::EpisodeHeader& header) {
  return header.imported ? header.imported->step_duration_s : sim::StepDurationOf(header.config);
}

ui::EpisodeSummary SummaryOf(const StoredEpisode& stored) {
  return {.id = stored.header.id,
          .environment = stored.header.config.id,
          .observation_hash = stored.header.signature.hash(),
          .agent = sim::AgentsInWords(stored.header),
          .seed = stored.header.seed,
          .steps = std::max(0, stored.steps - 1),
          .episode_return = stored.episode_return,
          .cost = stored.cost,
          .predicted_cost = stored.predicted_cost,
          .started_unix_ms = stored.header.started_unix_ms,
          .branched_from = stored.header.branched_from,
          .branched_at = stored.header.branched_at,
          .step_duration_s = StepDuration(stored.header),
          .imported = stored.header.imported.has_value(),
          .finished = stored.finished};
}

ui::RunTrack TrackOf(const StoredRun& run) {
  return {.id = run.id,
          .environment = run.environment,
          .settings = run.settings,
          .history = std::make_shared<const std::vector<agents::IterationReport>>(run.history),
          .started_unix_ms = run.started_unix_ms,
          .kept_policies = run.kept_policies};
}

Status ReadContent(Project& project, WorkspaceContent& content) {
  Result<agents::FeedbackSet> marks = project.LoadFeedback();
  if (!marks) return marks.error();
  const Result<std::vector<StoredEpisode>> episodes = project.Episodes();
  if (!episodes) return episodes.error();
  content.marks = std::move(marks).value();
  content.episodes.clear();
  for (const StoredEpisode& stored : *episodes) content.episodes.push_back(SummaryOf(stored));
  return {};
}

Status FillFromProject(Project& project, WorkersOptions& options, WorkspaceContent& content) {
  Result<std::vector<agents::CostModelPtr>> models = project.LoadCostModels();
  if (!models) return models.error();
  Result<std::vector<StoredRun>> runs = project.Runs();
  if (!runs) return runs.error();
  options.player.numbers = std::make_shared<EpisodeNumbers>(project.next_episode_id());
  options.fitter.stored = std::move(models).value();
  options.fitter.notes = project.Setting(kCostModelNotes, "");
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

Result<std::unique_ptr<Workers>> Workers::Start(std::unique_ptr<Project> project,
                                                WorkersOptions options, WorkspaceContent& content) {
  if (Status read = ReadContent(*project, content); !read) return read.error();
  if (Status filled = FillFromProject(*project, options, content); !filled) return filled.error();
  return std::unique_ptr<Workers>(new Workers(std::move(project), std::move(options)));
}

Workers::Workers(std::unique_ptr<Project> project, WorkersOptions options)
    : episode_numbers_(options.player.numbers),
      project_writer_(std::move(project)),
      fitter_(std::move(options.fitter), cost_models_, notice_board_),
      trainer_(std::move(options.trainer), cost_models_, newest_policy_, notice_board_),
      cost_field_worker_(options.factory, cost_models_, notice_board_),
      query_worker_(
          [steps = std::make_shared<FitSteps>()](const QueryRequest& request) {
            return ProposeQueries(request, steps.get());
          },
          notice_board_),
      agreement_worker_(notice_board_),
      version_worker_(cost_models_),
      inspector_(options.factory),
      prover_(std::move(options.factory)),
      new_ways_worker_({newest_policy_, options.player.read_policy}, options.cameras),
      blind_spots_worker_(options.cameras),
      hard_worlds_worker_(std::move(options.cameras)),
      player_(std::move(options.player), {cost_models_, newest_policy_, notice_board_}) {}

Workers::~Workers() {
  player_.RequestStop();
  trainer_.RequestStop();
  cost_field_worker_.RequestStop();
  query_worker_.RequestStop();
  agreement_worker_.RequestStop();
  version_worker_.RequestStop();
  blocker_worker_.RequestStop();
  inspector_.RequestStop();
  prover_.RequestStop();
  new_ways_worker_.RequestStop();
  blind_spots_worker_.RequestStop();
  hard_worlds_worker_.RequestStop();
  fitter_.RequestStop();
  stopping_.request_stop();
  player_.Join();
  trainer_.Join();
  fitter_.Join();
  player_.events().Take(player_events_);
  for (const PlayerEvent& event : player_events_) Keep(event);
  SaveTrainingAndModels();
}

void Workers::Send(ui::FitterCommand command) {
  std::visit([this](auto&& specific) { fitter_.Send(std::forward<decltype(specific)>(specific)); },
             std::move(command));
}

void Workers::ShowObservation(ObservationShown shown) { fitter_.Send(std::move(shown)); }

RecordingLoader Workers::Loader() {
  return [this](EpisodeId id) -> Result<Recording> {
    const std::stop_token stop = stopping_.get_token();
    std::vector<Result<Recording>> read;
    if (!stop.stop_requested()) {
      const auto answer = std::make_shared<Mailbox<Result<Recording>>>();
      project_writer_.Ask(ReadRecording{id, answer});
      answer->WaitAndTake(read, stop);
    }
    if (read.empty()) return Error{"The program ends."};
    return std::move(read.front());
  };
}

void Workers::Propose(QueryRequest request) {
  request.load = Loader();
  query_worker_.Ask(std::move(request));
}

void Workers::MeasureAgreement(AgreementRequest request) {
  request.load = Loader();
  agreement_worker_.Ask(std::move(request));
}

void Workers::MeasureBlocker(BlockerRequest request) {
  request.load = Loader();
  blocker_worker_.Ask(std::move(request));
}

void Workers::Inspect(InspectorMessage message) {
  if (auto* check = std::get_if<CheckRequest>(&message)) check->moment.load = Loader();
  if (auto* moment = std::get_if<ExplainRequest>(&message)) moment->load = Loader();
  inspector_.Ask(std::move(message));
}

void Workers::CompareVersions(VersionMessage message) {
  if (auto* begin = std::get_if<BeginVersionComparison>(&message)) begin->labels.load = Loader();
  version_worker_.Tell(std::move(message));
}

void Workers::FindNewWays(NewWaysRequest request) {
  request.labels.load = Loader();
  new_ways_worker_.Ask(std::move(request));
}

EpisodeId Workers::Hold(RecordedEpisode episode) {
  const EpisodeId id = episode.header.id = episode_numbers_->Next();
  Recording& held = held_[id];
  held.header = std::make_shared<const sim::EpisodeHeader>(std::move(episode.header));
  for (sim::RecordingChunk& chunk : episode.chunks) {
    chunk.episode = id;
    held.chunks.push_back(std::make_shared<const sim::RecordingChunk>(std::move(chunk)));
  }
  return id;
}

void Workers::Ask(WriteRequest request) {
  if (auto* load = std::get_if<LoadEpisode>(&request)) {
    if (const auto held = held_.find(load->id); held != held_.end()) load->held = held->second;
  }
  project_writer_.Ask(std::move(request));
}

void Workers::LabelsChanged(FitRequest request) {
  request.load = Loader();
  fitter_.Send(app::LabelsChanged{std::move(request)});
}

// Before the events: everything that a snapshot speaks of was said before it was published.
void Workers::RefreshSnapshots() {
  player_.snapshot().Refresh();
  trainer_.snapshot().Refresh();
  fitter_.snapshot().Refresh();
  cost_field_worker_.snapshot().Refresh();
  project_writer_.snapshot().Refresh();
}

void Workers::Keep(const PlayerEvent& event) {
  if (const auto* began = std::get_if<EpisodeBegan>(&event)) {
    const sim::EpisodeHeaderPtr& header = began->scene->header;
    if (recording_) {
      project_writer_.Ask(SaveEpisode{header});
      return;
    }
    unrecorded_[header->id] = {header, {}};
    if (unrecorded_.size() > kMostUnrecorded) unrecorded_.erase(unrecorded_.begin());
  } else if (const auto* chunk = std::get_if<sim::ChunkPtr>(&event)) {
    KeepChunk(*chunk);
  }
}

void Workers::KeepChunk(const sim::ChunkPtr& chunk) {
  const auto unrecorded = unrecorded_.find(chunk->episode);
  if (unrecorded != unrecorded_.end()) {
    unrecorded->second.chunks.push_back(chunk);
  } else {
    project_writer_.Ask(SaveChunk{chunk});
  }
}

void Workers::Record(EpisodeId id) {
  for (auto* episodes : {&unrecorded_, &held_}) {
    const auto found = episodes->find(id);
    if (found == episodes->end()) continue;
    project_writer_.Ask(SaveEpisode{found->second.header});
    for (const sim::ChunkPtr& chunk : found->second.chunks) project_writer_.Ask(SaveChunk{chunk});
    episodes->erase(found);
  }
}

void Workers::Keep(TrainerEvent event) {
  if (auto* started = std::get_if<RunStarted>(&event)) {
    project_writer_.Ask(SaveRun{std::move(started->run)});
  } else if (const auto* done = std::get_if<IterationDone>(&event)) {
    project_writer_.Ask(SaveIteration{done->run, done->report});
  } else if (auto* policy = std::get_if<PolicyMade>(&event)) {
    project_writer_.Ask(SavePolicy{policy->run, policy->iteration, std::move(policy->bytes)});
  } else {
    auto& made = std::get<CheckpointMade>(event);
    project_writer_.Ask(SaveCheckpoint{made.run, std::move(made.bytes)});
  }
}

void Workers::Keep(FitterEvent event) {
  if (auto* fitted = std::get_if<ModelFitted>(&event)) {
    project_writer_.Ask(SaveCostModel{std::move(fitted->model)});
  } else if (const auto* forgotten = std::get_if<ModelForgotten>(&event)) {
    project_writer_.Ask(DeleteCostModel{forgotten->id});
  } else {
    project_writer_.Ask(
        SaveSetting{kCostModelNotes, std::move(std::get<NotesChanged>(event).notes)});
  }
}

void Workers::SaveTrainingAndModels() {
  trainer_.events().Take(trainer_events_);
  for (TrainerEvent& event : trainer_events_) Keep(std::move(event));
  fitter_.events().Take(fitter_events_);
  for (FitterEvent& event : fitter_events_) Keep(std::move(event));
}

}  // namespace lookout::app
