#include "app/workspace/files/library_file.h"

#include <doctest/doctest.h>

#include "tests/app/workspace/window_controller_support.h"
#include "tests/support/project_samples.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

sim::EpisodeHeader HeaderOf(std::int64_t id) {
  sim::EpisodeHeader header;
  header.id = EpisodeId{id};
  return header;
}

TEST_CASE("notes come back with the project, what was deleted is gone from it then") {
  const test::ScratchFolder scratch;
  auto project = Project::Open(scratch / "study.lookout", ProjectAccess::kReadWrite);
  REQUIRE(project.ok());
  for (int id = 1; id <= 3; ++id) REQUIRE((*project)->SaveEpisode(HeaderOf(id)).ok());
  const auto note = [&](std::int64_t id, const ui::LibraryNote& what) {
    REQUIRE((*project)->SaveSetting(SettingKey(ui::KeyOf(EpisodeId{id})), NoteText(what)).ok());
  };
  note(1, {.name = "the crash", .starred = true});
  note(2, {.deleted = true});
  REQUIRE((*project)->SaveSetting("library/episode/x", "{").ok());
  const ui::Library library = LoadLibrary(**project);
  CHECK(library.Of(ui::KeyOf(EpisodeId{1})).name == "the crash");
  CHECK(library.Of(ui::KeyOf(EpisodeId{1})).starred);
  const auto episodes = (*project)->Episodes();
  REQUIRE(episodes.ok());
  REQUIRE(episodes->size() == 2);
  CHECK((*episodes)[1].header.id == EpisodeId{3});
  CHECK((*project)->Settings("library/").size() == 2);
  // What is starred outlives the pruning.
  REQUIRE((*project)->PruneUnmarked(0).ok());
  REQUIRE((*project)->Episodes()->size() == 1);
  CHECK((*project)->Episodes()->front().header.id == EpisodeId{1});
}

TEST_CASE("an edit of the library is written, and undone by the same key as marks") {
  Watching test;
  test.Do(ui::WindowCommand{ui::NoteInLibrary{ui::KeyOf(EpisodeId{7}), {.deleted = true}}});
  CHECK(test.View().library.Of(ui::KeyOf(EpisodeId{7})).deleted);
  const auto& saved = std::get<SaveSetting>(test.workers.write_requests.back());
  CHECK(saved.key == "library/episode/7");
  test.Do(ui::MarkCommand{ui::Undo{}});
  CHECK_FALSE(test.View().library.Of(ui::KeyOf(EpisodeId{7})).deleted);
  CHECK(std::get<SaveSetting>(test.workers.write_requests.back()).value == "{}");
}

TEST_CASE("what is marked is recorded, whether or not episodes are") {
  Watching test;
  test.Do(ui::WindowCommand{ui::SetRecording{false}});
  CHECK_FALSE(test.workers.recording);
  CHECK_FALSE(test.View().recording);
  test.Do(ui::MarkCommand{ui::BeginMark{agents::Verdict::kUnsafe}});
  test.Do(ui::MarkCommand{ui::EndMark{}});
  REQUIRE(test.workers.recorded.size() == 1);
  CHECK(test.workers.recorded[0] == test.session.playhead().episode);
}

}  // namespace
}  // namespace lookout::app
