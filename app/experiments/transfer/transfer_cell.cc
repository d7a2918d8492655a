#include "app/experiments/transfer/transfer_cell.h"

#include <nlohmann/json.hpp>

#include "app/experiments/figure_json.h"
#include "app/experiments/study_file.h"

namespace lookout::app {
namespace {

using nlohmann::ordered_json;

constexpr char kCellFile[] = "a cell of an experiment on transfer";

// Name each figure once, for writing and for reading.
template <typename Model, typename Visit>
void VisitModel(Model& model, Visit&& visit) {
  visit("auc", model.auc);
  visit("missed", model.missed);
  visit("false_alarms", model.false_alarms);
  visit("ratio", model.ratio);
}

template <typename Policy, typename Visit>
void VisitPolicy(Policy& policy, Visit&& visit) {
  visit("returns", policy.returns);
  visit("true_costs", policy.true_costs);
}

bool ReadText(const nlohmann::json& json, const char* name, std::string& text) {
  if (!json.is_object() || !json.contains(name) || !json[name].is_string()) return false;
  text = json[name].get<std::string>();
  return true;
}

bool ReadTexts(const nlohmann::json& json, const char* name, std::vector<std::string>& texts) {
  if (!json.is_object() || !json.contains(name) || !json[name].is_array()) return false;
  for (const nlohmann::json& text : json[name]) {
    if (!text.is_string()) return false;
    texts.push_back(text.get<std::string>());
  }
  return true;
}

ordered_json ToJson(const ModelInTarget& model) {
  ordered_json json{{"why", model.why}, {"absent", model.absent}, {"unknown", model.unknown}};
  VisitModel(model, [&](const char* name, double value) { json[name] = value; });
  return json;
}

bool Read(const nlohmann::json& json, ModelInTarget& model) {
  if (!ReadText(json, "why", model.why) || !ReadTexts(json, "absent", model.absent) ||
      !ReadTexts(json, "unknown", model.unknown)) {
    return false;
  }
  FigureReader reader(json);
  VisitModel(model, reader);
  return reader.ok();
}

ordered_json ToJson(const PolicyInTarget& policy) {
  ordered_json json{{"why", policy.why}};
  VisitPolicy(policy, [&](const char* name, const auto& value) { json[name] = FigureJson(value); });
  return json;
}

bool Read(const nlohmann::json& json, PolicyInTarget& policy) {
  if (!ReadText(json, "why", policy.why)) return false;
  FigureReader reader(json);
  VisitPolicy(policy, reader);
  return reader.ok() && policy.returns.size() == policy.true_costs.size() &&
         policy.why.empty() != policy.returns.empty();
}

}  // namespace

std::string EncodeCell(const TransferCell& cell, const TransferWorld& world) {
  ordered_json json{{"settings", SettingsJson(world, {cell.key.source, cell.key.target})}};
  for (const Choice<TransferInputs>& inputs : Choices(TransferInputs{})) {
    json["models"][std::string(inputs.name)] = ToJson(cell.Of(inputs.value));
  }
  json["policy"] = ToJson(cell.policy);
  return json.dump() + "\n";
}

Result<TransferCell> DecodeCell(const std::string& text, const TransferKey& key,
                                const TransferWorld& world, const std::string& file) {
  const auto json =
      OpenStudyFile(text, SettingsJson(world, {key.source, key.target}), file, kCellFile);
  if (!json) return json.error();
  const Error damaged = DamagedStudyFile(file, kCellFile);
  TransferCell cell{.key = key, .models = {}, .policy = {}};
  if (!json->contains("models") || !(*json)["models"].is_object() || !json->contains("policy") ||
      !Read((*json)["policy"], cell.policy)) {
    return damaged;
  }
  for (const Choice<TransferInputs>& inputs : Choices(TransferInputs{})) {
    const std::string name(inputs.name);
    auto& model = cell.models[static_cast<std::size_t>(inputs.value)];
    if (!(*json)["models"].contains(name) || !Read((*json)["models"][name], model)) return damaged;
  }
  return cell;
}

}  // namespace lookout::app
