#include "app/experiments/transfer/transfer_cell.h"

#include <nlohmann/json.hpp>
#include <string>

#include "app/experiments/figure_json.h"
#include "app/experiments/study_file.h"

namespace lookout::app {
namespace {

using nlohmann::ordered_json;

constexpr char kCellFile[] = "a cell of an experiment on transfer";

// Name each figure once, with what it can be, for writing and for reading.
template <typename Model, typename Visit>
void VisitModel(Model& model, Visit&& visit) {
  visit("auc", model.auc, kShare.OrUnknown());
  visit("missed", model.missed, kShare.OrUnknown());
  visit("false_alarms", model.false_alarms, kShare.OrUnknown());
  visit("ratio", model.ratio, kAtLeastZero.OrUnknown());
}

template <typename Policy, typename Visit>
void VisitPolicy(Policy& policy, Visit&& visit) {
  visit("returns", policy.returns, kAnyNumber);
  visit("true_costs", policy.true_costs, kAtLeastZero);
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
  VisitModel(model, [&](const char* name, double value, const FigureRange&) {
    json[name] = FigureJson(value);
  });
  return json;
}

// Both return what is wrong, or nothing.
std::string Read(const nlohmann::json& json, ModelInTarget& model) {
  if (!ReadText(json, "why", model.why) || !ReadTexts(json, "absent", model.absent) ||
      !ReadTexts(json, "unknown", model.unknown)) {
    return "a model lacks the words about it";
  }
  FigureReader reader(json);
  VisitModel(model, reader);
  return reader.problem();
}

ordered_json ToJson(const PolicyInTarget& policy) {
  ordered_json json{{"why", policy.why}};
  VisitPolicy(policy, [&](const char* name, const auto& value, const FigureRange&) {
    json[name] = FigureJson(value);
  });
  return json;
}

std::string Read(const nlohmann::json& json, PolicyInTarget& policy) {
  if (!ReadText(json, "why", policy.why)) return "the policy lacks the words about it";
  FigureReader reader(json);
  VisitPolicy(policy, reader);
  reader.Expect(policy.returns.size() == policy.true_costs.size() &&
                    policy.why.empty() != policy.returns.empty(),
                "the policy's lists are not of as many episodes each");
  return reader.problem();
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
  TransferCell cell{.key = key, .models = {}, .policy = {}};
  if (!json->contains("models") || !(*json)["models"].is_object() || !json->contains("policy")) {
    return DamagedStudyFile(file, "it lacks its models or its policy");
  }
  std::string problem = Read((*json)["policy"], cell.policy);
  for (const Choice<TransferInputs>& inputs : Choices(TransferInputs{})) {
    const std::string name(inputs.name);
    if (!problem.empty()) break;
    auto& model = cell.models[static_cast<std::size_t>(inputs.value)];
    problem = (*json)["models"].contains(name) ? Read((*json)["models"][name], model)
                                               : "it lacks the model '" + name + "'";
  }
  if (!problem.empty()) return DamagedStudyFile(file, problem);
  return cell;
}

}  // namespace lookout::app
