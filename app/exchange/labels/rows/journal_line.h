// An entry of the journal of feedback as a line of JSON, nothing left out. Part of jsonl_labels.cc.
// Pure functions; any thread.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "agents/feedback/journal/feedback_journal.h"

namespace lookout::app {

// Text that is not UTF-8 gets replacement characters.
std::string DumpLine(const nlohmann::json& line);

// What is empty or zero is left out; content that no JSON text of ours gives again stands in
// hexadecimal digits.
nlohmann::json LineOf(const agents::JournalEntry& entry);

// The inverse. entry: fresh. Returns what is wrong with the line, or nothing; whether the entry
// makes sense in its journal is not looked at.
std::string ReadEntryLine(const nlohmann::json& line, agents::JournalEntry& entry);

}  // namespace lookout::app
