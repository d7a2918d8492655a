#include "agents/learning/transformer_network.h"

#include <doctest/doctest.h>

#include <cmath>
#include <string_view>
#include <vector>

#include "tests/agents/learning/transformer_scene.h"
#include "tests/support/allocation_counter.h"

namespace lookout::agents {
namespace {

// Of 5, 1, 6 and 2 steps; or of single steps; or longer than what is worked on at once.
TransformerScene SceneOf(bool gated, std::string_view kind) {
  TransformerSizes sizes = kSmallTransformer;
  sizes.gated = gated;
  if (kind == "singles") return {sizes, {0, 1, 2, 3}, 4};
  if (kind == "long") return {sizes, {0}, 2 * kAttentionChunk + 5};
  return {sizes, {0, 5, 6, 12}, 14};
}

TEST_CASE("a transformer's gradients agree with finite differences, the memory being given") {
  for (const bool gated : {true, false}) {
    for (const char* kind : {"several", "singles", "long"}) {
      CAPTURE(gated);
      CAPTURE(kind);
      TransformerScene scene = SceneOf(gated, kind);
      Eigen::VectorXf gradient(scene.network.parameter_count());
      scene.Loss();
      scene.network.Backward(scene.Batch(), scene.weights, scene.workspace, gradient);
      int smooth = 0;
      int off = 0;
      for (int i = 0; i < gradient.size(); ++i) {
        float& parameter = scene.network.mutable_parameters()[i];
        const double difference = scene.CentralDifference(parameter, 1e-3F);
        const double wider = scene.CentralDifference(parameter, 2e-3F);
        // Where it reaches over the bend of a rectifier, a difference is no derivative.
        if (std::abs(difference - wider) > 0.005 + 0.01 * std::abs(difference)) continue;
        ++smooth;
        if (double(gradient[i]) != doctest::Approx(difference).epsilon(0.01).scale(0.5)) ++off;
      }
      CHECK(smooth > gradient.size() * 3 / 4);
      CHECK(off <= smooth / 10);  // a bend that is very near bends all that leads there
    }
  }
}

TEST_CASE("its derivative in a direction of parameter space is that of finite differences") {
  for (const bool gated : {true, false}) {
    for (const char* kind : {"several", "singles", "long"}) {
      CAPTURE(gated);
      CAPTURE(kind);
      TransformerScene scene = SceneOf(gated, kind);
      RandomState random(3);
      Eigen::VectorXf direction(scene.network.parameter_count());
      for (float& value : direction) value = float(random.Normal());
      scene.Loss();
      const Eigen::MatrixXf tangent =
          scene.network.Tangent(scene.Batch(), direction, scene.workspace);
      const Eigen::VectorXf kept = scene.network.parameters();
      constexpr float kStep = 5e-5F;
      scene.network.mutable_parameters() = kept + kStep * direction;
      const Eigen::MatrixXf above = scene.network.Forward(scene.Batch(), scene.workspace);
      scene.network.mutable_parameters() = kept - kStep * direction;
      const Eigen::MatrixXf below = scene.network.Forward(scene.Batch(), scene.workspace);
      const Eigen::MatrixXf difference = (above - below) / (2.0F * kStep);
      CHECK((tangent - difference).norm() < 0.01F * difference.norm());

      // The same pair of derivatives seen from both sides: <weights, J d> = <J' weights, d>.
      scene.network.mutable_parameters() = kept;
      scene.Loss();
      const double forward =
          (scene.network.Tangent(scene.Batch(), direction, scene.workspace).array() *
           scene.weights.array())
              .cast<double>()
              .sum();
      Eigen::VectorXf gradient(scene.network.parameter_count());
      scene.network.Backward(scene.Batch(), scene.weights, scene.workspace, gradient);
      CHECK(forward == doctest::Approx(double(gradient.dot(direction))).epsilon(1e-4));
    }
  }
}

TEST_CASE("step by step a transformer does what it does in whole sequences") {
  for (const bool gated : {true, false}) {
    for (const char* kind : {"several", "long"}) {
      const TransformerScene scene = SceneOf(gated, kind);
      const int columns = int(scene.inputs.cols());
      TransformerWorkspace together(scene.network, columns);
      const Eigen::MatrixXf outputs = scene.network.Forward(scene.Batch(), together);
      TransformerWorkspace workspace(scene.network, 1);
      Eigen::MatrixXf state(scene.network.state_dim(), 1);
      Eigen::VectorXf next(state.rows()), whole(state.rows());
      for (int i = 0; i < columns; ++i) {
        const int s = scene.Batch().SequenceOf(i);
        if (scene.starts[s] == i) state = scene.states.col(s);
        const SequenceBatch step{scene.inputs.col(i), {}, state};
        CHECK((scene.network.Forward(step, workspace) - outputs.col(i)).norm() < 1e-5F);
        scene.network.StateAfter(step, workspace, 0, next);
        scene.network.StateAfter(scene.Batch(), together, i, whole);
        CHECK((next - whole).norm() < 1e-5F);
        state = next;
      }
    }
  }
}

TEST_CASE("of what lies before an episode's start nothing is seen") {
  TransformerScene scene = SceneOf(true, "several");
  scene.states.bottomRows(1).setZero();  // no step is known; the rest is what others left
  const Eigen::MatrixXf outputs = scene.network.Forward(scene.Batch(), scene.workspace);
  scene.states.setZero();
  CHECK(scene.network.Forward(scene.Batch(), scene.workspace) == outputs);
  // Nor of what is beyond the memory.
  TransformerSizes one_layer = kSmallTransformer;
  one_layer.layers = 1;
  TransformerScene far(one_layer, {0}, 20);
  const Eigen::MatrixXf before = far.network.Forward(far.Batch(), far.workspace);
  far.inputs.leftCols(10).array() += 1.0F;
  const Eigen::MatrixXf after = far.network.Forward(far.Batch(), far.workspace);
  CHECK(after.rightCols(20 - 10 - 3) == before.rightCols(20 - 10 - 3));
  CHECK((after.col(12) - before.col(12)).norm() > 1e-3F);
}

TEST_CASE("what it attends to is told, from the past to the present") {
  TransformerScene scene = SceneOf(true, "several");
  scene.Loss();
  for (int i = 0; i < scene.inputs.cols(); ++i) {
    const Eigen::MatrixXf attention = scene.network.AttentionOf(scene.workspace, 1, i);
    REQUIRE(attention.cols() == kSmallTransformer.memory + 1);
    for (int head = 0; head < kSmallTransformer.heads; ++head) {
      CHECK(attention.row(head).sum() == doctest::Approx(1.0));
    }
  }
  // The last sequence knows of nothing before its first step.
  CHECK(scene.network.AttentionOf(scene.workspace, 0, 12).col(kSmallTransformer.memory).isOnes());
}

// How much of an output the past decides: the variation with it over the variation with the input.
double ShareOfPast(const TransformerSizes& sizes, double gate_bias) {
  TransformerNetwork network(sizes);
  RandomState random(5);
  network.Initialise(random, 1.0, gate_bias);
  constexpr int kSteps = 20;
  TransformerWorkspace workspace(network, kSteps);
  const Eigen::MatrixXf nothing = Eigen::MatrixXf::Zero(network.state_dim(), 1);
  const std::vector<int> start{0};
  double by_past = 0.0;
  double by_input = 0.0;
  for (int i = 0; i < 30; ++i) {
    Eigen::MatrixXf inputs = RandomMatrix(sizes.input_dim, kSteps, random);
    const auto last = [&] {
      return Eigen::VectorXf(network.Forward({inputs, start, nothing}, workspace).col(kSteps - 1));
    };
    const Eigen::VectorXf output = last();
    const Eigen::MatrixXf kept = inputs;
    inputs.leftCols(kSteps - 1) = RandomMatrix(sizes.input_dim, kSteps - 1, random);
    by_past += double((last() - output).squaredNorm());
    inputs = kept;
    inputs.rightCols(1) = RandomMatrix(sizes.input_dim, 1, random);
    by_input += double((last() - output).squaredNorm());
  }
  return std::sqrt(by_past / by_input);
}

TEST_CASE("the gates' bias lets it start close to a network without memory") {
  TransformerSizes sizes{
      .input_dim = 6, .output_dim = 2, .layers = 2, .width = 32, .heads = 4, .memory = 16};
  const double biased = ShareOfPast(sizes, 2.0);
  CHECK(biased < 0.15);
  CHECK(biased < 0.5 * ShareOfPast(sizes, 0.0));
  sizes.gated = false;
  CHECK(biased < 0.5 * ShareOfPast(sizes, 2.0));
}

TEST_CASE("a transformer runs without the heap") {
  if (!test::CountsAllocations()) return;
  TransformerSizes sizes{.input_dim = 60, .output_dim = 2};
  const TransformerNetwork network = RandomTransformer(sizes);
  TransformerWorkspace workspace(network, 96);
  const Eigen::MatrixXf inputs = Eigen::MatrixXf::Random(60, 96);
  const Eigen::MatrixXf weights = Eigen::MatrixXf::Random(2, 96);
  const Eigen::MatrixXf states = Eigen::MatrixXf::Zero(network.state_dim(), 96);
  const std::vector<int> starts{0, 32, 90};
  Eigen::VectorXf gradient(network.parameter_count()), state(network.state_dim());
  CHECK(test::AllocationsIn([&] {
          const SequenceBatch steps{inputs.leftCols(3), {}, states.leftCols(3)};
          network.Forward(steps, workspace);
          network.StateAfter(steps, workspace, 2, state);
          const SequenceBatch batch{inputs, starts, states.leftCols(3)};
          network.Forward(batch, workspace);
          network.Tangent(batch, network.parameters(), workspace);
          network.Backward(batch, weights, workspace, gradient);
        }) == 0);
}

}  // namespace
}  // namespace lookout::agents
