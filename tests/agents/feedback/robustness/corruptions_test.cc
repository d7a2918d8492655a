#include "agents/feedback/robustness/corruptions.h"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <set>

namespace lookout::agents {
namespace {

// A lidar of four bins between a velocimeter of two values and something else.
const sim::ObservationSignature& Small() {
  static const sim::ObservationSignature signature(
      {{"velocimeter", 2}, {"hazards_lidar", 4}, {"goal_dist", 1}});
  return signature;
}

Eigen::MatrixXf Seen() {
  Eigen::MatrixXf seen(7, 3);
  seen << 1, 2, 3,        //
      -1, -1, -1,         //
      0.2F, 0.4F, 0.9F,   //
      1.0F, 0.0F, 0.5F,   //
      0.0F, 0.3F, 0.0F,   //
      0.5F, 0.55F, 0.0F,  //
      2, 2, 2;
  return seen;
}

Eigen::MatrixXf Do(Corruption corruption, double amount, std::uint32_t seed = 1) {
  return Corrupt(Seen(), Small(), corruption, amount, Deviations(Seen()), seed);
}

TEST_CASE("gain and levels change the bins of lidars alone, as by hand") {
  Eigen::MatrixXf expected = Seen();
  expected.middleRows(2, 4) *= 0.75F;
  CHECK(Do(Corruption::kGain, 0.75).isApprox(expected));
  const Eigen::MatrixXf levels = Do(Corruption::kLevels, 4.0);  // 0, 1/3, 2/3, 1
  CHECK(levels(2, 0) == doctest::Approx(1.0 / 3.0));
  CHECK(levels(2, 2) == doctest::Approx(1.0));
  CHECK(levels(3, 0) == doctest::Approx(1.0));
  CHECK(levels(5, 1) == doctest::Approx(2.0 / 3.0));
  CHECK(levels.topRows(2) == Seen().topRows(2));
}

TEST_CASE("a turned lidar reads between its bins, and all around") {
  const Eigen::MatrixXf by_one = Do(Corruption::kBearing, 1.0);
  CHECK(by_one(2, 0) == 0.5F);  // what bin 3 read
  CHECK(by_one(3, 0) == 0.2F);
  CHECK(by_one(4, 0) == 1.0F);
  const Eigen::MatrixXf by_quarter = Do(Corruption::kBearing, 0.25);
  CHECK(by_quarter(3, 0) == doctest::Approx(0.75 * 1.0 + 0.25 * 0.2));
  CHECK(by_quarter(2, 0) == doctest::Approx(0.75 * 0.2 + 0.25 * 0.5));
  CHECK(by_one.row(6) == Seen().row(6));
}

TEST_CASE("what is late is what was observed before, from the first observation on") {
  const Eigen::MatrixXf late = Do(Corruption::kDelay, 2.0);
  CHECK(late.col(0) == Seen().col(0));
  CHECK(late.col(1) == Seen().col(0));
  CHECK(late.col(2) == Seen().col(0));
  CHECK(Do(Corruption::kDelay, 1.0).col(2) == Seen().col(1));
}

TEST_CASE("a bias is the same in every step, of so many deviations, on velocities alone") {
  const Eigen::MatrixXf off = Do(Corruption::kBias, 3.0) - Seen();
  const double deviation = std::sqrt(2.0 / 3.0);  // of 1, 2, 3
  CHECK(std::abs(off(0, 0)) == doctest::Approx(3.0 * deviation));
  CHECK(off(0, 0) == doctest::Approx(off(0, 2)));
  CHECK(off.row(1).norm() == doctest::Approx(0.0));  // it never varies
  CHECK(off.bottomRows(5).norm() == 0.0F);
}

TEST_CASE("bins drop out in about the share that is asked for, noise stays between 0 and 1") {
  const Eigen::MatrixXf long_seen = Eigen::MatrixXf::Constant(7, 2000, 0.8F);
  const Eigen::VectorXf deviations = Deviations(long_seen);
  const auto does = [&](Corruption corruption, double amount, std::uint32_t seed) {
    return Corrupt(long_seen, Small(), corruption, amount, deviations, seed);
  };
  const Eigen::MatrixXf gone = does(Corruption::kDropOut, 0.35, 1);
  const auto zeros = (gone.middleRows(2, 4).array() == 0.0F).count();
  CHECK(static_cast<double>(zeros) / 8000.0 == doctest::Approx(0.35).epsilon(0.05));
  CHECK(gone == does(Corruption::kDropOut, 0.35, 1));
  CHECK(gone != does(Corruption::kDropOut, 0.35, 2));
  const Eigen::MatrixXf noisy = does(Corruption::kNoise, 0.15, 1);
  CHECK(noisy.middleRows(2, 4).maxCoeff() == 1.0F);
  CHECK(noisy.middleRows(2, 4).minCoeff() >= 0.0F);
  CHECK(Deviations(noisy)[3] == doctest::Approx(0.14).epsilon(0.1));  // some is cut off
  CHECK(noisy.topRows(2) == long_seen.topRows(2));
}

TEST_CASE("a stuck lidar holds what it read for so many steps") {
  Eigen::MatrixXf rising(7, 200);
  for (Eigen::Index step = 0; step < 200; ++step) {
    rising.col(step).setConstant(static_cast<float>(step) / 200.0F);
  }
  const Eigen::MatrixXf stuck =
      Corrupt(rising, Small(), Corruption::kStuck, 8.0, Deviations(rising), 1);
  std::set<Eigen::Index> lengths;
  Eigen::Index held = 0;
  for (Eigen::Index step = 1; step < 200; ++step) {
    if (stuck(2, step) == stuck(2, step - 1)) {
      ++held;
    } else if (held > 0) {
      lengths.insert(held);
      held = 0;
    }
  }
  CHECK(lengths == std::set<Eigen::Index>{8});
  CHECK(stuck.row(6) == rising.row(6));
}

TEST_CASE("there are eight kinds with five severities that grow, and seeds of their own") {
  std::set<std::uint32_t> seeds;
  for (const CorruptionKind& kind : CorruptionKinds()) {
    const bool rises = kind.amounts.front() < kind.amounts.back();
    for (std::size_t i = 1; i < kSeverities; ++i) {
      CHECK((kind.amounts[i] > kind.amounts[i - 1]) == rises);
    }
    for (std::size_t i = 0; i < kSeverities; ++i) {
      seeds.insert(CorruptionSeed(kind.corruption, i, EpisodeId{3}, 0));
      seeds.insert(CorruptionSeed(kind.corruption, i, EpisodeId{4}, 0));
    }
  }
  CHECK(CorruptionKinds().size() == 8);
  CHECK(seeds.size() == 8 * kSeverities * 2);
}

TEST_CASE("drifts begin with what is there") {
  const Eigen::MatrixXf turned = Drifting(Seen(), Small(), Drift::kBearing, 1);
  CHECK(turned.col(0) == Seen().col(0));
  CHECK(turned(2, 1) == doctest::Approx(0.98 * 0.4 + 0.02 * 0.55));
  const Eigen::MatrixXf noisy = Drifting(Seen(), Small(), Drift::kNoise, 1);
  CHECK(noisy.col(0) == Seen().col(0));
  CHECK(noisy.col(2) != Seen().col(2));
}

}  // namespace
}  // namespace lookout::agents
