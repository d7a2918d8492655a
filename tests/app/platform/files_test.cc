#include "app/platform/files.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>

#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace fs = std::filesystem;
namespace {

TEST_CASE("what is written is read back, and no temporary is left") {
  const test::ScratchFolder scratch;
  const fs::path path = scratch.path() / "deep" / "settings.json";
  REQUIRE(WriteWholeFile(path, "first").ok());
  REQUIRE(WriteWholeFile(path, "second").ok());
  CHECK(ReadWholeFile(path, 100).value() == "second");
  CHECK(std::distance(fs::directory_iterator(path.parent_path()), {}) == 1);
}

TEST_CASE("a failed write leaves the old file whole") {
  const test::ScratchFolder scratch;
  const fs::path path = scratch.path() / "settings.json";
  REQUIRE(WriteWholeFile(path, "old").ok());
  fs::create_directory(path.string() + ".part");  // the temporary cannot be created
  const Status failed = WriteWholeFile(path, "new");
  REQUIRE_FALSE(failed.ok());
  CHECK(failed.error().message.find("settings.json") != std::string::npos);
  CHECK(ReadWholeFile(path, 100).value() == "old");
}

TEST_CASE("too long, missing and special files are refused with their name") {
  const test::ScratchFolder scratch;
  const fs::path path = scratch.path() / "long";
  REQUIRE(WriteWholeFile(path, std::string(101, 'x')).ok());
  CHECK_FALSE(ReadWholeFile(path, 100).ok());
  CHECK(ReadWholeFile(path, 101).ok());
  CHECK_FALSE(ReadWholeFile(scratch.path() / "none", 100).ok());
  const fs::path pipe = scratch.path() / "pipe";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  CHECK_FALSE(ReadWholeFile(pipe, 100).ok());
  CHECK(ReadWholeFile(path, 5).error().message.find("long") != std::string::npos);
}

TEST_CASE("assets are found where the environment says first") {
  const test::ScratchFolder scratch;
  REQUIRE(WriteWholeFile(scratch.path() / "a" / "b.txt", "here").ok());
  ::setenv("LOOKOUT_ASSETS", scratch.path().c_str(), 1);
  const auto found = FindAsset("a/b.txt");
  ::unsetenv("LOOKOUT_ASSETS");
  REQUIRE(found.ok());
  CHECK(found.value() == scratch.path() / "a" / "b.txt");
  CHECK_FALSE(FindAsset("no/such/asset").ok());
}

TEST_CASE("assets of an environment go by its short name in small letters") {
  CHECK(fs::exists(AssetFor("policies", "PointGoal1", "-ppo.policy")));
  CHECK(fs::exists(AssetFor("cost_models", "PointGoal2", ".costmodel")));
  CHECK(AssetFor("cost_models", "PointGoal3", ".costmodel").empty());
}

TEST_CASE("an installed program finds its assets below its own prefix, a built one above it") {
  const test::ScratchFolder scratch;
  const fs::path prefix = scratch.path() / "usr";
  REQUIRE(WriteWholeFile(scratch.path() / "assets" / "a.txt", "built").ok());
  CHECK(FindAsset("a.txt", scratch.path() / "build" / "dev" / "lookout").value() ==
        scratch.path() / "assets" / "a.txt");
  CHECK(FindAsset("a.txt", prefix / "bin" / "lookout").value() ==
        scratch.path() / "assets" / "a.txt");
  REQUIRE(WriteWholeFile(prefix / "share" / "lookout" / "a.txt", "installed").ok());
  CHECK(FindAsset("a.txt", prefix / "bin" / "lookout").value() ==
        prefix / "share" / "lookout" / "a.txt");
  CHECK_FALSE(FindAsset("b.txt", prefix / "bin" / "lookout").ok());
}

TEST_CASE("a tilde at the beginning of a path is the home folder, anywhere else a name") {
  const std::string home = std::getenv("HOME") != nullptr ? std::getenv("HOME") : "";
  ::setenv("HOME", "/home/me", 1);
  CHECK(ExpandHome("~") == "/home/me");
  CHECK(ExpandHome("~/runs/ppo") == "/home/me/runs/ppo");
  CHECK(ExpandHome("~somebody/ppo") == "~somebody/ppo");
  CHECK(ExpandHome("/runs/~/ppo") == "/runs/~/ppo");
  CHECK(ExpandHome("") == "");
  ::unsetenv("HOME");
  CHECK(ExpandHome("~/runs") == "~/runs");
  if (!home.empty()) ::setenv("HOME", home.c_str(), 1);
}

TEST_CASE("a project is not replaced by what is written whole") {
  const test::ScratchFolder scratch;
  const fs::path path = scratch.path() / "study.lookout";
  const std::string database = std::string("SQLite format 3\0", 16) + "and all that was marked";
  std::ofstream(path, std::ios::binary) << database;
  const Status refused = WriteWholeFile(path, "a cost model");
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == ErrorCode::kBadInput);
  CHECK(refused.error().message ==
        path.string() + " is a project and is not replaced; choose another name.");
  CHECK(ReadWholeFile(path, 100).value() == database);
}

TEST_CASE("whether a file can be written is known before, and trying leaves nothing") {
  const test::ScratchFolder scratch;
  const fs::path path = scratch.path() / "new" / "model";
  CHECK(CheckCanWrite(path).ok());
  CHECK(fs::is_empty(scratch.path() / "new"));
  std::ofstream(path) << "what was there";
  CHECK(CheckCanWrite(path).ok());
  CHECK(ReadWholeFile(path, 100).value() == "what was there");
  const Status inside = CheckCanWrite(path / "below a file");
  REQUIRE_FALSE(inside.ok());
  CHECK(inside.error().message == WriteWholeFile(path / "below a file", "").error().message);
  CHECK_FALSE(CheckCanWrite(scratch.path()).ok());
}

TEST_CASE("no folder and no device is replaced by a file, and nothing is left beside them") {
  const test::ScratchFolder scratch;
  const fs::path folder = scratch.path() / "folder";
  const fs::path pipe = scratch.path() / "pipe";
  fs::create_directory(folder);
  REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  for (const auto& [path, what] : {std::pair{folder, "folder"}, std::pair{folder / "", "folder"},
                                   std::pair{pipe, "device or a pipe"}}) {
    const Status refused = WriteWholeFile(path, "text");
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == ErrorCode::kBadInput);
    CHECK(refused.error().message ==
          path.string() + " is a " + what + ", not a file; choose another name.");
  }
  CHECK(fs::is_fifo(pipe));
  const auto entries = fs::directory_iterator(scratch.path());
  CHECK(std::distance(begin(entries), end(entries)) == 2);
}

}  // namespace
}  // namespace lookout::app
