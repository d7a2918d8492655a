#include "app/workspace/files/opened_files.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <chrono>
#include <fstream>
#include <thread>

#include "app/platform/files.h"
#include "app/workspace/files/file_opener.h"
#include "sim/config/config_file.h"
#include "tests/support/contains.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace fs = std::filesystem;
namespace {

using test::ScratchFolder;

TEST_CASE("a configuration is known by its content, whatever its name") {
  const ScratchFolder folder;
  OpenedFiles files;
  LookAtFile(folder.Write("maze.txt", R"({"robot_base": "xmls/point.xml", "hazards_num": 2})"), {},
             files);
  REQUIRE(files.configurations.size() == 1);
  CHECK(files.configurations[0].config.id == "maze");
  CHECK(files.configurations[0].config.hazards.num == 2);
  CHECK(ComplaintsAbout(files).empty());
}

TEST_CASE("a project and other binaries are told apart") {
  const ScratchFolder folder;
  OpenedFiles files;
  LookAtFile(folder.Write("study", std::string("SQLite format 3\0more", 20)), {}, files);
  LookAtFile(folder.Write("cat.json", std::string("\x89PNG\0\0", 6)), {}, files);
  CHECK(files.projects.size() == 1);
  REQUIRE(files.refused.size() == 1);
  CHECK(Contains(files.refused[0].reason, "no policy, cost model, project or configuration"));
}

TEST_CASE("what is wrong with a configuration is said with its key") {
  const ScratchFolder folder;
  OpenedFiles files;
  LookAtFile(folder.Write("a.json", R"({"hazard_num": 2})"), {}, files);
  LookAtFile(folder.Write("b.json", R"({"hazards_num": "two"})"), {}, files);
  LookAtFile(folder.Write("c.json", "not JSON at all"), {}, files);
  // Reads well, but a hundred pillars do not fit.
  LookAtFile(folder.Write("d.json", R"({"pillars_num": 100, "placements_extents": [-1,-1,1,1]})"),
             {}, files);
  CHECK(files.configurations.empty());
  REQUIRE(files.refused.size() == 4);
  CHECK(Contains(files.refused[0].reason, "hazard_num"));
  CHECK(Contains(files.refused[1].reason, "hazards_num"));
  CHECK(Contains(files.refused[2].reason, "JSON"));
  CHECK(Contains(files.refused[3].reason, "pillars"));
  const auto complaints = ComplaintsAbout(files);
  CHECK(complaints.size() == 4);
  CHECK(Contains(complaints[3], "1 more"));
}

TEST_CASE("of five hundred things only the regular files are opened, the rest is listed") {
  const ScratchFolder folder;
  const fs::path pipe = folder.path() / "pipe";
  REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  OpenedFiles files;
  for (const fs::path& path :
       {folder.path(), pipe, fs::path("/dev/zero"), folder.path() / "missing"}) {
    LookAtFile(path, {}, files);
  }
  for (int i = 0; i < 495; ++i) LookAtFile(folder.path(), {}, files);
  LookAtFile(folder.Write("maze.json", "{}"), {}, files);
  CHECK(files.configurations.size() == 1);
  CHECK(files.skipped.size() == 498);
  const auto complaints = ComplaintsAbout(files);
  REQUIRE(complaints.size() == 2);
  CHECK(complaints[0] == (folder.path() / "missing").string() + " does not exist: check the path.");
  CHECK(Contains(complaints[1], "(a folder)"));
  CHECK(Contains(complaints[1], "(a pipe)"));
  CHECK(Contains(complaints[1], "(a device)"));
  CHECK(Contains(complaints[1], "495 more"));
}

TEST_CASE("files are opened on the opener's own thread, one answer for each drop") {
  const ScratchFolder folder;
  FileOpener opener{EnvironmentFactory{}};
  opener.Open({folder.Write("a.json", "{}"), folder.path()});
  opener.Open({folder.Write("b.json", "{}")});
  std::vector<OpenedFiles> all;
  std::vector<OpenedFiles> some;
  for (int i = 0; i < 2000 && all.size() < 2; ++i) {
    if (opener.Take(some)) all.insert(all.end(), some.begin(), some.end());
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  REQUIRE(all.size() == 2);
  CHECK(all[0].configurations.size() == 1);
  CHECK(all[0].skipped.size() == 1);
  CHECK(all[1].configurations[0].config.id == "b");
}

TEST_CASE("a policy is known by its content, and a run's folder is its policy") {
  const ScratchFolder folder;
  const std::string policy =
      *ReadWholeFile(*FindAsset("policies/pointgoal1-ppo.policy"), std::size_t{1} << 24);
  fs::create_directory(folder.path() / "run");
  folder.Write("run/policy.lookout", policy);
  OpenedFiles files;
  for (const fs::path& path :
       {folder.Write("agent.bin", policy), folder.path() / "run", folder.path() / "run" / "",
        folder.path() / "run" / "policy.lookout", folder.Write("run/best.policy", policy)}) {
    LookAtFile(path, {}, files);
  }
  LookAtFile(folder.Write("short.policy", policy.substr(0, 300)), {}, files);
  std::vector<std::string> names;
  for (const OpenedFiles::Policy& opened : files.policies) names.push_back(opened.name);
  CHECK(names == std::vector<std::string>{"agent", "run", "run", "run", "best"});
  CHECK(files.policies[0].environment == "Safexp-PointGoal1-v0");
  CHECK(files.policies[1].bytes == policy);
  REQUIRE(files.refused.size() == 1);
  CHECK(Contains(files.refused[0].reason, "short.policy"));
}

TEST_CASE("a run before its first iteration is told of once, with the policy that it has left") {
  const ScratchFolder folder;
  fs::create_directory(folder.path() / "run");
  folder.Write("run/progress.txt", "Epoch\tAverageEpRet\tAverageEpCost\tTotalEnvInteracts\n");
  OpenedFiles alone;
  LookAtFile(folder.path() / "run", {}, alone);
  REQUIRE(alone.refused.size() == 1);
  CHECK(Contains(alone.refused[0].reason, "has no finished iteration yet"));

  folder.Write("run/policy.lookout",
               *ReadWholeFile(*FindAsset("policies/pointgoal1-ppo.policy"), std::size_t{1} << 24));
  for (const char* path : {"run", "run/policy.lookout"}) {
    OpenedFiles files;
    LookAtFile(folder.path() / path, {}, files);
    CHECK(ComplaintsAbout(files).empty());
    REQUIRE(files.policies.size() == 1);
    CHECK(Contains(files.policies[0].without_run, "has no finished iteration yet"));
    CHECK(files.runs.empty());
  }
}

}  // namespace
}  // namespace lookout::app
