// Text as comma-separated cells (RFC 4180): cells with commas, quotes or line ends stand in quotes,
// and a quote in them is doubled. Any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lookout::app {

// Appends a cell, with a comma before it unless it begins the line.
void AddCell(std::string_view cell, std::string& line);

// Takes a text apart, record by record.
class CsvReader {
 public:
  explicit CsvReader(std::string_view text) : rest_(text) {}

  // False at the end. Records without any text are passed over.
  bool Next();
  const std::vector<std::string>& cells() const { return cells_; }
  std::int64_t line() const { return line_; }  // on which the record begins, from 1
  // What is wrong with the record, "has a quote that is never closed"; empty: nothing.
  const std::string& problem() const { return problem_; }

 private:
  void ReadCell();
  bool TakeQuoted(std::string& cell);

  std::string_view rest_;
  std::vector<std::string> cells_;
  std::string problem_;
  std::int64_t line_ = 0;
  std::int64_t next_line_ = 1;
  bool ended_ = true;  // the record
};

}  // namespace lookout::app
