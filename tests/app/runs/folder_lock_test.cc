// What keeps two processes from working in one folder, and says before the work that a folder takes
// no results.
#include "app/runs/folder_lock.h"

#include <doctest/doctest.h>

#include <filesystem>

#include "tests/support/contains.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

namespace fs = std::filesystem;

TEST_CASE("a folder is made and taken by one, and free again afterwards") {
  const test::ScratchFolder scratch;
  const fs::path folder = fs::path(scratch / "new") / "er";
  {
    const auto lock = LockFolder(folder);
    REQUIRE_MESSAGE(lock.ok(), lock.error().message);
    const auto second = LockFolder(folder);
    REQUIRE_FALSE(second.ok());
    CHECK(second.error().code == ErrorCode::kProjectInUse);
    CHECK(Contains(second.error().message, folder.string() + " is in use by "));
    CHECK(Contains(second.error().message, "choose another folder"));
  }
  CHECK(LockFolder(folder).ok());
  CHECK(fs::is_empty(folder));
}

TEST_CASE("a folder that takes no files is refused by name, with the way out") {
  const test::ScratchFolder scratch;
  const fs::path file = scratch.Write("file", "text");
  for (const fs::path& folder :
       {file, file / "below", fs::path("/proc"), fs::path("/proc/below")}) {
    const auto refused = LockFolder(folder);
    CAPTURE(folder);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == (folder == file ? ErrorCode::kBadInput : ErrorCode::kFailure));
    CHECK(Contains(refused.error().message, "ame another "));
  }
}

}  // namespace
}  // namespace lookout::app
