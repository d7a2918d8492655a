#include "app/cli/support/option_checks.h"

#include <cmath>
#include <cstdint>
#include <string>

#include "sim/base/fields.h"

namespace lookout::app {
namespace {

constexpr const char* kEmpty = "must not be empty";

// As much of it as a message quotes.
std::string Quoted(const std::string& text) { return text.substr(0, 80); }

std::string RefuseNumber(const std::string& text) {
  double number = 0.0;
  if (CLI::detail::lexical_cast(text, number) && !std::isnan(number)) return "";
  return "must be a number, not " + Quoted(text);
}

std::string RefuseWhole(const std::string& text, bool may_be_negative) {
  std::int64_t number = 0;
  if (CLI::detail::lexical_cast(text, number) && (may_be_negative || number >= 0)) return "";
  return std::string("must be a whole number") + (may_be_negative ? "" : " of at least 0") +
         ", not " + Quoted(text);
}

void CheckText(CLI::Option& option) {
  const std::string type = option.get_type_name();
  const bool is_real = type.starts_with("FLOAT");
  const bool is_natural = type.starts_with("UINT");
  const bool is_whole = type.starts_with("INT");
  option.check(CLI::Validator(
      [=](const std::string& text) -> std::string {
        if (text.empty()) return kEmpty;
        if (is_real) return RefuseNumber(text);
        return is_natural || is_whole ? RefuseWhole(text, is_whole) : "";
      },
      ""));
  if (is_real || is_natural || is_whole) option.type_name("NUMBER");
}

}  // namespace

CLI::Validator Between(double least, double most) {
  const std::string range = NumberText(least) + " to " + NumberText(most);
  return {[=](const std::string& text) -> std::string {
            if (text.empty()) return kEmpty;
            double number = 0.0;
            const bool is_number = CLI::detail::lexical_cast(text, number);
            if (is_number && number >= least && number <= most) return "";
            return "must be from " + range + ", not " + Quoted(text);
          },
          range};
}

void CheckTexts(CLI::App& app) {
  for (CLI::Option* const option : app.get_options()) {
    if (option->get_items_expected_max() > 0) CheckText(*option);
  }
  for (CLI::App* const part : app.get_subcommands([](const CLI::App*) { return true; })) {
    CheckTexts(*part);
  }
}

}  // namespace lookout::app
