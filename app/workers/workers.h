// The workers: every worker thread of the program and what flows between them. Driven by one
// thread: the window once a frame, or the headless demonstration. Nothing here ever blocks but the
// start and the end.
#pragma once

#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "app/workers/agreement/agreement_worker.h"
#include "app/workers/blind_spots/blind_spots_worker.h"
#include "app/workers/blockers/blocker_worker.h"
#include "app/workers/cost_field/cost_field_worker.h"
#include "app/workers/fitter/fitter.h"
#include "app/workers/hard_worlds/hard_worlds_worker.h"
#include "app/workers/inspector/inspector.h"
#include "app/workers/inspector/prover.h"
#include "app/workers/new_ways/new_ways_worker.h"
#include "app/workers/player/player.h"
#include "app/workers/queries/propose_queries.h"
#include "app/workers/queries/query_worker.h"
#include "app/workers/trainer/trainer.h"
#include "app/workers/version_comparison/version_comparison_worker.h"
#include "app/workers/writer/project_writer.h"
#include "ui/model/episode_store.h"
#include "ui/model/run_store.h"

namespace lookout::app {

// How each worker starts. What the project knows better is filled in from it: the next ids, the
// cost models, the last training run.
struct WorkersOptions {
  PlayerOptions player;
  TrainerOptions trainer;
  FitterOptions fitter;
  EnvironmentFactory factory;  // of the cost_field_worker; the others carry their own
  sim::CameraFactory cameras;  // of the new-ways worker
};

// What the project held when it was opened, for the window's memory.
struct WorkspaceContent {
  agents::FeedbackSet marks;
  std::vector<ui::EpisodeSummary> episodes;
  std::vector<ui::RunTrack> runs;  // oldest first
};

class Workers {
 public:
  // Reads the project, fills `content`, and starts every worker. Rejects a project that cannot be
  // read.
  static Result<std::unique_ptr<Workers>> Start(std::unique_ptr<Project> project,
                                                WorkersOptions options, WorkspaceContent& content);
  // Ends every worker in well under two seconds; what they still said is written to the project.
  ~Workers();

  // --- Commands; each is obeyed by the worker that owns the thing.
  void Send(ui::PlayerCommand command) { player_.Send(std::move(command)); }
  void Send(ui::TrainerCommand command) { trainer_.Send(std::move(command)); }
  void Send(ui::FitterCommand command);
  void ShowObservation(ObservationShown shown);
  void TakeIn(TakeInModel model) { fitter_.Send(std::move(model)); }
  // What requests name and nobody has in memory is read from the project.
  void LabelsChanged(FitRequest request);
  void Ask(WriteRequest request);
  // Whether episodes that begin from now on are written to the project.
  void SetRecording(bool recording) { recording_ = recording; }
  // Writes this one in any case: what has happened of it, and what will.
  void Record(EpisodeId id);
  void RequestCostField(CostFieldRequest request) { cost_field_worker_.Ask(std::move(request)); }
  void Propose(QueryRequest request);
  void MeasureAgreement(AgreementRequest request);
  void CompareVersions(VersionMessage message);
  void MeasureBlocker(BlockerRequest request);
  void Inspect(InspectorMessage message);
  void AbandonInspection(std::int64_t next_number) { inspector_.Abandon(next_number); }
  void Prove(ProofRequest request) { prover_.Ask(std::move(request)); }
  void StopProof(std::int64_t number) { prover_.Stop(number); }
  void FindNewWays(NewWaysRequest request);
  void AbandonNewWays(std::int64_t next_number) { new_ways_worker_.Abandon(next_number); }
  void FindBlindSpots(BlindSpotsRequest request) { blind_spots_worker_.Ask(std::move(request)); }
  void AbandonBlindSpots(std::int64_t next_number) { blind_spots_worker_.Abandon(next_number); }
  void FindHardWorlds(HardWorldsRequest request) { hard_worlds_worker_.Ask(std::move(request)); }
  void AbandonHardWorlds(std::int64_t next_number) { hard_worlds_worker_.Abandon(next_number); }
  // Takes an episode that was not played live, and returns the number that it has from now on. It
  // can be loaded like one of the project's, and is written as soon as Record asks for it.
  EpisodeId Hold(RecordedEpisode episode);
  void Predict(PredictRequest request) { cost_field_worker_.Ask(std::move(request)); }

  // Once a frame: takes the newest snapshots and everything that was said since the last time,
  // hands what has to be kept to the project, and tells the listener, in order. By then the
  // listener has been told of every step that the player's snapshot knows. A Listener has
  // WindowController's methods OnEpisodeBegan, OnChunk, OnPlayedThrough, OnEpisodeLoaded,
  // OnLoadFailed, OnRunLoaded, OnPredicted, OnQueries,
  // OnAgreement, OnVersions, OnBlocker, OnInspected, OnProof, OnNewWays, OnBlindSpots,
  // OnHardWorlds, OnJournalSaved and Notify.
  template <typename Listener>
  void Poll(Listener& listener);

  // --- The workers' newest words, valid until the next Poll.
  const ui::PlayerSnapshot& player() { return player_.snapshot().value(); }
  const ui::TrainingSnapshot& training() { return trainer_.snapshot().value(); }
  const ui::FitSnapshot& fit() { return fitter_.snapshot().value(); }
  const ui::FieldSnapshot& field() { return cost_field_worker_.snapshot().value(); }
  const ui::ProjectSnapshot& project() { return project_writer_.snapshot().value(); }

  const CostModelRegistry& cost_models() const { return cost_models_; }
  const PublishedPtr<TrainedPolicy>& newest_policy() const { return newest_policy_; }

 private:
  Workers(std::unique_ptr<Project> project, WorkersOptions options);

  RecordingLoader Loader();
  void RefreshSnapshots();
  void Keep(const PlayerEvent& event);
  void KeepChunk(const sim::ChunkPtr& chunk);
  void Keep(TrainerEvent event);
  void Keep(FitterEvent event);
  void SaveTrainingAndModels();
  template <typename Listener>
  void PollPlayer(Listener& listener);
  template <typename Listener>
  void PollProjectWriter(Listener& listener);
  template <typename Listener>
  void PollNotices(Listener& listener);

  static constexpr std::size_t kMostUnrecorded = 8;  // older ones can no longer be recorded

  bool recording_ = true;
  // Episodes that are not written unless Record asks for it, as far as they have come.
  std::map<EpisodeId, Recording> unrecorded_;
  std::map<EpisodeId, Recording>
      held_;  // that were not played live, as long as nobody records them

  // Reused by Poll.
  std::vector<PlayerEvent> player_events_;
  std::vector<TrainerEvent> trainer_events_;
  std::vector<FitterEvent> fitter_events_;
  std::vector<EpisodePredictions> predictions_;
  std::vector<ProposedQueries> proposals_;
  std::vector<MeasuredAgreement> agreements_;
  std::vector<VersionsMeasured> versions_;
  std::vector<ui::BlockerOnScreen> blockers_;
  std::vector<InspectorAnswer> inspected_;
  std::vector<ProofNews> proofs_;
  std::vector<NewWaysNews> new_ways_;
  std::vector<BlindSpotsNews> blind_spots_;
  std::vector<HardWorldsNews> hard_worlds_;
  std::vector<WriteEvent> write_events_;
  std::vector<WorkerNotice> notices_;
  std::string player_failure_;  // told the listener about already
  std::string training_failure_;

  // Shared by the workers below, which end before them.
  NoticeBoard notice_board_;
  CostModelRegistry cost_models_;
  PublishedPtr<TrainedPolicy> newest_policy_;

  std::shared_ptr<EpisodeNumbers> episode_numbers_;
  std::stop_source stopping_;  // ends what waits for the project
  ProjectWriter project_writer_;
  Fitter fitter_;
  Trainer trainer_;
  CostFieldWorker cost_field_worker_;
  QueryWorker query_worker_;
  AgreementWorker agreement_worker_;
  VersionComparisonWorker version_worker_;
  BlockerWorker blocker_worker_;
  Inspector inspector_;
  Prover prover_;
  NewWaysWorker new_ways_worker_;
  BlindSpotsWorker blind_spots_worker_;
  HardWorldsWorker hard_worlds_worker_;
  Player player_;
};

template <typename Listener>
void Workers::Poll(Listener& listener) {
  RefreshSnapshots();
  PollPlayer(listener);
  cost_field_worker_.predictions().Take(predictions_);
  for (const EpisodePredictions& predicted : predictions_) listener.OnPredicted(predicted);
  query_worker_.proposals().Take(proposals_);
  for (ProposedQueries& proposed : proposals_) listener.OnQueries(std::move(proposed));
  agreement_worker_.measured().Take(agreements_);
  for (MeasuredAgreement& measured : agreements_) listener.OnAgreement(std::move(measured));
  version_worker_.measured().Take(versions_);
  for (VersionsMeasured& measured : versions_) listener.OnVersions(std::move(measured));
  blocker_worker_.measured().Take(blockers_);
  for (ui::BlockerOnScreen& measured : blockers_) listener.OnBlocker(std::move(measured));
  inspector_.answers().Take(inspected_);
  for (InspectorAnswer& answer : inspected_) listener.OnInspected(std::move(answer));
  prover_.news().Take(proofs_);
  for (ProofNews& news : proofs_) listener.OnProof(std::move(news));
  new_ways_worker_.news().Take(new_ways_);
  for (NewWaysNews& news : new_ways_) listener.OnNewWays(std::move(news));
  blind_spots_worker_.news().Take(blind_spots_);
  for (BlindSpotsNews& news : blind_spots_) listener.OnBlindSpots(std::move(news));
  hard_worlds_worker_.news().Take(hard_worlds_);
  for (HardWorldsNews& news : hard_worlds_) listener.OnHardWorlds(std::move(news));
  SaveTrainingAndModels();
  PollProjectWriter(listener);
  PollNotices(listener);
}

template <typename Listener>
void Workers::PollPlayer(Listener& listener) {
  player_.events().Take(player_events_);
  for (PlayerEvent& event : player_events_) {
    Keep(event);
    if (auto* began = std::get_if<EpisodeBegan>(&event)) {
      listener.OnEpisodeBegan(std::move(began->scene));
    } else if (auto* chunk = std::get_if<sim::ChunkPtr>(&event)) {
      listener.OnChunk(std::move(*chunk));
    } else {
      listener.OnPlayedThrough(std::get<PlayedThrough>(event).episodes);
    }
  }
}

template <typename Listener>
void Workers::PollProjectWriter(Listener& listener) {
  project_writer_.events().Take(write_events_);
  for (WriteEvent& event : write_events_) {
    if (const auto* saved = std::get_if<JournalSaved>(&event)) {
      listener.OnJournalSaved(saved->sequence);
    } else if (auto* loaded = std::get_if<EpisodeLoaded>(&event)) {
      listener.OnEpisodeLoaded(std::move(loaded->scene), loaded->chunks);
    } else if (auto* run = std::get_if<RunLoaded>(&event)) {
      listener.OnRunLoaded(run->request, std::move(run->bytes));
    } else if (auto* refused = std::get_if<RunNotLoaded>(&event)) {
      listener.Notify(ui::NoticeLevel::kWarning, std::move(refused->message));
    } else {
      const auto& failed = std::get<LoadFailed>(event);
      listener.OnLoadFailed(failed.id, failed.message);
    }
  }
}

template <typename Listener>
void Workers::PollNotices(Listener& listener) {
  notice_board_.Take(notices_);
  for (WorkerNotice& notice : notices_) listener.Notify(notice.level, std::move(notice.text));
  const auto report = [&](const std::string& failure, std::string& told, const char* what) {
    if (failure == told) return;
    told = failure;
    if (!told.empty()) listener.Notify(ui::NoticeLevel::kError, what + told);
  };
  report(player().failure, player_failure_, "The player stopped: ");
  if (training().state == ui::TrainingState::kFailed) {
    report(training().failure, training_failure_, "Training stopped: ");
  } else {
    training_failure_.clear();
  }
}

}  // namespace lookout::app
