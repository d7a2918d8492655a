#include "sim/config/json_value.h"

#include <fmt/format.h>

#include <cmath>

namespace lookout::sim {
namespace {

using nlohmann::json;

constexpr Choice<Task> kTasks[] = {
    {Task::kGoal, "goal"}, {Task::kButton, "button"}, {Task::kPush, "push"}, {Task::kX, "x"},
    {Task::kZ, "z"},       {Task::kCircle, "circle"}, {Task::kNone, "none"}};
constexpr Choice<LidarType> kLidarTypes[] = {{LidarType::kPseudo, "pseudo"},
                                             {LidarType::kNatural, "natural"}};

std::string Number(double value) { return fmt::format("{}", value); }

Refusal CheckRange(double value, const Range& range) {
  if (!std::isfinite(value)) return "must be a finite number";
  if (value < range.min) return "must be at least " + Number(range.min) + ", not " + Number(value);
  if (value > range.max) return "must be at most " + Number(range.max) + ", not " + Number(value);
  return std::nullopt;
}

// A whole number in any notation: Python writes 10 and 10.0 for the same option.
Refusal ReadWhole(const json& value, const Range& range, double& out) {
  if (!value.is_number()) return "must be a whole number, not " + Excerpt(value);
  const auto number = value.get<double>();
  if (Refusal refusal = CheckRange(number, range)) return refusal;
  if (number != std::floor(number)) return "must be a whole number, not " + Excerpt(value);
  out = number;
  return std::nullopt;
}

}  // namespace

std::span<const Choice<Task>> Choices(Task /*kind*/) { return kTasks; }
std::span<const Choice<LidarType>> Choices(LidarType /*kind*/) { return kLidarTypes; }

std::string Excerpt(const json& value) {
  constexpr std::size_t kMaxLength = 60;
  if (value.is_structured()) {
    return fmt::format("{} of {}", value.type_name(), value.size());
  }
  std::string text = value.dump(-1, ' ', true, json::error_handler_t::replace);
  if (text.size() > kMaxLength) text = text.substr(0, kMaxLength) + "...";
  return text;
}

Refusal ReadValue(const json& value, const Range&, bool& out) {
  if (!value.is_boolean()) return "must be true or false, not " + Excerpt(value);
  out = value.get<bool>();
  return std::nullopt;
}

Refusal ReadValue(const json& value, const Range& range, int& out) {
  double whole = 0;
  if (Refusal refusal = ReadWhole(value, range, whole)) return refusal;
  out = static_cast<int>(whole);
  return std::nullopt;
}

Refusal ReadValue(const json& value, const Range& range, std::uint32_t& out) {
  double whole = 0;
  if (Refusal refusal = ReadWhole(value, range, whole)) return refusal;
  out = static_cast<std::uint32_t>(whole);
  return std::nullopt;
}

Refusal ReadValue(const json& value, const Range& range, double& out) {
  if (!value.is_number()) return "must be a number, not " + Excerpt(value);
  const auto number = value.get<double>();
  if (Refusal refusal = CheckRange(number, range)) return refusal;
  out = number;
  return std::nullopt;
}

Refusal ReadValue(const json& value, const Range&, std::string& out) {
  if (!value.is_string()) return "must be a text, not " + Excerpt(value);
  out = value.get<std::string>();
  return std::nullopt;
}

}  // namespace lookout::sim
