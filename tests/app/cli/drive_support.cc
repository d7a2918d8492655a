#include "tests/app/cli/drive_support.h"

#include <doctest/doctest.h>

#include <memory>

#include "sim/config/config.h"
#include "tests/support/project_samples.h"

namespace lookout::app {

void SaveDrive(Project& project, EpisodeId id, int steps, const DriverOf& driver_of) {
  const auto world = sim::SafetyGym::Create(*sim::ConfigForId("Safexp-PointGoal1-v0"));
  REQUIRE(world.ok());
  REQUIRE((*world)->Reset(static_cast<std::uint32_t>(id.value)).ok());
  const Driver drive = driver_of(**world);
  sim::EpisodeHeader header = test::SampleHeader(id);
  header.config = (*world)->config();
  header.setup = (*world)->setup();
  header.signature = (*world)->spec().signature();
  REQUIRE(project.SaveEpisode(header).ok());
  sim::RecordingChunk chunk{.episode = id};
  Eigen::VectorXd action;
  for (int i = 0; i < steps; ++i) {
    sim::StepRecord step;
    if (i > 0) {
      drive((*world)->observation(), action);
      step.executed_action = action;
      const sim::StepResult result = (*world)->Step(action);
      step.costs = result.costs;
      step.status = result.status;
    }
    step.state = std::make_shared<const sim::SimState>((*world)->Save());
    step.observation = (*world)->observation().cast<float>();
    step.robot_xy_m = (*world)->robot_position_in_world().head<2>().cast<float>();
    chunk.steps.push_back(std::move(step));
    if (static_cast<int>(chunk.steps.size()) < sim::kChunkSteps) continue;
    REQUIRE(project.SaveChunk(chunk).ok());
    chunk = {.episode = id, .first_step = i + 1};
  }
}

}  // namespace lookout::app
