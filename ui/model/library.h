// What a person noted about recorded episodes and training runs: a name, a star, that they are
// deleted. With undo, so that nothing is lost by a slip. Window thread only.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/ids.h"

namespace lookout::ui {

enum class LibraryKind : std::uint8_t { kEpisode, kRun };

struct LibraryKey {
  LibraryKind kind = LibraryKind::kEpisode;
  std::int64_t id = 0;
  auto operator<=>(const LibraryKey&) const = default;
};
inline LibraryKey KeyOf(EpisodeId id) { return {LibraryKind::kEpisode, id.value}; }
inline LibraryKey KeyOf(RunId id) { return {LibraryKind::kRun, id.value}; }

struct LibraryNote {
  std::string name;  // instead of its number; empty: none
  bool starred = false;
  bool deleted = false;  // not listed; gone from the project when that is opened next
  bool operator==(const LibraryNote&) const = default;
};

class Library {
 public:
  // What was noted, or the empty note.
  const LibraryNote& Of(const LibraryKey& key) const;
  // As the project has it; cannot be undone.
  void Load(const LibraryKey& key, LibraryNote note);

  // A person's edit. `journal` is the last sequence of the journal of marks, which tells what is
  // undone first. False if nothing changed.
  bool Edit(const LibraryKey& key, LibraryNote note, std::int64_t journal);

  // The key whose note is to be undone (brought back) next, if its edit is newer than the edit of a
  // mark that would be: `next_mark` is MarkSet::NextUndo (NextRedo). Nothing otherwise.
  std::optional<LibraryKey> Undo(std::optional<std::int64_t> next_mark, std::int64_t journal);
  std::optional<LibraryKey> Redo(std::optional<std::int64_t> next_mark, std::int64_t journal);
  bool can_undo() const { return !done_.empty(); }
  bool can_redo() const { return !undone_.empty(); }

 private:
  struct Change {
    LibraryKey key;
    LibraryNote before, after;
    std::int64_t journal = 0;  // its last sequence at the time
  };

  std::map<LibraryKey, LibraryNote> notes_;
  std::vector<Change> done_, undone_;
};

}  // namespace lookout::ui
