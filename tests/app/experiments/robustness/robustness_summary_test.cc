#include "app/experiments/robustness/robustness_summary.h"

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

#include "app/experiments/robustness/robustness_files.h"

namespace lookout::app {
namespace {

RobustnessSettings Settings() {
  RobustnessSettings settings;
  settings.answers = 200;
  settings.first_answers = 25;
  return settings;
}

// Errors are `part` of the plain arm's, which fall with the answers and differ between seeds.
RobustnessFigures Made(RobustnessArm arm, int answers, double part, double seed_factor) {
  RobustnessFigures figures;
  figures.arm = arm;
  figures.answers = answers;
  figures.clean = part * seed_factor * 0.4 / std::sqrt(answers);
  for (std::size_t i = 0; i < kDisturbances; ++i) {
    for (std::size_t s = 0; s < agents::kSeverities; ++s) {
      figures.errors[i][s] =
          part * seed_factor * (0.1 + 0.01 * static_cast<double>(i) + 0.02 * double(s));
    }
  }
  figures.flips = {part * 0.04, part * 0.08};
  figures.hard_error = 0.5;
  figures.misses = 0.1;
  figures.corrupted_misses = 0.3;
  figures.cost_ratio = 1.1;
  return figures;
}

std::vector<RobustnessSeed> Seeds() {
  std::vector<RobustnessSeed> seeds(3);
  for (std::size_t i = 0; i < seeds.size(); ++i) {
    seeds[i].play.assign(kPlays, {.total_reward = 20.0, .true_cost = 10.0 + double(i)});
    seeds[i].seed = static_cast<std::uint32_t>(i);
    const double factor = 1.0 + 0.2 * static_cast<double>(i);
    for (const int size : Settings().sizes()) {
      for (const RobustnessArm arm : kRobustnessArms) {
        if (size != 200 && !IsMeasuredAlways(arm)) continue;
        const double part = arm == RobustnessArm::kStudent ? 0.5 : 1.0;
        seeds[i].figures.push_back(Made(arm, size, part, factor));
      }
    }
  }
  return seeds;
}

const ArmSummary& Arm(const RobustnessSummary& summary, RobustnessArm arm) {
  return summary.arms[static_cast<std::size_t>(arm)];
}

TEST_CASE("corruption errors are relative to the plain arm, whose own are 1") {
  const RobustnessSummary summary = Summarise(Settings(), Seeds());
  const ArmSummary& plain = Arm(summary, RobustnessArm::kPlain);
  CHECK(plain.mean_corruption_error.value == doctest::Approx(1.0));
  CHECK(plain.mean_corruption_error.low == doctest::Approx(1.0));
  CHECK(plain.flip_rate.value == doctest::Approx(1.0));
  const ArmSummary& student = Arm(summary, RobustnessArm::kStudent);
  CHECK(student.mean_corruption_error.value == doctest::Approx(0.5));
  CHECK(student.without_bearing.value == doctest::Approx(0.5));
  CHECK(student.relative_error.value == doctest::Approx(0.5));
  CHECK(student.flip_rate.value == doctest::Approx(0.5));
  CHECK(student.corruption_error[3].value == doctest::Approx(0.5));
  // 0.1 + 0.045 + 0.04 in the mean over what counts and severities, 1.2 over the seeds.
  CHECK(plain.corrupted.value == doctest::Approx(1.2 * 0.185));
  CHECK(plain.corrupted.low < plain.corrupted.value);
  CHECK(plain.by_severity[1].value == doctest::Approx(1.2 * 0.145));
  CHECK(plain.by_severity[0].value == plain.clean.value);
}

TEST_CASE("what does not count leaves the mCE as it is, and what is not known is left out") {
  std::vector<RobustnessSeed> seeds = Seeds();
  for (RobustnessSeed& seed : seeds) {
    for (RobustnessFigures& of : seed.figures) {
      if (of.arm == RobustnessArm::kStudent) {
        of.errors[kCorruptions] = {0.0, 0.0, 0.0, 0.0, 0.0};
        of.errors[kCounted] = {1.0, 1.0, 1.0, 1.0, 1.0};
      }
      of.errors[kCorruptions + 1].fill(RobustnessFigures::kUnknown);
    }
  }
  const RobustnessSummary summary = Summarise(Settings(), seeds);
  const ArmSummary& student = Arm(summary, RobustnessArm::kStudent);
  CHECK(student.sensors_error.value == doctest::Approx(0.5));
  CHECK(student.mean_corruption_error.value == doctest::Approx(0.5 * 8.0 / 9.0));
  CHECK(student.corruption_error[kCounted].value > 1.0);
  CHECK(summary.play[PlayIndex(4, 2)].true_cost.value == doctest::Approx(11.0));
}

TEST_CASE("how errors fall with the answers is found again, and drawn") {
  const RobustnessSummary summary = Summarise(Settings(), Seeds());
  REQUIRE(summary.curves.size() == 6);
  const ScalingCurve& clean = summary.curves[0];
  CHECK(std::string(clean.measure) == "clean");
  CHECK(clean.exponent.value == doctest::Approx(0.5).epsilon(0.05));
  CHECK(clean.floor.value < 0.002);
  CHECK(clean.to_halve.value == doctest::Approx(4.0).epsilon(0.1));
  CHECK(RobustnessSvg(Settings(), summary).starts_with("<svg"));
  const std::string csv = RobustnessCsv(Seeds());
  CHECK(csv.starts_with("seed,arm,answers,clean,"));
  CHECK(csv.find(",density_5\n") != std::string::npos);
  CHECK(csv.find("\n2,student,200,") != std::string::npos);
}

}  // namespace
}  // namespace lookout::app
