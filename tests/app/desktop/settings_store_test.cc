#include "app/desktop/settings_store.h"

#include <doctest/doctest.h>

#include <filesystem>

#include "app/platform/files.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

namespace fs = std::filesystem;

std::string TextOf(const fs::path& path) {
  const auto text = ReadWholeFile(path, 1000);
  return text.ok() ? *text : text.error().message;
}

TEST_CASE("settings that are not there yet are an empty object") {
  const test::ScratchFolder scratch;
  const auto none = ReadSettings(scratch / "settings.json");
  REQUIRE(none.ok());
  CHECK(*none == "{}");
}

TEST_CASE("settings that are a link to themselves are refused in words, and kept aside") {
  const test::ScratchFolder scratch;
  const fs::path path = scratch / "settings.json";
  fs::create_symlink(path, path);
  const auto refused = ReadSettings(path);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().message.find("settings.json") != std::string::npos);
  REQUIRE(ReplaceSettings(path, "{}", /*keep_old=*/true).ok());
  CHECK(TextOf(path) == "{}");
  CHECK(fs::is_symlink(path.string() + ".kept"));
}

TEST_CASE("every file that a person damaged is kept under a name of its own") {
  const test::ScratchFolder scratch;
  const fs::path path = scratch / "settings.json";
  for (const char* damaged : {"first", "second"}) {
    REQUIRE(WriteWholeFile(path, damaged).ok());
    REQUIRE(ReplaceSettings(path, "{}", /*keep_old=*/true).ok());
  }
  REQUIRE(ReplaceSettings(path, "{ }", /*keep_old=*/false).ok());
  CHECK(TextOf(path) == "{ }");
  CHECK(TextOf(path.string() + ".kept") == "first");
  CHECK(TextOf(path.string() + ".kept-2") == "second");
  CHECK_FALSE(fs::exists(path.string() + ".kept-3"));
}

}  // namespace
}  // namespace lookout::app
