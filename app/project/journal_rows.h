// Entries of the journal as rows of the project file. One owner, one thread.
#pragma once

#include "agents/feedback/journal/feedback_journal.h"
#include "app/project/sqlite.h"

namespace lookout::app {

// In the tables of the present version. Inside the caller's transaction.
Status InsertEntry(Database& database, const agents::JournalEntry& entry);
// All entries in order. Rejects (kBadInput) what does not fold, see FeedbackSet::Apply.
Result<agents::FeedbackSet> ReadJournal(Database& database);

// From the table journal_of_marks, as version 2 had it, into those of version 3. Nothing is lost:
// every entry keeps its number, marks that do not count any longer theirs.
Status CopyJournalOfMarks(Database& database);

}  // namespace lookout::app
