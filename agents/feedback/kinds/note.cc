#include "agents/feedback/kinds/note.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

#include "agents/feedback/kinds/content.h"

namespace lookout::agents {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

Status CheckNote(const Note& note) {
  if (note.step < 0) return BadInput(fmt::format("notes step {}", note.step));
  if (note.text.find_first_not_of(kBlanks) == std::string::npos) {
    return BadInput("is a note without words");
  }
  return {};
}

Status CheckNoteRecord(const FeedbackRecord& record) {
  const Result<Note> note = NoteOf(record);
  return note ? Status{} : Status(note.error());
}

void TellNoTargets(const FeedbackRecord&, TargetSink&) {}

std::string DescribeNote(const FeedbackRecord& record) {
  const Note note = NoteOf(record).value();
  return fmt::format("note on step {} of episode {}", note.step, note.episode.value);
}

Segment WhereNote(const FeedbackRecord& record) {
  const Note note = NoteOf(record).value();
  return {note.episode, note.step, note.step};
}

// In small letters. Latin-1's capitals are the bytes C3 80 to C3 9E in UTF-8, their small letters
// 32 further on; C3 97 is the sign of multiplication.
std::string Fold(std::string_view text) {
  std::string folded(text);
  for (std::size_t i = 0; i < folded.size(); ++i) {
    const auto byte = static_cast<unsigned char>(folded[i]);
    const bool latin = i > 0 && static_cast<unsigned char>(folded[i - 1]) == 0xC3 && byte >= 0x80 &&
                       byte <= 0x9E && byte != 0x97;
    if ((byte >= 'A' && byte <= 'Z') || latin) folded[i] = static_cast<char>(byte + 32);
  }
  return folded;
}

}  // namespace

constexpr FeedbackKind kNoteKind{.name = "note",
                                 .version = 1,
                                 .check = CheckNoteRecord,
                                 .tell_targets = TellNoTargets,
                                 .in_words = DescribeNote,
                                 .where = WhereNote};

void SetContent(const Note& note, FeedbackRecord& record) {
  record.kind = kNoteKind.name;
  record.version = kNoteKind.version;
  record.content = EncodeContent(note);
  record.episodes = {note.episode};
}

Result<Note> NoteOf(const FeedbackRecord& record) {
  if (KindOf(record) != &kNoteKind) return BadInput("is of kind '" + record.kind + "', no note");
  if (record.episodes.size() != 1) {
    return BadInput(fmt::format("notes {} episodes, expected one", record.episodes.size()));
  }
  Result<Note> note = DecodeContent<Note>(record);
  if (!note) return note.error();
  note->episode = record.episodes.front();
  if (Status sound = CheckNote(*note); !sound) return sound.error();
  return note;
}

bool HasWords(std::string_view text, std::string_view search) {
  const std::string here = Fold(text);
  const std::string wanted = Fold(search);
  std::size_t end = 0;
  for (;;) {
    const std::size_t begin = wanted.find_first_not_of(kBlanks, end);
    if (begin == std::string::npos) return true;
    end = std::min(wanted.find_first_of(kBlanks, begin), wanted.size());
    if (here.find(wanted.substr(begin, end - begin)) == std::string::npos) return false;
  }
}

}  // namespace lookout::agents
