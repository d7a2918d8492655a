#include "ui/panels/state/settings.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "sim/config/json_text.h"

namespace lookout::ui {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kLongestText = std::size_t{1} << 20;
constexpr std::size_t kLongestName = 64;
constexpr std::size_t kMostEntries = 256;

// The one list of what is saved.
template <typename Settings, typename Visitor>
void VisitFields(Settings& settings, Visitor&& visit) {
  visit("theme", settings.theme);
  visit("ui_scale", settings.ui_scale);
  visit("layout", settings.layout);
  visit("side_tab", settings.side_tab);
  visit("welcome_dismissed", settings.welcome_dismissed);
  visit("recent_configurations", settings.recent_configurations);
  visit("overlays", settings.overlays);
  visit("keys", settings.keys);
}

Json Written(const LayoutSettings& value) { return sim::ParseJsonText(ToString(value)).value; }

// --- How each type of field reads; false: some or all of it is not usable and left out.
bool Read(const Json& json, ThemeKind& value) {
  for (int i = 0; i < kThemeCount; ++i) {
    const auto kind = static_cast<ThemeKind>(i);
    if (json == ThemeKindName(kind)) {
      value = kind;
      return true;
    }
  }
  return false;
}

bool Read(const Json& json, float& value) {
  if (!json.is_number()) return false;
  const double number = json.get<double>();
  if (!(number >= kSmallestUiScale && number <= kLargestUiScale)) return false;
  value = static_cast<float>(number);
  return true;
}

bool Read(const Json& json, int& value) {
  if (!json.is_number_integer()) return false;
  const auto number = json.get<std::int64_t>();
  if (number < 0 || number > 9) return false;
  value = static_cast<int>(number);
  return true;
}

bool Read(const Json& json, bool& value) {
  if (!json.is_boolean()) return false;
  value = json.get<bool>();
  return true;
}

bool Read(const Json& json, std::string& value) {
  if (!json.is_string() || json.get_ref<const std::string&>().size() > kLongestName) return false;
  value = json.get<std::string>();
  return true;
}

bool Read(const Json& json, LayoutSettings& value) {
  if (!json.is_object() || json.size() > kMostEntries) return false;
  value = LayoutFromString(json.dump(-1, ' ', false, Json::error_handler_t::replace));
  const Json used = Written(value);
  for (const auto& [key, entry] : used.items()) {
    const auto given = json.find(key);
    if (given == json.end()) continue;
    if (given->is_number() != entry.is_number()) return false;
    const bool same =
        entry.is_number() ? given->get<float>() == entry.get<float>() : *given == entry;
    if (!same) return false;
  }
  return true;
}

bool Read(const Json& json, std::vector<std::string>& paths) {
  if (!json.is_array() || json.size() > kMostEntries) return false;
  bool whole = true;
  for (const Json& entry : json) {
    const auto* path = entry.get_ptr<const std::string*>();
    const bool usable = path != nullptr && !path->empty() && path->size() <= kLongestPath;
    whole = whole && usable;
    if (usable && paths.size() < kMostRecentConfigurations) paths.push_back(*path);
  }
  return whole;
}

template <typename Value>
bool Read(const Json& json, std::map<std::string, Value>& values) {
  if (!json.is_object() || json.size() > kMostEntries) return false;
  bool whole = true;
  for (const auto& [key, entry] : json.items()) {
    Value value{};
    const bool usable = key.size() <= kLongestName && Read(entry, value);
    whole = whole && usable;
    if (usable) values[key] = value;
  }
  return whole;
}

// --- And how it is written.
Json Written(ThemeKind value) { return ThemeKindName(value); }
template <typename Value>
Json Written(const Value& value) {
  return value;
}

std::size_t LineOf(std::string_view text, std::string_view key) {
  const std::size_t at = text.find("\"" + std::string(key) + "\"");
  const std::string_view before = text.substr(0, at == std::string_view::npos ? 0 : at);
  return 1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
}

}  // namespace

LoadedSettings SettingsFromJson(std::string_view text) {
  LoadedSettings loaded;
  if (text.size() > kLongestText) {
    loaded.warnings.push_back("The settings are larger than 1 MB, so the defaults are used");
    return loaded;
  }
  const sim::JsonText parsed = sim::ParseJsonText(text);
  if (!parsed.problem.empty()) {
    loaded.warnings.push_back("The text of the settings " + parsed.problem +
                              ", so the defaults are used");
    return loaded;
  }
  const Json& json = parsed.value;
  if (!json.is_object()) {
    loaded.warnings.push_back("The settings are not a JSON object, so the defaults are used");
    return loaded;
  }
  VisitFields(loaded.settings, [&](const char* key, auto& value) {
    const auto found = json.find(key);
    if (found == json.end() || Read(*found, value)) return;
    loaded.warnings.push_back("Setting \"" + std::string(key) + "\" (line " +
                              std::to_string(LineOf(text, key)) +
                              ") has a value that is not allowed, so its default is used");
  });
  return loaded;
}

std::string SettingsToJson(const WindowSettings& settings) {
  Json json = Json::object();
  VisitFields(settings,
              [&json](const char* key, const auto& value) { json[key] = Written(value); });
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

void RememberConfiguration(const std::string& path, WindowSettings& settings) {
  std::vector<std::string>& recent = settings.recent_configurations;
  std::erase(recent, path);
  recent.insert(recent.begin(), path);
  if (recent.size() > kMostRecentConfigurations) recent.resize(kMostRecentConfigurations);
}

}  // namespace lookout::ui
