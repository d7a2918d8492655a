#include "app/exchange/labels/rows/journal_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "app/exchange/labels/rows/label_rows.h"
#include "sim/base/choices.h"
#include "sim/base/nearest_name.h"
#include "sim/config/fields_json.h"
#include "sim/config/json_text.h"

namespace lookout::app {

// An operation of the journal by its name in files, in the order of agents::JournalOp.
enum class LineOp : std::uint8_t { kAdd, kRevise, kRetract, kUndo, kRedo };

static std::span<const Choice<LineOp>> Choices(LineOp) {
  static constexpr std::array kOps{
      Choice<LineOp>{LineOp::kAdd, "add"}, Choice<LineOp>{LineOp::kRevise, "revise"},
      Choice<LineOp>{LineOp::kRetract, "retract"}, Choice<LineOp>{LineOp::kUndo, "undo"},
      Choice<LineOp>{LineOp::kRedo, "redo"}};
  return kOps;
}

namespace {

using agents::JournalEntry;
using nlohmann::json;

constexpr int kMostContentDepth = sim::kMostJsonDepth - 2;

// An entry of the journal without its record's episodes, content and provenance.
struct EntryLine {
  std::int64_t sequence = 0;
  LineOp op = LineOp::kAdd;
  std::int64_t target = 0;
  std::int64_t unix_ms = 0;
  std::string by;
  MarkId record;
  std::string kind;
  std::int32_t version = 0;
  std::string annotator;
  std::int64_t created_unix_ms = 0;
  std::int64_t time_spent_ms = 0;
};

template <FieldsOf<EntryLine> Self, typename Visit>
void VisitFields(Self& self, Visit&& visit) {
  using F = Field<EntryLine>;
  visit(F("sequence"), self.sequence);
  visit(F("op"), self.op);
  visit(F("target"), self.target);
  visit(F("unix-ms"), self.unix_ms);
  visit(F("by"), self.by);
  visit(F("record"), self.record);
  visit(F("kind"), self.kind);
  visit(F("version"), self.version);
  visit(F("annotator"), self.annotator);
  visit(F("created-unix-ms"), self.created_unix_ms);
  visit(F("time-spent-ms"), self.time_spent_ms);
}

const std::array<std::string, 4> kOtherKeys{"episodes", "content", "content_hex", "on_screen"};

const std::vector<std::string>& LineKeys() {
  static const std::vector<std::string> keys = [] {
    std::vector<std::string> all(kOtherKeys.begin(), kOtherKeys.end());
    const EntryLine blank;
    VisitFields(blank, [&](const Field<EntryLine>& field, const auto& /*member*/) {
      all.push_back(StoredKey(field));
    });
    return all;
  }();
  return keys;
}

// Content as JSON where that gives the same bytes again, which it does for all that this version
// writes; else its bytes in hexadecimal digits.
void PutContent(const std::string& content, json& line) {
  if (content.empty()) return;
  const sim::JsonText parsed = sim::ParseJsonText(content, kMostContentDepth);
  if (parsed.problem.empty() && DumpLine(parsed.value) == content) {
    line["content"] = parsed.value;
    return;
  }
  std::string digits;
  for (const char c : content) digits += fmt::format("{:02x}", static_cast<unsigned char>(c));
  line["content_hex"] = digits;
}

std::optional<std::string> BytesOf(const json& digits) {
  if (!digits.is_string()) return std::nullopt;
  const auto& text = digits.get_ref<const std::string&>();
  if (text.size() % 2 != 0) return std::nullopt;
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const std::size_t high = kDigits.find(text[i]);
    const std::size_t low = kDigits.find(text[i + 1]);
    if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
    bytes += static_cast<char>(16 * high + low);
  }
  return bytes;
}

// What is wrong, or nothing.
std::string ReadRecordParts(const json& line, agents::FeedbackRecord& record) {
  const json episodes = line.value("episodes", json::array());
  if (!episodes.is_array()) return "needs a list of numbers as \"episodes\"";
  for (const json& episode : episodes) {
    if (!sim::FieldFromJson(episode, record.episodes.emplace_back())) {
      return "needs a list of whole numbers as \"episodes\"";
    }
  }
  if (const auto content = line.find("content"); content != line.end()) {
    record.content = DumpLine(*content);
  } else if (const auto digits = line.find("content_hex"); digits != line.end()) {
    std::optional<std::string> bytes = BytesOf(*digits);
    if (!bytes) return "needs pairs of the digits 0 to f as \"content_hex\"";
    record.content = *std::move(bytes);
  }
  const auto on_screen = line.find("on_screen");
  if (on_screen == line.end()) return {};
  if (!on_screen->is_object()) return "needs an object as \"on_screen\"";
  const std::string wrong = sim::FieldsFromJson(*on_screen, record.on_screen);
  return wrong.empty() ? std::string() : "has a wrong \"" + wrong + "\" in \"on_screen\"";
}

}  // namespace

std::string DumpLine(const nlohmann::json& line) {
  return line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

json LineOf(const JournalEntry& entry) {
  const agents::FeedbackRecord& record = entry.record;
  json line = sim::FieldsToJson(EntryLine{.sequence = entry.sequence,
                                          .op = static_cast<LineOp>(entry.op),
                                          .target = entry.target,
                                          .unix_ms = entry.unix_ms,
                                          .by = entry.annotator,
                                          .record = record.id,
                                          .kind = record.kind,
                                          .version = record.version,
                                          .annotator = record.annotator,
                                          .created_unix_ms = record.created_unix_ms,
                                          .time_spent_ms = record.time_spent_ms});
  // What an undo has nothing to say about is left out; a reader takes it as empty.
  for (auto item = line.begin(); item != line.end();) {
    const bool empty = *item == 0 || *item == "";
    item = empty ? line.erase(item) : std::next(item);
  }
  for (const EpisodeId episode : record.episodes) line["episodes"].push_back(episode.value);
  PutContent(record.content, line);
  if (record.on_screen != agents::Provenance{}) {
    line["on_screen"] = sim::FieldsToJson(record.on_screen);
  }
  return line;
}

std::string ReadEntryLine(const json& line, JournalEntry& entry) {
  for (const auto& [key, value] : line.items()) {
    if (std::ranges::find(LineKeys(), key) != LineKeys().end()) continue;
    return "has \"" + Quoted(key) + "\", which no entry has." + sim::DidYouMean(key, LineKeys());
  }
  if (!line.contains("sequence") || !line.contains("op")) return "needs \"sequence\" and \"op\"";
  EntryLine read;
  const std::string wrong = sim::FieldsFromJson(line, read);
  if (!wrong.empty()) return "has a \"" + wrong + "\" of the wrong type or size";
  entry.sequence = read.sequence;
  entry.op = static_cast<agents::JournalOp>(read.op);
  entry.target = read.target;
  entry.unix_ms = read.unix_ms;
  entry.annotator = std::move(read.by);
  agents::FeedbackRecord& record = entry.record;
  record.id = read.record;
  record.kind = std::move(read.kind);
  record.version = read.version;
  record.annotator = std::move(read.annotator);
  record.created_unix_ms = read.created_unix_ms;
  record.time_spent_ms = read.time_spent_ms;
  return ReadRecordParts(line, record);
}

}  // namespace lookout::app
