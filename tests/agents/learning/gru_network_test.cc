#include "agents/learning/gru_network.h"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "agents/learning/sequence_network.h"
#include "tests/agents/learning/random_matrix.h"

namespace lookout::agents {
namespace {

constexpr int kInputs = 3;
constexpr int kState = 4;
constexpr int kOutputs = 2;
constexpr int kColumns = 12;
constexpr std::array kStarts = {0, 5, 6};  // of 5, 1 and 6 steps

struct Scene {
  Scene() {
    RandomState random(7);
    network.Initialise(random, 1.0);
    for (float& value : network.mutable_parameters()) value += 0.2F * float(random.Normal());
    inputs = RandomMatrix(kInputs, kColumns, random);
    states = 0.5F * RandomMatrix(kState, int(kStarts.size()), random);
    weights = RandomMatrix(kOutputs, kColumns, random);
  }
  SequenceBatch Batch() const { return {inputs, kStarts, states}; }
  // A weighted sum of all outputs, so that its gradient with respect to them is `weights`.
  double Loss() {
    const auto outputs = network.Forward(Batch(), workspace);
    return (outputs.cast<double>().array() * weights.cast<double>().array()).sum();
  }
  double CentralDifference(float& value) {
    const float kept = value;
    const float step = 1e-2F;
    value = kept + step;
    const double above = Loss();
    value = kept - step;
    const double below = Loss();
    value = kept;
    return (above - below) / (2.0 * double(step));
  }

  GruNetwork network{kInputs, kState, kOutputs};
  GruWorkspace workspace{network, kColumns};
  Eigen::MatrixXf inputs, states, weights;
};

TEST_CASE("a recurrent network's gradients agree with finite differences through time") {
  Scene scene;
  Eigen::VectorXf gradient(scene.network.parameter_count());
  scene.Loss();
  scene.network.Backward(scene.Batch(), scene.weights, scene.workspace, gradient);
  const Eigen::MatrixXf state_gradient =
      GruNetwork::InitialStateGradients(scene.workspace, int(kStarts.size()));
  for (int i = 0; i < gradient.size(); ++i) {
    CAPTURE(i);
    CHECK(double(gradient[i]) ==
          doctest::Approx(scene.CentralDifference(scene.network.mutable_parameters()[i]))
              .epsilon(0.01)
              .scale(0.2));
  }
  for (int s = 0; s < std::ssize(kStarts); ++s) {
    for (int k = 0; k < kState; ++k) {
      CAPTURE(s);
      CHECK(double(state_gradient(k, s)) ==
            doctest::Approx(scene.CentralDifference(scene.states(k, s))).epsilon(0.01).scale(0.2));
    }
  }
}

TEST_CASE("its derivative in a direction of parameter space is that of finite differences") {
  Scene scene;
  RandomState random(3);
  Eigen::VectorXf direction(scene.network.parameter_count());
  for (float& value : direction) value = float(random.Normal());
  scene.Loss();
  const Eigen::MatrixXf tangent = scene.network.Tangent(scene.Batch(), direction, scene.workspace);
  const Eigen::VectorXf kept = scene.network.parameters();
  constexpr float kStep = 3e-3F;
  scene.network.mutable_parameters() = kept + kStep * direction;
  const Eigen::MatrixXf above = scene.network.Forward(scene.Batch(), scene.workspace);
  scene.network.mutable_parameters() = kept - kStep * direction;
  const Eigen::MatrixXf below = scene.network.Forward(scene.Batch(), scene.workspace);
  const Eigen::MatrixXf difference = (above - below) / (2.0F * kStep);
  CHECK((tangent - difference).norm() < 0.01F * difference.norm());
}

TEST_CASE("sequences side by side are computed as each alone, step by step") {
  const Scene scene;
  GruWorkspace batch_workspace(scene.network, kColumns);
  const Eigen::MatrixXf together = scene.network.Forward(scene.Batch(), batch_workspace);
  GruWorkspace workspace(scene.network, 1);
  Eigen::MatrixXf state(kState, 1);
  for (int i = 0; i < kColumns; ++i) {
    for (int s = 0; s < std::ssize(kStarts); ++s) {
      if (kStarts[std::size_t(s)] == i) state = scene.states.col(s);
    }
    const auto output = scene.network.Forward({scene.inputs.col(i), {}, state}, workspace);
    CHECK((output - together.col(i)).norm() < 1e-5F);
    state = GruNetwork::States(workspace, 1);
    CHECK((state - GruNetwork::States(batch_workspace, kColumns).col(i)).norm() < 1e-5F);
  }
}

TEST_CASE("the unit's equations by hand") {
  GruNetwork network(1, 1, 1);
  // W, U and b of reset, update and candidate; V, d.
  network.mutable_parameters() << 0.5F, -0.3F, 0.8F, 0.2F, 0.7F, -0.6F, 0.1F, -0.2F, 0.3F, 2.0F,
      0.25F;
  GruWorkspace workspace(network, 1);
  const Eigen::MatrixXf x = Eigen::MatrixXf::Constant(1, 1, 1.5F);
  const Eigen::MatrixXf h = Eigen::MatrixXf::Constant(1, 1, -0.4F);
  const double output = double(network.Forward({x, {}, h}, workspace)(0, 0));
  const auto sigmoid = [](double value) { return 1.0 / (1.0 + std::exp(-value)); };
  const double r = sigmoid(0.5 * 1.5 + 0.2 * -0.4 + 0.1);
  const double z = sigmoid(-0.3 * 1.5 + 0.7 * -0.4 - 0.2);
  const double c = std::tanh(0.8 * 1.5 - 0.6 * (r * -0.4) + 0.3);
  const double after = z * -0.4 + (1.0 - z) * c;
  CHECK(double(GruNetwork::States(workspace, 1)(0, 0)) == doctest::Approx(after));
  CHECK(output == doctest::Approx(2.0 * after + 0.25));
}

TEST_CASE("a network over sequences is read back as what it was") {
  const Scene scene;
  const auto bytes_of = [](const SequenceNetwork& network) {
    ArchiveWriter writer("test", 1);
    network.Encode(writer, "pi");
    return writer.Finish();
  };
  const std::string bytes = bytes_of(scene.network);
  auto reader = ArchiveReader::Open(bytes, "test", 1, "The file");
  REQUIRE(reader.ok());
  const SequenceNetwork copy = SequenceNetwork::Decode(*reader, "pi");
  REQUIRE(reader->Finish().ok());
  CHECK(copy.parameters() == scene.network.parameters());
  CHECK(copy.SizesText() == "3-GRU 4-2");
  CHECK(copy.state_dim() == kState);
  CHECK(copy.mlp() == nullptr);

  const std::string plain = bytes_of(Mlp({3, 4, 2}));
  auto plain_reader = ArchiveReader::Open(plain, "test", 1, "The file");
  REQUIRE(plain_reader.ok());
  CHECK(SequenceNetwork::Decode(*plain_reader, "pi").mlp() != nullptr);
  REQUIRE(plain_reader->Finish().ok());
}

TEST_CASE("sizes that are no network's are refused") {
  for (const std::vector<std::int64_t>& sizes :
       std::vector<std::vector<std::int64_t>>{{3, 4}, {3, 0, 2}, {3, 5000, 2}}) {
    ArchiveWriter writer("test", 1);
    writer.Integers("pi.gru_sizes", sizes);
    const std::string bytes = writer.Finish();
    auto reader = ArchiveReader::Open(bytes, "test", 1, "The file");
    REQUIRE(reader.ok());
    (void)SequenceNetwork::Decode(*reader, "pi");
    REQUIRE_FALSE(reader->ok());
    CHECK(reader->status().error().message.find("network 'pi' needs 3 sizes") != std::string::npos);
  }
}

}  // namespace
}  // namespace lookout::agents
