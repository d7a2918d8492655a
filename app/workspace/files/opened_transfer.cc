#include "app/workspace/files/opened_transfer.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "app/platform/files.h"
#include "sim/config/config_file.h"
#include "sim/config/json_text.h"

namespace lookout::app {
namespace fs = std::filesystem;
namespace {

using nlohmann::json;

constexpr std::size_t kMostTransferBytes = std::size_t{64} << 20U;

// All of these throw json::exception where an object lacks what is asked of it.

agents::Estimate FigureOf(const json& object, const char* name) {
  const json& figure = object.at(name);
  const auto part = [&](const char* of) {
    const json& value = figure.at(of);
    return value.is_null() ? std::numeric_limits<double>::quiet_NaN() : value.get<double>();
  };
  return {part("value"), part("low"), part("high")};
}

template <typename Number>
Number CountOf(const json& object, const char* name) {
  constexpr double kMost = std::numeric_limits<Number>::max();
  return static_cast<Number>(std::clamp(object.at(name).get<double>(), 0.0, kMost));
}

ui::TransferModel ModelOf(const json& object, const fs::path& folder) {
  ui::TransferModel model{.why = object.value("why", "")};
  if (!model.why.empty()) return model;
  model.seeds = CountOf<int>(object, "seeds");
  model.auc = FigureOf(object, "auc");
  model.missed = FigureOf(object, "missed");
  model.false_alarms = FigureOf(object, "false_alarms");
  model.ratio = FigureOf(object, "learned_over_true");
  model.absent = object.at("absent").get<std::vector<std::string>>();
  model.unknown = object.at("unknown").get<std::vector<std::string>>();
  // A file beside this one, and no other.
  const fs::path name = object.at("cost_model").get<std::string>();
  model.cost_model = (folder / name.filename()).string();
  model.evaluated_from = CountOf<std::uint32_t>(object, "evaluated_from");
  return model;
}

ui::TransferPolicy PolicyOf(const json& object) {
  ui::TransferPolicy policy{.why = object.value("why", "")};
  if (!policy.why.empty()) return policy;
  policy.episodes = CountOf<int>(object, "episodes");
  policy.total_reward = FigureOf(object, "return");
  policy.true_cost = FigureOf(object, "true_cost");
  return policy;
}

Status AddPlace(const json& place, std::string name, OpenedTransfer& opened) {
  const std::string id = place.at("environment").get<std::string>();
  auto config = sim::ParseConfigText(place.at("configuration").dump(), id);
  if (!config) return config.error();
  opened.environments.push_back(std::move(config).value());
  const fs::path policy = place.value("policy", "");
  opened.matrix.places.push_back(
      {.name = std::move(name), .environment = id, .policy = policy.stem().string()});
  return {};
}

Status AddPlaces(const json& file, OpenedTransfer& opened) {
  const json& places = file.at("settings").at("places");
  const json& names = file.at("places");
  for (std::size_t i = 0; i < places.size(); ++i) {
    Status added = AddPlace(places.at(i), names.at(i).get<std::string>(), opened);
    if (!added) return added;
  }
  opened.matrix.annotator = places.at(0).at("annotator").get<std::string>();
  return {};
}

// False where they are not one for each source and target, in that order.
bool AddCells(const json& file, const fs::path& folder, ui::TransferMatrix& matrix) {
  const std::size_t places = matrix.places.size();
  const json& cells = file.at("cells");
  if (!cells.is_array() || cells.size() != places * places) return false;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i].at("source") != i / places || cells[i].at("target") != i % places) return false;
    const json& models = cells[i].at("models");
    if (!models.is_object()) return false;
    ui::TransferCell& cell = matrix.cells.emplace_back();
    for (const std::string& inputs : matrix.inputs) {
      cell.models.push_back(ModelOf(models.at(inputs), folder));
    }
    cell.policy = PolicyOf(cells[i].at("policy"));
  }
  return true;
}

Error NoTransfer(const fs::path& path) {
  return BadInput(path.string() +
                  " is not the result of an experiment on transfer of this version; make it again "
                  "with 'lookout experiment transfer'.");
}

}  // namespace

bool IsTransfer(std::string_view head) {
  std::string begin;  // another program may have set the spaces otherwise
  for (const char c : head.substr(0, 64)) {
    if (std::string_view(" \t\r\n").find(c) == std::string_view::npos) begin += c;
  }
  return begin.starts_with("{\"experiment\":\"transfer\"");
}

Result<OpenedTransfer> ReadTransfer(std::string_view text, const fs::path& path) {
  const json file = sim::ParseJsonText(text).value;
  OpenedTransfer opened;
  ui::TransferMatrix& matrix = opened.matrix;
  matrix.path = path.string();
  matrix.inputs = {"full", "world", "world+answers"};
  try {
    if (Status added = AddPlaces(file, opened); !added) {
      return BadInput(path.string() + ": " + added.error().message);
    }
    matrix.answers = CountOf<int>(file.at("settings"), "answers");
    matrix.few_answers = CountOf<int>(file.at("settings"), "few-answers");
    if (matrix.places.empty() || !AddCells(file, path.parent_path(), matrix)) {
      return NoTransfer(path);
    }
  } catch (const json::exception&) {
    return NoTransfer(path);
  }
  return opened;
}

Result<OpenedTransfer> OpenTransfer(const fs::path& path) {
  const auto text = ReadWholeFile(path, kMostTransferBytes);
  if (!text) return text.error();
  return ReadTransfer(*text, path);
}

}  // namespace lookout::app
