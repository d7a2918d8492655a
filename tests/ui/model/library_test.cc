#include "ui/model/library.h"

#include <doctest/doctest.h>

namespace lookout::ui {
namespace {

TEST_CASE("what was noted is taken back and brought back, mixed with marks in their order") {
  Library library;
  const LibraryKey episode = KeyOf(EpisodeId{12});
  CHECK_FALSE(library.Edit(episode, {}, 4));
  CHECK(library.Edit(episode, {.name = "the crash"}, 4));
  CHECK(library.Edit(episode, {.name = "the crash", .deleted = true}, 6));
  CHECK(library.Of(episode).deleted);
  // A mark was made after it: that is undone first.
  CHECK_FALSE(library.Undo(7, 7));
  CHECK(library.Undo(6, 8) == episode);
  CHECK_FALSE(library.Of(episode).deleted);
  CHECK(library.Redo(7, 8) == episode);
  CHECK(library.Of(episode).deleted);
  CHECK(library.Undo({}, 8) == episode);
  CHECK(library.Undo({}, 8) == episode);
  CHECK(library.Of(episode) == LibraryNote{});
  CHECK_FALSE(library.can_undo());
  CHECK(library.can_redo());
}

}  // namespace
}  // namespace lookout::ui
