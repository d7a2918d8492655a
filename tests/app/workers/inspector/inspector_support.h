// An episode of PointGoal1, and cost models to ask about it.
#pragma once

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "agents/feedback/kinds/mark.h"
#include "agents/feedback/models/cost_ensemble.h"
#include "app/workers/inspector/inspector_request.h"
#include "app/workers/inspector/proof_request.h"
#include "sim/base/random_state.h"
#include "tests/app/workers/worker_support.h"
#include "tests/support/step_states.h"

namespace lookout::app {

// Networks with weights at random whose lidars are reduced to their nearest thing; they call
// nothing unsafe with a bias far below 0.
inline agents::CostModelPtr RandomEnsemble(const sim::ObservationSignature& signature,
                                           double bias) {
  const int dim = signature.observation_dim();
  agents::CostEnsemble ensemble{.id = CostModelId{3}, .signature = signature};
  auto inputs = agents::CostInputs::Create(dim, agents::LidarInputs(signature));
  REQUIRE(inputs);
  ensemble.inputs = *inputs;
  RandomState random(3);
  Eigen::MatrixXf seen(ensemble.inputs.dim(), 50);
  for (float& value : seen.reshaped()) value = static_cast<float>(random.Normal());
  ensemble.normaliser = agents::Normaliser(ensemble.inputs.dim());
  ensemble.normaliser.Update(seen);
  for (int member = 0; member < 2; ++member) {
    agents::Mlp network({ensemble.inputs.dim(), 12, 12, 1});
    network.InitialiseOrthogonal(random, /*output_gain=*/1.0);
    ensemble.members.push_back(std::move(network));
  }
  ensemble.calibration = {.temperature = 1.0, .bias = bias};
  return agents::MakeCostModel(std::move(ensemble));
}

// Calls unsafe what has a hazard nearer than 0.62 m, once it may say so.
class GatedModel : public KnownCostModel {
 public:
  GatedModel(const sim::EnvironmentSpec& spec, std::shared_ptr<std::atomic<bool>> open,
             std::shared_ptr<std::atomic<int>> asked)
      : KnownCostModel(2, spec.observation_dim),
        lidar_(*spec.FindEntry("hazards_lidar")),
        open_(std::move(open)),
        asked_(std::move(asked)) {}
  void Predict(const agents::Transitions& transitions, Eigen::Ref<Eigen::VectorXf> probability,
               Eigen::Ref<Eigen::VectorXf> spread) const override {
    ++*asked_;
    while (!*open_) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    probability = transitions.next_observations.middleRows(lidar_.offset, lidar_.size)
                      .colwise()
                      .maxCoeff()
                      .transpose()
                      .array()
                      .cube();
    spread.setConstant(0.25F);
  }

 private:
  sim::ObservationEntry lidar_;
  std::shared_ptr<std::atomic<bool>> open_;
  std::shared_ptr<std::atomic<int>> asked_;
};

// Ten steps, all of them in memory.
struct InspectedEpisode {
  EnvironmentFactory factory;
  EnvironmentFactory::Gym gym;
  std::shared_ptr<sim::EpisodeHeader> header = std::make_shared<sim::EpisodeHeader>();
  std::shared_ptr<ui::EpisodeScene> scene = std::make_shared<ui::EpisodeScene>();
  std::shared_ptr<sim::RecordingChunk> chunk = std::make_shared<sim::RecordingChunk>();
  std::shared_ptr<std::atomic<bool>> open = std::make_shared<std::atomic<bool>>(true);
  std::shared_ptr<std::atomic<int>> asked = std::make_shared<std::atomic<int>>(0);

  InspectedEpisode() {
    auto made = factory.create(*factory.config("Safexp-PointGoal1-v0"));
    REQUIRE(made);
    gym = std::move(*made);
    REQUIRE(gym->Reset(11));
    header->id = EpisodeId{4};
    header->config = gym->config();
    header->setup = gym->setup();
    header->seed = 11;
    *scene = {.header = header, .spec = gym->spec(), .scene = gym->scene()};
    chunk->episode = header->id;
    for (int step = 0; step <= 10; ++step) {
      if (step > 0) gym->Step(Eigen::Vector2d(0.5, 0.2));
      sim::StepRecord& record = chunk->steps.emplace_back();
      test::SetState(record, gym->Save());
      record.observation = gym->observation().cast<float>();
      record.executed_action = Eigen::Vector2d(0.5, 0.2);
    }
  }
  agents::CostModelPtr Gated() const {
    return std::make_shared<GatedModel>(gym->spec(), open, asked);
  }
  ExplainRequest Request(std::int64_t number, StepIndex step, agents::CostModelPtr model) const {
    return {.number = number,
            .scene = scene,
            .step = step,
            .record = chunk->steps[static_cast<std::size_t>(step)],
            .model = std::move(model)};
  }
  // Of a policy, which remembers all ten steps.
  ExplainRequest Request(std::int64_t number, StepIndex step, ui::WhySubject subject,
                         agents::PolicyPtr policy) const {
    ExplainRequest request = Request(number, step, nullptr);
    request.subject = subject;
    request.policy = std::move(policy);
    request.chunks = {chunk};
    return request;
  }
  // [observation_dim x step + 1], as `lookout explain` puts them together.
  Eigen::MatrixXf ObservationsUpTo(StepIndex step) const {
    Eigen::MatrixXf observations(gym->spec().observation_dim, step + 1);
    for (StepIndex i = 0; i <= step; ++i) {
      observations.col(i) = chunk->steps[static_cast<std::size_t>(i)].observation;
    }
    return observations;
  }
  // Steps 2 to 6 are marked unsafe.
  std::shared_ptr<const FitRequest> Labels() const {
    auto labels = std::make_shared<FitRequest>();
    labels->signature = gym->spec().signature();
    labels->episodes.emplace_back(header, std::vector<sim::ChunkPtr>{chunk});
    labels->feedback.push_back(RecordOf(agents::Mark{.id = MarkId{1},
                                                     .episode = header->id,
                                                     .first_step = 2,
                                                     .last_step = 6,
                                                     .annotator = "me",
                                                     .note = {}}));
    return labels;
  }
  ProofRequest Question(std::int64_t number, std::string question, double bias) const {
    return {.number = number,
            .question = std::move(question),
            .seconds = 600.0,
            .scene = scene,
            .beginning = chunk->steps[0].state,
            .model = RandomEnsemble(gym->spec().signature(), bias)};
  }
};

}  // namespace lookout::app
