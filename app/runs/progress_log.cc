#include "app/runs/progress_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>

namespace lookout::app {
namespace {

constexpr std::size_t kMostFieldQuoted = 40;  // bytes of a damaged field that a message repeats
constexpr double kMostWhole = 9007199254740992.0;  // 2^53: up to here every whole double is exact

std::vector<std::string_view> Split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

// Without a last line that has no newline.
std::vector<std::string_view> CompleteLines(std::string_view text) {
  std::vector<std::string_view> lines = Split(text, '\n');
  lines.pop_back();
  return lines;
}

std::optional<double> ParseNumber(std::string_view text) {
  double value = 0.0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = result.ec == std::errc() && result.ptr == text.data() + text.size();
  return whole ? std::optional(value) : std::nullopt;
}

std::string Quoted(std::string_view field) {
  std::string quoted = "'";
  for (const char c : field.substr(0, kMostFieldQuoted)) {
    quoted += static_cast<unsigned char>(c) < 0x20 ? '?' : c;
  }
  return quoted + (field.size() > kMostFieldQuoted ? "...'" : "'");
}

Error BadLine(std::string_view what, std::size_t line, const std::string& reason) {
  return BadInput(fmt::format("{}, line {}: expected {}", what, line, reason));
}

Status AddRow(const std::vector<std::string_view>& names, std::string_view row,
              std::string_view what, std::size_t line, ProgressTable& table) {
  const auto fields = Split(row, '\t');
  if (fields.size() != names.size()) {
    return BadLine(what, line, fmt::format("{} fields, found {}.", names.size(), fields.size()));
  }
  for (std::size_t k = 0; k < names.size(); ++k) {
    const std::optional<double> value = ParseNumber(fields[k]);
    if (!value) {
      return BadLine(what, line,
                     "a number under " + Quoted(names[k]) + ", found " + Quoted(fields[k]) + ".");
    }
    table.columns.find(names[k])->second.push_back(*value);
  }
  ++table.rows;
  return {};
}

// A column of ours and what other programs call it, the 2019 agents first, then OmniSafe and
// SafePO.
struct ForeignColumn {
  const char* ours;
  std::array<const char*, 3> theirs;
  bool needed;
};
constexpr std::array<ForeignColumn, 4> kForeignColumns = {
    {{"TotalEnvInteracts", {"TotalEnvInteracts", "TotalEnvSteps", "Train/TotalSteps"}, true},
     {"AverageEpRet", {"AverageEpRet", "Metrics/EpRet", "EpRet"}, true},
     {"AverageEpCost", {"AverageEpCost", "Metrics/EpCost", "EpCost"}, false},
     {"CostRate", {"CostRate", "Metrics/CostRate", "CostRate"}, false}}};

std::string_view WithoutReturn(std::string_view line) {
  return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
}

// Where a column stands among the names, if it does.
std::optional<std::size_t> PositionOf(const ForeignColumn& column,
                                      const std::vector<std::string_view>& names) {
  for (const char* name : column.theirs) {
    const auto found = std::ranges::find(names, name);
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  }
  return std::nullopt;
}

// One column of all rows, which are as long as the header; a gap is NaN.
Result<std::vector<double>> ColumnOf(const std::vector<std::vector<std::string_view>>& rows,
                                     std::size_t position, std::string_view what) {
  std::vector<double> values;
  for (const std::vector<std::string_view>& row : rows) {
    const std::string_view field = row[position];
    const auto value = field.empty() ? std::optional(std::nan("")) : ParseNumber(field);
    if (!value) {
      return BadLine(what, values.size() + 2, "a number, found " + Quoted(field) + ".");
    }
    values.push_back(*value);
  }
  return values;
}

}  // namespace

std::string ProgressHeader() {
  std::string line;
  for (const ReportFigure& figure : ReportFigures()) {
    if (figure.column != nullptr) line += std::string(line.empty() ? "" : "\t") + figure.column;
  }
  return line + "\n";
}

std::string ProgressRow(const LoggedIteration& iteration) {
  std::string line;
  for (const ReportFigure& figure : ReportFigures()) {
    if (figure.column == nullptr) continue;
    const double value = figure.value(iteration);
    // The sign of a NaN means nothing, and not every reader takes it.
    line += fmt::format("{}{:.8g}", line.empty() ? "" : "\t",
                        std::isnan(value) ? std::abs(value) : value);
  }
  return line + "\n";
}

std::string JsonRow(const LoggedIteration& iteration, std::int64_t planned_steps) {
  nlohmann::ordered_json object;
  for (const ReportFigure& figure : ReportFigures()) {
    if (figure.key == nullptr) continue;
    const double value = figure.value(iteration);
    if (value == std::floor(value) && std::abs(value) <= kMostWhole) {
      object[figure.key] = static_cast<std::int64_t>(value);
    } else {
      object[figure.key] = value;  // written as null if it is not finite
    }
  }
  object["planned_steps"] = planned_steps;
  return object.dump();
}

const std::vector<double>& ProgressTable::operator[](std::string_view name) const {
  static const std::vector<double> kNone;
  const auto found = columns.find(name);
  return found == columns.end() ? kNone : found->second;
}

Result<ProgressTable> ParseProgress(std::string_view text, std::string_view what) {
  const std::vector<std::string_view> lines = CompleteLines(text);
  const auto names = lines.empty() ? std::vector<std::string_view>() : Split(lines[0], '\t');
  if (names.size() < 2) {
    return BadInput(std::string(what) + " has no header line of tab-separated column names.");
  }
  ProgressTable table;
  for (const std::string_view name : names) {
    if (!table.columns.emplace(std::string(name), std::vector<double>()).second) {
      return BadInput(std::string(what) + " has the column " + Quoted(name) +
                      " twice, expected it once.");
    }
  }
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (Status status = AddRow(names, lines[i], what, i + 1, table); !status.ok()) {
      return status.error();
    }
  }
  return table;
}

Result<ProgressTable> ParseForeignProgress(std::string_view text, std::string_view what) {
  const std::vector<std::string_view> lines = CompleteLines(text);
  const std::string_view header = lines.empty() ? "" : WithoutReturn(lines[0]);
  const char separator = header.find('\t') != std::string_view::npos ? '\t' : ',';
  const std::vector<std::string_view> names = Split(header, separator);
  std::vector<std::vector<std::string_view>> rows;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    rows.push_back(Split(WithoutReturn(lines[i]), separator));
    if (rows.back().size() == names.size()) continue;
    return BadLine(what, i + 1,
                   fmt::format("{} fields, found {}.", names.size(), rows.back().size()));
  }
  ProgressTable table{.rows = rows.size()};
  for (const ForeignColumn& column : kForeignColumns) {
    const auto position = PositionOf(column, names);
    if (!position && column.needed) {
      return BadInput(std::string(what) + " has none of the columns " + column.theirs[0] + ", " +
                      column.theirs[1] + " and " + column.theirs[2] + ".");
    }
    if (!position) continue;
    auto values = ColumnOf(rows, *position, what);
    if (!values.ok()) return values.error();
    table.columns.emplace(column.ours, std::move(*values));
  }
  return table;
}

Status CheckEpochs(const ProgressTable& table, std::string_view what) {
  const std::vector<double>& epochs = table["Epoch"];
  const auto back = std::ranges::adjacent_find(epochs, std::greater_equal());
  if (back == epochs.end()) return {};
  const auto line = std::distance(epochs.begin(), back) + 3;  // of the second, after the header
  return BadInput(
      fmt::format("{}, line {}: the iterations do not rise, as two processes have written here at "
                  "once. Start the run anew.",
                  what, line));
}

std::string KeepEpochs(std::string_view text, int last_epoch) {
  std::string kept;
  for (const std::string_view line : CompleteLines(text)) {
    const std::optional<double> epoch = ParseNumber(line.substr(0, line.find('\t')));
    const bool is_header = kept.empty();
    if (is_header || (epoch && *epoch <= last_epoch)) kept += std::string(line) + "\n";
  }
  return kept;
}

std::optional<std::string> InPresentColumns(std::string_view text) {
  const std::string header = ProgressHeader();
  const auto lines = CompleteLines(text);
  const auto found = Split(lines.at(0), '\t');
  const auto present = Split(std::string_view(header).substr(0, header.size() - 1), '\t');
  const auto is_present = [&](std::string_view name) {
    return std::ranges::find(present, name) != present.end();
  };
  if (!std::ranges::all_of(found, is_present)) return std::nullopt;
  std::string all = header;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const auto fields = Split(lines[i], '\t');
    std::string row;
    for (const std::string_view name : present) {
      const auto at = static_cast<std::size_t>(std::ranges::find(found, name) - found.begin());
      row += (row.empty() ? "" : "\t") + std::string(at < fields.size() ? fields[at] : "nan");
    }
    all += row + "\n";
  }
  return all;
}

}  // namespace lookout::app
