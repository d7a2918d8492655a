// The journal of feedback in the project file.
#include <fmt/format.h>

#include <string>

#include "app/project/journal_rows.h"
#include "app/project/sqlite_project.h"

namespace lookout::app {
namespace {

using agents::JournalEntry;

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
        return BadInput(
            fmt::format("Entry {} of the journal of feedback came where entry {} belongs; restart "
                        "Lookout and repeat the last edit.",
                        entry.sequence, expected));
      }
      ++expected;
      if (Status saved = InsertEntry(database_, entry); !saved) return saved;
    }
    return {};
  });
}

Result<agents::FeedbackSet> SqliteProject::LoadFeedback() { return ReadJournal(database_); }

}  // namespace lookout::app
