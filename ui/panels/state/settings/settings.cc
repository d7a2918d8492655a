#include "ui/panels/state/settings/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "agents/rl/settings/settings.h"
#include "sim/config/fields_json.h"
#include "sim/config/json_text.h"

namespace lookout::ui {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kLongestText = std::size_t{1} << 20;
constexpr std::size_t kLongestName = 64;
constexpr std::size_t kMostEntries = 256;

Json Written(const LayoutSettings& value) { return sim::ParseJsonText(ToString(value)).value; }

// --- How each type of field reads; false: some or all of it is not usable and left out.
template <HasChoices Enum>
bool Read(const Json& json, Enum& value) {
  return sim::FieldFromJson(json, value);
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

bool Read(const Json& json, std::filesystem::path& value) {
  if (!json.is_string() || json.get_ref<const std::string&>().size() > kLongestPath) return false;
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

bool Read(const Json& json, TrainingDraft& draft) {
  TrainingDraft read{.begun = true};
  if (!json.is_object() || json.size() > kMostEntries || !json.contains("settings")) return false;
  const bool whole = sim::FieldFromJson(json.value("environment", Json()), read.environment) &&
                     sim::FieldFromJson(json.value("preset", Json()), read.preset) &&
                     sim::FieldFromJson(json.value("shows_all", Json()), read.shows_all) &&
                     json["settings"].is_object() &&
                     sim::FieldsFromJson(json["settings"], read.settings).empty();
  if (!whole || read.environment.size() > kLongestPath || read.preset < 0 || read.preset > 1) {
    return false;
  }
  // What nobody could start is not brought back.
  if (!agents::CheckSettings(read.settings)) return false;
  draft = std::move(read);
  return true;
}

// --- And how it is written.
Json Written(const std::filesystem::path& value) { return value.string(); }
Json Written(const TrainingDraft& draft) {
  return {{"environment", draft.environment},
          {"preset", draft.preset},
          {"shows_all", draft.shows_all},
          {"settings", sim::FieldsToJson(draft.settings)}};
}
template <typename Value>
Json Written(const Value& value) {
  if constexpr (HasChoices<Value>) {
    return sim::FieldToJson(value);
  } else {
    return value;
  }
}

// Numbers within the limits of their field; all else as its type reads.
template <typename Member>
bool ReadField(const Json& json, const lookout::Field<WindowSettings>& field, Member& member) {
  if constexpr (lookout::NumberField<Member> && !std::is_same_v<Member, bool>) {
    return json.is_number() && AcceptNumber(field, json.get<double>(), member);
  } else {
    return Read(json, member);
  }
}

std::size_t LineOf(std::string_view text, std::string_view key) {
  const std::size_t at = text.find("\"" + std::string(key) + "\"");
  const std::string_view before = text.substr(0, at == std::string_view::npos ? 0 : at);
  return 1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
}

}  // namespace

bool& SectionOpen(WindowSettings& settings, const char* name) {
  return settings.sections.try_emplace(name, true).first->second;
}

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
  VisitFields(loaded.settings, [&](const lookout::Field<WindowSettings>& field, auto& value) {
    const std::string key = StoredKey(field);
    const auto found = json.find(key);
    if (found == json.end() || ReadField(*found, field, value)) return;
    loaded.warnings.push_back(fmt::format(
        "Setting \"{}\" (line {}) has a value that is not allowed, so its default is used", key,
        LineOf(text, key)));
  });
  return loaded;
}

std::string SettingsToJson(const WindowSettings& settings) {
  Json json = Json::object();
  VisitFields(settings, [&json](const lookout::Field<WindowSettings>& field, const auto& value) {
    json[StoredKey(field)] = Written(value);
  });
  if (!settings.training.begun) json.erase("training");
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

void RememberConfiguration(const std::string& path, WindowSettings& settings) {
  std::vector<std::string>& recent = settings.recent_configurations;
  std::erase(recent, path);
  recent.insert(recent.begin(), path);
  if (recent.size() > kMostRecentConfigurations) recent.resize(kMostRecentConfigurations);
}

}  // namespace lookout::ui
