#include "app/cli/support/usage_error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>
#include <vector>

#include "app/cli/support/fail.h"
#include "sim/base/nearest_name.h"

namespace lookout::app {
namespace {

// The subcommand that was being read, and how a person calls it.
struct Place {
  const CLI::App* command;
  std::string words;  // "lookout bench env"

  std::string help() const { return fmt::format("'{} --help'", words); }
};

Place InnermostOf(const CLI::App& app) {
  Place place{&app, "lookout"};
  while (!place.command->get_subcommands().empty()) {
    place.command = place.command->get_subcommands().front();
    place.words += " " + place.command->get_name();
  }
  return place;
}

// Of the command, whose name `text` begins with; null if there is none.
const CLI::Option* OptionAtStart(const CLI::App& command, std::string_view text) {
  const CLI::Option* found = nullptr;
  for (const CLI::Option* const option : command.get_options()) {
    const std::string name = option->get_name();
    if (!text.starts_with(name) || (found != nullptr && found->get_name().size() > name.size())) {
      continue;
    }
    const char next = text.size() > name.size() ? text[name.size()] : ' ';
    if (std::isalnum(static_cast<unsigned char>(next)) == 0 && next != '-') found = option;
  }
  return found;
}

// "file of the cost model"
std::string HelpOf(const CLI::Option& option) {
  std::string text = option.get_description();
  std::ranges::replace(text, '\n', ' ');
  if (text.ends_with('.')) text.pop_back();
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  if (text.size() > 1 && std::islower(at(1)) != 0) text[0] = char(std::tolower(at(0)));
  return text;
}

std::string Needs(const Place& place, const CLI::Option& option) {
  return fmt::format("{} needs {}: {}. {} tells more.", place.words, option.get_name(),
                     HelpOf(option), place.help());
}

std::string Unexpected(const Place& place, const std::string& word) {
  const std::string shown = word.substr(0, 80);
  if (!word.starts_with("-")) {
    return fmt::format("\"{}\" is one argument too many for {}; {} says what it takes.", shown,
                       place.words, place.help());
  }
  std::vector<std::string> names;
  for (const CLI::Option* const option : place.command->get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  const std::string name = shown.substr(0, shown.find('='));
  return fmt::format("There is no option {} of {}.{} {} lists them all.", name, place.words,
                     sim::DidYouMean(name, names), place.help());
}

std::string Missing(const Place& place, std::string_view said) {
  // A mistyped option is missed under its right name.
  if (const auto rest = place.command->remaining(); !rest.empty() && rest.front() != "--") {
    return Unexpected(place, rest.front());
  }
  if (const CLI::Option* const option = OptionAtStart(*place.command, said)) {
    return Needs(place, *option);
  }
  std::string names;
  for (const CLI::App* const known :
       place.command->get_subcommands([](const CLI::App*) { return true; })) {
    names += (names.empty() ? "" : ", ") + known->get_name();
  }
  return fmt::format("{} needs a subcommand: {}. {} tells more.", place.words, names, place.help());
}

std::string BadCount(const Place& place, const CLI::Option& option) {
  if (option.get_items_expected_max() == 0) {
    return fmt::format("{} takes no value; leave out what follows it.", option.get_name());
  }
  if (option.count() > 1 && option.get_items_expected_max() == 1) {
    return fmt::format("{} is given {} times; say it once.", option.get_name(), option.count());
  }
  const int values = option.get_items_expected_min();
  const std::string needed =
      values > 1 ? fmt::format("{} values after it, not {}", values, option.count()) : "a value";
  return fmt::format("{} needs {}: {}. {} tells more.", option.get_name(), needed, HelpOf(option),
                     place.help());
}

// The texts that are refused for what they say were checked before (option_checks.h).
std::string BadValue(const CLI::Option& option) {
  if (option.get_items_expected_max() == 0) {
    return fmt::format("{} takes no value; leave out what follows it.", option.get_name());
  }
  const std::string value = option.results().empty() ? "that" : option.results().front();
  return fmt::format("{} cannot be {}; give a number nearer to 0.", option.get_name(),
                     value.substr(0, 80));
}

std::string Sentence(const Place& place, const CLI::ParseError& error) {
  const std::string said = error.what();
  constexpr std::string_view kUnconverted = "Could not convert: ";
  constexpr std::string_view kExcludes = " excludes ";
  constexpr std::string_view kRequires = " requires ";
  using Kind = CLI::ExitCodes;  // of errors; their names are not always their kind
  const auto is = [&error](Kind kind) { return error.get_exit_code() == static_cast<int>(kind); };
  if (is(Kind::RequiredError)) return Missing(place, said);
  if (const auto at = said.find(kExcludes); is(Kind::ExcludesError) && at != std::string::npos) {
    return fmt::format("{} and {} exclude each other; leave one of them out.", said.substr(0, at),
                       said.substr(at + kExcludes.size()));
  }
  if (const auto at = said.find(kRequires); is(Kind::RequiresError) && at != std::string::npos) {
    return fmt::format("{0} is of use only beside {1}; add {1}, or leave {0} out.",
                       said.substr(0, at), said.substr(at + kRequires.size()));
  }
  if (const auto rest = place.command->remaining(); is(Kind::ExtrasError) && !rest.empty()) {
    return Unexpected(place, rest.front());
  }
  const std::string_view from_name =
      std::string_view(said).substr(said.starts_with(kUnconverted) ? kUnconverted.size() : 0);
  if (const CLI::Option* const option = OptionAtStart(*place.command, from_name)) {
    if (is(Kind::ArgumentMismatch)) return BadCount(place, *option);
    if (is(Kind::ConversionError)) return BadValue(*option);
    const std::size_t cause = option->get_name().size() + 2;
    if (is(Kind::ValidationError) && said.size() > cause) {
      return fmt::format("{} {}; {} tells more.", option->get_name(), said.substr(cause),
                         place.help());
    }
  }
  return fmt::format("The command line cannot be read ({}); {} says what it takes.", said,
                     place.help());
}

}  // namespace

Error UsageError(const CLI::App& app, const CLI::ParseError& error) {
  return WrongUsage(Sentence(InnermostOf(app), error));
}

}  // namespace lookout::app
