// Counts calls of malloc, which Eigen and operator new both end in. Sanitizers bring their own.
#include <doctest/doctest.h>

#include <cstddef>

#include "agents/feedback/models/cost_ensemble.h"
#include "agents/feedback/transitions/observation_history.h"

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

namespace {
thread_local int g_allocations = 0;
}  // namespace

extern "C" void* __libc_malloc(std::size_t size);
extern "C" void* malloc(std::size_t size) {
  ++g_allocations;
  return __libc_malloc(size);
}

namespace lookout::agents {
namespace {

CostModelPtr ModelOfDefaultSize(const PastInputs& past = {}) {
  RandomState random(1);
  CostEnsemble ensemble{.id = {1},
                        .inputs = *CostInputs::Create(60, {{3, 16}, {22, 16}}, {}, past)};
  ensemble.normaliser = Normaliser(ensemble.inputs.dim());
  for (int i = 0; i < 5; ++i) {
    ensemble.members.push_back(Mlp({ensemble.inputs.dim(), 64, 64, 1}));
    ensemble.members.back().InitialiseGlorot(random);
  }
  return MakeCostModel(std::move(ensemble));
}

TEST_CASE("predicting with a used workspace does not allocate, for one observation or thousands") {
  const CostModelPtr model = ModelOfDefaultSize();
  const Eigen::MatrixXf observations = Eigen::MatrixXf::Random(60, 2000);
  const Eigen::VectorXf one = observations.col(0);
  Eigen::VectorXf probability(2000);
  Eigen::VectorXf spread(2000);
  CostModelWorkspace workspace;

  const int before_first = g_allocations;
  model->PredictOne(one, workspace);
  CHECK(g_allocations > before_first);  // the counter counts

  const int before = g_allocations;
  for (int i = 0; i < 10; ++i) model->PredictOne(one, workspace);
  model->PredictWith(workspace, observations, probability, spread);
  CHECK(g_allocations == before);
}

TEST_CASE("nor does predicting the danger of one class") {
  CostEnsemble ensemble = *ModelOfDefaultSize()->ensemble();
  ensemble.heads.classes = {1, 2};
  ensemble.heads.calibrations.resize(2);
  ensemble.heads.members.assign(ensemble.members.size(), Mlp({ensemble.inputs.dim(), 32, 2}));
  const CostModelPtr model = MakeCostModel(std::move(ensemble));
  const Eigen::MatrixXf observations = Eigen::MatrixXf::Random(60, 700);
  Eigen::VectorXf probability(700), spread(700);
  CostModelWorkspace workspace;
  model->PredictClassWith(workspace, 2, observations, probability, spread);
  const int before = g_allocations;
  model->PredictClassWith(workspace, 1, observations, probability, spread);
  CHECK(g_allocations == before);
}

TEST_CASE("nor does predicting from what led to the observations") {
  const CostModelPtr model = ModelOfDefaultSize({.history = 3, .action_dim = 2});
  const Eigen::MatrixXf observations = Eigen::MatrixXf::Random(60, 500);
  const Eigen::MatrixXf actions = Eigen::MatrixXf::Random(2, 500);
  const Eigen::MatrixXf earlier = Eigen::MatrixXf::Random(120, 500);
  Eigen::VectorXf probability(500);
  Eigen::VectorXf spread(500);
  CostModelWorkspace workspace;
  const auto predict = [&] {
    model->PredictWith(workspace, {observations, actions, observations, earlier}, probability,
                       spread);
  };
  predict();
  ObservationHistory history({.history = 8, .traces = PastInputs::kMostTraces});
  history.Begin(observations.col(0));
  const int before = g_allocations;
  predict();
  history.Add(observations.col(1));
  CHECK(g_allocations == before);
}

}  // namespace
}  // namespace lookout::agents

#endif
