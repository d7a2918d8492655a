#include "app/project/journal_rows.h"

#include <fmt/format.h>

#include <limits>
#include <string>
#include <utility>

#include "sim/config/fields_json.h"
#include "sim/config/json_text.h"

namespace lookout::app {
namespace {

using agents::FeedbackRecord;
using agents::JournalEntry;
using agents::JournalOp;

// Reads columns as narrower types and remembers whether one did not fit.
class Reader {
 public:
  explicit Reader(const Rows& rows) : rows_(rows) {}

  template <typename T>
  T As(int column, std::int64_t largest = std::numeric_limits<T>::max()) {
    const std::int64_t value = rows_.Integer(column);
    fits_ = fits_ && value >= std::numeric_limits<T>::min() && value <= largest;
    return static_cast<T>(value);
  }
  JournalOp Op(int column) {
    return static_cast<JournalOp>(
        As<std::uint8_t>(column, static_cast<std::int64_t>(JournalOp::kRedo)));
  }
  bool fits() const { return fits_; }

 private:
  const Rows& rows_;
  bool fits_ = true;
};

Error Damaged(const JournalEntry& entry, const std::string& what) {
  return BadInput(fmt::format(
      "Entry {} of the journal of feedback holds {}; open a copy of the project that is intact.",
      entry.sequence, what));
}

// A provenance that is empty, as of an entry without a record, is stored as an empty text.
std::string EncodeProvenance(const agents::Provenance& provenance) {
  if (provenance == agents::Provenance{}) return {};
  return sim::FieldsToJson(provenance)
      .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

bool DecodeProvenance(std::string_view text, agents::Provenance& provenance) {
  if (text.empty()) return true;
  const sim::JsonText parsed = sim::ParseJsonText(text);
  return parsed.problem.empty() && parsed.value.is_object() &&
         sim::FieldsFromJson(parsed.value, provenance).empty();
}

Result<JournalEntry> ReadEntry(const Rows& rows) {
  Reader reader(rows);
  JournalEntry entry;
  entry.sequence = rows.Integer(0);
  entry.op = reader.Op(1);
  entry.target = rows.Integer(2);
  entry.unix_ms = rows.Integer(3);
  entry.annotator = rows.Text(4);
  FeedbackRecord& record = entry.record;
  record.id.value = rows.Integer(5);
  record.kind = rows.Text(6);
  record.version = reader.As<std::int32_t>(7);
  record.content = rows.Text(8);
  record.annotator = rows.Text(9);
  record.created_unix_ms = rows.Integer(10);
  record.time_spent_ms = rows.Integer(11);
  if (!reader.fits()) return Damaged(entry, "a number that is out of range");
  if (DecodeProvenance(rows.Bytes(12), record.on_screen)) return entry;
  return Damaged(entry, "something else than what was on screen");
}

// The episodes of the entries, which come in the same order.
class EpisodesOfEntries {
 public:
  explicit EpisodesOfEntries(Rows rows) : rows_(std::move(rows)) { there_ = rows_.Next(); }

  void MoveTo(JournalEntry& entry) {
    while (there_ && rows_.Integer(0) <= entry.sequence) {
      if (rows_.Integer(0) == entry.sequence) {
        entry.record.episodes.push_back(EpisodeId{rows_.Integer(1)});
      }
      there_ = rows_.Next();
    }
  }
  const Status& status() const { return rows_.status(); }

 private:
  Rows rows_;
  bool there_ = false;
};

Result<JournalEntry> ReadMarkEntry(const Rows& rows) {
  Reader reader(rows);
  JournalEntry entry;
  entry.sequence = rows.Integer(0);
  entry.op = reader.Op(1);
  entry.target = rows.Integer(2);
  entry.unix_ms = rows.Integer(3);
  entry.annotator = rows.Text(4);
  agents::Mark mark;
  mark.id.value = rows.Integer(5);
  mark.episode.value = rows.Integer(6);
  mark.first_step = reader.As<StepIndex>(7);
  mark.last_step = reader.As<StepIndex>(8);
  mark.verdict = static_cast<agents::Verdict>(
      reader.As<std::uint8_t>(9, static_cast<std::int64_t>(agents::Verdict::kUnsure)));
  mark.danger = reader.As<agents::DangerClass>(10);
  mark.reaction_lag_steps = reader.As<std::int32_t>(11);
  mark.annotator = rows.Text(12);
  mark.created_unix_ms = rows.Integer(13);
  mark.time_spent_ms = rows.Integer(14);
  mark.on_screen.model.value = rows.Integer(15);
  mark.note = rows.Text(16);
  if (!reader.fits()) return Damaged(entry, "a number that is out of range");
  if (entry.op == JournalOp::kAdd || entry.op == JournalOp::kRevise) {
    entry.record = RecordOf(mark);
  } else {
    entry.record.id = mark.id;
  }
  return entry;
}

}  // namespace

Status InsertEntry(Database& database, const JournalEntry& entry) {
  const FeedbackRecord& record = entry.record;
  const Status saved = database.Run(
      "INSERT INTO journal (sequence, op, target, unix_ms, annotator, record, kind, version, "
      "content, record_annotator, created_unix_ms, time_spent_ms, on_screen) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
      entry.sequence, static_cast<int>(entry.op), entry.target, entry.unix_ms, entry.annotator,
      record.id.value, record.kind, record.version, Blob{record.content}, record.annotator,
      record.created_unix_ms, record.time_spent_ms, EncodeProvenance(record.on_screen));
  if (!saved) return saved;
  int place = 0;
  for (const EpisodeId episode : record.episodes) {
    const Status named =
        database.Run("INSERT INTO journal_episode (sequence, place, episode) VALUES (?1, ?2, ?3)",
                     entry.sequence, place++, episode.value);
    if (!named) return named;
  }
  return {};
}

Result<agents::FeedbackSet> ReadJournal(Database& database) {
  Result<Rows> episode_rows =
      database.Query("SELECT sequence, episode FROM journal_episode ORDER BY sequence, place");
  if (!episode_rows) return episode_rows.error();
  EpisodesOfEntries episodes(std::move(episode_rows).value());
  Result<Rows> rows = database.Query(
      "SELECT sequence, op, target, unix_ms, annotator, record, kind, version, content, "
      "record_annotator, created_unix_ms, time_spent_ms, on_screen FROM journal ORDER BY sequence");
  if (!rows) return rows.error();
  agents::FeedbackSet feedback;
  while (rows->Next()) {
    Result<JournalEntry> entry = ReadEntry(*rows);
    if (!entry) return entry.error();
    episodes.MoveTo(*entry);
    if (Status applied = feedback.Apply(*entry); !applied) return applied.error();
  }
  if (!rows->status()) return rows->status().error();
  if (!episodes.status()) return episodes.status().error();
  return feedback;
}

Status CopyJournalOfMarks(Database& database) {
  Result<Rows> rows = database.Query(
      "SELECT sequence, op, target, unix_ms, annotator, mark, episode, first_step, last_step, "
      "verdict, danger, reaction_lag_steps, mark_annotator, created_unix_ms, time_spent_ms, "
      "model_on_screen, note FROM journal_of_marks ORDER BY sequence");
  if (!rows) return rows.error();
  while (rows->Next()) {
    const Result<JournalEntry> entry = ReadMarkEntry(*rows);
    if (!entry) return entry.error();
    if (Status saved = InsertEntry(database, *entry); !saved) return saved;
  }
  return rows->status();
}

}  // namespace lookout::app
