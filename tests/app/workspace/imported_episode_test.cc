// An episode without a simulator's state, from the project through the workers to what the window
// shows and learns.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <stdlib.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <thread>

#include "app/exchange/trajectory.h"
#include "app/workspace/workspace.h"
#include "tests/app/workspace/workspace_support.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

constexpr int kSteps = 200;

// Its speed is 1 in the first half and 0 in the second.
std::string TwoHalves(int episode) {
  std::string lines;
  for (int i = 0; i <= kSteps; ++i) {
    lines += fmt::format("{{\"episode\": {}, \"observation\": [{}, {}]{}}}\n", episode,
                         i <= kSteps / 2 ? "1" : "0", 0.001 * (i % 7),
                         i > 0 ? ", \"action\": [0.5], \"agent\": \"SAC\"" : "");
  }
  return lines;
}

std::vector<EpisodeId> ImportThree(const std::filesystem::path& file) {
  const auto project = Project::Open(file, ProjectAccess::kReadWrite);
  REQUIRE(project.ok());
  auto read = ReadTrajectories(
      R"({"format": "lookout-trajectory", "version": 1, "environment": "Hopper", "observation": )"
      R"([{"name": "speed", "size": 1}, {"name": "height", "size": 1}]})"
      "\n" +
          TwoHalves(1) + TwoHalves(2) + TwoHalves(3),
      "run.jsonl", {});
  REQUIRE(read.ok());
  const auto ids = SaveTrajectories(**project, std::move(read).value());
  REQUIRE(ids.ok());
  return *ids;
}

void Mark(Workspace& workspace, EpisodeId episode, StepIndex first, agents::Verdict verdict) {
  workspace.controller().Send(ui::MarkCommand{ui::AddMark{{.episode = episode,
                                                           .first_step = first,
                                                           .last_step = first + kSteps / 2 - 10,
                                                           .verdict = verdict}}});
}

TEST_CASE("an imported episode is opened, marked and fitted, and says why it cannot be continued") {
  const test::ScratchFolder folder;
  const auto ids = ImportThree(folder / "study.lookout");
  auto opened = Workspace::Open({.project = folder / "study.lookout", .playing = false});
  REQUIRE(opened.ok());
  Workspace& workspace = **opened;
  WindowController& controller = workspace.controller();
  const ui::FrameFigures figures;

  controller.Send(ui::WindowCommand{ui::OpenEpisode{ids[1]}});
  Wait(workspace, [&] { return controller.playhead().episode == ids[1]; });
  const ui::EpisodeTrack* track = controller.episodes().Find(ids[1]);
  REQUIRE(track != nullptr);
  CHECK(track->steps() == kSteps + 1);
  CHECK(track->scene().model == nullptr);
  CHECK(track->scene().spec.id == "Hopper");
  CHECK(track->agents_in_words() == "SAC");
  controller.Send(ui::WindowCommand{ui::Seek{ids[1], 50}});
  workspace.Update(0.016);
  REQUIRE(workspace.View(figures).shown_step() != nullptr);
  CHECK(workspace.View(figures).shown_step()->observation[0] == 1.0F);

  controller.Send(ui::WindowCommand{ui::ContinueFrom{ids[1], 50}});
  workspace.Update(0.016);
  REQUIRE_FALSE(workspace.View(figures).notices.empty());
  CHECK(workspace.View(figures).notices.back().text ==
        "It cannot be continued: this episode was imported from run.jsonl, without the simulator's "
        "state.");

  for (const EpisodeId id : ids) {
    Mark(workspace, id, 2, agents::Verdict::kUnsafe);
    Mark(workspace, id, kSteps / 2 + 2, agents::Verdict::kSafe);
  }
  const auto fit = [&]() -> const ui::FitSnapshot& { return workspace.workers().fit; };
  Wait(workspace, [&] { return fit().model && fit().model->report().episodes == 3; });
  CHECK(fit().model->observation_dim() == 2);
  CHECK(fit().model->PredictOne(Eigen::Vector2f(1.0F, 0.003F)).probability > 0.8F);
  CHECK(fit().model->PredictOne(Eigen::Vector2f(0.0F, 0.003F)).probability < 0.2F);
}

}  // namespace
}  // namespace lookout::app
