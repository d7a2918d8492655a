// What the window reads: the newest word from every worker, as values. Published by the workers,
// read by panels and the viewport for one frame.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "agents/feedback/fitting/cost_model_fit.h"
#include "agents/feedback/models/cost_model.h"
#include "agents/feedback/models/cost_reading.h"
#include "agents/feedback/queries/answered_audit.h"
#include "agents/feedback/targets/label_set.h"
#include "agents/policies/policy.h"
#include "agents/rl/runs/training.h"
#include "agents/rl/settings/limit_floor.h"
#include "sim/engine/safety_gym.h"
#include "sim/recording/recording.h"
#include "ui/agreement.h"
#include "ui/attention.h"
#include "ui/blind_spots.h"
#include "ui/hard_worlds.h"
#include "ui/inspection.h"
#include "ui/model/episode_store.h"
#include "ui/model/library.h"
#include "ui/model/mark_store.h"
#include "ui/model/prediction_series.h"
#include "ui/model/run_store.h"
#include "ui/new_ways.h"
#include "ui/oversight.h"
#include "ui/queries.h"
#include "ui/sensor_attack.h"
#include "ui/transfer.h"
#include "ui/version_comparison.h"

namespace lookout::ui {

// Who steers the live episode.
enum class AgentKind : std::uint8_t {
  kRandom,
  kGoToGoal,
  kCareful,
  kHuman,
  kNewestPolicy,
  kNamedPolicy  // shipped, opened from a file, or of a training run
};
const char* AgentKindName(AgentKind kind);

// "As fast as possible" as a speed factor.
inline constexpr double kUnlimitedSpeed = 0.0;

// The player: the live episode as it is right now.
struct PlayerSnapshot {
  EpisodeId episode;    // 0 before the first reset
  sim::StepRecord now;  // newest step; while paused also poses moved by hand
  StepIndex step = 0;
  bool playing = false;
  double target_speed = 1.0;  // factor of real time; kUnlimitedSpeed
  double measured_speed = 0.0;
  double steps_per_second = 0.0;
  AgentKind agent = AgentKind::kGoToGoal;
  std::string agent_name;
  agents::PolicyPtr policy = {};  // that acts; null: a person drives, or nobody yet
  std::uint32_t seed = 0;
  std::string environment;
  bool continues_after_done = true;  // starts the next seed by itself when an episode ends
  OversightSnapshot oversight = {};
  std::shared_ptr<const AttentionTrack> attention = {};  // null: who acts attends to nothing
  std::optional<double> paired_rollout;  // the fraction done, while agents play through one seed
  std::string failure;                   // not empty: the worker stopped, with the cause
};

enum class TrainingState : std::uint8_t {
  kIdle,
  kStarting,
  kRunning,
  kPaused,
  kStopping,
  kDone,
  kFailed
};
const char* TrainingStateName(TrainingState state);
// Whether a run is going on in that state, if only to stop.
bool IsActive(TrainingState state);

// The trainer: one run and its whole history (shared, immutable).
// What a safe script was found to cost, and for what question.
struct MeasuredFloor {
  std::string environment;
  agents::TrainingSettings settings;
  CostModelId model;  // 0: there is none
  agents::LimitFloor floor;
  std::string failure;  // why it could not be measured; empty: it was
};

struct TrainingSnapshot {
  TrainingState state = TrainingState::kIdle;
  bool pausing = false;    // a pause was asked for; it takes effect when this iteration is done
  bool resumable = false;  // stopped or failed, and a checkpoint is there to go on from
  RunId run;
  std::string environment;
  agents::TrainingSettings settings;
  std::shared_ptr<const std::vector<agents::IterationReport>> history;  // never null once started
  std::vector<int> kept_policies;                                       // as RunTrack's
  double iteration_fraction = 0.0;
  double steps_per_second = 0.0;    // over the last iteration
  std::int64_t policy_version = 0;  // newest published
  std::string failure;
  std::shared_ptr<const MeasuredFloor> floor;  // the newest; null: none was asked for
};

// A version of a cost model.
struct CostModelVersion {
  CostModelId id;
  std::string name;  // by the person; empty: none
  agents::CostModelReport report;
  bool deleted = false;  // out of use; can be brought back until the program ends
  // With which settings, under their names on the command line; empty: not recorded.
  std::string fitted_with = {};
};

// The fitter, as far as it is about the observation of what is on screen: marks and models of other
// observations are kept apart.
struct FitSnapshot {
  std::string environment;    // that is on screen, by its id; empty: none yet, nothing is known
  std::string shipped_model;  // the file of one that is shipped for it; empty: none is
  bool fitting = false;
  double fraction = 0.0;
  agents::CostModelPtr model;  // in use; null: none yet
  agents::LabelCounts counts;  // of the newest fit, or of the refused one
  std::vector<agents::Contradiction> contradictions;
  std::string refusal;                     // why the last request gave no model; empty if it did
  std::vector<CostModelVersion> versions;  // oldest first
  bool automatic = true;                   // refits by itself when marks change
};

// What the field on the floor shows.
enum class FieldQuantity : std::uint8_t { kPredicted, kSpread, kErrorAgainstRule };
const char* FieldQuantityName(FieldQuantity quantity);

// The learned cost over the floor for the robot's present heading and speed.
struct FieldSnapshot {
  EpisodeId episode;
  StepIndex step = 0;
  CostModelId model;  // 0: nothing to show
  float min_x_m = 0.0F, min_y_m = 0.0F, max_x_m = 0.0F, max_y_m = 0.0F;
  int columns = 0, rows = 0;     // along x, along y
  std::vector<float> predicted;  // [rows * columns], row-major from min y
  std::vector<float> spread;
  std::vector<float> rule_cost;
  agents::CostUse use;       // how predicted is read
  std::vector<float> total;  // predicted in total, where that is of one class alone; else empty
};

// The project file.
struct ProjectSnapshot {
  std::string path;
  bool open = false;
  bool read_only = false;
  std::string read_only_reason;
  bool writing = false;  // something is on its way to disk
  std::string failure;   // last write failed and is being retried: the cause
};

// Something that the program tells: over the view for a while, and in the list of messages.
enum class NoticeLevel : std::uint8_t { kInfo, kWarning, kError };
struct Notice {
  NoticeLevel level = NoticeLevel::kInfo;
  std::string text;
  std::int64_t id = 0;       // to dismiss it
  double age_s = 0.0;        // since it was told last
  std::int64_t unix_ms = 0;  // when that was
};

// What is on screen: the live episode, or a moment of the past.
struct Playhead {
  EpisodeId episode;
  StepIndex step = 0;
  bool live = true;
  bool replaying = false;  // in review: the recording plays on from here by itself
};

// Two episodes from the same seed, replayed together: one on screen, the other as its ghost.
struct Comparison {
  EpisodeId shown;
  EpisodeId ghost;
  StepIndex ghost_step = 0;  // the moment on screen; the shorter episode stays at its last step
  bool swapped = false;      // the episode that was played second is shown
};

enum class InputMode : std::uint8_t { kView, kDrive, kMark, kOversee };
const char* InputModeName(InputMode mode);

// A mark being made right now: its key is down (or was tapped) and time runs. Several that are made
// at once have different tracks.
struct OpenMark {
  agents::Verdict verdict = agents::Verdict::kUnsafe;
  agents::DangerClass danger = 0;
  EpisodeId episode;
  StepIndex first_step = 0;
  StepIndex last_step = 0;                      // follows the playhead
  int track = 0;                                // see BeginMark
  std::int32_t severity = agents::kNoSeverity;  // of what is unsafe
  bool operator==(const OpenMark&) const = default;
};

// Frame and machine figures for the status bar.
struct FrameFigures {
  double frames_per_second = 0.0;
  double ui_ms = 0.0;       // panels alone
  double ui_busy_ms = 0.0;  // the same in processor time of the window's thread
  double view_ms = 0.0;     // 3-D view
  std::string renderer;     // GL_RENDERER
  bool software_renderer = false;
};

// The predicted cost of each step on screen, and whose it is; spans live as long as the frame.
struct ShownPredictions {
  std::span<const float> cost;  // NaN where no model predicted
  std::span<const float> spread;
  std::span<const float> so_far;
  CostModelId model;               // of the step on screen; 0: none
  bool recorded = false;           // as it was predicted when the episode was recorded
  agents::DangerClass danger = 0;  // of that class alone; 0: in total
};

// Everything a panel may read, valid for one frame.
struct Snapshots {
  const PlayerSnapshot& player;
  const TrainingSnapshot& training;
  const FitSnapshot& fit;
  const FieldSnapshot& field;
  const ProjectSnapshot& project;
  const EpisodeStore& episodes;
  const MarkStore& marks;
  const RunStore& runs;
  const Library& library;
  const Playhead& playhead;
  std::span<const OpenMark> open_marks;  // that of the main track first
  const std::vector<Notice>& notices;    // over the view, oldest first
  const std::vector<Notice>& messages;   // all that was told in this sitting, oldest first
  const FrameFigures& frame;
  InputMode mode = InputMode::kView;
  double cost_limit = 25.0;
  std::optional<Comparison> comparison = {};
  bool recording = true;  // episodes are written to the project

  bool recorded_predictions = false;  // the person wants to see those, not the present model's
  agents::CostUse cost_use = {};      // how the model in use is read
  // Of the next fit, as the project says; null: it has never said anything.
  const agents::CostModelSettings* fit_settings = nullptr;
  // Of the episode on screen by the model in use now; null: there is none.
  const PredictionSeries* present_predictions = nullptr;
  const QueriesOnScreen* queries = nullptr;            // null: nobody has looked at them yet
  const PairOnScreen* pair = nullptr;                  // in place of the view; null: none
  const AgreementOnScreen* agreement = nullptr;        // null: as if none had been measured
  const VersionComparison* versions = nullptr;         // null: none was asked for
  const TransferMatrix* transfer = nullptr;            // null: none was opened
  const BlockerOnScreen* blocker = nullptr;            // null: none is looked at
  std::span<const agents::AnsweredAudit> audits = {};  // of the present annotator, by agent
  const ExplanationOnScreen* explanation = nullptr;    // null: as if nobody had asked
  const SensorsOnScreen* sensors = nullptr;            // likewise
  const ProofOnScreen* proof = nullptr;                // likewise
  const NewWaysOnScreen* new_ways = nullptr;           // likewise
  const BlindSpotsOnScreen* blind_spots = nullptr;     // likewise
  const HardWorldsOnScreen* hard_worlds = nullptr;     // likewise

  // The episode and step on screen; nullptr before the first arrives.
  const EpisodeTrack* shown_episode() const { return episodes.Find(playhead.episode); }
  const sim::StepRecord* shown_step() const;
  // What led to the step on screen; nullptr: nobody attended to anything.
  const AttentionMoment* shown_attention() const;
  // The one place that knows which predictions are on screen; none while they are hidden.
  ShownPredictions shown_predictions() const;
  // The mark that is being made, on the main track if one is there; nullptr: none.
  const OpenMark* open_mark() const { return open_marks.empty() ? nullptr : &open_marks.front(); }
  // The other episode of a comparison; nullptr if there is none.
  const EpisodeTrack* ghost_episode() const {
    return comparison ? episodes.Find(comparison->ghost) : nullptr;
  }
  // Whether costs and other annotators' marks are hidden from who marks.
  bool blind() const { return mode == InputMode::kMark && marks.annotators().present().blind; }
  // Whether what is on screen moves: the live episode, a replay of the past, or two clips.
  bool playing() const {
    if (pair != nullptr) return pair->playing;
    return playhead.live ? player.playing : playhead.replaying;
  }
};

}  // namespace lookout::ui
