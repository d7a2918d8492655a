// The window's settings file: any text gives usable settings, and what was written reads back.
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/check.h"
#include "tests/support/fuzz_seeds.h"
#include "ui/panels/state/keymap.h"
#include "ui/panels/state/settings/settings.h"

namespace {

using namespace lookout::ui;

void Load(std::string_view text) {
  const LoadedSettings loaded = SettingsFromJson(text);
  LOOKOUT_CHECK(
      loaded.settings.ui_scale >= kSmallestUiScale && loaded.settings.ui_scale <= kLargestUiScale,
      "an accepted scale is in range");
  const std::string written = SettingsToJson(loaded.settings);
  const LoadedSettings again = SettingsFromJson(written);
  LOOKOUT_CHECK(SettingsToJson(again.settings) == written, "settings survive being written");
  Keymap keymap;
  keymap.Load(loaded.settings.keys);
  (void)ComputeLayout(loaded.settings.layout, {});
}

}  // namespace

std::vector<std::string> FuzzSeeds() {
  WindowSettings settings;
  settings.theme = ThemeKind::kLight;
  settings.overlays = {{"hazards", false}};
  settings.keys = {{"play", "Ctrl+P"}, {"reset", "F12"}};
  return {SettingsToJson(settings), "{}", R"({"layout": {"left_px": 1e308}, "keys": {"play": 3}})"};
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Load({reinterpret_cast<const char*>(data), size});
  (void)LayoutFromString({reinterpret_cast<const char*>(data), size});
  return 0;
}
