// Labels as CSV: a row for each span, for spreadsheets and data frames.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <limits>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "agents/feedback/kinds/mark.h"
#include "app/exchange/labels/rows/csv_cells.h"
#include "app/exchange/labels/rows/label_format.h"
#include "app/platform/files.h"
#include "sim/base/fields.h"
#include "sim/base/nearest_name.h"

namespace lookout::app {
namespace {

constexpr StepIndex kNoStep = std::numeric_limits<StepIndex>::min();

// What a row of the table says; a cell that is empty, or not there, keeps what stands here.
struct CsvRow {
  EpisodeId episode;
  std::string environment;
  std::int64_t seed = -1;          // like the environment, to know the episode again; -1: not said
  std::int64_t begun_unix_ms = 0;  // likewise, of recordings of one seed; 0: not said
  StepIndex first_step = kNoStep;
  StepIndex last_step = kNoStep;
  double start_s = std::numeric_limits<double>::quiet_NaN();
  double end_s = std::numeric_limits<double>::quiet_NaN();
  std::string verdict;
  agents::DangerClass danger = 0;
  std::int32_t severity = agents::kNoSeverity;
  std::int32_t reaction_lag_steps = 0;
  std::int32_t release_lag_steps = agents::kLagOfPressing;
  std::string annotator;
  std::string note;
  std::int64_t created_unix_ms = 0;
  std::int64_t time_spent_ms = 0;
  agents::Provenance on_screen;
};

template <FieldsOf<CsvRow> Self, typename Visit>
void VisitFields(Self& self, Visit&& visit) {
  using F = Field<CsvRow>;
  visit(F("episode"), self.episode);
  visit(F("environment"), self.environment);
  visit(F("seed"), self.seed);
  visit(F("first-step"), self.first_step);
  visit(F("last-step"), self.last_step);
  visit(F("start-s"), self.start_s);
  visit(F("end-s"), self.end_s);
  visit(F("verdict"), self.verdict);
  visit(F("danger"), self.danger);
  visit(F("severity"), self.severity);
  visit(F("reaction-lag-steps"), self.reaction_lag_steps);
  visit(F("annotator"), self.annotator);
  visit(F("note"), self.note);
  visit(F("created-unix-ms"), self.created_unix_ms);
  visit(F("time-spent-ms"), self.time_spent_ms);
  visit(F("cost-model"), self.on_screen.model);
  visit(F("policy"), self.on_screen.policy);
  visit(F("playback-speed"), self.on_screen.playback_speed);
  visit(F("mode"), self.on_screen.mode);
  visit(F("blind"), self.on_screen.blind);
  visit(F("asked-why"), self.on_screen.asked_why);
  visit(F("asked-first"), self.on_screen.asked_first);
  visit(F("asked-last"), self.on_screen.asked_last);
  visit(F("asked-chance"), self.on_screen.asked_chance);
  visit(F("asked-highest"), self.on_screen.asked_highest);
  visit(F("begun-unix-ms"), self.begun_unix_ms);
  visit(F("release-lag-steps"), self.release_lag_steps);
}

const std::vector<std::string>& CsvColumns() {
  static const std::vector<std::string> columns = [] {
    std::vector<std::string> all;
    const CsvRow blank;
    VisitFields(blank, [&](const Field<CsvRow>& field, const auto& /*member*/) {
      all.push_back(StoredKey(field));
    });
    return all;
  }();
  return columns;
}

template <typename Member>
std::string CellOf(const Member& member) {
  if constexpr (IdField<Member>) {
    return fmt::to_string(member.value);
  } else if constexpr (std::same_as<Member, bool>) {
    return member ? "true" : "false";
  } else if constexpr (std::floating_point<Member>) {
    return std::isfinite(member) ? fmt::format("{}", member) : std::string();
  } else {
    return fmt::format("{}", member);
  }
}

// False if the cell does not say such a value.
template <typename Member>
bool ReadCell(const std::string& cell, Member& member) {
  if constexpr (IdField<Member>) {
    return ReadCell(cell, member.value);
  } else if constexpr (std::same_as<Member, std::string>) {
    member = cell;
    return true;
  } else if constexpr (std::same_as<Member, bool>) {
    member = cell == "true" || cell == "True" || cell == "1";
    return member || cell == "false" || cell == "False" || cell == "0";
  } else {
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), member);
    const bool is_whole = error == std::errc() && end == cell.data() + cell.size();
    if constexpr (std::floating_point<Member>) return is_whole && std::isfinite(member);
    return is_whole;
  }
}

double Microseconds(double time_s) { return std::round(time_s * 1e6) / 1e6; }

CsvRow RowOf(const agents::Mark& mark, LabelProject& project) {
  const double duration_s = project.StepDuration(mark.episode);
  CsvRow row{.episode = mark.episode,
             .first_step = mark.first_step,
             .last_step = mark.last_step,
             .start_s = Microseconds(StartOfStep(mark.first_step, duration_s)),
             .end_s = Microseconds(EndOfStep(mark.last_step, duration_s)),
             .verdict = std::string(ChoiceName(mark.verdict)),
             .danger = mark.danger,
             .severity = mark.severity,
             .reaction_lag_steps = mark.reaction_lag_steps,
             .release_lag_steps = mark.release_lag_steps,
             .annotator = mark.annotator,
             .note = mark.note,
             .created_unix_ms = mark.created_unix_ms,
             .time_spent_ms = mark.time_spent_ms,
             .on_screen = mark.on_screen};
  if (const StoredEpisode* episode = project.Find(mark.episode)) {
    row.environment = episode->header.config.id;
    row.seed = episode->header.seed;
    row.begun_unix_ms = episode->header.started_unix_ms;
  }
  return row;
}

Status WriteCsv(const LabelExport& labels, const std::filesystem::path& out) {
  std::string text;
  for (const std::string& column : CsvColumns()) AddCell(column, text);
  text += '\n';
  for (const auto& [id, mark] : labels.feedback.marks()) {
    const CsvRow row = RowOf(mark, labels.project);
    std::string line;
    VisitFields(row, [&](const Field<CsvRow>& field, const auto& member) {
      const bool unsaid = (field.name == "severity" && row.severity == agents::kNoSeverity) ||
                          (field.name == "release-lag-steps" && row.release_lag_steps < 0) ||
                          (field.name == "seed" && row.seed < 0);
      AddCell(unsaid ? std::string() : CellOf(member), line);
    });
    text += line + "\n";
  }
  return WriteWholeFile(out, text);
}

// Where the fields of a row stand in a table, in the order of VisitFields; -1: nowhere.
std::vector<std::ptrdiff_t> PlacesOf(const std::vector<std::string>& columns) {
  std::vector<std::ptrdiff_t> places;
  for (const std::string& known : CsvColumns()) {
    const auto column = std::ranges::find(columns, known);
    places.push_back(column == columns.end() ? -1 : column - columns.begin());
  }
  return places;
}

// Sets what the cells say. Returns what is wrong, or nothing.
std::string ReadCells(const std::vector<std::ptrdiff_t>& places,
                      const std::vector<std::string>& cells, CsvRow& row) {
  std::string problem;
  std::size_t next = 0;
  VisitFields(row, [&](const Field<CsvRow>& field, auto& member) {
    const std::ptrdiff_t place = places[next++];
    if (place < 0) return;
    const std::string& cell = cells[static_cast<std::size_t>(place)];
    if (cell.empty() || ReadCell(cell, member) || !problem.empty()) return;
    problem = fmt::format("has \"{}\" as {}, which cannot be", Quoted(cell), StoredKey(field));
  });
  return problem;
}

// The steps of a row that says seconds. Returns what is wrong, or nothing.
std::string ReadSeconds(CsvRow& row, LabelProject& project) {
  if (std::isnan(row.start_s) || std::isnan(row.end_s)) {
    return "needs first_step and last_step, or start_s and end_s";
  }
  if (row.end_s < row.start_s) {
    return fmt::format("ends at {} s, before its start at {} s", row.end_s, row.start_s);
  }
  const double duration_s = project.StepDuration(row.episode);
  const auto first = StepStartingAt(row.start_s, duration_s);
  const auto last = first ? StepEndingAt(row.end_s, duration_s, *first) : std::nullopt;
  if (!last) return fmt::format("lies from {} to {} s, where no step is", row.start_s, row.end_s);
  row.first_step = *first;
  row.last_step = *last;
  return {};
}

// Whether the episode is the one that the row means, as far as it says.
std::string CheckEpisodeOf(const CsvRow& row, const LabelProject& project) {
  const StoredEpisode* episode = project.Find(row.episode);
  if (episode == nullptr) return {};  // said of every mark
  return CheckRecording({row.environment, row.seed, row.begun_unix_ms}, *episode);
}

std::string ReadMark(CsvRow& row, LabelProject& project, agents::Mark& mark) {
  if (row.episode.value == 0) return "needs an episode";
  if (std::string problem = CheckEpisodeOf(row, project); !problem.empty()) return problem;
  if (row.first_step == kNoStep || row.last_step == kNoStep) {
    if (std::string problem = ReadSeconds(row, project); !problem.empty()) return problem;
  }
  const auto verdict = ParseChoice<agents::Verdict>(row.verdict, "verdict");
  if (!verdict) {
    return fmt::format("has the verdict \"{}\"; write {}", Quoted(row.verdict),
                       ChoiceList(agents::Choices(agents::Verdict{})));
  }
  mark = {.episode = row.episode,
          .first_step = row.first_step,
          .last_step = row.last_step,
          .verdict = *verdict,
          .danger = row.danger,
          .reaction_lag_steps = row.reaction_lag_steps,
          .release_lag_steps = row.release_lag_steps,
          .annotator = std::move(row.annotator),
          .created_unix_ms = row.created_unix_ms,
          .time_spent_ms = row.time_spent_ms,
          .on_screen = std::move(row.on_screen),
          .note = std::move(row.note),
          .severity = row.severity};
  return {};
}

std::string CheckColumns(const std::vector<std::string>& columns) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (std::ranges::find(CsvColumns(), columns[i]) == CsvColumns().end()) {
      return "has the column \"" + Quoted(columns[i]) + "\", which labels do not have." +
             sim::DidYouMean(Quoted(columns[i]), CsvColumns());
    }
    if (std::ranges::find(columns, columns[i]) - columns.begin() != static_cast<long>(i)) {
      return "has the column \"" + columns[i] + "\" twice";
    }
  }
  for (const char* needed : {"episode", "verdict"}) {
    if (std::ranges::find(columns, needed) == columns.end()) {
      return std::string("needs the column \"") + needed + "\"";
    }
  }
  return {};
}

void ReadCsv(std::string_view text, std::string_view /*file*/, LabelRows& rows) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";  // as spreadsheets write it
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  CsvReader csv(text);
  const std::vector<std::string> columns = csv.Next() ? csv.cells() : std::vector<std::string>();
  if (std::string problem = CheckColumns(columns); !problem.empty()) {
    rows.Reject({"line", 1}, problem);
    return;
  }
  const std::vector<std::ptrdiff_t> places = PlacesOf(columns);
  while (csv.Next()) {
    const RowPlace place{"line", csv.line()};
    CsvRow row;
    agents::Mark mark;
    std::string problem = csv.problem();
    if (problem.empty() && csv.cells().size() != columns.size()) {
      problem = fmt::format("has {} cells where line 1 has {}", csv.cells().size(), columns.size());
    }
    if (problem.empty()) problem = ReadCells(places, csv.cells(), row);
    if (problem.empty()) problem = ReadMark(row, rows.project(), mark);
    problem.empty() ? rows.Add(place, std::move(mark)) : rows.Reject(place, problem);
  }
}

}  // namespace

constexpr LabelFormat kCsvLabels{.name = "csv",
                                 .extension = ".csv",
                                 .what = "a table with a row for each span",
                                 .carries = {.origin = true},
                                 .write = WriteCsv,
                                 .read = ReadCsv};

}  // namespace lookout::app
