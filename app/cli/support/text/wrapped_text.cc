#include "app/cli/support/text/wrapped_text.h"

#include <sstream>

namespace lookout::app {

std::string WrappedText(const std::string& text, std::size_t columns, const std::string& indent) {
  std::string wrapped;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (!wrapped.empty()) wrapped += '\n';
    std::size_t length = 0;
    std::istringstream words(line);
    for (std::string word; words >> word;) {
      const bool fits = length > 0 && length + 1 + word.size() <= columns;
      if (length > 0) wrapped += fits ? " " : "\n";
      if (!fits) wrapped += indent;
      length = (fits ? length + 1 : indent.size()) + word.size();
      wrapped += word;
    }
  }
  return wrapped;
}

}  // namespace lookout::app
