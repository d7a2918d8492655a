// Rows of cells in columns that are as wide as they have to be. A value; any thread.
#pragma once

#include <string>
#include <vector>

namespace lookout::app {

class TextTable {
 public:
  // Rows need not be of the same length.
  void Row(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }

  // A line for each row, left-aligned, without blanks at its end.
  std::string Text() const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace lookout::app
