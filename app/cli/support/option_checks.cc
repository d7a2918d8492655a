#include "app/cli/support/option_checks.h"

#include <algorithm>
#include <cctype>
#include <string>

namespace lookout::app {
namespace {

bool IsNan(std::string text) {
  std::erase_if(text, [](char c) { return c == '+' || c == '-'; });
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text.starts_with("nan");
}

void RejectIn(CLI::Option& option) {
  const bool is_number = option.get_type_name().starts_with("FLOAT");
  option.check(CLI::Validator(
      [is_number](const std::string& text) -> std::string {
        if (text.empty()) return "must not be empty";
        return is_number && IsNan(text) ? "must be a number, not " + text : "";
      },
      ""));
}

}  // namespace

void RejectEmptyAndNan(CLI::App& app) {
  for (CLI::Option* const option : app.get_options()) {
    if (option->get_items_expected_max() > 0) RejectIn(*option);
  }
  for (CLI::App* const part : app.get_subcommands([](const CLI::App*) { return true; })) {
    RejectEmptyAndNan(*part);
  }
}

}  // namespace lookout::app
