#include "agents/inspect/verification/network_bounds.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <fstream>
#include <string>

#include "app/platform/child_process.h"
#include "tests/agents/inspect/verification/verification_support.h"
#include "tests/support/scratch_folder.h"

namespace lookout::agents {
namespace {

constexpr int kNetworkInputs = 9;

std::vector<Mlp> RandomNetworks(RandomState& random, const std::vector<int>& sizes) {
  std::vector<Mlp> members;
  for (int i = 0; i < 3; ++i) {
    members.emplace_back(sizes);
    members.back().InitialiseGlorot(random);
    for (float& value : members.back().mutable_parameters()) {
      value = 2.0F * value + 0.1F * static_cast<float>(random.Normal());
    }
  }
  return members;
}

InputSet AnySet(double size, RandomState& random) {
  InputSet set{Eigen::VectorXd(kNetworkInputs), Eigen::VectorXd(kNetworkInputs), {}};
  for (int i = 0; i < kNetworkInputs; ++i) {
    set.centre[i] = 2.0 * random.Normal();
    set.radius[i] = random.Choice(3) == 0 ? 0.0 : random.Uniform(0.0, size);
  }
  for (const int first : {0, 4}) {
    set.tied.push_back(
        {first, {random.Uniform(-size, size), random.Uniform(-size, size), 0.5 * size}});
  }
  return set;
}

Eigen::VectorXf AnyInput(const InputSet& set, RandomState& random) {
  Eigen::VectorXd input = set.centre;
  for (int i = 0; i < kNetworkInputs; ++i) input[i] += set.radius[i] * random.Uniform(-1.0, 1.0);
  for (const InputSet::Tied& tied : set.tied) {
    input.segment<3>(tied.first) += random.Uniform(-1.0, 1.0) * tied.half;
  }
  return input.cast<float>();
}

double MeanOutput(const std::vector<Mlp>& members, const Eigen::VectorXf& input) {
  double sum = 0.0;
  for (const Mlp& member : members) {
    MlpWorkspace workspace(member, 1);
    sum += double(member.Forward(input, workspace)(0, 0));
  }
  return sum / static_cast<double>(members.size());
}

TEST_CASE("both kinds of bounds contain what the networks say of random inputs") {
  RandomState random(5);
  const std::vector<std::vector<int>> shapes = {
      {kNetworkInputs, 1}, {kNetworkInputs, 12, 1}, {kNetworkInputs, 16, 12, 8, 1}};
  double width_by_intervals = 0.0;
  double width_by_lines = 0.0;
  const int sets = test::RandomCases() / 100;
  for (int i = 0; i < sets; ++i) {
    const auto members = RandomNetworks(random, shapes[static_cast<std::size_t>(i % 3)]);
    const EnsembleBounds bounds(members);
    const InputSet set = AnySet(std::pow(10.0, random.Uniform(-3.0, 0.0)), random);
    const double margin = bounds.RoundingMargin(set) + 1e-5;  // and casting the inputs
    const Interval coarse{bounds.LeastByIntervals(set, 1.0), -bounds.LeastByIntervals(set, -1.0)};
    const Interval fine{bounds.LeastByLines(set, 1.0), -bounds.LeastByLines(set, -1.0)};
    for (int k = 0; k < 100; ++k) {
      const double output = MeanOutput(members, AnyInput(set, random));
      REQUIRE(coarse.Widened(margin).Contains(output));
      REQUIRE(fine.Widened(margin).Contains(output));
    }
    width_by_intervals += coarse.width();
    width_by_lines += fine.width();
  }
  CHECK(width_by_lines < 0.7 * width_by_intervals);
}

TEST_CASE("of a single input, the bounds are its output within the rounding margin") {
  RandomState random(6);
  for (int i = 0; i < 300; ++i) {
    const auto members = RandomNetworks(random, {kNetworkInputs, 32, 32, 1});
    const EnsembleBounds bounds(members);
    InputSet set{Eigen::VectorXd(kNetworkInputs), Eigen::VectorXd::Zero(kNetworkInputs), {}};
    for (double& value : set.centre) value = double(static_cast<float>(random.Normal()));
    const double output = MeanOutput(members, set.centre.cast<float>());
    const double margin = bounds.RoundingMargin(set);
    CHECK(margin < 0.01);
    CHECK(std::abs(bounds.LeastByLines(set, 1.0) - output) < margin + 1e-5);
    CHECK(std::abs(bounds.LeastByIntervals(set, -1.0) + output) < margin);
  }
}

// CROWN once more, in other people's words: tests/agents/inspect/verification/crown.py.
TEST_CASE("the bounds by lines are those of an independent implementation") {
  const std::string python = "/usr/bin/python3";
  if (!app::RunChild({python, "-c", "import numpy"}, 120.0, {}).ok()) {
    MESSAGE("skipped, as numpy is missing: install python3-numpy");
    return;
  }
  RandomState random(7);
  const test::ScratchFolder scratch;
  std::vector<double> ours;
  {
    std::ofstream file(scratch / "cases.txt");
    for (int i = 0; i < 20; ++i) {
      const auto members = RandomNetworks(random, {kNetworkInputs, 16, 12, 1});
      const InputSet set = AnySet(std::pow(10.0, random.Uniform(-3.0, 0.3)), random);
      const EnsembleBounds bounds(members);
      ours.push_back(bounds.LeastByLines(set, 1.0));
      ours.push_back(bounds.LeastByLines(set, -1.0));
      const auto write = [&file](const auto& values) {
        for (const auto value : values) file << fmt::format("{:.17g} ", double(value));
        file << '\n';
      };
      write(set.centre);
      write(set.radius);
      for (const InputSet::Tied& tied : set.tied) write(tied.half);
      for (const Mlp& member : members) write(member.parameters());
    }
  }
  const std::string script = LOOKOUT_SOURCE_DIR "/tests/agents/inspect/verification/crown.py";
  const Status ran =
      app::RunChild({python, script, scratch / "cases.txt", scratch / "bounds.txt"}, 300.0, {});
  REQUIRE_MESSAGE(ran.ok(), (ran.ok() ? "" : ran.error().message));
  std::ifstream file(scratch / "bounds.txt");
  for (const double one : ours) {
    double theirs = 0.0;
    REQUIRE((file >> theirs));
    CHECK(one == doctest::Approx(theirs).epsilon(1e-8));
  }
}

}  // namespace
}  // namespace lookout::agents
