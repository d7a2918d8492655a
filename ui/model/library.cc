#include "ui/model/library.h"

#include <utility>

namespace lookout::ui {

const LibraryNote& Library::Of(const LibraryKey& key) const {
  static const LibraryNote nothing;
  const auto found = notes_.find(key);
  return found == notes_.end() ? nothing : found->second;
}

void Library::Load(const LibraryKey& key, LibraryNote note) { notes_[key] = std::move(note); }

bool Library::Edit(const LibraryKey& key, LibraryNote note, std::int64_t journal) {
  if (Of(key) == note) return false;
  done_.push_back({key, Of(key), note, journal});
  undone_.clear();
  notes_[key] = std::move(note);
  return true;
}

std::optional<LibraryKey> Library::Undo(std::optional<std::int64_t> next_mark,
                                        std::int64_t journal) {
  if (done_.empty() || next_mark.value_or(0) > done_.back().journal) return {};
  Change change = std::move(done_.back());
  done_.pop_back();
  notes_[change.key] = change.before;
  const LibraryKey key = change.key;
  change.journal = journal;
  undone_.push_back(std::move(change));
  return key;
}

std::optional<LibraryKey> Library::Redo(std::optional<std::int64_t> next_mark,
                                        std::int64_t journal) {
  // Marks that were undone after it come first.
  if (undone_.empty() || (next_mark && journal > undone_.back().journal)) return {};
  Change change = std::move(undone_.back());
  undone_.pop_back();
  notes_[change.key] = change.after;
  const LibraryKey key = change.key;
  change.journal = journal;
  done_.push_back(std::move(change));
  return key;
}

}  // namespace lookout::ui
