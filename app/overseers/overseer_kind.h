// A kind of overseer as text names it. A new one is a file with its OverseerKind and a line in the
// list of overseer_kinds.cc. Any thread.
#pragma once

#include <fmt/format.h>

#include <charconv>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "agents/rollout/action_filter.h"
#include "sim/base/choices.h"
#include "sim/base/fields.h"
#include "sim/base/nearest_name.h"
#include "sim/base/result.h"
#include "sim/config/config.h"

namespace lookout::app {

// What an overseer is made for.
struct OverseerWorld {
  const sim::EnvironmentConfig& config;
  const sim::EnvironmentSpec& spec;  // of such an environment
};

using FilterMaker = std::function<Result<std::unique_ptr<agents::ActionFilter>>()>;

// The same maker, whose refusals name the file that it reads; empty: it reads none.
inline FilterMaker NamingFile(std::string file, FilterMaker make) {
  if (file.empty()) return make;
  return [file = std::move(file), make = std::move(make)] {
    auto made = make();
    if (made.ok()) return made;
    return Result<std::unique_ptr<agents::ActionFilter>>(
        BadInput(fmt::format("\"{}\": {}", file, made.error().message)));
  };
}

struct OverseerKind {
  std::string_view name;
  std::string_view help;  // a line: what it does
  bool needs_person = false;
  // The settings are what stands behind the colon. Rejects (kBadInput) those that make no sense.
  Result<FilterMaker> (*read)(std::string_view settings, const OverseerWorld& world) = nullptr;
  std::string (*settings_help)() = nullptr;
  // Why it is slow in that environment, as in "... because <this>"; empty: it is not. Null: never.
  std::string (*slow_because)(const sim::EnvironmentConfig& config) = nullptr;
};

std::span<const OverseerKind> OverseerKinds();

// Cuts off what stands before the separator.
inline std::string_view CutOff(std::string_view& rest, char separator) {
  const auto at = rest.find(separator);
  const std::string_view part = rest.substr(0, at);
  rest = at == std::string_view::npos ? std::string_view{} : rest.substr(at + 1);
  return part;
}

// Sets one member from its text; false if the text is none of its values.
template <typename Settings, typename Member>
bool ReadMember(const Field<Settings>& field, std::string_view text, Member& member) {
  if constexpr (HasChoices<Member>) {
    const auto choice = ParseChoice<Member>(text, field.name);
    if (choice.ok()) member = *choice;
    return choice.ok();
  } else if constexpr (NumberField<Member>) {
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() &&
           AcceptNumber(field, value, member);
  } else {
    member = text;
    return !text.empty();
  }
}

// "from 0 to 1", "block or drive".
template <typename Member, typename Settings>
std::string ValuesText(const Field<Settings>& field) {
  if constexpr (HasChoices<Member>) {
    return ChoiceList(Choices(Member{}));
  } else if constexpr (NumberField<Member>) {
    return RangeText<Member>(field);
  } else {
    return "a text";
  }
}

// "NAME=VALUE,NAME=VALUE" into settings that have VisitFields. Rejects (kBadInput) unknown names
// and values, with what there is.
template <typename Settings>
Status ReadOverseerSettings(std::string_view text, Settings& settings) {
  while (!text.empty()) {
    std::string_view value = CutOff(text, ',');
    const std::string name(CutOff(value, '='));
    std::vector<std::string> names;
    bool known = false;
    Status status;
    VisitFields(settings, [&](const auto& field, auto& member) {
      names.emplace_back(field.name);
      if (field.name != name) return;
      known = true;
      if (ReadMember(field, value, member)) return;
      using Member = std::remove_cvref_t<decltype(member)>;
      status = BadInput(fmt::format("'{}' needs {}, not '{}'.", name, ValuesText<Member>(field),
                                    value.substr(0, 80)));
    });
    if (!status.ok()) return status;
    if (known) continue;
    return BadInput(fmt::format("there is no setting '{}'.{} There are {}.", name.substr(0, 80),
                                sim::DidYouMean(name, names), fmt::join(names, ", ")));
  }
  return {};
}

// A line for each setting, with its default.
template <typename Settings>
std::string OverseerSettingsHelp() {
  std::string text;
  const Settings defaults;
  VisitFields(defaults, [&](const auto& field, const auto& member) {
    using Member = std::remove_cvref_t<decltype(member)>;
    std::string value;
    if constexpr (HasChoices<Member>) {
      value = ChoiceName(member);
    } else if constexpr (NumberField<Member>) {
      value = NumberText(static_cast<double>(member));
    } else {
      value = member;
    }
    std::string line = fmt::format("    {}={}", field.name, value);
    line.resize(std::max<std::size_t>(line.size() + 1, 22), ' ');
    text += line + std::string(field.help) + "\n";
  });
  return text;
}

}  // namespace lookout::app
