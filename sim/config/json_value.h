// Reads and writes the value types of EnvironmentConfig as JSON. Any thread.
// Read* return the reason why a value is refused ("must be a whole number, not \"ten\""), or
// nothing; the target is only written on success.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "sim/config/config.h"

namespace lookout::sim {

// Inclusive limits of a number; for lists and rectangles, of every number in them.
struct Range {
  double min = -1e6;
  double max = 1e6;
};

using Refusal = std::optional<std::string>;

Refusal ReadValue(const nlohmann::json& json, const Range& range, bool& out);
Refusal ReadValue(const nlohmann::json& json, const Range& range, int& out);
Refusal ReadValue(const nlohmann::json& json, const Range& range, std::uint32_t& out);
Refusal ReadValue(const nlohmann::json& json, const Range& range, double& out);
Refusal ReadValue(const nlohmann::json& json, const Range& range, std::string& out);

template <typename T>
nlohmann::json WriteValue(const T& value) {
  if constexpr (HasChoices<T>) {
    return ChoiceName(value);
  } else {
    return value;
  }
}
template <typename T>
nlohmann::json WriteValue(const std::optional<T>& value) {
  return value ? WriteValue(*value) : nlohmann::json(nullptr);
}

// The value as it stands in a message: short, whatever was given.
std::string Excerpt(const nlohmann::json& json);

template <HasChoices Enum>
Refusal ReadValue(const nlohmann::json& json, const Range&, Enum& out) {
  std::string known;
  for (const Choice<Enum>& choice : Choices(Enum{})) {
    if (json.is_string() && json.get_ref<const std::string&>() == choice.name) {
      out = choice.value;
      return std::nullopt;
    }
    known += (known.empty() ? "" : ", ") + std::string(choice.name);
  }
  return "must be one of " + known + ", not " + Excerpt(json);
}

template <typename T, std::size_t N>
Refusal ReadValue(const nlohmann::json& json, const Range& range, std::array<T, N>& out) {
  if (!json.is_array() || json.size() != N) {
    return fmt::format("must be a list of {} numbers, not {}", N, Excerpt(json));
  }
  std::array<T, N> values{};
  for (std::size_t i = 0; i < N; ++i) {
    if (Refusal refusal = ReadValue(json[i], range, values[i])) return refusal;
  }
  out = values;
  return std::nullopt;
}

template <typename T>
Refusal ReadValue(const nlohmann::json& json, const Range& range, std::vector<T>& out) {
  constexpr std::size_t kMaxItems = 10'000;
  if (!json.is_array()) return "must be a list, not " + Excerpt(json);
  if (json.size() > kMaxItems) return fmt::format("has more than {} items", kMaxItems);
  std::vector<T> values(json.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (Refusal refusal = ReadValue(json[i], range, values[i])) {
      return fmt::format("item {} {}", i, *refusal);
    }
  }
  out = std::move(values);
  return std::nullopt;
}

template <typename T>
Refusal ReadValue(const nlohmann::json& json, const Range& range, std::optional<T>& out) {
  if (json.is_null()) {
    out.reset();
    return std::nullopt;
  }
  T value{};
  if (Refusal refusal = ReadValue(json, range, value)) return refusal;
  out = std::move(value);
  return std::nullopt;
}

}  // namespace lookout::sim
