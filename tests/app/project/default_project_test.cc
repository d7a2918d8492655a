#include <doctest/doctest.h>
#include <stdlib.h>

#include <filesystem>
#include <optional>
#include <string>

#include "app/project/project.h"
#include "tests/support/project_samples.h"

namespace lookout::app {
namespace {

namespace fs = std::filesystem;
using test::TestFolder;

// An environment variable for the length of a scope; nullptr: not set.
class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) {
    if (const char* before = std::getenv(name)) before_ = before;
    Set(value);
  }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;
  ~Variable() { Set(before_ ? before_->c_str() : nullptr); }

 private:
  void Set(const char* value) { value == nullptr ? unsetenv(name_) : setenv(name_, value, 1); }
  const char* name_;
  std::optional<std::string> before_;
};

TEST_CASE("the default project is below XDG_DATA_HOME, else below HOME, and is not made yet") {
  const TestFolder folder;
  const Variable home("HOME", folder.path().c_str());
  SUBCASE("XDG_DATA_HOME") {
    const Variable data("XDG_DATA_HOME", (folder / "data").c_str());
    CHECK(*DefaultProjectPath() == folder / "data/lookout/study.lookout");
  }
  SUBCASE("HOME") {
    const Variable data("XDG_DATA_HOME", nullptr);
    CHECK(*DefaultProjectPath() == folder / ".local/share/lookout/study.lookout");
  }
  SUBCASE("a relative XDG_DATA_HOME counts for nothing") {
    const Variable data("XDG_DATA_HOME", "data");
    CHECK(*DefaultProjectPath() == folder / ".local/share/lookout/study.lookout");
  }
  CHECK(folder.Names().empty());
}

TEST_CASE("without a home, or with one that is no folder, the present folder serves") {
  const TestFolder folder;
  const fs::path before = fs::current_path();
  fs::current_path(folder.path());
  const Variable data("XDG_DATA_HOME", nullptr);
  const char* home = nullptr;
  SUBCASE("none") {}
  SUBCASE("a device") { home = "/dev/null"; }
  const Variable variable("HOME", home);
  const auto path = DefaultProjectPath();
  fs::current_path(before);
  REQUIRE(path);
  CHECK(fs::equivalent(path->parent_path(), folder.path()));
  CHECK(path->filename() == "study.lookout");
}

}  // namespace
}  // namespace lookout::app
