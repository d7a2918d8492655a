#include "app/platform/files.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <string>

namespace lookout::app {
namespace fs = std::filesystem;
namespace {

// A folder of its own, gone afterwards.
struct Scratch {
  fs::path folder;
  Scratch() {
    std::string name = (fs::temp_directory_path() / "lookout-files-XXXXXX").string();
    folder = ::mkdtemp(name.data());
  }
  ~Scratch() { fs::remove_all(folder); }
};

TEST_CASE("what is written is read back, and no temporary is left") {
  Scratch scratch;
  const fs::path path = scratch.folder / "deep" / "settings.json";
  REQUIRE(WriteWholeFile(path, "first").ok());
  REQUIRE(WriteWholeFile(path, "second").ok());
  CHECK(ReadWholeFile(path, 100).value() == "second");
  CHECK(std::distance(fs::directory_iterator(path.parent_path()), {}) == 1);
}

TEST_CASE("a failed write leaves the old file whole") {
  Scratch scratch;
  const fs::path path = scratch.folder / "settings.json";
  REQUIRE(WriteWholeFile(path, "old").ok());
  fs::create_directory(path.string() + ".part");  // the temporary cannot be created
  const Status failed = WriteWholeFile(path, "new");
  REQUIRE_FALSE(failed.ok());
  CHECK(failed.error().message.find("settings.json") != std::string::npos);
  CHECK(ReadWholeFile(path, 100).value() == "old");
}

TEST_CASE("too long, missing and special files are refused with their name") {
  Scratch scratch;
  const fs::path path = scratch.folder / "long";
  REQUIRE(WriteWholeFile(path, std::string(101, 'x')).ok());
  CHECK_FALSE(ReadWholeFile(path, 100).ok());
  CHECK(ReadWholeFile(path, 101).ok());
  CHECK_FALSE(ReadWholeFile(scratch.folder / "none", 100).ok());
  const fs::path pipe = scratch.folder / "pipe";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  CHECK_FALSE(ReadWholeFile(pipe, 100).ok());
  CHECK(ReadWholeFile(path, 5).error().message.find("long") != std::string::npos);
}

TEST_CASE("assets are found where the environment says first") {
  Scratch scratch;
  REQUIRE(WriteWholeFile(scratch.folder / "a" / "b.txt", "here").ok());
  ::setenv("LOOKOUT_ASSETS", scratch.folder.c_str(), 1);
  const auto found = FindAsset("a/b.txt");
  ::unsetenv("LOOKOUT_ASSETS");
  REQUIRE(found.ok());
  CHECK(found.value() == scratch.folder / "a" / "b.txt");
  CHECK_FALSE(FindAsset("no/such/asset").ok());
}

TEST_CASE("an installed program finds its assets below its own prefix, a built one above it") {
  Scratch scratch;
  const fs::path prefix = scratch.folder / "usr";
  REQUIRE(WriteWholeFile(scratch.folder / "assets" / "a.txt", "built").ok());
  CHECK(FindAsset("a.txt", scratch.folder / "build" / "dev" / "lookout").value() ==
        scratch.folder / "assets" / "a.txt");
  CHECK(FindAsset("a.txt", prefix / "bin" / "lookout").value() ==
        scratch.folder / "assets" / "a.txt");
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

}  // namespace
}  // namespace lookout::app
