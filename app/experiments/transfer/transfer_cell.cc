#include "app/experiments/transfer/transfer_cell.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

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

void ReadText(const nlohmann::json& json, const char* name, std::string& text,
              FigureReader& reader) {
  const bool is_text = json.is_object() && json.contains(name) && json[name].is_string();
  reader.Expect(is_text, fmt::format("it lacks '{}'", name));
  if (is_text) text = json[name].get<std::string>();
}

void ReadTexts(const nlohmann::json& json, const char* name, std::vector<std::string>& texts,
               FigureReader& reader) {
  const bool is_list = json.is_object() && json.contains(name) && json[name].is_array();
  reader.Expect(is_list, fmt::format("it lacks '{}'", name));
  if (!is_list) return;
  for (const nlohmann::json& text : json[name]) {
    reader.Expect(text.is_string(), fmt::format("its '{}' are no texts", name));
    if (text.is_string()) texts.push_back(text.get<std::string>());
  }
}

ordered_json ToJson(const ModelInTarget& model) {
  ordered_json json{{"why", model.why}, {"absent", model.absent}, {"unknown", model.unknown}};
  VisitModel(model,
             [&](const char* name, double value, const FigureRange&) { json[name] = value; });
  return json;
}

// Each returns what is wrong, or nothing.
std::string Read(const nlohmann::json& json, ModelInTarget& model) {
  FigureReader reader(json);
  ReadText(json, "why", model.why, reader);
  ReadTexts(json, "absent", model.absent, reader);
  ReadTexts(json, "unknown", model.unknown, reader);
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
  FigureReader reader(json);
  ReadText(json, "why", policy.why, reader);
  VisitPolicy(policy, reader);
  reader.Expect(policy.returns.size() == policy.true_costs.size(),
                "it has returns and costs of different episodes");
  reader.Expect(policy.why.empty() != policy.returns.empty(),
                "it has neither episodes of the policy nor a reason");
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
  for (const Choice<TransferInputs>& inputs : Choices(TransferInputs{})) {
    const auto at = nlohmann::json::json_pointer("/models") / std::string(inputs.name);
    auto& model = cell.models[static_cast<std::size_t>(inputs.value)];
    const std::string problem = Read(json->contains(at) ? (*json)[at] : nlohmann::json(), model);
    if (!problem.empty()) {
      return DamagedStudyFile(file, fmt::format("of '{}', {}", inputs.name, problem));
    }
  }
  const std::string problem =
      Read(json->contains("policy") ? (*json)["policy"] : nlohmann::json(), cell.policy);
  if (!problem.empty()) return DamagedStudyFile(file, "of the policy, " + problem);
  return cell;
}

}  // namespace lookout::app
