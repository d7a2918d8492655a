#include "app/runs/settings_file.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <type_traits>

#include "sim/base/fields.h"
#include "sim/config/json_text.h"

namespace lookout::app {
namespace {

using agents::TrainingSettings;
using nlohmann::json;

constexpr std::size_t kMostQuotedValue = 40;  // bytes of a wrong value that a message repeats

std::string Quoted(const json& value) {
  return value.dump(-1, ' ', true, json::error_handler_t::replace).substr(0, kMostQuotedValue);
}

// A setting's value, in range and, for a counter, whole.
template <typename Field, typename Value>
Status ReadNumber(const json& found, const Field& field, Value& value) {
  const bool is_flag = std::is_same_v<Value, bool> && found.is_boolean();
  const double number = is_flag             ? double(found.get<bool>())
                        : found.is_number() ? found.get<double>()
                                            : std::nan("");
  if (AcceptNumber(field, number, value)) return {};
  return BadInput("expected " + RangeText<Value>(field) + " for \"" + std::string(field.name) +
                  "\", found " + Quoted(found) + ".");
}

template <typename Enum>
Status ReadChoice(const json& found, std::string_view what, Enum& value) {
  if (!found.is_string()) {
    return BadInput("expected the name of the " + std::string(what) + ", found " + Quoted(found) +
                    ".");
  }
  const auto choice = ParseChoice<Enum>(found.get<std::string>(), what);
  if (!choice.ok()) return choice.error();
  value = *choice;
  return {};
}

// The settings of a run's config.json in one object, or the object itself.
json Flattened(const json& object) {
  const auto numbers = object.find("settings");
  if (numbers == object.end() || !numbers->is_object()) return object;
  json flat = *numbers;
  const TrainingSettings names;
  VisitChoices(names, [&](const auto& field, auto) {
    const auto found = object.find(std::string(field.name));
    if (found != object.end()) flat[std::string(field.name)] = *found;
  });
  return flat;
}

}  // namespace

Status ApplySettings(const json& object, TrainingSettings& settings) {
  if (!object.is_object()) return BadInput("expected a JSON object with settings by name.");
  Status status;
  std::size_t known = 0;
  const auto read = [&](std::string_view name, const auto& read_value) {
    const auto found = object.find(std::string(name));
    if (found == object.end()) return;
    ++known;
    if (status.ok()) status = read_value(*found);
  };
  VisitChoices(settings, [&](const auto& field, auto& value) {
    read(field.name, [&](const json& found) { return ReadChoice(found, field.help, value); });
  });
  VisitNumbers(settings, [&](const auto& field, auto& value) {
    read(field.name, [&](const json& found) { return ReadNumber(found, field, value); });
  });
  if (!status.ok() || known == object.size()) return status;
  json unknown = object;
  const auto drop = [&unknown](const auto& field, auto) { unknown.erase(std::string(field.name)); };
  VisitChoices(settings, drop);
  VisitNumbers(settings, drop);
  return BadInput("there is no setting \"" + unknown.begin().key().substr(0, kMostQuotedValue) +
                  "\"; `lookout train --help` lists them all.");
}

Status ApplySettingsText(std::string_view text, std::string_view what, TrainingSettings& settings) {
  const auto [object, problem] = sim::ParseJsonText(text);
  if (!problem.empty()) return BadInput(std::string(what) + " " + problem + ".");
  if (!object.is_object()) {
    return BadInput(std::string(what) + ": expected a JSON object with settings by name.");
  }
  const Status status = ApplySettings(Flattened(object), settings);
  if (status.ok()) return {};
  return BadInput(std::string(what) + ": " + status.error().message);
}

}  // namespace lookout::app
