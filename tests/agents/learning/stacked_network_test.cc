#include "agents/learning/stacked_network.h"

#include <doctest/doctest.h>

#include <array>
#include <string>

#include "agents/learning/sequence_network.h"
#include "tests/agents/learning/random_matrix.h"

namespace lookout::agents {
namespace {

constexpr int kFrameSize = 2;
constexpr int kFrames = 3;
constexpr int kStackedSteps = 9;
constexpr std::array kFirstSteps = {0, 4, 5};  // of 4, 1 and 4 steps

struct StackScene {
  StackScene() {
    RandomState random(5);
    Mlp mlp({kFrames * kFrameSize, 4, 3});
    mlp.InitialiseGlorot(random);
    network = StackedNetwork(kFrames, std::move(mlp));
    inputs = RandomMatrix(kFrameSize, kStackedSteps, random);
    states = RandomMatrix(network.state_dim(), int(kFirstSteps.size()), random);
    weights = RandomMatrix(3, kStackedSteps, random);
    workspace = StackedWorkspace(network, kStackedSteps);
  }
  SequenceBatch Batch() const { return {inputs, kFirstSteps, states}; }
  double Loss() {
    const auto outputs = network.Forward(Batch(), workspace);
    return (outputs.cast<double>().array() * weights.cast<double>().array()).sum();
  }

  StackedNetwork network;
  StackedWorkspace workspace;
  Eigen::MatrixXf inputs, states, weights;
};

TEST_CASE("stacked frames are those of the same sequence alone, the oldest first") {
  StackScene scene;
  const Eigen::MatrixXf together = scene.network.Forward(scene.Batch(), scene.workspace);
  MlpWorkspace workspace(scene.network.mlp(), 1);
  const auto output_of = [&](const Eigen::MatrixXf& a, const Eigen::MatrixXf& b,
                             const Eigen::MatrixXf& c) -> Eigen::MatrixXf {
    Eigen::MatrixXf stack(kFrames * kFrameSize, 1);
    stack << a, b, c;
    return scene.network.mlp().Forward(stack, workspace);
  };
  const auto x = [&](int i) -> Eigen::MatrixXf { return scene.inputs.col(i); };
  const Eigen::MatrixXf older = scene.states.col(1).head(kFrameSize);
  const Eigen::MatrixXf newer = scene.states.col(1).tail(kFrameSize);
  CHECK((together.col(2) - output_of(x(0), x(1), x(2))).norm() < 1e-6F);
  CHECK((together.col(4) - output_of(older, newer, x(4))).norm() < 1e-6F);
  const Eigen::MatrixXf last = scene.states.col(2).tail(kFrameSize);
  CHECK((together.col(6) - output_of(last, x(5), x(6))).norm() < 1e-6F);
}

TEST_CASE("step by step, stacked frames are what they are in a batch") {
  StackScene scene;
  const Eigen::MatrixXf together = scene.network.Forward(scene.Batch(), scene.workspace);
  const SequenceNetwork network = scene.network;
  SequenceWorkspace workspace(network, 1);
  Eigen::MatrixXf state(network.state_dim(), 1);
  Eigen::VectorXf next(network.state_dim());
  for (int i = 0; i < kStackedSteps; ++i) {
    for (std::size_t s = 0; s < kFirstSteps.size(); ++s) {
      if (kFirstSteps[s] == i) state = scene.states.col(Eigen::Index(s));
    }
    const SequenceBatch batch{scene.inputs.col(i), {}, state};
    CHECK((network.Forward(batch, workspace) - together.col(i)).norm() < 1e-6F);
    network.StateAfter(batch, workspace, 0, next);
    state = next;
  }
}

TEST_CASE("gradients and derivatives of stacked frames agree with finite differences") {
  StackScene scene;
  const int count = int(scene.network.parameters().size());
  Eigen::VectorXf gradient(count);
  scene.Loss();
  scene.network.Backward(scene.Batch(), scene.weights, scene.workspace, gradient);
  RandomState random(2);
  const Eigen::VectorXf direction = RandomMatrix(count, 1, random);
  const Eigen::MatrixXf tangent = scene.network.Tangent(scene.Batch(), direction, scene.workspace);
  const Eigen::VectorXf kept = scene.network.parameters();
  constexpr float kStep = 1e-3F;
  scene.network.mutable_parameters() = kept + kStep * direction;
  const double above = scene.Loss();
  const Eigen::MatrixXf outputs_above = scene.network.Forward(scene.Batch(), scene.workspace);
  scene.network.mutable_parameters() = kept - kStep * direction;
  const double below = scene.Loss();
  const Eigen::MatrixXf outputs_below = scene.network.Forward(scene.Batch(), scene.workspace);
  CHECK(double(gradient.dot(direction)) ==
        doctest::Approx((above - below) / (2.0 * double(kStep))).epsilon(0.02));
  const Eigen::MatrixXf difference = (outputs_above - outputs_below) / (2.0F * kStep);
  CHECK((tangent - difference).norm() < 0.01F * difference.norm());
}

TEST_CASE("a network of stacked frames is read back, and one of other frames is refused") {
  const StackScene scene;
  const auto read = [](const std::string& bytes) {
    auto reader = ArchiveReader::Open(bytes, "test", 1, "The file");
    REQUIRE(reader.ok());
    SequenceNetwork network = SequenceNetwork::Decode(*reader, "pi");
    return std::pair(std::move(network), reader->Finish());
  };
  ArchiveWriter writer("test", 1);
  SequenceNetwork(scene.network).Encode(writer, "pi");
  const auto [copy, status] = read(writer.Finish());
  REQUIRE(status.ok());
  REQUIRE(copy.stacked() != nullptr);
  CHECK(copy.parameters() == scene.network.parameters());
  CHECK(copy.SizesText() == "3 x 2-4-3");
  CHECK(copy.input_dim() == 2);
  CHECK(copy.state_dim() == 4);

  ArchiveWriter wrong("test", 1);
  const std::vector<std::int64_t> four{4};
  wrong.Integers("pi.stacked_frames", four);
  scene.network.mlp().Encode(wrong, "pi");
  CHECK_FALSE(read(wrong.Finish()).second.ok());
}

}  // namespace
}  // namespace lookout::agents
