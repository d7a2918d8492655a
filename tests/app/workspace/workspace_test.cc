#include "app/workspace/workspace.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "tests/app/workspace/workspace_support.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace fs = std::filesystem;
namespace {

using test::ScratchFolder;

constexpr char kMaze[] =
    R"({"extends": "Safexp-PointGoal1-v0", "walls_num": 2, "walls_size": 0.2, "walls_keepout": 0.3})";

TEST_CASE("a dropped configuration is played, recorded, and there again when the project reopens") {
  const ScratchFolder folder;
  const fs::path maze = folder.path() / "maze.json";
  std::ofstream(maze) << kMaze;
  const WorkspaceOptions options{.project = folder.path() / "study.lookout", .playing = true};
  EpisodeId recorded;
  {
    auto study = Workspace::Open(options);
    REQUIRE(study.ok());
    (*study)->controller().Send(ui::WindowCommand{ui::OpenFiles{{maze.string()}}});
    const auto player = [&]() -> const ui::PlayerSnapshot& { return (*study)->workers().player; };
    Wait(**study, [&] { return player().environment == "maze" && player().step > 5; });
    CHECK((*study)->TakeOpenedConfigurations() == std::vector<fs::path>{maze});
    recorded = player().episode;
    const ui::EpisodeTrack* track = (*study)->controller().episodes().Find(recorded);
    REQUIRE(track != nullptr);
    CHECK(track->scene().header->config.walls.num == 2);
  }
  fs::remove(maze);
  auto study = Workspace::Open(options);
  REQUIRE(study.ok());
  const auto player = [&]() -> const ui::PlayerSnapshot& { return (*study)->workers().player; };
  Wait(**study, [&] { return player().environment == "maze" && player().step > 0; });
  // The recorded episode comes back with its world.
  (*study)->controller().Send(ui::WindowCommand{ui::OpenEpisode{recorded}});
  Wait(**study, [&] { return (*study)->controller().playhead().episode == recorded; });
  const ui::EpisodeTrack* track = (*study)->controller().episodes().Find(recorded);
  REQUIRE(track != nullptr);
  CHECK(track->scene().header->config.walls.num == 2);
  CHECK(track->steps() > 5);
}

TEST_CASE("a bad file is told in a notice and changes nothing") {
  const ScratchFolder folder;
  const fs::path bad = folder.path() / "bad.json";
  std::ofstream(bad) << R"({"hazard_num": 3})";
  auto study = Workspace::Open({.project = folder.path() / "study.lookout"});
  REQUIRE(study.ok());
  const auto player = [&]() -> const ui::PlayerSnapshot& { return (*study)->workers().player; };
  Wait(**study, [&] { return player().step > 2; });
  const std::string before = player().environment;
  (*study)->controller().Send(
      ui::WindowCommand{ui::OpenFiles{{bad.string(), folder.path().string()}}});
  const ui::FrameFigures figures;
  Wait(**study, [&] { return (*study)->View(figures).notices.size() == 2; });
  const std::vector<ui::Notice> notices = (*study)->View(figures).notices;
  CHECK(notices[0].text.find("hazard_num") != std::string::npos);
  CHECK(notices[1].text.find("a folder") != std::string::npos);
  CHECK(player().environment == before);
}

TEST_CASE("an own environment can be named from the start, as a file, nonsense is refused") {
  const ScratchFolder folder;
  const fs::path maze = folder.path() / "maze.json";
  std::ofstream(maze) << kMaze;
  WorkspaceOptions options{.project = folder.path() / "study.lookout",
                           .environment = maze.string()};
  {
    auto study = Workspace::Open(options);
    REQUIRE(study.ok());
    const auto player = [&]() -> const ui::PlayerSnapshot& { return (*study)->workers().player; };
    Wait(**study, [&] { return player().environment == "maze"; });
  }
  options.environment = "maze";
  CHECK(Workspace::Open(options).ok());
  options.environment = "labyrinth";
  const auto refused = Workspace::Open(options);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == ErrorCode::kBadInput);
}

}  // namespace
}  // namespace lookout::app
