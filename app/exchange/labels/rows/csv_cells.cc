#include "app/exchange/labels/rows/csv_cells.h"

#include <algorithm>

namespace lookout::app {

void AddCell(std::string_view cell, std::string& line) {
  if (!line.empty()) line += ',';
  if (cell.find_first_of(",\"\r\n") == std::string_view::npos) {
    line += cell;
    return;
  }
  line += '"';
  for (const char c : cell) {
    if (c == '"') line += '"';
    line += c;
  }
  line += '"';
}

// After the opening quote, up to and with the closing one.
bool CsvReader::TakeQuoted(std::string& cell) {
  while (!rest_.empty()) {
    const char c = rest_.front();
    rest_.remove_prefix(1);
    if (c == '\n') ++next_line_;
    if (c != '"') {
      cell += c;
    } else if (!rest_.empty() && rest_.front() == '"') {
      cell += '"';
      rest_.remove_prefix(1);
    } else {
      return true;
    }
  }
  return false;
}

void CsvReader::ReadCell() {
  std::string& cell = cells_.emplace_back();
  if (!rest_.empty() && rest_.front() == '"') {
    rest_.remove_prefix(1);
    if (!TakeQuoted(cell)) problem_ = "has a quote that is never closed";
  }
  const std::size_t end = std::min(rest_.find_first_of(",\n"), rest_.size());
  std::string_view plain = rest_.substr(0, end);
  rest_.remove_prefix(end);
  ended_ = rest_.empty() || rest_.front() == '\n';
  if (ended_ && plain.ends_with('\r')) plain.remove_suffix(1);
  cell += plain;
  if (rest_.empty()) return;
  if (ended_) ++next_line_;
  rest_.remove_prefix(1);
}

bool CsvReader::Next() {
  while (!rest_.empty()) {
    cells_.clear();
    problem_.clear();
    line_ = next_line_;
    do {
      ReadCell();
    } while (!ended_);
    if (cells_.size() > 1 || !cells_.front().empty()) return true;
  }
  return false;
}

}  // namespace lookout::app
