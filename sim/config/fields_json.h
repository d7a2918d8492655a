// Any value type that describes its fields (sim/base/fields.h) as a JSON object with one key each.
// Any thread.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "sim/base/fields.h"

namespace lookout::sim {

// NaN becomes null, as JSON has none.
template <typename Member>
nlohmann::json FieldToJson(const Member& member) {
  if constexpr (HasChoices<Member>) {
    return ChoiceName(member);
  } else if constexpr (IdField<Member>) {
    return member.value;
  } else {
    return member;
  }
}

// False, and nothing changed, if the JSON is of another type, no known choice, or does not fit.
template <typename Member>
[[nodiscard]] bool FieldFromJson(const nlohmann::json& json, Member& member) {
  if constexpr (HasChoices<Member>) {
    if (!json.is_string()) return false;
    const auto choice = ParseChoice<Member>(json.get_ref<const std::string&>(), "choice");
    if (choice.ok()) member = *choice;
    return choice.ok();
  } else if constexpr (IdField<Member>) {
    return FieldFromJson(json, member.value);
  } else if constexpr (std::is_same_v<Member, bool>) {
    if (json.is_boolean()) member = json.get<bool>();
    return json.is_boolean();
  } else if constexpr (std::is_floating_point_v<Member>) {
    if (json.is_null()) member = std::numeric_limits<Member>::quiet_NaN();
    if (json.is_number()) member = json.get<Member>();
    return json.is_null() || json.is_number();
  } else if constexpr (std::is_integral_v<Member>) {
    if (!json.is_number_integer()) return false;
    const bool fits = json.is_number_unsigned() ? std::in_range<Member>(json.get<std::uint64_t>())
                                                : std::in_range<Member>(json.get<std::int64_t>());
    if (fits) member = json.get<Member>();
    return fits;
  } else if constexpr (std::is_same_v<Member, std::vector<double>>) {
    const auto is_number = [](const nlohmann::json& item) { return item.is_number(); };
    if (!json.is_array() || !std::ranges::all_of(json, is_number)) return false;
    member = json.get<std::vector<double>>();
    return true;
  } else {
    if (json.is_string()) member = json.get<std::string>();
    return json.is_string();
  }
}

// Under their stored keys.
template <typename Owner>
nlohmann::json FieldsToJson(const Owner& owner) {
  nlohmann::json object = nlohmann::json::object();
  VisitFields(owner, [&](const Field<Owner>& field, const auto& member) {
    object[StoredKey(field)] = FieldToJson(member);
  });
  return object;
}

// Sets what the object has under stored keys and leaves the rest, so that files of other versions
// can be read. The key of the first value that is of the wrong type; empty if there is none.
template <typename Owner>
std::string FieldsFromJson(const nlohmann::json& object, Owner& owner) {
  std::string wrong_key;
  VisitFields(owner, [&](const Field<Owner>& field, auto& member) {
    const std::string key = StoredKey(field);
    const auto found = object.find(key);
    if (found == object.end() || FieldFromJson(*found, member) || !wrong_key.empty()) return;
    wrong_key = key;
  });
  return wrong_key;
}

// The key of the first field that the object lacks although files of that version have it; empty if
// there is none.
template <typename Owner>
std::string MissingField(const nlohmann::json& object, const Owner& owner, std::uint32_t version) {
  std::string missing;
  VisitFields(owner, [&](const Field<Owner>& field, const auto& /*member*/) {
    const std::string key = StoredKey(field);
    if (missing.empty() && field.since <= version && !object.contains(key)) missing = key;
  });
  return missing;
}

}  // namespace lookout::sim
