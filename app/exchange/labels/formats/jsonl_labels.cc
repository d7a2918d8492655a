// Labels as JSON Lines: the journal of feedback as it is, entry by entry, so that nothing is lost.
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "app/exchange/labels/rows/journal_line.h"
#include "app/exchange/labels/rows/label_format.h"
#include "app/platform/files.h"
#include "sim/config/fields_json.h"
#include "sim/config/json_text.h"

namespace lookout::app {
namespace {

using agents::JournalEntry;
using nlohmann::json;

constexpr std::string_view kFeedbackFormat = "lookout-feedback";
constexpr int kFeedbackVersion = 1;

json EpisodeLine(LabelProject& project, EpisodeId id) {
  const StoredEpisode* episode = project.Find(id);
  if (episode == nullptr) return {{"id", id.value}, {"removed", true}};
  return {{"id", id.value},
          {"environment", episode->header.config.id},
          {"seed", episode->header.seed},
          {"steps", episode->steps},
          {"started_unix_ms", episode->header.started_unix_ms},
          {"step_duration_s", project.StepDuration(id)}};
}

Status WriteJsonl(const LabelExport& labels, const std::filesystem::path& out) {
  std::set<EpisodeId> episodes;
  for (const JournalEntry& entry : labels.feedback.entries()) {
    episodes.insert(entry.record.episodes.begin(), entry.record.episodes.end());
  }
  json first{{"format", kFeedbackFormat}, {"version", kFeedbackVersion}};
  first["episodes"] = json::array();
  for (const EpisodeId id : episodes) first["episodes"].push_back(EpisodeLine(labels.project, id));
  std::string text = DumpLine(first) + "\n";
  for (const JournalEntry& entry : labels.feedback.entries())
    text += DumpLine(LineOf(entry)) + "\n";
  return WriteWholeFile(out, text);
}

// Whether an episode of the file is the one of the project, as far as the file tells.
bool IsSameEpisode(const json& told, const StoredEpisode& here) {
  const sim::EpisodeHeader& header = here.header;
  return told.value("environment", json(header.config.id)) == header.config.id &&
         told.value("seed", json(header.seed)) == header.seed &&
         told.value("steps", json(here.steps)) == here.steps &&
         told.value("started_unix_ms", json(header.started_unix_ms)) == header.started_unix_ms;
}

void ReadEpisodeOfFile(const json& told, LabelRows& rows) {
  const RowPlace place{"line", 1};
  EpisodeId id;
  if (!told.is_object() || !told.contains("id") || !sim::FieldFromJson(told["id"], id)) {
    return rows.Reject(place, "needs objects with a whole number \"id\" as \"episodes\"");
  }
  const StoredEpisode* here = rows.project().Find(id);
  if (told.value("removed", json(false)) == true) {
    if (here == nullptr) rows.AllowRemoved(id);
    return;
  }
  if (here == nullptr || IsSameEpisode(told, *here)) return;
  std::int64_t started_ms = 0;
  const bool says_when =
      told.contains("started_unix_ms") && sim::FieldFromJson(told["started_unix_ms"], started_ms);
  const std::string begun = says_when ? TimeText(started_ms) : std::string();
  rows.Reject(place, fmt::format("has another recording as episode {}: {}, seed {}, {} steps{}; in "
                                 "the project it is {}",
                                 id.value, Quoted(DumpLine(told.value("environment", json("?")))),
                                 Quoted(DumpLine(told.value("seed", json("?")))),
                                 Quoted(DumpLine(told.value("steps", json("?")))),
                                 begun.empty() ? "" : ", begun " + begun, DescribeEpisode(*here)));
}

// False if the file is of another format.
bool ReadFirstLine(std::string_view text, LabelRows& rows) {
  const RowPlace place{"line", 1};
  const sim::JsonText first = sim::ParseJsonText(text);
  const bool is_ours = first.problem.empty() && first.value.is_object() &&
                       first.value.value("format", json()) == kFeedbackFormat;
  if (!is_ours) {
    rows.Reject(place,
                "is not {\"format\": \"lookout-feedback\", \"version\": 1, ...}, with which "
                "such a file begins");
    return false;
  }
  if (first.value.value("version", json()) != kFeedbackVersion) {
    rows.Reject(place, "has another version of the format than 1, which this program reads");
    return false;
  }
  const json episodes = first.value.value("episodes", json::array());
  if (episodes.is_array()) {
    for (const json& told : episodes) ReadEpisodeOfFile(told, rows);
  } else {
    rows.Reject(place, "needs a list as \"episodes\"");
  }
  return true;
}

void ReadJsonl(std::string_view text, std::string_view /*file*/, LabelRows& rows) {
  PlainLineReader plain;
  for (std::int64_t number = 1; number == 1 || !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const RowPlace place{"line", number};
    if (number == 1) {
      if (!ReadFirstLine(line, rows)) return;
      continue;
    }
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    JournalEntry entry;
    if (plain.Read(line, entry)) {
      rows.AddEntry(place, entry);
      continue;
    }
    const sim::JsonText parsed = sim::ParseJsonText(line);
    if (!parsed.problem.empty() || !parsed.value.is_object()) {
      rows.Reject(place, "is not one JSON object");
      continue;
    }
    if (const std::string problem = ReadEntryLine(parsed.value, entry); !problem.empty()) {
      rows.Reject(place, problem);
    } else {
      rows.AddEntry(place, entry);
    }
  }
}

}  // namespace

constexpr LabelFormat kJsonlLabels{
    .name = "jsonl",
    .extension = ".jsonl",
    .what = "JSON Lines: every entry of the journal, nothing left out",
    .carries = {.history = true, .other_kinds = true, .origin = true},
    .write = WriteJsonl,
    .read = ReadJsonl};

}  // namespace lookout::app
