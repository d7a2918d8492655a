// Takes typed values out of the JSON objects of an episode's header. Part of recording_header.cc.
#pragma once

#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "sim/base/result.h"

namespace lookout::sim {

// The first thing that is missing or wrong sticks.
class HeaderReader {
 public:
  using json = nlohmann::json;
  static constexpr std::int64_t kMaxInt64 = std::numeric_limits<std::int64_t>::max();

  const Status& status() const { return status_; }

  std::int64_t Integer(const json& object, const char* key, std::int64_t most = kMaxInt64) {
    const json& value = Find(object, key);
    const bool fits = value.is_number_integer() &&
                      (!value.is_number_unsigned() || value.get<std::uint64_t>() <= kMaxInt64);
    const std::int64_t number = fits ? value.get<std::int64_t>() : -1;
    if (number >= 0 && number <= most) return number;
    Reject(key, fmt::format("is not a whole number from 0 to {}", most));
    return 0;
  }

  double Real(const json& object, const char* key) {
    const json& value = Find(object, key);
    const double number = value.is_number() ? value.get<double>() : std::nan("");
    if (!std::isfinite(number)) Reject(key, "is not a number");
    return number;
  }

  std::string Text(const json& object, const char* key) {
    const json& value = Find(object, key);
    if (value.is_string()) return value.get<std::string>();
    Reject(key, "is not a text");
    return {};
  }

  const json& Object(const json& object, const char* key) {
    const json& value = Find(object, key);
    if (!value.is_object()) Reject(key, "is not an object");
    return value;
  }

  const json& Array(const json& object, const char* key) {
    const json& value = Find(object, key);
    if (value.is_array()) return value;
    Reject(key, "is not a list");
    return empty_array_;
  }

  void Reject(const std::string& key, const std::string& cause) {
    Reject(BadInput("The header of a recorded episode is unusable: \"" + key + "\" " + cause +
                    "; its file is damaged or was not written by Lookout."));
  }
  void Reject(Error error) {
    if (status_.ok()) status_ = std::move(error);
  }

 private:
  const json& Find(const json& object, const char* key) const {
    const auto found = object.is_object() ? object.find(key) : object.end();
    return found == object.end() ? null_ : *found;
  }

  json null_;
  json empty_array_ = json::array();
  Status status_;
};

}  // namespace lookout::sim
