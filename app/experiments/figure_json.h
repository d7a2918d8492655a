// The figures of an experiment in its files: numbers, estimates and lists of numbers, each with
// what it can be. Pure functions; any thread.
#pragma once

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <type_traits>
#include <vector>

#include "agents/feedback/agreement/episode_bootstrap.h"
#include "sim/base/fields.h"

namespace lookout::app {

// What a figure can be: a number from `least` to `most`. One that is not finite is not known; it
// stands as null.
struct FigureRange {
  double least = -std::numeric_limits<double>::infinity();
  double most = std::numeric_limits<double>::infinity();
  bool may_be_unknown = false;

  constexpr FigureRange OrUnknown() const { return {least, most, true}; }
  bool Has(double value) const {
    constexpr double kRounding = 1e-9;  // of a mean, which may end beyond what it is a mean of
    return std::isnan(value) ? may_be_unknown
                             : value >= least - kRounding && value <= most + kRounding;
  }
  // "a number from 0 to 1".
  std::string Words() const {
    std::string words = std::isfinite(most)    ? fmt::format("a number from {} to {}",
                                                             NumberText(least), NumberText(most))
                        : std::isfinite(least) ? "a number of at least " + NumberText(least)
                                               : std::string("a number");
    return may_be_unknown ? words + ", or null" : words;
  }
};
inline constexpr FigureRange kAnyNumber{};
inline constexpr FigureRange kAtLeastZero{.least = 0.0};  // counts and costs
inline constexpr FigureRange kShare{.least = 0.0, .most = 1.0};

// Each says what is wrong with a value, or nothing: "is 1.5, not a number from 0 to 1".
inline std::string ReadFigure(const nlohmann::json& json, double& value, const FigureRange& range) {
  value = json.is_number() ? json.get<double>() : std::numeric_limits<double>::quiet_NaN();
  if ((json.is_number() || json.is_null()) && range.Has(value)) return {};
  return fmt::format("is {}, not {}", json.dump().substr(0, 40), range.Words());
}
template <typename Number>
requires(std::is_integral_v<Number> && !std::is_same_v<Number, bool>) std::string
    ReadFigure(const nlohmann::json& json, Number& value, const FigureRange& range) {
  using Limits = std::numeric_limits<Number>;
  const double number =
      json.is_number_integer() ? json.get<double>() : std::numeric_limits<double>::quiet_NaN();
  const bool fits = number >= double(Limits::lowest()) && number <= double(Limits::max());
  if (!fits || !range.Has(number)) {
    return fmt::format("is {}, not a whole number of those that can be", json.dump().substr(0, 40));
  }
  value = json.get<Number>();
  return {};
}
inline std::string ReadFigure(const nlohmann::json& json, bool& value, const FigureRange&) {
  if (!json.is_boolean()) return "is neither true nor false";
  value = json.get<bool>();
  return {};
}
// Its ends may be unknown where the value is not.
inline std::string ReadFigure(const nlohmann::json& json, agents::Estimate& value,
                              const FigureRange& range) {
  std::string problem;
  const auto part = [&](const char* name, double& into, const FigureRange& of) {
    if (!problem.empty()) return;
    problem = json.is_object() && json.contains(name) ? ReadFigure(json[name], into, of)
                                                      : "has no number as " + std::string(name);
  };
  part("value", value.value, range);
  part("low", value.low, range.OrUnknown());
  part("high", value.high, range.OrUnknown());
  if (problem.empty() && value.low > value.high) {
    problem = fmt::format("goes from {} down to {}", value.low, value.high);
  }
  return problem;
}
// A list of anything that is read so; of as many as there have to be, or of any number.
template <typename List>
std::string ReadFigureList(const nlohmann::json& json, List& values, const FigureRange& range) {
  if (!json.is_array()) return "is no list";
  if constexpr (requires { values.resize(json.size()); }) values.resize(json.size());
  if (json.size() != values.size()) {
    return fmt::format("has {} numbers, not {}", json.size(), values.size());
  }
  std::string problem;
  for (std::size_t i = 0; i < values.size() && problem.empty(); ++i) {
    problem = ReadFigure(json[i], values[i], range);
  }
  return problem.empty() ? problem : "has one that " + problem;
}
inline std::string ReadFigure(const nlohmann::json& json, std::vector<double>& values,
                              const FigureRange& range) {
  return ReadFigureList(json, values, range);
}
template <std::size_t size>
std::string ReadFigure(const nlohmann::json& json, std::array<double, size>& values,
                       const FigureRange& range) {
  return ReadFigureList(json, values, range);
}

// Visits figures by name, to read them from an object that has to have all of them.
class FigureReader {
 public:
  explicit FigureReader(const nlohmann::json& json) : json_(json) {
    if (!json.is_object()) problem_ = "it has no figures";
  }
  template <typename Value>
  void operator()(const char* name, Value& value, const FigureRange& range) {
    if (!problem_.empty()) return;
    if (!json_.contains(name)) {
      problem_ = fmt::format("it lacks '{}'", name);
    } else if (const std::string problem = ReadFigure(json_[name], value, range);
               !problem.empty()) {
      problem_ = fmt::format("its '{}' {}", name, problem);
    }
  }
  // A name out of those of some values.
  template <typename Values, typename NameOf, typename Value>
  void OneOf(const char* name, const Values& values, const NameOf& name_of, Value& value) {
    if (!problem_.empty()) return;
    problem_ = json_.contains(name) ? fmt::format("its '{}' is none of the experiment's", name)
                                    : fmt::format("it lacks '{}'", name);
    for (const auto& known : values) {
      if (!json_.contains(name) || json_[name] != name_of(known)) continue;
      value = known;
      problem_.clear();
    }
  }
  // A list of objects; read(json, member) says what is wrong with one, or nothing.
  template <typename Member, typename Read>
  void Members(const char* name, std::vector<Member>& members, const Read& read) {
    if (!problem_.empty()) return;
    if (!json_.contains(name) || !json_[name].is_array()) {
      problem_ = fmt::format("it lacks '{}'", name);
      return;
    }
    for (const nlohmann::json& member : json_[name]) {
      problem_ = read(member, members.emplace_back());
      if (!problem_.empty()) return;
    }
  }
  // For what figures have to be to each other; the first problem stays.
  void Expect(bool holds, const std::string& problem) {
    if (problem_.empty() && !holds) problem_ = problem;
  }
  // What is wrong, so far; empty: nothing.
  const std::string& problem() const { return problem_; }

 private:
  const nlohmann::json& json_;
  std::string problem_;
};

inline nlohmann::ordered_json FigureJson(const agents::Estimate& estimate) {
  return {{"value", estimate.value}, {"low", estimate.low}, {"high", estimate.high}};
}
inline nlohmann::ordered_json FigureJson(const std::vector<double>& values) { return values; }
template <std::size_t size>
nlohmann::ordered_json FigureJson(const std::array<double, size>& values) {
  return values;
}
template <typename Number>
requires std::is_arithmetic_v<Number> nlohmann::ordered_json FigureJson(Number value) {
  return value;
}

}  // namespace lookout::app
