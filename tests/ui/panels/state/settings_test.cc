#include "ui/panels/state/settings/settings.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <map>
#include <string>

namespace lookout::ui {
namespace {

TEST_CASE("settings come back as they were written") {
  WindowSettings settings;
  settings.theme = ThemeKind::kHighContrast;
  settings.ui_scale = 1.25F;
  settings.layout.left_px = 300.0F;
  settings.layout.right_shown = false;
  settings.side_tab = 2;
  settings.welcome_dismissed = true;
  settings.overlays = {{"hazards", false}, {"field", true}};
  settings.keys = {{"play", "P"}};
  const LoadedSettings loaded = SettingsFromJson(SettingsToJson(settings));
  CHECK(loaded.warnings.empty());
  CHECK(SettingsToJson(loaded.settings) == SettingsToJson(settings));
  CHECK(loaded.settings.theme == ThemeKind::kHighContrast);
  CHECK(loaded.settings.keys.at("play") == "P");
}

TEST_CASE("a key of the wrong type has its default, the others stay, and the line is named") {
  const LoadedSettings loaded = SettingsFromJson(
      "{\n  \"theme\": \"Light\",\n  \"ui_scale\": \"big\",\n  \"side_tab\": 1\n}");
  CHECK(loaded.settings.theme == ThemeKind::kLight);
  CHECK(loaded.settings.ui_scale == 1.0F);
  CHECK(loaded.settings.side_tab == 1);
  REQUIRE(loaded.warnings.size() == 1);
  CHECK(loaded.warnings[0].find("ui_scale") != std::string::npos);
  CHECK(loaded.warnings[0].find("line 3") != std::string::npos);
}

TEST_CASE("the training form comes back, unless nobody could start it") {
  WindowSettings settings;
  CHECK(SettingsToJson(settings).find("\"training\"") == std::string::npos);
  settings.training.begun = true;
  settings.training.environment = "Safexp-CarGoal1-v0";
  settings.training.preset = 0;
  settings.training.settings.algorithm = agents::Algorithm::kCpo;
  settings.training.settings.total_steps = 123'000;
  const LoadedSettings loaded = SettingsFromJson(SettingsToJson(settings));
  CHECK(loaded.warnings.empty());
  CHECK(loaded.settings.training.begun);
  CHECK(loaded.settings.training.environment == "Safexp-CarGoal1-v0");
  CHECK(loaded.settings.training.settings.algorithm == agents::Algorithm::kCpo);
  CHECK(loaded.settings.training.settings.total_steps == 123'000);
  settings.training.settings.total_steps = -5;
  const LoadedSettings refused = SettingsFromJson(SettingsToJson(settings));
  CHECK(refused.warnings.size() == 1);
  CHECK_FALSE(refused.settings.training.begun);
}

TEST_CASE("values out of range are refused") {
  for (const std::string value : {"0", "-1", "7.5", "1e300", "null", "[]"}) {
    const LoadedSettings loaded = SettingsFromJson("{\"ui_scale\": " + value + "}");
    CAPTURE(value);
    CHECK(loaded.settings.ui_scale == 1.0F);
    CHECK(loaded.warnings.size() == 1);
  }
}

TEST_CASE("texts that are no settings give the defaults and one warning") {
  for (const std::string& text :
       {std::string("nonsense"), std::string("[]"), std::string("{\"theme\": "),
        std::string(10'000, '['), std::string(2'000'000, ' '), std::string("\xFF\xFF{}")}) {
    const LoadedSettings loaded = SettingsFromJson(text);
    CHECK(loaded.warnings.size() == 1);
    CHECK(loaded.settings.ui_scale == 1.0F);
  }
}

TEST_CASE("a deeply nested value is survived") {
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  for (const std::string key : {"theme", "layout", "keys"}) {
    const LoadedSettings loaded = SettingsFromJson("{\"" + key + "\": " + deep + "}");
    CHECK(loaded.warnings.size() == 1);
  }
}

TEST_CASE("a wrong value inside of a setting is told, too, and the rest of it is used") {
  const LoadedSettings loaded = SettingsFromJson(
      "{\n\"layout\": {\"left_px\": \"wide\", \"right_px\": 300},\n"
      "\"overlays\": {\"field\": 3, \"hazards\": false},\n\"keys\": {\"play\": null}\n}");
  CHECK(loaded.settings.layout.right_px == 300.0F);
  CHECK(loaded.settings.overlays == std::map<std::string, bool>{{"hazards", false}});
  REQUIRE(loaded.warnings.size() == 3);
  CHECK(loaded.warnings[0].find("\"layout\" (line 2)") != std::string::npos);
  CHECK(loaded.warnings[1].find("\"overlays\" (line 3)") != std::string::npos);
  CHECK(loaded.warnings[2].find("\"keys\" (line 4)") != std::string::npos);
}

TEST_CASE("the configurations opened lately are kept, newest first, each once") {
  WindowSettings settings;
  for (int i = 0; i < 12; ++i) RememberConfiguration(fmt::format("/m{}", i), settings);
  RememberConfiguration("/m9", settings);
  REQUIRE(settings.recent_configurations.size() == kMostRecentConfigurations);
  CHECK(settings.recent_configurations[0] == "/m9");
  CHECK(settings.recent_configurations[1] == "/m11");
  const LoadedSettings loaded = SettingsFromJson(SettingsToJson(settings));
  CHECK(loaded.warnings.empty());
  CHECK(loaded.settings.recent_configurations == settings.recent_configurations);

  const LoadedSettings odd =
      SettingsFromJson(R"({"recent_configurations": [1, "", "/a", null, ["/b"]]})");
  CHECK(odd.settings.recent_configurations == std::vector<std::string>{"/a"});
  CHECK(SettingsFromJson(R"({"recent_configurations": "/a"})").warnings.size() == 1);
}

}  // namespace
}  // namespace lookout::ui
