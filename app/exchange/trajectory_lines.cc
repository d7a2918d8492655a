#include "app/exchange/trajectory_lines.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <utility>

#include "sim/config/json_text.h"

namespace lookout::app {
namespace {

using nlohmann::json;

constexpr std::string_view kFormat = "lookout-trajectory";
constexpr int kVersion = 1;
constexpr std::size_t kMostQuoted = 40;  // bytes of the file that a message repeats

// Cuts a line off the front of `rest`, without its end.
std::string_view TakeLine(std::string_view& rest) {
  const std::size_t end = rest.find('\n');
  std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// NaN and infinities outside of texts, which several programs write into what is then no JSON.
std::string_view NotFiniteIn(std::string_view line) {
  constexpr std::array<std::string_view, 4> kNotFinite{"NaN", "nan", "Infinity", "inf"};
  bool in_text = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"') in_text = !in_text;
    if (in_text && line[i] == '\\') ++i;
    if (in_text) continue;
    for (const std::string_view word : kNotFinite) {
      if (line.substr(i).starts_with(word)) return word;
    }
  }
  return {};
}

Result<json> ObjectOf(std::string_view line, int number) {
  sim::JsonText parsed = sim::ParseJsonText(line);
  if (!parsed.problem.empty()) {
    if (const std::string_view found = NotFiniteIn(line); !found.empty()) {
      return RejectLine(number, "has " + std::string(found) +
                                    ", which is no finite number; leave such steps out.");
    }
    constexpr std::string_view kOnlyLine = "line 1, ";  // of the one that `number` names
    const std::size_t only = parsed.problem.find(kOnlyLine);
    if (only != std::string::npos) parsed.problem.erase(only, kOnlyLine.size());
    return RejectLine(number, parsed.problem + "; write one object.");
  }
  if (!parsed.value.is_object()) return RejectLine(number, "is no JSON object; write one.");
  return std::move(parsed.value);
}

Result<sim::ObservationSignature> SignatureOf(const json& first) {
  const Error wrong =
      RejectLine(1,
                 "needs \"observation\": a list of objects with a \"name\" and a \"size\", such as "
                 "[{\"name\": \"speed\", \"size\": 3}].");
  const auto found = first.find("observation");
  if (found == first.end() || !found->is_array() || found->empty()) return wrong;
  std::vector<sim::ObservationSignature::Entry> entries;
  for (const json& part : *found) {
    if (!part.is_object() || !part.contains("name") || !part["name"].is_string() ||
        !part.contains("size")) {
      return wrong;
    }
    const json& size = part["size"];
    if (!size.is_number_unsigned() || size == 0 || size > sim::ObservationSignature::kMostValues) {
      return RejectLine(
          1, fmt::format(
                 "gives \"{}\" the size {}; a size is how many numbers the part has, from 1 to {}.",
                 part["name"].get<std::string>().substr(0, kMostQuoted),
                 size.dump(-1, ' ', true, json::error_handler_t::replace).substr(0, kMostQuoted),
                 sim::ObservationSignature::kMostValues));
    }
    entries.push_back({.key = part["name"], .size = part["size"], .meaning = {}});
    const auto meaning = part.find("meaning");
    if (meaning != part.end() && meaning->is_string()) entries.back().meaning = *meaning;
  }
  const sim::ObservationSignature signature(std::move(entries));
  // Read back, it is held to the limits of every other one.
  if (!sim::ObservationSignature::FromText(signature.Text())) return wrong;
  return signature;
}

Status CheckFirstLine(const json& first) {
  if (first.value("format", json()) != kFormat) {
    return RejectLine(1,
                      "is not the description that a trajectory begins with; write {\"format\": "
                      "\"lookout-trajectory\", \"version\": 1, ...}.");
  }
  const json version = first.value("version", json());
  if (version == kVersion) return {};
  if (version.is_number_unsigned() && version > kVersion) {
    return RejectLine(1,
                      "has a newer version of the format than this program reads; update "
                      "Lookout.");
  }
  return RejectLine(1, "needs \"version\": 1.");
}

std::vector<std::string_view> CellsOf(std::string_view line) {
  std::vector<std::string_view> cells;
  while (true) {
    const std::size_t end = line.find(',');
    cells.push_back(line.substr(0, end));
    if (end == std::string_view::npos) return cells;
    line.remove_prefix(end + 1);
  }
}

// A column "observation.speed.2" goes to ["observation"] with the part "speed".
struct Column {
  std::string key;   // "reward", "observation", "action", "proposed", "costs"
  std::string part;  // of an observation or of the costs
};

Column ColumnOf(std::string_view name) {
  const std::size_t dot = name.find('.');
  Column column{std::string(name.substr(0, dot)), {}};
  if (dot != std::string_view::npos) column.part = name.substr(dot + 1);
  if (column.key != "observation") return column;
  const std::size_t last = column.part.rfind('.');
  const bool numbered = last != std::string::npos && last + 1 < column.part.size() &&
                        column.part.find_first_not_of("0123456789", last + 1) == std::string::npos;
  if (numbered) column.part.resize(last);
  return column;
}

sim::ObservationSignature SignatureOf(const std::vector<Column>& columns) {
  std::vector<sim::ObservationSignature::Entry> entries;
  for (const Column& column : columns) {
    if (column.key != "observation") continue;
    if (entries.empty() || entries.back().key != column.part) {
      entries.push_back({.key = column.part, .size = 0, .meaning = {}});
    }
    ++entries.back().size;
  }
  return sim::ObservationSignature(std::move(entries));
}

// Numbers as numbers, all else as text.
json ValueOf(std::string_view cell) {
  const sim::JsonText number = sim::ParseJsonText(cell);
  if (number.problem.empty() && (number.value.is_number() || number.value.is_boolean())) {
    return number.value;
  }
  return std::string(cell);
}

// Empty cells say nothing: the first step of an episode has no action.
void Put(const Column& column, std::string_view cell, json& step) {
  if (cell.empty()) return;
  json value = ValueOf(cell);
  if (column.key == "observation" || column.key == "action" || column.key == "proposed") {
    step[column.key].push_back(std::move(value));
  } else if (column.key == "costs") {
    step["costs"][column.part] = std::move(value);
  } else {
    step[column.key] = std::move(value);
  }
}

}  // namespace

Error RejectLine(int line, const std::string& cause) {
  return BadInput(fmt::format("line {} {}", line, cause));
}

Result<TrajectoryLines> SplitJsonLines(std::string_view text) {
  const Result<json> first = ObjectOf(TakeLine(text), 1);
  if (!first) return first.error();
  if (Status known = CheckFirstLine(*first); !known) return known.error();
  Result<sim::ObservationSignature> signature = SignatureOf(*first);
  if (!signature) return signature.error();
  TrajectoryLines file{.signature = std::move(signature).value()};
  const json environment = first->value("environment", json(""));
  const json duration = first->value("step_duration_s", json(0.0));
  if (!environment.is_string()) return RejectLine(1, "needs a text as \"environment\".");
  if (!duration.is_number()) return RejectLine(1, "needs seconds as \"step_duration_s\".");
  file.environment = environment;
  file.step_duration_s = duration;
  for (int number = 2; !text.empty(); ++number) {
    const std::string_view line = TakeLine(text);
    if (line.find_first_not_of(" \t") == std::string_view::npos) continue;
    Result<json> step = ObjectOf(line, number);
    if (!step) return step.error();
    file.lines.push_back({number, std::move(step).value()});
  }
  return file;
}

Result<TrajectoryLines> SplitCsv(std::string_view text) {
  std::vector<Column> columns;
  for (const std::string_view name : CellsOf(TakeLine(text))) columns.push_back(ColumnOf(name));
  TrajectoryLines file{.signature = SignatureOf(columns)};
  if (!sim::ObservationSignature::FromText(file.signature.Text()) || file.signature.empty()) {
    return RejectLine(1,
                      "needs columns of the observation: \"observation.speed.0\", "
                      "\"observation.speed.1\", or \"observation.height\" for a single number.");
  }
  for (int number = 2; !text.empty(); ++number) {
    const std::string_view line = TakeLine(text);
    if (line.empty()) continue;
    const std::vector<std::string_view> cells = CellsOf(line);
    if (cells.size() != columns.size()) {
      return RejectLine(
          number,
          fmt::format(
              "has {} cells where line 1 has {}; write them all, without commas or quotes inside.",
              cells.size(), columns.size()));
    }
    TrajectoryLine step{.number = number, .step = json::object()};
    for (std::size_t i = 0; i < cells.size(); ++i) Put(columns[i], cells[i], step.step);
    file.lines.push_back(std::move(step));
  }
  return file;
}

}  // namespace lookout::app
