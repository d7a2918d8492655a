#include "app/workers/inspector/policy_question.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "agents/policies/learned/gaussian_actor.h"
#include "sim/robots/robots.h"

namespace lookout::app {
namespace {

using Names = std::array<const char*, 2>;

// The observations up to the moment, [observation_dim x step + 1]; what is not in memory is 0.
Eigen::MatrixXf ObservationsOf(const ExplainRequest& request) {
  const int dim = request.scene->spec.observation_dim;
  Eigen::MatrixXf observations = Eigen::MatrixXf::Zero(dim, request.step + 1);
  for (const sim::ChunkPtr& chunk : request.chunks) {
    StepIndex step = chunk->first_step;
    for (const sim::StepRecord& record : chunk->steps) {
      if (step > request.step) break;
      if (record.observation.size() == dim) observations.col(step) = record.observation;
      ++step;
    }
  }
  observations.col(request.step) = request.record.observation;
  return observations;
}

// The meaning of the component, "x: force, -1 to 1"; empty: not known.
std::string MeaningOf(const sim::EnvironmentSpec& spec, std::size_t component) {
  return component < spec.action_meaning.size() ? spec.action_meaning[component] : std::string();
}

std::vector<AskedNumber> Actions(const ExplainRequest& request, const agents::GaussianActor& actor,
                                 const Eigen::MatrixXf& observations) {
  const sim::EnvironmentSpec& spec = request.scene->spec;
  std::vector<AskedNumber> asked;
  for (agents::AgentNumber& number : agents::ActionNumbers(actor, spec, observations)) {
    const std::size_t component = asked.size();
    asked.push_back({.number = std::move(number),
                     .name = ComponentName(request.scene->header->config, spec, component),
                     .meaning = MeaningOf(spec, component)});
  }
  return asked;
}

std::vector<AskedNumber> Expectations(const agents::GaussianActor& actor,
                                      const agents::Critics& critics,
                                      const Eigen::MatrixXf& observations) {
  std::vector<AskedNumber> asked;
  for (agents::AgentNumber& number : agents::ExpectedNumbers(actor, critics, observations)) {
    const bool first = asked.empty();
    asked.push_back({.number = std::move(number),
                     .name = first ? "reward" : "cost",
                     .meaning = "expected from here on, later steps for less",
                     .is_danger = !first});
  }
  return asked;
}

}  // namespace

std::string ComponentName(const sim::EnvironmentConfig& config, const sim::EnvironmentSpec& spec,
                          std::size_t component) {
  const auto of_two = [component](const Names& names) { return std::string(names[component % 2]); };
  switch (sim::DescriptorOf(config.robot_base).drive) {
    case sim::Drive::kForceAndTurn:
      return of_two({"forward", "turn"});
    case sim::Drive::kTwoWheels:
      return of_two({"left wheel", "right wheel"});
    case sim::Drive::kGait:
    case sim::Drive::kNone:
      break;
  }
  std::string name = MeaningOf(spec, component);
  name = name.substr(0, name.find(':'));
  std::ranges::replace(name, '_', ' ');
  return name.empty() ? fmt::format("action {}", component) : name;
}

Result<std::vector<AskedNumber>> NumbersAsked(const ExplainRequest& request) {
  const agents::GaussianActor* const actor = agents::ActorOf(*request.policy);
  const std::string name = request.policy->name();
  if (actor == nullptr) {
    return BadInput(name + " has no networks to ask: choose a trained policy in the toolbar.");
  }
  if (Status fits = actor->origin.CheckFits(request.scene->spec, name); !fits) return fits.error();
  if (request.record.observation.size() != request.scene->spec.observation_dim) {
    return BadInput("This step was recorded without all of its observation: choose another.");
  }
  const Eigen::MatrixXf observations = ObservationsOf(request);
  if (request.subject == ui::WhySubject::kActions) return Actions(request, *actor, observations);
  const agents::Critics* const critics = agents::CriticsOf(*request.policy);
  if (critics == nullptr) {
    return BadInput(name +
                    " comes from a policy's file, which has no critics to ask. Open a "
                    "checkpoint, the folder of its run, or watch a policy in training.");
  }
  return Expectations(*actor, *critics, observations);
}

}  // namespace lookout::app
