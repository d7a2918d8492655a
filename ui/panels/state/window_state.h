// What the window keeps between frames that is nobody else's: settings, keys, selection, drafts.
// Window thread only.
#pragma once

#include <array>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ui/model/run_curves.h"
#include "ui/panels/state/held_keys.h"
#include "ui/panels/state/keymap.h"
#include "ui/panels/state/marks_index.h"
#include "ui/panels/state/settings.h"
#include "ui/panels/state/window_inputs.h"
#include "ui/widgets/decimated_series.h"
#include "ui/widgets/timeline.h"

namespace lookout::ui {

// Tabs of the right panel.
enum class SideTab : int { kMarks, kCostModel, kTraining };

struct ToolbarState {
  std::int64_t typed_seed = 0;
  EpisodeId seed_of;  // the episode whose seed was last copied into the field
};

// Which environments the browser lists.
enum class EnvironmentFilter : int { kAll, kPoint, kCar, kDoggo, kOwn };

struct EnvironmentsState {
  bool shown = false;
  EnvironmentFilter robot = EnvironmentFilter::kAll;
  std::string search;
  std::string path;  // of a configuration file, being typed
};

struct MarksState {
  MarksIndex index;
  MarkId selected;
  agents::DangerClass danger = 0;                      // of the next unsafe mark
  agents::Verdict verdict = agents::Verdict::kUnsafe;  // used or chosen last; of a dragged mark
  bool looping = false;                                // replay of the selected span
  // Where to look once that episode has been loaded.
  std::optional<std::pair<EpisodeId, StepIndex>> pending_seek;
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

// What the next run will be.
struct TrainingDraft {
  agents::TrainingSettings settings;
  std::string environment;
  int preset = 1;  // of kTrainingPresets
  bool begun = false;
  bool shows_all = false;  // every setting has its field
};

// Two agents to be compared, as chosen; the names of AgentChoices.
struct ComparisonPanelState {
  std::string first, second;
  bool chosen = false;               // by the person: the environment no longer suggests others
  std::optional<std::int64_t> seed;  // typed; else that of the episode on screen
};

struct TrainingPanelState {
  TrainingDraft draft;
  std::set<RunId> shown;  // whose curves are drawn
  RunId selected;
  RunId newest;          // that was there in the last frame
  int kept_choice = -1;  // among the policies that the selected run kept; -1: the last
  TrainingCurves curves;
  ComparisonPanelState comparison;
  std::string policy_path;  // of a policy to open, being typed
};

// The name of the version in use, being typed.
struct CostModelPanelState {
  CostModelId named;
  std::string name, name_before;
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
  TimelineState timeline;
  TrainingPanelState training;
  CostModelPanelState cost_model;
  KeyOverlayState keys;
  EnvironmentsState environments;
  HeldMarkKeys held_mark;
  DriveKeys drive;
  bool welcome_shown = false;
  bool about_shown = false;
  bool close_asked = false;                     // of the desktop, by the window's own cross
  bool quit_asked = false;                      // it would lose something: waits for an answer
  bool narrow = false;                          // only one side panel fits
  std::vector<std::string> overlays_to_toggle;  // ids, by keys
  std::vector<ViewAction> view_actions;
};

// Whether something lies above the window that owns the keyboard; the welcome does not.
bool IsModal(const WindowState& window);
// Closes whatever lies above the window, a drop-down first, one thing at a time;
// false if nothing did.
bool CloseTopmost(WindowState& window);

}  // namespace lookout::ui
