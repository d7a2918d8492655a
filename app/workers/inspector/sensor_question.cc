#include "app/workers/inspector/sensor_question.h"

#include <algorithm>
#include <chrono>

#include "agents/feedback/transitions/transition.h"
#include "agents/inspect/attacks/sensor_attack.h"

namespace lookout::app {
namespace {

using std::chrono::steady_clock;

// What was observed up to the moment and is in memory, [observation_dim x steps], the moment last.
Eigen::MatrixXf ObservedUpTo(const ExplainRequest& moment) {
  const int dim = moment.scene->spec.observation_dim;
  Eigen::MatrixXf observed(dim, moment.step + 1);
  Eigen::Index count = 0;
  for (const sim::ChunkPtr& chunk : moment.chunks) {
    StepIndex step = chunk->first_step;
    for (const sim::StepRecord& record : chunk->steps) {
      if (step++ >= moment.step) break;
      const bool is_whole = record.observation.size() == dim && record.observation.allFinite();
      if (is_whole) observed.col(count++) = record.observation;
    }
  }
  observed.col(count++) = moment.record.observation;
  observed.conservativeResize(Eigen::NoChange, count);
  return observed;
}

}  // namespace

Result<ui::SensorsAttacked> AttackSensorsOf(const SensorRequest& request,
                                            const agents::KeepGoing& keep_going) {
  const auto start = steady_clock::now();
  const ExplainRequest& moment = request.moment;
  const sim::EnvironmentSpec& spec = moment.scene->spec;
  const Eigen::VectorXf& observation = moment.record.observation;
  if (Status can = agents::CheckSensorsCanBeAttacked(*moment.model, spec, observation); !can) {
    return can.error();
  }
  const Eigen::MatrixXf observed = ObservedUpTo(moment);
  auto attack =
      agents::AttackSensors(*moment.model, spec, observation, agents::ScalesOf(spec, observed),
                            {.budget = request.budget}, keep_going);
  if (!attack) return attack.error();
  const std::chrono::duration<double, std::milli> spent = steady_clock::now() - start;
  return ui::SensorsAttacked{
      .number = moment.number,
      .episode = moment.scene->header->id,
      .step = moment.step,
      .attack = std::move(*attack),
      .scale_steps = static_cast<int>(observed.cols()),
      .of_state_alone = !(moment.model->past_inputs() == agents::PastInputs{}),
      .milliseconds = spent.count()};
}

}  // namespace lookout::app
