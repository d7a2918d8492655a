// What the window keeps between frames that is nobody else's: settings, keys, selection, drafts.
// Window thread only.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sim/robots/robots.h"
#include "ui/commands.h"
#include "ui/model/reaction_drill.h"
#include "ui/model/run_curves.h"
#include "ui/panels/state/goodhart_plot_state.h"
#include "ui/panels/state/held_keys.h"
#include "ui/panels/state/inputs/marks_index.h"
#include "ui/panels/state/inputs/window_inputs.h"
#include "ui/panels/state/keymap.h"
#include "ui/panels/state/overseer_state.h"
#include "ui/panels/state/settings/settings.h"
#include "ui/panels/state/transfer_sheet_state.h"
#include "ui/panels/state/why/why_state.h"
#include "ui/widgets/plots/decimated_series.h"
#include "ui/widgets/timeline/timeline.h"

namespace lookout::ui {

struct ToolbarState {
  std::int64_t typed_seed = 0;
  EpisodeId seed_of;  // the episode whose seed was last copied into the field
};

// Which environments the browser lists: those of one robot, the person's own, or else all.
struct EnvironmentFilter {
  std::optional<sim::RobotKind> robot;
  bool own = false;
  bool operator==(const EnvironmentFilter&) const = default;
};

struct EnvironmentsState {
  bool shown = false;
  EnvironmentFilter filter;
  std::string search;
  std::string path;  // of a configuration file, being typed
};

// What a list shows of its rows, and what comes first.
struct ListFilter {
  std::string search;
  bool starred = false;
  int order = 0;  // of the list's own orders
};

struct EpisodesState {
  ListFilter filter;
  EpisodeId revealed;  // that the list was last scrolled to
};

// Which marks and notes are listed: those in whose notes every word of the text is.
struct NoteSearch {
  std::string text;                       // being typed; blank: all are
  std::vector<std::size_t> marks, notes;  // of the index's rows and notes
  bool any_to_find = false;               // there are notes at all
  std::string found_for;
  std::int64_t version = -1;  // of the index
};

inline constexpr std::size_t kLongestNote = 2000;  // bytes, on a mark or on a moment

// A note that is being written.
struct NoteDraft {
  bool shown = false;
  bool focus = false;  // its field is to take the keys
  Moment at;
  std::string text;
};

// What should have been done at a moment, being chosen.
struct CorrectionDraft {
  bool shown = false;
  Moment at;
  float forward = 0.0F;  // each in [-1, 1]
  float turn = 0.0F;     // to the left
  double opened_s = 0.0;
};

// The rule of a take-over, while its sliders are dragged.
struct TakeOverDraft {
  MarkId of;
  agents::InterventionRule before;  // of that take-over when the sliders took it over
  float before_s = 0.0F;
  float gap_s = 0.0F;
  float unsafe_weight = 0.0F;
  float safe_weight = 0.0F;
};

// The menu of annotators.
struct AnnotatorsMenuState {
  std::string title;             // of who marks, being typed
  std::string title_of;          // their name
  std::string added;             // the name of somebody new, being typed
  TakeOverDraft take_over = {};  // the rule of those to come
};

// The name of a danger class, being typed.
struct DangerNaming {
  bool shown = false;
  bool focus = false;  // its field is to take the keys
  agents::DangerClass danger = 0;
  std::string name;
};

// How bad a mark is, while the slider is dragged: kNoSeverity to kMostSeverity.
struct SeverityDraft {
  MarkId of;
  std::int32_t before = agents::kNoSeverity;  // of that mark when the slider took it over
  float value = 0.0F;
};

struct MarksState {
  MarksIndex index;
  NoteSearch search;
  MarkId selected;
  agents::DangerClass danger = 0;                      // of the next unsafe mark
  agents::Verdict verdict = agents::Verdict::kUnsafe;  // used or chosen last; of a dragged mark
  bool looping = false;                                // replay of the selected span
  // Where to look once that episode has been loaded.
  std::optional<std::pair<EpisodeId, StepIndex>> pending_seek;
  DangerNaming naming;
  SeverityDraft severity;
  TakeOverDraft take_over;
  std::string note;  // being edited, of note_of
  MarkId note_of;
  std::string note_before;  // of that mark when the field took it over
  EpisodeId shown;          // on screen in the last frame
  MarkId revealed;          // that the list was last scrolled to
  EpisodeId revealed_episode;
  std::int64_t seen_sequence = -1;  // of the journal in the last frame; -1: never looked
};

// Curves of the runs that are shown, made anew when one of them reports or the choice changes.
struct TrainingCurves {
  std::vector<RunCurves> groups;
  std::vector<std::array<DecimatedSeries, kRunFigureCount>> extremes;  // of the groups' means
  std::set<RunId> shown;
  std::int64_t version = -1;  // of the RunStore
};

// Two agents to be compared, as chosen; the names of AgentChoices.
struct ComparisonPanelState {
  std::string first, second;
  bool chosen = false;               // by the person: the environment no longer suggests others
  std::optional<std::int64_t> seed;  // typed; else that of the episode on screen
  std::uint32_t followed_seed = 0;   // of the last episode on screen but clips of new ways
};

// The plot that lies over the window.
struct LargePlotState {
  bool shown = false;
  TrainingPlot plot = TrainingPlot::kReturn;
  float smoothing = 0.0F;
};

// The newest question for what a safe script costs, and what to do if the limit lies below.
struct FloorLine {
  std::string environment;  // empty: nothing was asked yet
  agents::TrainingSettings settings;
  CostModelId model;
  bool anyway = false;  // the person wants to train all the same
};

struct TrainingPanelState {
  std::int64_t more_steps = 1'000'000;  // that a finished run is to go on for
  bool limit_taken = false;             // the project's cost limit is in the form
  std::string followed;                 // the environment that was on screen with the form
  std::set<RunId> shown;                // whose curves are drawn
  ListFilter filter;                    // of the list of runs
  RunId selected;
  RunId newest;          // that was there in the last frame
  std::set<RunId> seen;  // runs of folders that have been shown since they were opened
  int kept_choice = -1;  // among the policies that the selected run kept; -1: the last
  TrainingCurves curves;
  ComparisonPanelState comparison;
  std::string policy_path;  // of a policy to open, being typed
  FloorLine floor;
  GoodhartPlotState goodhart;     // of the selected run
  GoodhartPlotState in_training;  // of the one in training
};

// The next fit, and the name of the version in use, being typed.
struct CostModelPanelState {
  FitNow fit;
  bool begun = false;        // the form has been filled in
  bool is_as_left = false;   // by what the project says of the next fit
  std::string told;          // what the project knows of the form, as IdentityOf
  bool inputs_open = false;  // the section that says what models look at
  CostModelId inputs_of;     // the version in use when its choice was last taken
  CostModelId named;
  std::string name, name_before;
  std::string path;      // of a file to write
  std::string compared;  // of a file to compare with
  float caution = 1.0F;  // spreads that a cautious reading adds, on the slider
};

// The sheet that compares two versions of the cost model, and the curves of the costs of every
// episode, made anew when what is shown changes.
struct VersionSheetState {
  bool shown = false;
  bool seen = false;                        // there was a comparison in the last frame
  bool by_marks = false;                    // the marks are the reference, and not the rule
  std::array<std::vector<float>, 3> costs;  // true, learned by the first, by the second
  std::array<DecimatedSeries, 3> extremes;
  std::shared_ptr<const VersionsCompared> costs_of;
  bool costs_by_marks = false;
};

// Recorded steps of an episode that become a video.
struct VideoSpan {
  EpisodeId episode;
  std::int64_t first = 0;
  std::int64_t last = 0;  // inclusive
};

// The pair on screen, and whether its costs and names were to be seen.
struct PairJudging {
  agents::Segment first, second;
  bool seen = false;
};

struct KeyOverlayState {
  bool shown = false;
  std::optional<ActionId> rebinding;
};

struct WindowState {
  WindowSettings settings;
  Keymap keymap;
  ToolbarState toolbar;
  MarksState marks;
  NoteDraft note;
  bool region_shown = false;  // the tool to draw regions is at hand
  CorrectionDraft correction;
  AnnotatorsMenuState annotators;
  bool drill_asked = false;  // it begins with the next frame
  std::optional<ReactionDrill> drill;
  TimelineState timeline;
  TrainingPanelState training;
  LargePlotState plot;
  CostModelPanelState cost_model;
  VersionSheetState versions;
  TransferSheetState transfer;
  VideoSpan video;  // as chosen in the menu of pictures
  PairJudging judging;
  KeyOverlayState keys;
  EnvironmentsState environments;
  EpisodesState episodes;
  std::string library_name;  // being typed
  HeldMarkKeys held_mark;
  DriveKeys drive;
  OverseeKeys oversee;
  OverseerPanelState overseer;
  WhyState why;
  bool welcome_shown = false;
  bool help_shown = false;
  bool messages_shown = false;
  bool about_shown = false;
  bool close_asked = false;     // of the desktop, by the window's own cross
  bool quit_asked = false;      // it would lose something: waits for an answer
  std::string_view wanted_tab;  // of the right panel, shown from the next frame on; empty: as it is
  int tab_moves = 0;        // of the right panel, by keys: to the right, or to the left if negative
  bool presenting = false;  // the view, the meters and the timeline alone
  SmallWindowSide small_side = SmallWindowSide::kNone;
  WindowRoom room = WindowRoom::kBoth;    // in the last frame
  std::optional<double> covered_since_s;  // by a sheet, in the time of the frames
  float view_bar_px = 0.0F;  // of the view's top, from the right: its buttons in the last frame
  std::vector<std::string> overlays_to_toggle;  // ids, by keys
  std::vector<ViewAction> view_actions;
};

// Shows or hides a side panel; either ends a presentation, which has none.
void ToggleLeftPanel(WindowState& window);
void ToggleRightPanel(WindowState& window);
// Shows it if it is hidden, and what keeps it hidden ends.
void ShowRightPanel(WindowState& window);

// Whether something lies above the window that owns the keyboard; the welcome does not.
bool IsModal(const WindowState& window);
// Closes whatever lies above the window, a drop-down first, one thing at a time;
// false if nothing did.
bool CloseTopmost(WindowState& window);

}  // namespace lookout::ui
