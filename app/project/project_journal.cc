// The journal of marks in the project file.
#include <limits>
#include <string>
#include <utility>

#include "app/project/sqlite_project.h"

namespace lookout::app {
namespace {

using agents::JournalEntry;
using agents::JournalOp;

// Marks are tiny and must be quick: their commits leave the copying of write-ahead pages into the
// file to the next recording that is saved, unless none is for a long time.
constexpr int kCheckpointPages = 1000;
constexpr int kCheckpointPagesOfMarks = 16'000;

class LateCheckpoint {
 public:
  explicit LateCheckpoint(Database& database) : database_(database) {
    database_.SetCheckpointPages(kCheckpointPagesOfMarks);
  }
  LateCheckpoint(const LateCheckpoint&) = delete;
  LateCheckpoint& operator=(const LateCheckpoint&) = delete;
  ~LateCheckpoint() { database_.SetCheckpointPages(kCheckpointPages); }

 private:
  Database& database_;
};

Status Insert(Database& database, const JournalEntry& entry) {
  const agents::Mark& mark = entry.mark;
  return database.Run(
      "INSERT INTO journal (sequence, op, target, unix_ms, annotator, mark, episode, first_step, "
      "last_step, verdict, danger, reaction_lag_steps, mark_annotator, created_unix_ms, "
      "time_spent_ms, model_on_screen, note) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
      entry.sequence, static_cast<int>(entry.op), entry.target, entry.unix_ms, entry.annotator,
      mark.id.value, mark.episode.value, mark.first_step, mark.last_step,
      static_cast<int>(mark.verdict), mark.danger, mark.reaction_lag_steps, mark.annotator,
      mark.created_unix_ms, mark.time_spent_ms, mark.model_on_screen.value, mark.note);
}

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
  bool fits() const { return fits_; }

 private:
  const Rows& rows_;
  bool fits_ = true;
};

Result<JournalEntry> ReadEntry(const Rows& rows) {
  Reader reader(rows);
  JournalEntry entry;
  entry.sequence = rows.Integer(0);
  entry.op = static_cast<JournalOp>(
      reader.As<std::uint8_t>(1, static_cast<std::int64_t>(JournalOp::kRedo)));
  entry.target = rows.Integer(2);
  entry.unix_ms = rows.Integer(3);
  entry.annotator = rows.Text(4);
  agents::Mark& mark = entry.mark;
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
  mark.model_on_screen.value = rows.Integer(15);
  mark.note = rows.Text(16);
  if (reader.fits()) return entry;
  return BadInput("Entry " + std::to_string(entry.sequence) +
                  " of the mark journal holds a number that is out of range; open a copy of the "
                  "project that is intact.");
}

}  // namespace

Status SqliteProject::AppendJournal(std::span<const JournalEntry> entries) {
  if (Status writable = CheckWritable(); !writable) return writable;
  const LateCheckpoint late(database_);
  return database_.InTransaction([&]() -> Status {
    const Result<std::int64_t> last =
        database_.QueryInteger("SELECT ifnull(max(sequence), 0) FROM journal");
    if (!last) return last.error();
    std::int64_t expected = *last + 1;
    for (const JournalEntry& entry : entries) {
      if (entry.sequence != expected) {
        return BadInput("Entry " + std::to_string(entry.sequence) +
                        " of the mark journal came where entry " + std::to_string(expected) +
                        " belongs; restart Lookout and repeat the last edit.");
      }
      ++expected;
      if (Status saved = Insert(database_, entry); !saved) return saved;
    }
    return {};
  });
}

Result<agents::MarkSet> SqliteProject::LoadMarks() {
  Result<Rows> rows = database_.Query(
      "SELECT sequence, op, target, unix_ms, annotator, mark, episode, first_step, last_step, "
      "verdict, danger, reaction_lag_steps, mark_annotator, created_unix_ms, time_spent_ms, "
      "model_on_screen, note FROM journal ORDER BY sequence");
  if (!rows) return rows.error();
  agents::MarkSet marks;
  while (rows->Next()) {
    Result<JournalEntry> entry = ReadEntry(*rows);
    if (!entry) return entry.error();
    if (Status applied = marks.Apply(*entry); !applied) return applied.error();
  }
  if (!rows->status()) return rows->status().error();
  return marks;
}

}  // namespace lookout::app
