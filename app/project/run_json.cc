#include "app/project/run_json.h"

#include <array>
#include <concepts>
#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

#include "app/project/run_fields.h"
#include "sim/config/json_text.h"

namespace lookout::app {
namespace {

using nlohmann::json;

// Names in the file; they stay what they are whatever the window calls these things.
using agents::Algorithm;
using agents::CostSource;
using agents::CpoCase;
using agents::MultiplierKind;
constexpr std::array kAlgorithms{
    std::pair{Algorithm::kPpo, "ppo"}, std::pair{Algorithm::kPpoLagrangian, "ppo-lag"},
    std::pair{Algorithm::kTrpo, "trpo"}, std::pair{Algorithm::kTrpoLagrangian, "trpo-lag"},
    std::pair{Algorithm::kCpo, "cpo"}};
constexpr std::array kMultiplierKinds{std::pair{MultiplierKind::kLagrange, "lagrange"},
                                      std::pair{MultiplierKind::kPid, "pid"},
                                      std::pair{MultiplierKind::kFixed, "fixed"}};
constexpr std::array kCostSources{std::pair{CostSource::kRule, "rule"},
                                  std::pair{CostSource::kLearned, "learned"},
                                  std::pair{CostSource::kNone, "none"},
                                  std::pair{CostSource::kSum, "sum"},
                                  std::pair{CostSource::kMaximum, "max"},
                                  std::pair{CostSource::kVasesContact, "vases_contact"},
                                  std::pair{CostSource::kPillars, "pillars"},
                                  std::pair{CostSource::kButtons, "buttons"},
                                  std::pair{CostSource::kGremlins, "gremlins"},
                                  std::pair{CostSource::kVasesDisplace, "vases_displace"},
                                  std::pair{CostSource::kVasesVelocity, "vases_velocity"},
                                  std::pair{CostSource::kHazards, "hazards"}};
constexpr std::array kCpoCases{
    std::pair{CpoCase::kNone, "none"},     std::pair{CpoCase::kRecovery, "recovery"},
    std::pair{CpoCase::kPartly, "partly"}, std::pair{CpoCase::kBoundary, "boundary"},
    std::pair{CpoCase::kInside, "inside"}, std::pair{CpoCase::kNoGradient, "no-gradient"}};

template <typename Names, typename Enum>
json NameOf(const Names& names, Enum value) {
  for (const auto& [known, name] : names) {
    if (known == value) return name;
  }
  LOOKOUT_CHECK(false, "a kind of training run has no name in the project file");
}

template <typename Names, typename Enum>
bool ReadName(const Names& names, const json& value, Enum& out) {
  for (const auto& [known, name] : names) {
    if (value == name) {
      out = known;
      return true;
    }
  }
  return false;
}

json ToJson(Algorithm value) { return NameOf(kAlgorithms, value); }
json ToJson(MultiplierKind value) { return NameOf(kMultiplierKinds, value); }
json ToJson(CostSource value) { return NameOf(kCostSources, value); }
json ToJson(CpoCase value) { return NameOf(kCpoCases, value); }
json ToJson(CostModelId value) { return value.value; }
json ToJson(const std::string& value) { return value; }
template <typename T>
requires std::is_arithmetic_v<T> json ToJson(T value) {
  return value;  // NaN becomes null
}

// Each is false if the value is of the wrong type or out of range.
bool FromJson(const json& value, Algorithm& out) { return ReadName(kAlgorithms, value, out); }
bool FromJson(const json& value, MultiplierKind& out) {
  return ReadName(kMultiplierKinds, value, out);
}
bool FromJson(const json& value, CostSource& out) { return ReadName(kCostSources, value, out); }
bool FromJson(const json& value, CpoCase& out) { return ReadName(kCpoCases, value, out); }
bool FromJson(const json& value, std::string& out) {
  if (value.is_string()) out = value.get<std::string>();
  return value.is_string();
}
bool FromJson(const json& value, bool& out) {
  if (value.is_boolean()) out = value.get<bool>();
  return value.is_boolean();
}
bool FromJson(const json& value, double& out) {
  if (value.is_null()) {
    out = std::numeric_limits<double>::quiet_NaN();
    return true;
  }
  if (value.is_number()) out = value.get<double>();
  return value.is_number();
}
template <std::integral T>
bool FromJson(const json& value, T& out) {
  if (!value.is_number_integer()) return false;
  if (value.is_number_unsigned() && !std::in_range<T>(value.get<std::uint64_t>())) return false;
  const auto number = value.get<std::int64_t>();
  if (!std::in_range<T>(number)) return false;
  out = static_cast<T>(number);
  return true;
}
bool FromJson(const json& value, CostModelId& out) { return FromJson(value, out.value); }

// Reads the keys of one object and remembers the first that is wrong.
class RunReader {
 public:
  RunReader(std::string_view text, std::string what)
      : object_(sim::ParseJsonText(text).value), what_(std::move(what)) {}

  template <typename T>
  void operator()(const char* key, T& field) {
    if (!object_.is_object() || !wrong_key_.empty()) return;
    const auto found = object_.find(key);
    if (found != object_.end() && !FromJson(*found, field)) wrong_key_ = key;
  }

  Status status() const {
    if (!object_.is_object()) {
      return BadInput(what_ + " cannot be read (no JSON object); open a copy of the project that " +
                      "is intact.");
    }
    if (wrong_key_.empty()) return {};
    return BadInput(what_ + " cannot be read (wrong value of \"" + wrong_key_ +
                    "\"); open a copy of the project that is intact.");
  }

 private:
  json object_;
  std::string what_;
  std::string wrong_key_;
};

}  // namespace

std::string EncodeSettings(const agents::TrainingSettings& settings) {
  json object = json::object();
  VisitSettings(settings, [&](const char* key, const auto& field) { object[key] = ToJson(field); });
  return object.dump();
}

std::string EncodeReport(const agents::IterationReport& report) {
  json object = json::object();
  VisitReport(report, [&](const char* key, const auto& field) { object[key] = ToJson(field); });
  return object.dump();
}

Result<agents::TrainingSettings> DecodeSettings(std::string_view text) {
  agents::TrainingSettings settings;
  RunReader reader(text, "The settings of a training run");
  VisitSettings(settings, reader);
  if (Status read = reader.status(); !read) return read.error();
  return settings;
}

Result<agents::IterationReport> DecodeReport(std::string_view text) {
  agents::IterationReport report;
  RunReader reader(text, "The report of a training iteration");
  VisitReport(report, reader);
  if (Status read = reader.status(); !read) return read.error();
  return report;
}

}  // namespace lookout::app
