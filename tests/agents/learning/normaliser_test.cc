#include "agents/learning/normaliser.h"

#include <doctest/doctest.h>

#include "sim/base/random_state.h"

namespace lookout::agents {
namespace {

Eigen::MatrixXf Samples(int n, float mean, float deviation, RandomState& random) {
  Eigen::MatrixXf values(2, n);
  for (int i = 0; i < n; ++i) {
    values(0, i) = mean + deviation * float(random.Normal());
    values(1, i) = 5.0F;
  }
  return values;
}

TEST_CASE("batches add up to the statistics of everything seen") {
  RandomState random(1);
  const Eigen::MatrixXf first = Samples(100, 1000.0F, 2.0F, random);
  const Eigen::MatrixXf second = Samples(37, 1010.0F, 0.5F, random);
  Normaliser in_two(2);
  in_two.Update(first);
  in_two.Update(second);
  Eigen::MatrixXf all(2, 137);
  all << first, second;
  const Eigen::MatrixXd exact = all.cast<double>();
  const double mean = exact.row(0).mean();
  CHECK(in_two.count() == 137);
  CHECK(in_two.mean()[0] == doctest::Approx(mean).epsilon(1e-12));
  CHECK(in_two.variance()[0] ==
        doctest::Approx((exact.row(0).array() - mean).square().mean()).epsilon(1e-9));
}

TEST_CASE("applied values have mean 0 and variance 1, constants become 0, outliers are clipped") {
  RandomState random(2);
  Eigen::MatrixXf values = Samples(5000, 3.0F, 0.2F, random);
  Normaliser normaliser(2);
  normaliser.Update(values);
  normaliser.Apply(values);
  CHECK(values.row(0).mean() == doctest::Approx(0.0).epsilon(1e-4).scale(1.0));
  CHECK(values.row(0).squaredNorm() / 5000 == doctest::Approx(1.0).epsilon(1e-3));
  CHECK(values.row(1).isZero());
  Eigen::MatrixXf far = Eigen::MatrixXf::Constant(2, 1, 1e6F);
  normaliser.Apply(far);
  CHECK(far(0, 0) == Normaliser::kClip);
}

TEST_CASE("before any data values pass through") {
  Eigen::MatrixXf values = Eigen::MatrixXf::Constant(2, 3, 42.0F);
  Normaliser(2).Apply(values);
  CHECK(values == Eigen::MatrixXf::Constant(2, 3, 42.0F));
}

TEST_CASE("a normaliser survives being written and read, another size is refused") {
  RandomState random(3);
  Normaliser normaliser(2);
  normaliser.Update(Samples(50, 1.0F, 1.0F, random));
  ArchiveWriter writer("test", 1);
  normaliser.Encode(writer, "obs");
  const std::string bytes = writer.Finish();
  auto reader = ArchiveReader::Open(bytes, "test", 1, "the file");
  const Normaliser copy = Normaliser::Decode(*reader, "obs", 2);
  REQUIRE(reader->Finish().ok());
  CHECK(copy.count() == 50);
  CHECK(copy.mean() == normaliser.mean());
  CHECK(copy.variance() == normaliser.variance());

  auto again = ArchiveReader::Open(bytes, "test", 1, "the file");
  (void)Normaliser::Decode(*again, "obs", 3);
  REQUIRE_FALSE(again->status().ok());
  CHECK(again->status().error().message.find("2 values, expected 3") != std::string::npos);
}

}  // namespace
}  // namespace lookout::agents
