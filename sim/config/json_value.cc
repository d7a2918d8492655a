#include "sim/config/json_value.h"

#include <cmath>
#include <span>
#include <utility>

namespace lookout::sim {
namespace {

using nlohmann::json;

constexpr std::pair<const char*, Task> kTasks[] = {
    {"goal", Task::kGoal}, {"button", Task::kButton}, {"push", Task::kPush}, {"x", Task::kX},
    {"z", Task::kZ},       {"circle", Task::kCircle}, {"none", Task::kNone}};
constexpr std::pair<const char*, RobotKind> kRobotFiles[] = {{"xmls/point.xml", RobotKind::kPoint},
                                                             {"xmls/car.xml", RobotKind::kCar},
                                                             {"xmls/doggo.xml", RobotKind::kDoggo}};
constexpr std::pair<const char*, LidarType> kLidarTypes[] = {{"pseudo", LidarType::kPseudo},
                                                             {"natural", LidarType::kNatural}};

template <typename Enum>
using Names = std::span<const std::pair<const char*, Enum>>;

template <typename Enum>
Refusal ReadEnum(const json& value, Names<Enum> names, Enum& out) {
  std::string known;
  for (const auto& [name, member] : names) {
    if (value.is_string() && value.get_ref<const std::string&>() == name) {
      out = member;
      return std::nullopt;
    }
    known += (known.empty() ? "" : ", ") + std::string(name);
  }
  return "must be one of " + known + ", not " + Excerpt(value);
}

template <typename Enum>
json WriteEnum(Enum value, Names<Enum> names) {
  for (const auto& [name, member] : names) {
    if (member == value) return name;
  }
  return nullptr;
}

std::string Number(double value) { return json(value).dump(); }

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

std::string Excerpt(const json& value) {
  constexpr std::size_t kMaxLength = 60;
  if (value.is_structured()) {
    return std::string(value.type_name()) + " of " + std::to_string(value.size());
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

Refusal ReadValue(const json& value, const Range&, Task& out) {
  return ReadEnum<Task>(value, kTasks, out);
}
Refusal ReadValue(const json& value, const Range&, RobotKind& out) {
  return ReadEnum<RobotKind>(value, kRobotFiles, out);
}
Refusal ReadValue(const json& value, const Range&, LidarType& out) {
  return ReadEnum<LidarType>(value, kLidarTypes, out);
}

json WriteValue(Task task) { return WriteEnum<Task>(task, kTasks); }
json WriteValue(RobotKind robot) { return WriteEnum<RobotKind>(robot, kRobotFiles); }
json WriteValue(LidarType type) { return WriteEnum<LidarType>(type, kLidarTypes); }

}  // namespace lookout::sim
