// What the window remembers between starts, as JSON. Any thread.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "agents/rl/settings/training_settings.h"
#include "sim/base/fields.h"
#include "ui/panels/state/settings/layout.h"
#include "ui/theme/theme.h"

namespace lookout::ui {

inline constexpr float kSmallestUiScale = 0.75F;
inline constexpr float kLargestUiScale = 2.0F;
inline constexpr std::size_t kMostRecentConfigurations = 8;
inline constexpr std::size_t kLongestPath = 4096;

// What the next run will be, as the training panel shows it.
struct TrainingDraft {
  agents::TrainingSettings settings;
  std::string environment;
  int preset = 1;          // of kTrainingPresets
  bool begun = false;      // it has been filled in; else the panel begins with a recipe
  bool shows_all = false;  // every setting has its field
};

struct WindowSettings {
  ThemeKind theme = ThemeKind::kDark;
  float ui_scale = 1.0F;  // on top of the monitor's own
  LayoutSettings layout;
  int side_tab = 0;  // of the right panel
  bool welcome_dismissed = false;
  // Configuration files that were opened, newest first, at most kMostRecentConfigurations.
  std::vector<std::string> recent_configurations;
  std::filesystem::path pictures_folder;    // as typed; empty: the usual one
  std::map<std::string, bool> overlays;     // by OverlaySwitch::id
  std::map<std::string, std::string> keys;  // rebound actions, by name: "play": "Space"
  std::map<std::string, bool> sections;     // of the panels: open or folded, by name
  bool blind_pairs = true;  // costs and names are hidden while two clips are compared
  bool errors_against_others =
      false;  // the cost model's errors: against others' marks, or the rule
  TrainingDraft training;
};

// See sim/base/fields.h: what is saved, under these names with '_'.
template <FieldsOf<WindowSettings> Self, typename Visit>
void VisitFields(Self& settings, Visit&& visit) {
  using F = lookout::Field<WindowSettings>;
  visit(F("theme", "colours of the window"), settings.theme);
  visit(F("ui-scale", "size of text and controls").Within(kSmallestUiScale, kLargestUiScale),
        settings.ui_scale);
  visit(F("layout", "where the panels end"), settings.layout);
  visit(F("side-tab", "which panel of the right side is shown").Within(0, 9), settings.side_tab);
  visit(F("welcome-dismissed", "whether the welcome was closed"), settings.welcome_dismissed);
  visit(F("recent-configurations", "files that were opened"), settings.recent_configurations);
  visit(F("pictures-folder", "where screenshots and videos go"), settings.pictures_folder);
  visit(F("overlays", "what is drawn over the world"), settings.overlays);
  visit(F("keys", "what was rebound"), settings.keys);
  visit(F("sections", "which sections of the panels are open"), settings.sections);
  visit(F("blind-pairs", "whether pairs are judged without costs and names"), settings.blind_pairs);
  visit(F("errors-against-others", "whether errors of the cost model are against others' marks"),
        settings.errors_against_others);
  visit(F("training", "the training form, as it was left"), settings.training);
}

struct LoadedSettings {
  WindowSettings settings;
  std::vector<std::string> warnings;  // one per key that was ignored: what, on which line
};

// Whether that section of a panel is open, to be changed; open unless it was folded.
bool& SectionOpen(WindowSettings& settings, const char* name);

// Never fails: whatever is missing, of a wrong type or out of range has its default.
LoadedSettings SettingsFromJson(std::string_view text);
std::string SettingsToJson(const WindowSettings& settings);

// Puts a configuration file's path to the front of the recent ones.
void RememberConfiguration(const std::string& path, WindowSettings& settings);

}  // namespace lookout::ui
