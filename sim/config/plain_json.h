// Flat JSON objects of whole numbers, flags and simple texts, read and written without a tree: what
// most feedback is, by the million. Whatever else a text holds is left to the usual reader. Pure
// functions; any thread.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "sim/base/choices.h"
#include "sim/base/fields.h"

namespace lookout::sim {

// Takes an object apart, member by member. No spaces, escapes or characters beyond ASCII.
class PlainObject {
 public:
  enum class Kind : std::uint8_t { kText, kWord, kNested };  // kWord: a number, true, false or null

  explicit PlainObject(std::string_view text);

  // False at the end, and at what this does not read.
  bool Next();
  std::string_view key() const { return key_; }
  std::string_view value() const { return value_; }  // a text without its quotes
  Kind kind() const { return kind_; }
  // Whether the whole text was read.
  bool done() const { return done_; }

 private:
  bool TakeText(std::string_view& text);
  bool TakeNested();

  std::string_view rest_;
  std::string_view key_;
  std::string_view value_;
  Kind kind_ = Kind::kText;
  bool first_ = true;
  bool done_ = false;
};

// Whether the text is what the usual writer makes of it again: keys in order, each once.
bool IsPlainAndSorted(std::string_view text);

// Whether there is nothing in the text to escape.
bool IsPlainText(std::string_view text);
// As JSON has them: without a plus, and without zeros before other digits.
bool IsPlainNumber(std::string_view word);

// False, and the member maybe changed, if it is not that simple, or wrong.
template <typename Member>
[[nodiscard]] bool ReadPlain(PlainObject::Kind kind, std::string_view value, Member& member) {
  constexpr auto kWord = PlainObject::Kind::kWord;
  if constexpr (HasChoices<Member>) {
    for (const Choice<Member>& choice : Choices(Member{})) {
      if (kind != PlainObject::Kind::kText || choice.name != value) continue;
      member = choice.value;
      return true;
    }
    return false;
  } else if constexpr (IdField<Member>) {
    return ReadPlain(kind, value, member.value);
  } else if constexpr (std::same_as<Member, bool>) {
    member = value == "true";
    return kind == kWord && (member || value == "false");
  } else if constexpr (std::integral<Member>) {
    if (kind != kWord || !IsPlainNumber(value)) return false;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), member);
    return error == std::errc() && end == value.data() + value.size();
  } else if constexpr (std::same_as<Member, std::string>) {
    member = value;
    return kind == PlainObject::Kind::kText;
  } else {
    return false;
  }
}

// Whether the key is the stored key of the field; as StoredKey, which makes a text of it.
template <typename Owner>
bool IsStoredKey(const Field<Owner>& field, std::string_view key) {
  const std::string_view name = field.stored_as.empty() ? field.name : field.stored_as;
  return std::ranges::equal(name, key, [](char a, char b) { return (a == '-' ? '_' : a) == b; });
}

// Sets the field of that key. Returns the version that it is there since; 0 if there is no such
// field, or the value is not that simple.
template <typename Owner>
[[nodiscard]] std::uint32_t ReadPlainField(const PlainObject& object, Owner& owner) {
  std::uint32_t since = 0;
  VisitFields(owner, [&](const Field<Owner>& field, auto& member) {
    if (since > 0 || !IsStoredKey(field, object.key())) return;
    if (ReadPlain(object.kind(), object.value(), member)) since = field.since;
  });
  return since;
}

// Reads an object that has every field of that version of the owner once, maybe younger ones, and
// nothing else. False, and the owner unchanged, if it is not that simple.
template <typename Owner>
[[nodiscard]] bool FieldsFromPlain(std::string_view text, Owner& owner, std::uint32_t version) {
  Owner read = owner;
  std::size_t needed = 0;
  VisitFields(owner, [&](const Field<Owner>& field, const auto&) {
    needed += field.since <= version ? 1 : 0;
  });
  if (!IsPlainAndSorted(text)) return false;  // so that no key is there twice
  PlainObject object(text);
  std::size_t found = 0;
  while (object.Next()) {
    const std::uint32_t since = ReadPlainField(object, read);
    if (since == 0) return false;
    found += since <= version ? 1 : 0;
  }
  if (!object.done() || found != needed) return false;
  owner = std::move(read);
  return true;
}

// Appends what the usual writer makes of the member. False if that is not so simple.
template <typename Member>
[[nodiscard]] bool WritePlain(const Member& member, std::string& text) {
  if constexpr (HasChoices<Member>) {
    text += '"';
    text += ChoiceName(member);
    text += '"';
    return true;
  } else if constexpr (IdField<Member>) {
    return WritePlain(member.value, text);
  } else if constexpr (std::same_as<Member, bool>) {
    text += member ? "true" : "false";
    return true;
  } else if constexpr (std::integral<Member>) {
    fmt::format_to(std::back_inserter(text), "{}", static_cast<std::int64_t>(member));
    return !std::same_as<Member, std::uint64_t>;
  } else if constexpr (std::same_as<Member, std::string>) {
    text += '"';
    text += member;
    text += '"';
    return IsPlainText(member);
  } else {
    return false;
  }
}

// The same bytes as FieldsToJson(owner).dump(), or nothing if that is not so simple.
template <typename Owner>
[[nodiscard]] bool FieldsToPlain(const Owner& owner, std::string& text) {
  std::vector<std::pair<std::string, std::string>> members;
  bool plain = true;
  VisitFields(owner, [&](const Field<Owner>& field, const auto& member) {
    auto& [key, value] = members.emplace_back(StoredKey(field), std::string());
    plain = plain && WritePlain(member, value);
  });
  if (!plain) return false;
  std::ranges::sort(members);
  text = "{";
  for (const auto& [key, value] : members) {
    if (text.size() > 1) text += ',';
    text += '"';
    text += key;
    text += "\":";
    text += value;
  }
  text += '}';
  return true;
}

}  // namespace lookout::sim
