#include "app/workers/inspector/proof_request.h"

#include <utility>

#include "agents/inspect/explanations/robot_pose.h"
#include "app/verification/counterexample_world.h"
#include "app/verification/question_file.h"
#include "sim/engine/what_if.h"
#include "sim/recording/acting.h"

namespace lookout::app {
namespace {

Result<EnvironmentFactory::Gym> WorldOf(const ProofRequest& request,
                                        const EnvironmentFactory& factory) {
  const sim::EpisodeHeader& header = *request.scene->header;
  if (request.beginning == nullptr) {
    return BadInput("Nothing can be tried out here: " + std::string(sim::WhyNoState(header)) + ".");
  }
  auto gym = factory.from_episode(header.config, header.setup, *request.beginning);
  if (!gym) return gym.error();
  if (Status fits = request.model->CheckFits((*gym)->spec()); !fits) return fits.error();
  return gym;
}

// Where the counterexample is, as an environment and as a state of the episode.
void Place(const agents::Point& point, sim::SafetyGym& gym, ui::QuestionAnswered& answered) {
  const RobotPose pose{point.at[0], point.at[1], point.at[2]};
  answered.world = WorldFrom(gym, pose);
  const agents::RobotPose here = agents::PoseOf(gym);
  const sim::RobotMove move{.shift_in_world_m = {pose.x_m - here.x_m, pose.y_m - here.y_m},
                            .turn_rad = pose.heading_rad - here.heading_rad};
  const sim::SimState from = gym.Save();
  sim::ObserveMoved(gym, from, move);
  answered.state = std::make_shared<const sim::SimState>(gym.Save());
}

void Describe(const agents::Scene& scene, ui::QuestionAnswered& answered) {
  answered.variables = scene.variables();
  for (std::size_t i = 0; i < scene.variables().size(); ++i) {
    agents::Interval range = scene.roots()[0].sides[i];
    for (const agents::Box& root : scene.roots()) range = agents::Hull(range, root.sides[i]);
    answered.ranges.push_back(range);
  }
  answered.fixed_sensors = scene.fixed_sensors();
}

}  // namespace

Result<ui::QuestionAnswered> AnswerQuestion(const ProofRequest& request,
                                            const EnvironmentFactory& factory,
                                            const agents::ProofWatcher& watcher) {
  auto question = ParseQuestion(request.question);
  if (!question) return question.error();
  const auto gym = WorldOf(request, factory);
  if (!gym) return gym.error();
  const auto bounds = agents::ModelBounds::Create(request.model);
  if (!bounds) return bounds.error();
  const auto scene = agents::Scene::Create(*question, *bounds, **gym);
  if (!scene) return scene.error();
  const sim::EpisodeHeader& header = *request.scene->header;
  const agents::ProofSettings settings{
      .seconds = request.seconds, .workers = request.workers, .seed = header.seed};
  ui::QuestionAnswered answered{
      .number = request.number,
      .environment = header.config.id,
      .seed = header.seed,
      .episode = header.id,
      .model = request.model->id(),
      .question = *question,
      .result = agents::SearchProof(*question, *scene, *bounds, settings, watcher)};
  Describe(*scene, answered);
  if (answered.result.worst && scene->has_pose()) {
    Place(answered.result.worst->point, **gym, answered);
  }
  return answered;
}

}  // namespace lookout::app
