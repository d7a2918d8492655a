// The one description of the fields of a value type. A type T offers, beside its declaration,
//
//   template <FieldsOf<T> Self, typename Visit>  // T or const T
//   void VisitFields(Self& self, Visit&& visit) {
//     visit(Field<T>("clip-ratio", "of the likelihood ratio").Within(1e-3, 10), self.clip_ratio);
//     ...
//   }
//
// and everything that handles T field by field is made from that: archives, JSON, options of the
// command line, the fields of a panel, checks and identity. A new field is one new line there.
// Any thread.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>

#include "sim/base/choices.h"
#include "sim/base/result.h"

namespace lookout {

template <typename Self, typename Owner>
concept FieldsOf = std::same_as<std::remove_const_t<Self>, Owner>;

// What is known of one field; everything but the name has a default.
template <typename Owner>
struct Field {
  std::string_view name;                                    // words joined by '-', as an option
  std::string_view help;                                    // for a person, in a few words
  double least = -std::numeric_limits<double>::infinity();  // of a number, inclusive
  double most = std::numeric_limits<double>::infinity();    // likewise
  std::string_view unit;                                    // "s", "px"; none for mere numbers
  std::string_view stored_as;                               // key in files, if it is not the name
  std::string_view short_name;                              // a second name as an option
  std::uint32_t since = 1;                                  // version of files that have it
  bool (*applies)(const Owner&) = nullptr;                  // when it counts; nullptr: always
  bool is_identity = true;                                  // whether it changes what comes out
  bool is_common = false;                                   // among the first to be offered

  constexpr explicit Field(std::string_view field_name, std::string_view field_help = {})
      : name(field_name), help(field_help) {}

  // Each gives the field with one more thing said of it.
  constexpr Field Within(double from, double to) const {
    return With([&](Field& field) { field.least = from, field.most = to; });
  }
  constexpr Field In(std::string_view its_unit) const {
    return With([&](Field& field) { field.unit = its_unit; });
  }
  constexpr Field StoredAs(std::string_view key) const {
    return With([&](Field& field) { field.stored_as = key; });
  }
  constexpr Field Short(std::string_view option) const {
    return With([&](Field& field) { field.short_name = option; });
  }
  // Files of older versions lack it and mean its default; in others it must not be missing. That
  // holds for what the program writes with a version; what a person writes (settings of a world, of
  // a run, of the window) may leave out whatever has a default.
  constexpr Field Since(std::uint32_t version) const {
    return With([&](Field& field) { field.since = version; });
  }
  constexpr Field For(bool (*owners)(const Owner&)) const {
    return With([&](Field& field) { field.applies = owners; });
  }
  constexpr Field NoIdentity() const {
    return With([](Field& field) { field.is_identity = false; });
  }
  constexpr Field Common() const {
    return With([](Field& field) { field.is_common = true; });
  }

 private:
  template <typename Change>
  constexpr Field With(Change&& change) const {
    Field field = *this;
    change(field);
    return field;
  }
};

// --- What kinds of fields there are.
template <typename T>
concept NumberField = std::is_arithmetic_v<T>;
template <typename T>
concept IdField = requires(T id) {
  { id.value } -> std::convertible_to<std::int64_t>;
};

// Whether the field means anything in `owner`.
template <typename Owner>
bool Applies(const Field<Owner>& field, const Owner& owner) {
  return field.applies == nullptr || field.applies(owner);
}

// The same of the field with that name; an unknown name applies to nothing.
template <typename Owner>
bool AppliesTo(const Owner& owner, std::string_view name) {
  bool applies = false;
  VisitFields(owner, [&](const Field<Owner>& field, const auto&) {
    if (field.name == name) applies = Applies(field, owner);
  });
  return applies;
}

// Calls visit(field, member) for the numbers (flags among them) alone.
template <typename Self, typename Visit>
void VisitNumbers(Self& self, Visit&& visit) {
  VisitFields(self, [&](const auto& field, auto& member) {
    if constexpr (NumberField<std::remove_cvref_t<decltype(member)>>) visit(field, member);
  });
}

// Calls visit(field, member) for the choices alone; see choices.h.
template <typename Self, typename Visit>
void VisitChoices(Self& self, Visit&& visit) {
  VisitFields(self, [&](const auto& field, auto& member) {
    if constexpr (HasChoices<std::remove_cvref_t<decltype(member)>>) visit(field, member);
  });
}

// The key of a field in JSON that a program keeps for itself: its name with '_'.
template <typename Owner>
std::string StoredKey(const Field<Owner>& field) {
  std::string key(field.stored_as.empty() ? field.name : field.stored_as);
  std::ranges::replace(key, '-', '_');
  return key;
}

inline std::string NumberText(double value) { return fmt::format("{:.10g}", value); }

// "a whole number from 1 to 4096".
template <NumberField Member, typename Owner>
std::string RangeText(const Field<Owner>& field) {
  return std::string(std::is_floating_point_v<Member> ? "a number" : "a whole number") + " from " +
         NumberText(field.least) + " to " + NumberText(field.most);
}

// Sets `member`, unless the number is out of range or NaN, or not whole where it has to be.
template <NumberField Member, typename Owner>
[[nodiscard]] bool AcceptNumber(const Field<Owner>& field, double number, Member& member) {
  const bool whole = std::is_floating_point_v<Member> || number == std::floor(number);
  if (!(number >= field.least && number <= field.most && whole)) return false;
  member = static_cast<Member>(number);
  return true;
}

// Refuses (kBadInput) the first number that is out of range, by its option, or by its name after
// other words.
template <typename Owner>
Status CheckRanges(const Owner& owner, std::string_view before_name = "--") {
  Status status;
  VisitNumbers(owner, [&](const Field<Owner>& field, auto number) {
    const auto value = static_cast<double>(number);
    if (!status.ok() || (value >= field.least && value <= field.most)) return;
    status = BadInput(std::string(before_name).append(field.name) + " is " + NumberText(value) +
                      "; it has to be from " + NumberText(field.least) + " to " +
                      NumberText(field.most) + ".");
  });
  return status;
}

// Equal for two values if and only if they are alike in every field that is part of the identity.
template <typename Owner>
std::string IdentityOf(const Owner& owner) {
  std::string identity;
  VisitFields(owner, [&](const Field<Owner>& field, const auto& member) {
    using Member = std::remove_cvref_t<decltype(member)>;
    if (!field.is_identity) return;
    if constexpr (HasChoices<Member>) {
      identity += ChoiceName(member);
    } else if constexpr (NumberField<Member>) {
      identity += fmt::format("{:.17g}", static_cast<double>(member));
    } else if constexpr (IdField<Member>) {
      identity += fmt::to_string(member.value);
    } else {
      identity += fmt::format("{}:{}", member.size(), member);
    }
    identity += '|';
  });
  return identity;
}

}  // namespace lookout
