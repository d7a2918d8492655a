#include "app/workers/fitter/fit_settings_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sim/config/fields_json.h"
#include "sim/config/json_text.h"

namespace lookout::app {
namespace {

std::string ValueInWords(std::string name, const nlohmann::json& value) {
  std::ranges::replace(name, '-', ' ');
  if (value.is_boolean()) return value.get<bool>() ? name : "no " + name;
  if (value.is_string()) return name + " " + value.get<std::string>();
  return fmt::format("{} {:.3g}", name, value.get<double>());
}

}  // namespace

std::string FitSettingsText(const agents::CostModelSettings& settings) {
  nlohmann::json object = nlohmann::json::object();
  VisitFields(settings, [&](const Field<agents::CostModelSettings>& field, const auto& member) {
    if (field.is_identity) object[StoredKey(field)] = sim::FieldToJson(member);
  });
  return object.dump();
}

std::optional<agents::CostModelSettings> FitSettingsFromText(std::string_view text) {
  if (text.empty()) return {};
  const nlohmann::json object = sim::ParseJsonText(text).value;
  agents::CostModelSettings settings;
  if (!object.is_object() || !sim::FieldsFromJson(object, settings).empty()) return {};
  if (!CheckRanges(settings)) return {};
  return settings;
}

std::string FitSettingsInWords(const agents::CostModelSettings& settings) {
  const nlohmann::json usual = sim::FieldsToJson(agents::CostModelSettings{});
  std::string words;
  VisitFields(settings, [&](const Field<agents::CostModelSettings>& field, const auto& member) {
    const nlohmann::json value = sim::FieldToJson(member);
    if (!field.is_identity || value == usual[StoredKey(field)]) return;
    if (!words.empty()) words += ", ";
    words += ValueInWords(std::string(field.name), value);
  });
  return words.empty() ? "usual settings" : words;
}

}  // namespace lookout::app
