// The names of values that are a choice among a few. An enumeration offers its table as
// Choices(Enum{}), found by its namespace; parsing, printing, files, option help and error messages
// are all made from it. Any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "sim/base/result.h"

namespace lookout {

template <typename Enum>
struct Choice {
  Enum value;
  std::string_view name;  // in files and on the command line; stays what it is for ever
};

// An enumeration that has such a table.
template <typename T>
concept HasChoices = std::is_enum_v<T> && requires {
  Choices(T{});
};

// "ppo, ppo-lag or trpo".
template <typename Enum>
std::string ChoiceList(std::span<const Choice<Enum>> choices) {
  std::string list;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    const bool last = i + 1 == choices.size();
    list += (i == 0 ? "" : last ? " or " : ", ") + std::string(choices[i].name);
  }
  return list;
}

template <HasChoices Enum>
std::string_view ChoiceName(Enum value) {
  for (const Choice<Enum>& choice : Choices(Enum{})) {
    if (choice.value == value) return choice.name;
  }
  return {};
}

// what: "algorithm", for the message that refuses a name (kBadInput).
template <HasChoices Enum>
Result<Enum> ParseChoice(std::string_view name, std::string_view what) {
  for (const Choice<Enum>& choice : Choices(Enum{})) {
    if (choice.name == name) return choice.value;
  }
  return BadInput("There is no " + std::string(what) + " '" + std::string(name) + "'; use " +
                  ChoiceList(Choices(Enum{})) + ".");
}

}  // namespace lookout
