#include "app/cli/support/text/help_format.h"

#include <cstddef>
#include <sstream>

namespace lookout::app {
namespace {

constexpr std::size_t kColumns = 68;  // beside the names

// Line breaks of the text's own stay.
std::string Wrapped(const std::string& text) {
  std::string wrapped;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (!wrapped.empty()) wrapped += '\n';
    std::size_t length = 0;
    std::istringstream words(line);
    for (std::string word; words >> word;) {
      const bool fits = length == 0 || length + 1 + word.size() <= kColumns;
      if (length > 0) wrapped += fits ? ' ' : '\n';
      length = length > 0 && fits ? length + 1 + word.size() : word.size();
      wrapped += word;
    }
  }
  return wrapped;
}

}  // namespace

std::string HelpFormat::make_option_opts(const CLI::Option* option) const {
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
  return Wrapped(option->get_description());
}

}  // namespace lookout::app
