// What the window knows and wants, without a pixel: episodes, marks, where it looks, notices.
// Panels send it commands; it hands each to the worker that owns the thing. Window thread only; the
// headless demonstration drives the same class.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "agents/feedback/kinds/correction.h"
#include "agents/feedback/kinds/danger_classes.h"
#include "app/workspace/blind_spot_search.h"
#include "app/workspace/hard_world_search.h"
#include "app/workspace/inspection.h"
#include "app/workspace/labelling/error_search.h"
#include "app/workspace/labelling/fit_material.h"
#include "app/workspace/labelling/labelling_progress.h"
#include "app/workspace/labelling/marking.h"
#include "app/workspace/labelling/pair_player.h"
#include "app/workspace/labelling/prediction_review.h"
#include "app/workspace/labelling/query_queue.h"
#include "app/workspace/labelling/take_overs.h"
#include "app/workspace/new_ways.h"
#include "app/workspace/playback.h"
#include "app/workspace/training_runs.h"
#include "app/workspace/worker_links.h"
#include "ui/commands.h"
#include "ui/snapshots.h"

namespace lookout::app {

class WindowController : public ui::CommandSender {
 public:
  // Of recorded episodes in memory, those with marks among them; all others are on disk. The live
  // one and what is on screen stay in any case.
  static constexpr std::size_t kEpisodeMemoryBytes = std::size_t{192} << 20;

  explicit WindowController(WorkerLinks links);

  // --- The project's content at the start.
  void LoadMarks(agents::FeedbackSet feedback) {
    marking_sequence_ = marked_sequence_ = feedback.last_sequence();
    marking_.store().Load(std::move(feedback));
  }
  void AddStoredRun(ui::RunTrack run) { runs_.Add(std::move(run)); }
  void AddOpenedRun(ui::RunTrack run) { runs_.AddOpened(std::move(run)); }
  void AddStoredEpisode(const ui::EpisodeSummary& summary) { episodes_.AddSummary(summary); }
  void SetCostLimit(double limit) { cost_limit_ = limit; }
  void LoadAnnotators(ui::Annotators annotators) {
    marking_.store().annotators() = std::move(annotators);
  }
  void LoadDangerClasses(agents::DangerClasses classes) {
    marking_.store().danger_classes() = std::move(classes);
  }
  void SetMode(ui::InputMode mode) { mode_ = mode; }
  void LoadLibrary(ui::Library library) { library_ = std::move(library); }
  // Settings of the project. The last sitting of marking is told at the next start.
  static constexpr char kSkippedQueries[] = "skipped_queries";
  static constexpr char kLastMarking[] = "last_marking";
  static constexpr char kLabellingProgress[] = "labelling_progress";
  static constexpr char kCostReading[] = "cost_reading";
  static constexpr char kFitSettings[] = "fit_settings";
  static constexpr char kAutomaticFit[] = "automatic_fit";
  void LoadSkippedQueries(std::string_view text) { queries_.LoadSkipped(text); }
  void LoadLabellingProgress(std::string_view text) { progress_.Load(text); }
  void LoadCostReading(std::string_view text);  // what cannot be read is the usual reading
  void LoadFitSettings(std::optional<agents::CostModelSettings> settings);

  // --- What the workers say, in order of arrival.
  void OnEpisodeBegan(ui::EpisodeScenePtr scene);
  void OnChunk(sim::ChunkPtr chunk);
  void OnPlayedThrough(const std::vector<EpisodeId>& episodes);  // two: compared, or a correction
  void OnEpisodeLoaded(ui::EpisodeScenePtr scene, const std::vector<sim::ChunkPtr>& chunks);
  // The project does not have it, or it cannot be read; its marks go without labels. No id: what
  // cannot be read is a training run's.
  void OnLoadFailed(EpisodeId id, const std::string& message);
  void OnRunLoaded(const LoadRun& request, std::string bytes);
  void OnPredicted(const EpisodePredictions& predictions);
  void OnQueries(ProposedQueries proposed);
  void OnAgreement(MeasuredAgreement measured);
  void OnVersions(VersionsMeasured measured);
  void OnBlocker(ui::BlockerOnScreen measured);
  void OnInspected(InspectorAnswer answer) { inspection_.On(std::move(answer)); }
  void OnProof(ProofNews news) { inspection_.On(std::move(news)); }
  void OnNewWays(NewWaysNews news) { new_ways_.On(std::move(news)); }
  void OnBlindSpots(BlindSpotsNews news) { blind_spots_.On(std::move(news)); }
  void OnHardWorlds(HardWorldsNews news) { hard_worlds_.On(std::move(news)); }
  void ShowTransfer(ui::TransferMatrix matrix);  // that was opened
  void OnJournalSaved(std::int64_t sequence) { marking_.store().Acknowledge(sequence); }
  void Notify(ui::NoticeLevel level, std::string text);

  // Keeps a command until the next Update.
  void Send(ui::Command command) override { commands_.push_back(std::move(command)); }

  // Once a frame: carries out what was asked, moves the playhead, follows an open mark.
  void Update(const WorkerSnapshots& workers, double elapsed_s);

  // Everything the panels may read, valid until the next Update.
  ui::Snapshots View(const WorkerSnapshots& workers, const ui::FrameFigures& frame) const;

  const ui::Playhead& playhead() const { return playback_.playhead(); }
  const ui::EpisodeStore& episodes() const { return episodes_; }
  const ui::MarkStore& marks() const { return marking_.store(); }
  const TrainingRuns& runs() const { return runs_; }
  bool field_visible() const { return field_visible_; }
  bool recording() const { return recording_; }
  bool quit_requested() const { return quit_; }
  bool TakeScreenshotRequest() { return std::exchange(screenshot_, false); }  // once each

 private:
  // Gives the fitter every mark of the observation on screen; episodes of which nobody knows what
  // they observe are loaded first.
  void SendLabels();
  void FollowCostModel(const ui::FitSnapshot& fit);  // of what is on screen, once a frame
  void ReadCostModel();
  void KeepFitSettings(const agents::CostModelSettings& settings);
  void Handle(const ui::PlayerCommand& command, const WorkerSnapshots& workers);
  void Handle(const ui::TrainerCommand& command, const WorkerSnapshots& workers);
  void Handle(const ui::FitterCommand& command, const WorkerSnapshots& workers);
  void Handle(const ui::MarkCommand& command, const WorkerSnapshots& workers);
  void Handle(const ui::QueryCommand& command, const WorkerSnapshots& workers);
  void Handle(const ui::WindowCommand& command, const WorkerSnapshots& workers);
  void Handle(const ui::InspectionCommand& command, const WorkerSnapshots& workers);
  Inspection::Moment MomentOnScreen(const WorkerSnapshots& workers) const;
  void HandleBlindSpots(const ui::InspectionCommand& command, const WorkerSnapshots& workers);
  void HandleHardWorlds(const ui::InspectionCommand& command, const WorkerSnapshots& workers);
  void HandleNewWays(const ui::InspectionCommand& command, const WorkerSnapshots& workers);
  void Apply(const ui::FillQueries&) { WantQueries(); }
  void Apply(const ui::GoToQuery& command);
  void Apply(const ui::SkipQuery& command);
  void Apply(const ui::ComparePairs& command);
  void Apply(const ui::ShowPair& command);
  void Apply(const ui::LeavePairs& command);
  void Apply(const ui::AnswerPair& answer, const WorkerSnapshots& workers);
  void Apply(const ui::GoToError& command, const WorkerSnapshots& workers);
  void FollowErrorSearch();
  bool ShowErrorIn(const ui::EpisodeTrack& track, std::span<const float> predicted,
                   const ui::GoToError& wish, StepIndex from);
  bool HandledByPair(const ui::PlayerCommand& command);
  void WantQueries();
  void TellNoQueries(const std::string& what, const std::optional<ui::QueryCommand>& wish);
  void ShowQuery();
  void EnterPair(const agents::Segment& first, const agents::Segment& second, MarkId answered);
  void ShowUndonePair(bool undone);
  void FollowFeedback();
  void FollowQueries(const WorkerSnapshots& workers, double elapsed_s);
  void FollowAudits();
  void FollowAskedSpan();
  void NoteFit(const ui::FitSnapshot& fit);
  void TellProgress();
  void KeepProgress();
  void AddStopEvidence(QueryRequest& request);
  void AddMarkedElsewhere(QueryRequest& request);
  void AskForQueries(const ui::FitSnapshot& fit);
  void TellReadOnly(const ui::ProjectSnapshot& project);
  void FollowTakeOvers(const WorkerSnapshots& workers, double elapsed_s);
  void FollowMarking(double elapsed_s);
  void FollowOpenMarks(const WorkerSnapshots& workers);
  std::string EndMarking();
  void Apply(const ui::Seek& command);
  void Apply(const ui::SeekBy& command);
  void Apply(const ui::GoLive& command);
  void Apply(const ui::OpenEpisode& command);
  void Apply(const ui::ContinueFrom& command);
  void Apply(const ui::CorrectHere& command, const WorkerSnapshots& workers);
  std::optional<ui::BranchFrom> BranchAt(const ui::Moment& at, const char* what);
  void SaveCorrection(const std::vector<EpisodeId>& episodes);
  void Apply(const ui::SwapComparison&) { playback_.SwapComparison(episodes_); }
  void Apply(const ui::EndComparison&) { playback_.EndComparison(episodes_); }
  void Apply(const ui::SetMode& command);
  void Apply(const ui::LookAtBlocker& command);
  void FollowOversight(const WorkerSnapshots& workers);
  bool HandledByOversight(const ui::PlayerCommand& command) const;
  void TellSlowOverseers(const std::string& spec, const WorkerSnapshots& workers,
                         const std::string& environment);
  void Apply(const ui::SetCostLimit& command);
  void Apply(const ui::SwitchAnnotator& command);
  void Apply(const ui::SaveAnnotator& command);
  void Apply(const ui::NameDangerClass& command);
  void SaveAnnotators();
  void Apply(const ui::MeasureAgreement&);
  void Apply(const ui::GoToDisagreement& command);
  void Apply(const ui::ShowDisagreement& command);
  void FollowAgreement();
  void Apply(const ui::CompareVersions& command);
  void Apply(const ui::EndVersionComparison&);
  void Apply(const ui::ShowVersionDifference& command);
  void Apply(const ui::GoToVersionDifference& command);
  void FollowVersions();
  bool BeginComparingVersions();
  bool IsBlind() const;  // costs and others' marks are hidden from who marks
  void Apply(const ui::SetFieldVisible& command) { field_visible_ = command.visible; }
  void Apply(const ui::NoteInLibrary& command);
  void Apply(const ui::SetRecording& command);
  bool HandleLibrary(const ui::MarkCommand& command);
  void ShowUndone(bool undone);
  void SaveNote(const ui::LibraryKey& key);
  void Apply(const ui::SavePlot& command) { links_.save_plot(command); }
  void Apply(const ui::Tell& command) { Notify(ui::NoticeLevel::kInfo, command.text); }
  void Apply(const ui::ShowRecordedPredictions& command) { recorded_ = command.recorded; }
  void Apply(const ui::ExportCostModel& command);
  void Apply(const ui::SetCostReading& command);
  void Apply(const ui::DismissNotice& command);
  void Apply(const ui::OpenFiles& command);
  void Apply(const ui::OpenTransferCase& command);
  void Apply(const ui::ResumeRun& command) { runs_.Apply(command); }
  void Apply(const ui::WatchRun& command);
  void Apply(const ui::TakeScreenshot&) { screenshot_ = true; }
  void Apply(const ui::Quit& command);
  void AgeNotices(double elapsed_s);
  OnScreen Showing(const WorkerSnapshots& workers) const;
  void LoadIfAbsent(EpisodeId id);
  void Load(EpisodeId id);  // unless it is on its way already, or known to be missing
  void SeekWhenLoaded(const ui::Seek& seek);
  std::vector<sim::ChunkPtr> HeldOf(const agents::FeedbackRecord& record) const;
  void TrimMemory(EpisodeId live);

  WorkerLinks links_;
  std::vector<ui::Command> commands_;
  ui::EpisodeStore episodes_;
  Marking marking_;
  TakeOvers take_overs_;
  // What a person corrects, while the player plays both futures.
  struct Correcting {
    agents::Correction correction;
    agents::Provenance on_screen;
    std::int64_t time_spent_ms = 0;
  };
  std::optional<Correcting> correcting_;
  FitMaterial fit_material_;
  PredictionReview predictions_;
  agents::CostModelPtr cost_model_;  // in use for what is on screen
  agents::CostUse cost_use_;
  agents::CostModelPtr read_model_;  // cost_model_ read that way, as its predictions are shown
  std::optional<agents::CostModelSettings> fit_settings_;  // of the next fit; none: as usual
  bool recorded_ = false;    // predictions are shown as they were recorded
  bool labels_due_ = false;  // as soon as nothing is being loaded
  TrainingRuns runs_{links_};
  Inspection inspection_{links_};
  Playback playback_;
  NewWaysSearch new_ways_{links_, episodes_, marking_, playback_};
  BlindSpotSearch blind_spots_{links_, episodes_};
  HardWorldSearch hard_worlds_{links_, episodes_, playback_};
  std::vector<ui::Notice> notices_, messages_;
  std::int64_t next_notice_ = 1;
  std::set<EpisodeId> loading_, missing_;
  bool trim_due_ = false;
  std::optional<ui::Seek> seek_when_loaded_;
  ui::InputMode mode_ = ui::InputMode::kMark;
  ui::SetAgent current_agent_;                  // by the player's newest word
  std::optional<ui::SetAgent> before_driving_;  // who gets the seat back when Drive mode ends
  bool watched_ = false;                        // the player was told that a person watches
  std::string watched_as_;                      // and under which name it records what they do
  ui::Library library_;
  QueryQueue queries_;
  PairPlayer pair_;
  std::optional<ui::QueryCommand> when_found_;  // to be done as soon as there are queries
  bool queries_wanted_ = false;                 // somebody has looked at them
  bool span_due_ = false;                // the asked span comes on screen as soon as it is there
  bool player_plays_ = false;            // in the newest frame
  bool plays_after_pairs_ = false;       // the live episode goes on then
  std::int64_t followed_sequence_ = -1;  // of the journal, by the queries
  std::size_t followed_episodes_ = 0;    // so many there were then
  std::optional<AuditsCounted> audits_counted_;
  std::vector<agents::AnsweredAudit> audits_;
  std::optional<QueriesAsked> queries_asked_;  // last
  LabellingProgress progress_;
  agents::CostModelPtr noted_model_;   // of the newest fit, by progress_
  double marking_s_ = 0.0;             // of this sitting of marking
  double since_edit_s_ = 0.0;          // of the journal
  std::int64_t marking_sequence_ = 0;  // of the journal when it began
  std::int64_t marked_sequence_ = 0;   // in the last frame
  ui::AgreementOnScreen agreement_;
  std::optional<agents::Disagreement> disagreement_;  // gone to last
  std::optional<int> disagreement_due_;  // direction of a jump, as soon as agreement is measured
  std::optional<ui::VersionComparison> versions_;
  // The comparison that the worker is told of: episodes that it has not been sent yet.
  struct VersionsWork {
    std::int64_t number = 0;
    bool begun = false;
    bool finished = false;
    std::set<EpisodeId> due;
    std::size_t episodes = 0;
  };
  VersionsWork versions_work_;
  std::optional<ui::TransferMatrix> transfer_;
  std::optional<ErrorSearch> error_search_;  // as long as it goes on
  std::optional<ui::BlockerOnScreen> blocker_;
  bool was_blind_ = false;  // in the picture that the newest commands are about
  bool recording_ = true;
  double cost_limit_ = 25.0;
  bool field_visible_ = true;
  bool screenshot_ = false, quit_ = false;
};

}  // namespace lookout::app
