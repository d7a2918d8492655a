// The figures of an experiment in its files: numbers, estimates and lists of numbers. Pure
// functions; any thread.
#pragma once

#include <array>
#include <cstddef>
#include <limits>
#include <nlohmann/json.hpp>
#include <type_traits>
#include <vector>

#include "agents/feedback/agreement/episode_bootstrap.h"

namespace lookout::app {

// Each false if the value is of another type. A number that is not finite stands as null.
inline bool ReadFigure(const nlohmann::json& json, double& value) {
  if (!json.is_number() && !json.is_null()) return false;
  value = json.is_null() ? std::numeric_limits<double>::quiet_NaN() : json.get<double>();
  return true;
}
inline bool ReadFigure(const nlohmann::json& json, agents::Estimate& value) {
  if (!json.is_object()) return false;
  const auto part = [&](const char* name, double& into) {
    return json.contains(name) && ReadFigure(json[name], into);
  };
  return part("value", value.value) && part("low", value.low) && part("high", value.high);
}
template <typename Number>
requires std::is_integral_v<Number>
bool ReadFigure(const nlohmann::json& json, Number& value) {
  if (!json.is_number_integer()) return false;
  value = json.get<Number>();
  return true;
}
inline bool ReadFigure(const nlohmann::json& json, std::vector<double>& values) {
  if (!json.is_array()) return false;
  values.assign(json.size(), 0.0);
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (!ReadFigure(json[i], values[i])) return false;
  }
  return true;
}

inline bool ReadFigure(const nlohmann::json& json, bool& value) {
  if (!json.is_boolean()) return false;
  value = json.get<bool>();
  return true;
}
template <std::size_t size>
bool ReadFigure(const nlohmann::json& json, std::array<double, size>& values) {
  if (!json.is_array() || json.size() != size) return false;
  for (std::size_t i = 0; i < size; ++i) {
    if (!ReadFigure(json[i], values[i])) return false;
  }
  return true;
}

// Visits figures by name, to read them from an object that has to have all of them.
class FigureReader {
 public:
  explicit FigureReader(const nlohmann::json& json) : json_(json), ok_(json.is_object()) {}
  template <typename Value>
  void operator()(const char* name, Value& value) {
    ok_ = ok_ && json_.contains(name) && ReadFigure(json_[name], value);
  }
  bool ok() const { return ok_; }  // so far

 private:
  const nlohmann::json& json_;
  bool ok_;
};

inline nlohmann::ordered_json FigureJson(const agents::Estimate& estimate) {
  return {{"value", estimate.value}, {"low", estimate.low}, {"high", estimate.high}};
}
inline nlohmann::ordered_json FigureJson(const std::vector<double>& values) { return values; }
template <typename Number>
requires std::is_arithmetic_v<Number> nlohmann::ordered_json FigureJson(Number value) {
  return value;
}

}  // namespace lookout::app
