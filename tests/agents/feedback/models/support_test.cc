#include "agents/feedback/models/support.h"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include "sim/base/random_state.h"

namespace lookout::agents {
namespace {

constexpr int kSupportDim = 4;
constexpr int kSteps = 100;

// Walks about the origin, one group each, of steps close to one another.
Eigen::MatrixXf Walks(int groups, std::uint32_t seed) {
  RandomState random(seed);
  Eigen::MatrixXf inputs(kSupportDim, groups * kSteps);
  for (int group = 0; group < groups; ++group) {
    Eigen::VectorXf at(kSupportDim);
    for (float& value : at) value = static_cast<float>(random.Normal());
    for (int step = 0; step < kSteps; ++step) {
      for (float& value : at) value = 0.98F * value + 0.2F * static_cast<float>(random.Normal());
      inputs.col(group * kSteps + step) = at;
    }
  }
  return inputs;
}

std::vector<int> GroupsOf(const Eigen::MatrixXf& inputs) {
  std::vector<int> groups;
  for (int i = 0; i < static_cast<int>(inputs.cols()); ++i) groups.push_back(i / kSteps);
  return groups;
}

TEST_CASE("what was labelled is known, more of its kind mostly, and what is far off is not") {
  const Eigen::MatrixXf labelled = Walks(30, 1);
  const Support support = Support::Of(labelled, GroupsOf(labelled));
  const float known = support.Scores(labelled).mean();
  const Eigen::VectorXf alike = support.Scores(Walks(30, 2));
  CHECK(known > 0.7F);
  CHECK(alike.mean() > 0.3F);
  CHECK(alike.mean() < known);
  CHECK((alike.array() < 0.05F).cast<float>().mean() < 0.15F);
  CHECK(support.Scores(Eigen::MatrixXf::Constant(kSupportDim, 1, 6.0F))[0] == 0.0F);
  CHECK(support.Scores(labelled.col(0))[0] == 1.0F);  // the first reference
}

TEST_CASE("one group alone and copies of one input have a support, too") {
  const Eigen::MatrixXf walk = Walks(1, 3);
  const Support alone = Support::Of(walk, GroupsOf(walk));
  CHECK(alone.Scores(walk).mean() > 0.7F);
  CHECK(alone.Scores(Eigen::MatrixXf::Constant(kSupportDim, 1, 9.0F))[0] == 0.0F);
  const Eigen::MatrixXf copies = Eigen::MatrixXf::Ones(kSupportDim, 20);
  const Support one = Support::Of(copies, std::vector<int>(20, 0));
  CHECK(one.Scores(copies)[0] == 1.0F);
  CHECK(one.Scores(Eigen::MatrixXf::Constant(kSupportDim, 1, 2.0F))[0] == 0.0F);
  CHECK(Support::Of(Eigen::MatrixXf(kSupportDim, 0), {}).empty());
}

TEST_CASE("a support survives its file and stays small, and one that cannot be is refused") {
  const Eigen::MatrixXf labelled = Walks(50, 4);
  const Support support = Support::Of(labelled, GroupsOf(labelled));
  ArchiveWriter writer("test", 1);
  support.Encode(writer, "support");
  const std::string bytes = writer.Finish();
  CHECK(bytes.size() < (Support::kMostReferences * kSupportDim + Support::kQuantiles) * 4 + 400);
  auto reader = ArchiveReader::Open(bytes, "test", 1, "The test");
  REQUIRE(reader.ok());
  const Support read = Support::Decode(*reader, "support", kSupportDim);
  REQUIRE(reader->Finish().ok());
  CHECK(read.Scores(labelled) == support.Scores(labelled));

  ArchiveWriter wrong("test", 1);
  wrong.Integer("support.count", 1);
  wrong.Floats("support.references", std::vector<float>(kSupportDim, 0.0F));
  std::vector<float> falling(Support::kQuantiles, 1.0F);
  falling.back() = 0.5F;
  wrong.Floats("support.distances", falling);
  const std::string wrong_bytes = wrong.Finish();
  auto wrong_reader = ArchiveReader::Open(wrong_bytes, "test", 1, "The test");
  REQUIRE(wrong_reader.ok());
  CHECK(Support::Decode(*wrong_reader, "support", kSupportDim).empty());
  CHECK_FALSE(wrong_reader->ok());
}

}  // namespace
}  // namespace lookout::agents
