#include "app/cli/support/text/help_format.h"

#include <cstddef>

#include "app/cli/support/text/wrapped_text.h"

namespace lookout::app {
namespace {

constexpr std::size_t kColumns = 68;  // beside the names

}  // namespace

std::string HelpFormat::make_option_opts(const CLI::Option* option) const {
  if (!option->get_option_text().empty()) return " " + option->get_option_text();
  std::string said;
  if (option->get_type_size() != 0 && !option->get_type_name().empty()) {
    said = " " + option->get_type_name();
  }
  if (!option->get_default_str().empty()) said += " (" + option->get_default_str() + ")";
  if (option->get_expected_max() > 1) said += " ...";
  if (option->get_required()) said += ", needed";
  return said;
}

std::string HelpFormat::make_option_desc(const CLI::Option* option) const {
  return WrappedText(option->get_description(), kColumns);
}

}  // namespace lookout::app
