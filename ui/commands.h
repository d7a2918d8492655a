// What the window may ask for, as values. Panels send them; the desktop hands each to the worker
// that owns the thing. Player commands take effect at a step boundary, trainer commands at an
// iteration boundary.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "agents/feedback/fitting/cost_model_fit.h"
#include "agents/feedback/models/cost_reading.h"
#include "agents/feedback/queries/query.h"
#include "agents/rl/runs/training.h"
#include "sim/engine/safety_gym.h"
#include "sim/recording/recording.h"
#include "ui/agent_commands.h"
#include "ui/annotator_commands.h"
#include "ui/inspection_commands.h"
#include "ui/mark_commands.h"
#include "ui/model/episode_past.h"
#include "ui/model/library.h"
#include "ui/oversight_commands.h"
#include "ui/snapshots.h"
#include "ui/version_commands.h"

namespace lookout::ui {

// --- Player
struct SetPlaying {
  bool playing = true;
};
struct StepForward {
  int steps = 1;
};  // pauses
struct ResetEpisode {
  enum class Seed : std::uint8_t { kSame, kNext, kGiven } seed = Seed::kSame;
  std::uint32_t given = 0;
};
struct SetSpeed {
  double factor = 1.0;
};  // kUnlimitedSpeed: as fast as possible
struct SetEnvironment {
  std::string id;
};  // resets
// SetAgent, WatchIn: agent_commands.h
struct DriveInput {
  double forward = 0.0;
  double turn = 0.0;
};  // each in [-1, 1]
struct SetPerturbation {
  sim::Perturbation perturbation;
};
struct MoveBody {
  int body = 0;
  Eigen::Vector3d position_in_world;
  Eigen::Vector4d quaternion_in_world;
};
// Continues from a recorded step as a new episode.
struct BranchFrom {
  sim::EpisodeHeaderPtr parent;
  StepIndex step = 0;
  std::shared_ptr<const sim::StepRecord> record;
  std::vector<EpisodeStretch> past = {};  // up to that step, see PastOf; empty: not known
};
// One whole episode of each agent from the same seed in the present environment, recorded and as
// fast as possible; whoever acted before goes on and the player pauses. No person among the agents.
struct PairedRollout {
  std::vector<SetAgent> agents;
  std::uint32_t seed = 0;
};
// Two futures of a recorded step, recorded and as fast as possible: first one that begins with a
// person's drive, held for some steps before whoever acts goes on, then one in which they go on at
// once. Then the player pauses. Rejected while a person acts.
struct TryDrive {
  BranchFrom from;
  DriveInput drive;
  StepIndex held_steps = 10;
  StepIndex steps = 50;  // of each future, at most
};
struct CancelPairedRollout {};  // and TryDrive; what was played stays
using PlayerCommand =
    std::variant<SetPlaying, StepForward, ResetEpisode, SetSpeed, SetEnvironment, SetAgent, WatchIn,
                 DriveInput, SetPerturbation, MoveBody, BranchFrom, PairedRollout, TryDrive,
                 CancelPairedRollout, SetOverseer, WatchOver, HoldBlock, LetPass, TakeWheel>;

// --- Trainer
struct StartTraining {
  std::string environment;
  agents::TrainingSettings settings;  // whose start_from is the name of one of the policies
  bool anyway = false;                // even if the limit on a learned cost cannot be met
};
// Asks what a safe script costs under the cost model in use there, for TrainingSnapshot::floor. A
// second or so; not while a run is going on.
struct MeasureFloor {
  std::string environment;
  agents::TrainingSettings settings;
};
struct PauseTraining {};
struct ResumeTraining {};
struct StopTraining {};
// Goes on with a stopped run from its checkpoint, as if it had not been stopped.
struct ContinueRun {
  StoppedRun run;
};
using TrainerCommand = std::variant<StartTraining, MeasureFloor, PauseTraining, ResumeTraining,
                                    StopTraining, ContinueRun>;

// --- Fitter; all of them are about the observation of what is on screen.
struct FitNow {
  agents::CostModelSettings settings;
};
struct SetAutomaticFit {
  bool automatic = true;
};
// Of the fits from now on; the project remembers them.
struct SetFitSettings {
  agents::CostModelSettings settings;
};
// That version predicts from what is on screen, from the next step on.
struct UseCostModel {
  CostModelId id;
};
struct NameCostModel {
  CostModelId id;
  std::string name;  // empty: none
};
// Takes a version out of use; RestoreCostModel brings it back until the program ends.
struct DeleteCostModel {
  CostModelId id;
};
struct RestoreCostModel {
  CostModelId id;
};
using FitterCommand = std::variant<FitNow, SetAutomaticFit, SetFitSettings, UseCostModel,
                                   NameCostModel, DeleteCostModel, RestoreCostModel>;

// --- Marks: mark_commands.h
using MarkCommand = std::variant<BeginMark, EndMark, CancelMark, AddMark, ReviseMark, DeleteMark,
                                 SelectMark, SetDangerClass, SetSeverity, WriteNote, DrawRegion,
                                 ReviseRegion, ReviseTakeOver, Undo, Redo>;

// --- Queries: what is worth looking at next, and which of two clips is safer
// Somebody looks at the queue: it is filled from now on.
struct FillQueries {};
// To the next (+1) or the previous (-1) query: its span is replayed, or its clips are compared.
struct GoToQuery {
  int direction = 1;
};
struct SkipQuery {};  // the one on screen, or the next one; it does not come again
// The next pair of the queue, in place of the view.
struct ComparePairs {};
// A pair that was answered, to look at it again and perhaps to answer otherwise.
struct ShowPair {
  MarkId answer;
};
enum class SaferClip : std::uint8_t { kFirst, kSecond, kCannotTell };
struct AnswerPair {
  SaferClip safer = SaferClip::kCannotTell;
  bool clearly = false;
  bool blind = false;  // costs and names were hidden all the while
};
struct LeavePairs {};
// To the next moment at which the prediction and the reference differ, in the episode on screen and
// then in others: kFalseAlarm or kMiss.
struct GoToError {
  agents::QueryReason reason = agents::QueryReason::kFalseAlarm;
  bool against_others = false;  // the labels of other annotators, and not the rule
};
using QueryCommand = std::variant<FillQueries, GoToQuery, SkipQuery, ComparePairs, ShowPair,
                                  AnswerPair, LeavePairs, GoToError>;

// --- Training runs of the project
struct ResumeRun {
  RunId run;
  std::int64_t more_steps = 0;  // beyond what it has done; 0: what is left of its total
};
// Its policy acts, in its environment, and the episode starts anew.
struct WatchRun {
  RunId run;
  int iteration = 0;  // of RunTrack::kept_policies; 0: the newest
};

// --- The window itself
struct Seek {
  EpisodeId episode;
  StepIndex step = 0;
};  // shows that moment; the live episode pauses
struct SeekBy {
  StepIndex steps = 0;
};  // from what is on screen
struct GoLive {};
struct OpenEpisode {
  EpisodeId id;
};  // loads it from the project if need be
struct ContinueFrom {
  EpisodeId episode;
  StepIndex step = 0;
};  // branches there: both futures are kept, the new one is live
// What should have been done there, as a drive: both futures are played and compared, and the
// person's counts as the safer one.
struct CorrectHere {
  Moment at;
  DriveInput drive;
  std::int64_t time_spent_ms = 0;  // on choosing it
};
struct SwapComparison {};  // the ghost becomes what is shown, at the same moment
struct EndComparison {};
struct SetMode {
  InputMode mode = InputMode::kView;
};
struct SetCostLimit {
  double limit = 25.0;
};
struct SetFieldVisible {
  bool visible = true;
};  // the cost_field_worker rests while it is hidden
// Names, stars or deletes an episode or a training run; Undo takes it back.
struct NoteInLibrary {
  LibraryKey key;
  LibraryNote note;
};
// Whether episodes are written to the project. One that is marked is, in any case.
struct SetRecording {
  bool recording = true;
};
// What a plot shows, by value.
struct PlotTable {
  struct Curve {
    std::string name;
    std::vector<double> x, y;       // NaN: a gap
    std::vector<double> low, high;  // of its band, or empty
  };
  std::string title, x_name;
  std::pair<std::string, double> limit;  // a line across; no name: none
  std::vector<Curve> curves;
};
// Writes it beside the project, as CSV or as an SVG picture; the banner says where.
struct SavePlot {
  PlotTable plot;
  bool svg = false;
};
struct Tell {
  std::string text;
};  // a line for the banner, for a while
// Predictions of an episode: by the model of when it was recorded, or by that in use now.
struct ShowRecordedPredictions {
  bool recorded = false;
};
// The cost model in use, as a file that "lookout train --cost-model" takes; replaces what is there.
// A path may begin with "~/".
struct ExportCostModel {
  std::string path;
};
// How the cost model's prediction and its doubts become one cost, on meter, timeline and floor.
struct SetCostReading {
  agents::CostUse use;
};
struct DismissNotice {
  std::int64_t id = 0;
};
// Files of any kind, dropped or named: each is opened by its content, what cannot be is told in the
// banner. A path may begin with "~/", the home folder.
struct OpenFiles {
  std::vector<std::string> paths;
};
struct TakeScreenshot {};
struct Quit {};
using WindowCommand = std::variant<
    Seek, SeekBy, GoLive, OpenEpisode, ContinueFrom, CorrectHere, SwapComparison, EndComparison,
    SetMode, SetCostLimit, SwitchAnnotator, SaveAnnotator, NameDangerClass, MeasureAgreement,
    GoToDisagreement, ShowDisagreement, SetFieldVisible, NoteInLibrary, SetRecording, SavePlot,
    Tell, ShowRecordedPredictions, CompareVersions, EndVersionComparison, GoToVersionDifference,
    ShowVersionDifference, ExportCostModel, SetCostReading, DismissNotice, OpenFiles,
    OpenTransferCase, TakeScreenshot, Quit, ResumeRun, WatchRun, LookAtBlocker>;

using Command = std::variant<PlayerCommand, TrainerCommand, FitterCommand, MarkCommand,
                             QueryCommand, WindowCommand, InspectionCommand>;

// Where panels put their commands; never blocks.
class CommandSender {
 public:
  virtual ~CommandSender() = default;
  virtual void Send(Command command) = 0;
};

}  // namespace lookout::ui
