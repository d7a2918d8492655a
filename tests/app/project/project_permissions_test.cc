// Projects that this person may not write, or not even read.
#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/app/project/project_open_support.h"

namespace lookout::app {
namespace {

namespace fs = std::filesystem;
using test::OpenProject;
using test::TestFolder;

// For everybody: the ordinary person below keeps root's group.
constexpr fs::perms kReadable =
    fs::perms::owner_read | fs::perms::group_read | fs::perms::others_read;
constexpr fs::perms kEnterable =
    fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec;

// Root may write anything; this makes the scope an ordinary person's.
class OrdinaryPerson {
 public:
  OrdinaryPerson() : was_(geteuid()) {
    if (was_ == 0) [[maybe_unused]]
      int changed = seteuid(65534);
  }
  OrdinaryPerson(const OrdinaryPerson&) = delete;
  OrdinaryPerson& operator=(const OrdinaryPerson&) = delete;
  ~OrdinaryPerson() { [[maybe_unused]] int changed = seteuid(was_); }

 private:
  uid_t was_;
};

TEST_CASE("a project that cannot be written opens for looking, with the reason") {
  const TestFolder folder;
  const fs::path path = folder / "study.lookout";
  ProjectBytes(path);
  std::string reason;
  SUBCASE("the file") {
    fs::permissions(path, kReadable);
    fs::permissions(folder.path(), fs::perms::all);
    reason = "The file cannot be written (Permission denied)";
  }
  SUBCASE("its folder") {
    fs::permissions(path, fs::perms::all);
    fs::permissions(folder.path(), kReadable | kEnterable);
    reason = "Its folder cannot be written (Permission denied)";
  }
  {
    const OrdinaryPerson person;
    auto project = OpenProject(path);
    CHECK(project->read_only());
    CHECK_MESSAGE(Contains(project->read_only_reason(), reason), project->read_only_reason());
    CHECK(project->LoadFeedback()->marks().size() == 200);
    CHECK(project->LoadSteps(EpisodeId{1})->size() == 1);
    const Status refused = project->PruneUnmarked(0);
    REQUIRE_FALSE(refused);
    CHECK(Contains(refused.error().message, reason));
  }
  fs::permissions(folder.path(), fs::perms::owner_all);
  CHECK(folder.Names() == std::vector<std::string>{"study.lookout"});
}

TEST_CASE("where nothing can be written or read, the message says so") {
  const TestFolder folder;
  const fs::path path = folder / "study.lookout";
  ProjectBytes(path);
  fs::permissions(path, fs::perms::none);
  fs::permissions(folder.path(), kReadable | kEnterable);
  {
    const OrdinaryPerson person;
    CHECK(Contains(Refusal(path).message, "Permission denied"));
    CHECK(Contains(Refusal(folder / "new.lookout").message, "Permission denied"));
    CHECK_FALSE(Project::Open(folder / "deeper/new.lookout", ProjectAccess::kReadWrite));
  }
  fs::permissions(folder.path(), fs::perms::owner_all);
}

}  // namespace
}  // namespace lookout::app
