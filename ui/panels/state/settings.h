// What the window remembers between starts, as JSON. One field list serves loading, saving and
// resetting. Any thread.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ui/panels/state/layout.h"
#include "ui/theme/theme.h"

namespace lookout::ui {

inline constexpr float kSmallestUiScale = 0.75F;
inline constexpr float kLargestUiScale = 2.0F;
inline constexpr std::size_t kMostRecentConfigurations = 8;
inline constexpr std::size_t kLongestPath = 4096;

struct WindowSettings {
  ThemeKind theme = ThemeKind::kDark;
  float ui_scale = 1.0F;  // on top of the monitor's own
  LayoutSettings layout;
  int side_tab = 0;  // of the right panel
  bool welcome_dismissed = false;
  // Configuration files that were opened, newest first, at most kMostRecentConfigurations.
  std::vector<std::string> recent_configurations;
  std::map<std::string, bool> overlays;     // by OverlaySwitch::id
  std::map<std::string, std::string> keys;  // rebound actions, by name: "play": "Space"
};

struct LoadedSettings {
  WindowSettings settings;
  std::vector<std::string> warnings;  // one per key that was ignored: what, on which line
};

// Never fails: whatever is missing, of a wrong type or out of range has its default.
LoadedSettings SettingsFromJson(std::string_view text);
std::string SettingsToJson(const WindowSettings& settings);

// Puts a configuration file's path to the front of the recent ones.
void RememberConfiguration(const std::string& path, WindowSettings& settings);

}  // namespace lookout::ui
