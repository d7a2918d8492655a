// What others make of the same network. Not among the networks' own tests, which start no other
// programs.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <fstream>
#include <string>
#include <vector>

#include "agents/learning/sequence_network.h"
#include "app/platform/child_process.h"
#include "tests/agents/learning/transformer_scene.h"
#include "tests/support/scratch_folder.h"

namespace lookout::agents {
namespace {

void WriteCase(const TransformerNetwork& network, const Eigen::MatrixXf& inputs,
               const std::string& path) {
  const TransformerSizes& sizes = network.sizes();
  std::ofstream file(path);
  file << fmt::format("{} {} {} {} {} {} {}\n", sizes.input_dim, sizes.output_dim, sizes.layers,
                      sizes.width, sizes.heads, sizes.memory, sizes.gated ? 1 : 0);
  for (const float value : network.parameters()) file << fmt::format("{:.9g} ", value);
  for (const auto& step : inputs.colwise()) {
    file << '\n';
    for (const float value : step) file << fmt::format("{:.9g} ", value);
  }
}

// The network once more, in other people's words: tests/agents/learning/transformer.py.
TEST_CASE("a transformer's outputs are those of an independent implementation") {
  const std::string python = "/usr/bin/python3";
  if (!app::RunChild({python, "-c", "import numpy"}, 120.0, {}).ok()) {
    MESSAGE("skipped, as numpy is missing: install python3-numpy");
    return;
  }
  for (const bool gated : {true, false}) {
    const TransformerSizes sizes{.input_dim = 5,
                                 .output_dim = 3,
                                 .layers = 3,
                                 .width = 12,
                                 .heads = 3,
                                 .memory = 7,
                                 .gated = gated};
    const TransformerNetwork network = RandomTransformer(sizes);
    RandomState random(1);
    const Eigen::MatrixXf inputs = RandomMatrix(sizes.input_dim, 50, random);
    const test::ScratchFolder scratch;
    WriteCase(network, inputs, scratch / "case.txt");
    const std::string script = LOOKOUT_SOURCE_DIR "/tests/agents/learning/transformer.py";
    const Status ran =
        app::RunChild({python, script, scratch / "case.txt", scratch / "outputs.txt"}, 300.0, {});
    REQUIRE_MESSAGE(ran.ok(), (ran.ok() ? "" : ran.error().message));
    TransformerWorkspace workspace(network, 50);
    const std::vector<int> start{0};
    const Eigen::MatrixXf nothing = Eigen::MatrixXf::Zero(network.state_dim(), 1);
    const auto outputs = network.Forward({inputs, start, nothing}, workspace);
    std::ifstream file(scratch / "outputs.txt");
    for (const auto& step : outputs.colwise()) {
      for (const float one : step) {
        double theirs = 0.0;
        REQUIRE((file >> theirs));
        CHECK(std::abs(double(one) - theirs) < 1e-4 + 1e-4 * std::abs(theirs));
      }
    }
  }
}

}  // namespace
}  // namespace lookout::agents
