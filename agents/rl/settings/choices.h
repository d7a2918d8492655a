// The names of settings that are a choice among a few. One table each; parsing, printing, option
// help and error messages are all made from it. Any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "agents/rl/settings/training_settings.h"

namespace lookout::agents {

template <typename Enum>
struct Choice {
  Enum value;
  std::string_view name;
};

std::span<const Choice<Algorithm>> Choices(Algorithm kind);
std::span<const Choice<CostSource>> Choices(CostSource kind);
std::span<const Choice<MultiplierKind>> Choices(MultiplierKind kind);

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

template <typename Enum>
std::string_view ChoiceName(Enum value) {
  for (const Choice<Enum>& choice : Choices(Enum{})) {
    if (choice.value == value) return choice.name;
  }
  return {};
}

// what: "algorithm", for the message that refuses a name (kBadInput).
template <typename Enum>
Result<Enum> ParseChoice(std::string_view name, std::string_view what) {
  for (const Choice<Enum>& choice : Choices(Enum{})) {
    if (choice.name == name) return choice.value;
  }
  return BadInput("There is no " + std::string(what) + " '" + std::string(name) + "'; use " +
                  ChoiceList(Choices(Enum{})) + ".");
}

}  // namespace lookout::agents
