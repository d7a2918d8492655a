#include "app/exchange/step_object.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <memory>
#include <optional>
#include <string_view>

#include "sim/base/nearest_name.h"

namespace lookout::app {
namespace {

using nlohmann::json;

constexpr std::size_t kMostNameBytes = 100;
constexpr std::size_t kMostReasonBytes = 250;
const std::vector<std::string> kKeys{"episode", "seed",     "observation", "action",  "proposed",
                                     "reward",  "cost",     "costs",       "status",  "agent",
                                     "source",  "overseer", "reason",      "goal_met"};

std::string UnknownKey(const json& object) {
  for (const auto& [key, value] : object.items()) {
    if (std::ranges::find(kKeys, key) != kKeys.end()) continue;
    return "has \"" + key.substr(0, kMostNameBytes) + "\", which is no part of a step." +
           sim::DidYouMean(key, kKeys) + " Leave it out.";
  }
  return {};
}

// A finite number, or nothing.
std::optional<double> NumberOf(const json& value) {
  if (!value.is_number()) return std::nullopt;
  const double number = value.get<double>();
  return std::isfinite(number) ? std::optional(number) : std::nullopt;
}

// size: -1 for any. Returns what is wrong.
template <typename Vector>
std::string ReadList(const json& object, const char* key, int size, Vector& out) {
  const auto found = object.find(key);
  if (found == object.end()) return {};
  const bool fits =
      found->is_array() && (size < 0 || found->size() == static_cast<std::size_t>(size));
  if (!fits || found->size() > static_cast<std::size_t>(sim::kMostActionDim)) {
    return "needs a list of " + (size < 0 ? std::string() : fmt::format("{} ", size)) +
           "numbers as \"" + key + "\"" +
           (found->is_array() ? fmt::format(", and has {}", found->size()) : "") + ".";
  }
  out.resize(static_cast<Eigen::Index>(found->size()));
  for (Eigen::Index i = 0; i < out.size(); ++i) {
    const std::optional<double> number = NumberOf((*found)[static_cast<std::size_t>(i)]);
    if (!number) {
      return fmt::format(
          "has something else than a finite number in \"{}\", at place {}; leave such steps out.",
          key, i);
    }
    out[i] = static_cast<typename Vector::Scalar>(*number);
  }
  return {};
}

std::string ReadInteger(const json& object, const char* key, std::int64_t most, std::int64_t& out) {
  const auto found = object.find(key);
  if (found == object.end()) return {};
  if (!found->is_number_unsigned() || *found > most) {
    return fmt::format("needs a whole number from 0 to {} as \"{}\".", most, key);
  }
  out = *found;
  return {};
}

std::string ReadText(const json& object, const char* key, std::string& out,
                     std::size_t longest = kMostNameBytes) {
  const auto found = object.find(key);
  if (found == object.end()) return {};
  out = found->is_string() ? found->get<std::string>() : std::string();
  if (!out.empty() && out.size() <= longest) return {};
  return fmt::format("needs a text of at most {} bytes as \"{}\".", longest, key);
}

std::string ReadStatus(const json& object, sim::EpisodeStatus& out) {
  std::string name(sim::EpisodeStatusName(sim::EpisodeStatus::kRunning));
  if (std::string problem = ReadText(object, "status", name); !problem.empty()) return problem;
  std::string known;
  for (int i = 0; i <= static_cast<int>(sim::EpisodeStatus::kDiverged); ++i) {
    out = static_cast<sim::EpisodeStatus>(i);
    if (name == sim::EpisodeStatusName(out)) return {};
    known += (known.empty() ? "" : ", ") + std::string(sim::EpisodeStatusName(out));
  }
  return "has the status \"" + name + "\"; write one of: " + known + ".";
}

std::string ReadSource(const json& object, sim::ActionSource& out) {
  static constexpr std::array<std::string_view, 3> kNames{"agent", "person", "overseer"};
  std::string name(kNames[0]);
  if (std::string problem = ReadText(object, "source", name); !problem.empty()) return problem;
  const auto found = std::ranges::find(kNames, name);
  if (found == kNames.end()) {
    return "has the source \"" + name + "\"; write one of: agent, person, overseer.";
  }
  out = static_cast<sim::ActionSource>(found - kNames.begin());
  return {};
}

}  // namespace

std::string StepObjectReader::ReadActions(const json& object, sim::StepRecord& record) {
  std::string problem = ReadList(object, "action", action_dim_, record.executed_action);
  if (!problem.empty()) return problem;
  if (record.executed_action.size() == 0) {
    record.source = sim::ActionSource::kNone;
    return object.contains("proposed")
               ? "has a proposed action and none that was done; add \"action\"."
               : std::string();
  }
  action_dim_ = static_cast<int>(record.executed_action.size());
  problem = ReadList(object, "proposed", action_dim_, record.proposed_action);
  if (!problem.empty()) return problem;
  if (record.proposed_action.size() > 0 &&
      record.proposed_action == record.executed_action.cast<float>()) {
    record.proposed_action.resize(0);
  }
  std::string overseer;
  problem = ReadText(object, "overseer", overseer);
  if (!problem.empty()) return problem;
  if (!overseer.empty()) record.overseer = std::make_shared<const std::string>(overseer);
  std::string reason;
  problem = ReadText(object, "reason", reason, kMostReasonBytes);
  if (!problem.empty()) return problem;
  if (!reason.empty()) record.reason = std::make_shared<const std::string>(reason);
  return ReadSource(object, record.source);
}

std::string StepObjectReader::ReadCosts(const json& object, sim::StepRecord& record) {
  record.other_costs.setZero(static_cast<Eigen::Index>(other_cost_names_.size()));
  double sum = 0.0;
  const json costs = object.value("costs", json::object());
  for (const auto& [name, value] : costs.items()) {
    const std::optional<double> cost = NumberOf(value);
    if (!cost || name.empty() || name.size() > kMostNameBytes) {
      return "needs finite numbers under short names as \"costs\".";
    }
    sum += *cost;
    if (const auto kind = sim::FindCostKind(name)) {
      record.costs.by_kind[static_cast<std::size_t>(*kind)] = *cost;
      if (std::ranges::find(cost_kinds_, *kind) == cost_kinds_.end()) cost_kinds_.push_back(*kind);
      continue;
    }
    const auto known = std::ranges::find(other_cost_names_, name);
    const auto index = known - other_cost_names_.begin();
    if (known == other_cost_names_.end()) {
      if (other_cost_names_.size() == sim::kMostOtherCosts) return "has too many kinds of cost.";
      other_cost_names_.push_back(name);
      record.other_costs.conservativeResize(index + 1);
    }
    record.other_costs[index] = *cost;
  }
  const std::optional<double> total = NumberOf(object.value("cost", json(sum)));
  if (!total) return "needs a finite number as \"cost\".";
  record.costs.total = *total;
  return {};
}

std::string StepObjectReader::Read(const json& object, StepObject& step) {
  sim::StepRecord& record = step.record;
  if (std::string problem = UnknownKey(object); !problem.empty()) return problem;
  if (!object.contains("observation")) return "has no \"observation\"; add it.";
  if (object.contains("costs") && !object["costs"].is_object()) {
    return "needs an object as \"costs\", such as {\"hazards\": 1}.";
  }
  std::int64_t seed = 0;
  const std::optional<double> reward = NumberOf(object.value("reward", json(0.0)));
  if (!reward) return "needs a finite number as \"reward\".";
  const json goal_met = object.value("goal_met", json(false));
  if (!goal_met.is_boolean()) return "needs true or false as \"goal_met\".";
  for (std::string problem :
       {ReadInteger(object, "episode", std::numeric_limits<std::int64_t>::max(), step.episode),
        ReadInteger(object, "seed", std::numeric_limits<std::uint32_t>::max(), seed),
        ReadList(object, "observation", observation_dim_, record.observation),
        ReadText(object, "agent", step.agent), ReadStatus(object, record.status),
        ReadActions(object, record), ReadCosts(object, record)}) {
    if (!problem.empty()) return problem;
  }
  step.seed = static_cast<std::uint32_t>(seed);
  record.reward = static_cast<float>(*reward);
  record.goal_met = goal_met;
  record.predicted_cost = std::numeric_limits<float>::quiet_NaN();
  return {};
}

}  // namespace lookout::app
