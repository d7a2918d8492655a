// A student on a toy world: a hazard is dangerous where it is closer than 0.6.
#include <doctest/doctest.h>

#include <cmath>
#include <numbers>
#include <set>
#include <utility>
#include <vector>

#include "agents/feedback/fitting/other_sights.h"
#include "agents/feedback/student/pseudo_labels.h"
#include "agents/feedback/student/student_fit.h"
#include "sim/base/random_state.h"

namespace lookout::agents {
namespace {

constexpr int kSteps = 120;

sim::ObservationSignature Signature() {
  return sim::ObservationSignature({{"velocimeter", 3}, {"hazards_lidar", 4}, {"gyro", 3}});
}

struct Recorded {
  Eigen::MatrixXf observations;
  Eigen::MatrixXf actions;
  bool unsafe(Eigen::Index step) const {
    return observations.col(step).segment(3, 4).maxCoeff() > 0.6F;
  }
};

std::vector<Recorded> Play(int episodes) {
  RandomState random(5);
  std::vector<Recorded> recorded;
  for (int i = 0; i < episodes; ++i) {
    Recorded& episode = recorded.emplace_back();
    episode.observations = Eigen::MatrixXf::Zero(10, kSteps);
    episode.actions = Eigen::MatrixXf::Zero(2, kSteps);
    for (Eigen::Index step = 0; step < kSteps; ++step) {
      episode.observations(3 + random.Choice(4), step) = static_cast<float>(random.RandomSample());
      for (const Eigen::Index at : {0, 1, 2, 7, 8, 9}) {
        episode.observations(at, step) = static_cast<float>(random.Normal());
      }
    }
  }
  return recorded;
}

std::vector<RecordedSteps> StepsOf(const std::vector<Recorded>& recorded) {
  std::vector<RecordedSteps> steps;
  for (std::size_t i = 0; i < recorded.size(); ++i) {
    steps.push_back({EpisodeId{static_cast<std::int64_t>(i) + 1}, recorded[i].observations,
                     recorded[i].actions});
  }
  return steps;
}

// The first 40 steps of each episode.
LabelSet Labelled(const std::vector<Recorded>& recorded) {
  LabelSet labels;
  labels.observations.resize(10, 40 * std::ssize(recorded));
  for (std::size_t i = 0; i < recorded.size(); ++i) {
    for (StepIndex step = 1; step <= 40; ++step) {
      labels.observations.col(labels.rows()) = recorded[i].observations.col(step);
      TargetPoint point{.episode = EpisodeId{static_cast<std::int64_t>(i) + 1}, .step = step};
      point.target = recorded[i].unsafe(step) ? 1.0F : 0.0F;
      labels.points.push_back(point);
    }
  }
  return labels;
}

CostModelSettings Settings() {
  CostModelSettings settings;
  settings.members = 3;
  settings.signature = Signature();
  return settings;
}

TEST_CASE(
    "a teacher judges what was not marked, a quarter of it unsafe, and not what it is tested on") {
  const std::vector<Recorded> recorded = Play(8);
  const LabelSet labels = Labelled(recorded);
  const auto teacher = FitCostModel(labels, Settings(), CostModelId{1});
  REQUIRE(teacher.ok());
  const StudentSettings student{.unlabelled = 1.0};
  const LabelSet taught = PseudoLabels(**teacher, StepsOf(recorded), labels, student, 1);
  REQUIRE(taught.rows() > 100);
  int unsafe = 0;
  int wrong = 0;
  std::set<EpisodeId> episodes;
  for (int row = 0; row < taught.rows(); ++row) {
    const TargetPoint& point = taught.points[static_cast<std::size_t>(row)];
    const Recorded& episode = recorded[static_cast<std::size_t>(point.episode.value - 1)];
    CHECK(point.step > 40);
    CHECK(taught.observations.col(row) == episode.observations.col(point.step));
    unsafe += point.unsafe() ? 1 : 0;
    wrong += point.unsafe() != episode.unsafe(point.step) ? 1 : 0;
    if (!point.unsafe()) CHECK(point.target < kSurelySafeBelow);
    episodes.insert(point.episode);
  }
  CHECK(wrong < taught.rows() / 20);
  CHECK(unsafe == static_cast<int>(labels.rows()) / 4);
  CHECK(episodes.size() < 8);  // some are held out
  // Neither balanced nor soft nor asymmetric: as it comes, and 0 or 1.
  const LabelSet plain =
      PseudoLabels(**teacher, StepsOf(recorded), labels,
                   {.unlabelled = 0.5, .soft = false, .balanced = false, .asymmetric = false}, 1);
  CHECK(plain.rows() == labels.rows() / 2);
  for (const TargetPoint& point : plain.points) {
    CHECK((point.target == 0.0F || point.target == 1.0F));
  }
}

TEST_CASE(
    "a student is fitted on labels and judgements, the same every time, and without "
    "rounds is plain") {
  const std::vector<Recorded> recorded = Play(8);
  const LabelSet labels = Labelled(recorded);
  const std::vector<RecordedSteps> steps = StepsOf(recorded);
  const auto plain = FitCostModel(labels, Settings(), CostModelId{1});
  REQUIRE(plain.ok());
  const auto none = FitStudent(labels, steps, Settings(), {.rounds = 0}, CostModelId{1});
  REQUIRE(none.ok());
  CHECK((*none)->Encode() == (*plain)->Encode());
  const StudentSettings settings{.rounds = 2};
  const auto one = FitStudent(labels, steps, Settings(), settings, CostModelId{1});
  const auto two = FitStudent(labels, steps, Settings(), settings, CostModelId{1});
  REQUIRE_MESSAGE(one.ok(), one.error().message);
  CHECK((*one)->Encode() == (*two)->Encode());
  CHECK((*one)->Encode() != (*plain)->Encode());
  // What is reported is of the labels alone.
  CHECK((*one)->report().held_out_rows == (*plain)->report().held_out_rows);
  CHECK((*one)->report().unsafe_rows == (*plain)->report().unsafe_rows);
  CHECK((*one)->report().auc > 0.95);
}

TEST_CASE(
    "the fit with noise is the student of the labels alone, and knows a danger from anywhere") {
  const std::vector<Recorded> recorded = Play(6);
  const LabelSet labels = Labelled(recorded);
  CostModelSettings settings = Settings();
  settings.noise = true;
  const auto model = FitCostModel(labels, settings, CostModelId{1});
  REQUIRE(model.ok());
  const auto student = FitStudent(labels, StepsOf(recorded), Settings(),
                                  {.rounds = 1, .unlabelled = 0.0}, CostModelId{1});
  REQUIRE(student.ok());
  CHECK((*model)->Encode() == (*student)->Encode());
  CostModelSettings without = Settings();
  without.noise = false;
  const auto plain = FitCostModel(labels, without, CostModelId{1});
  REQUIRE(plain.ok());
  CHECK((*model)->Encode() != (*plain)->Encode());
  // It goes on from a model before, too.
  settings.previous = *model;
  const auto warm = FitCostModel(labels, settings, CostModelId{2});
  REQUIRE(warm.ok());
  CHECK((*warm)->report().went_on);
  CHECK((*warm)->report().auc > 0.95);
}

TEST_CASE("a student goes by how close a hazard is, wherever it is") {
  const std::vector<Recorded> recorded = Play(6);
  const auto model =
      FitStudent(Labelled(recorded), StepsOf(recorded), Settings(), {.rounds = 1}, CostModelId{1});
  REQUIRE(model.ok());
  for (Eigen::Index bin = 0; bin < 4; ++bin) {
    Eigen::VectorXf observation = Eigen::VectorXf::Zero(10);
    observation[3 + bin] = 0.9F;
    CHECK((*model)->PredictOne(observation).probability > 0.5F);
    observation[3 + bin] = 0.3F;
    CHECK((*model)->PredictOne(observation).probability < 0.5F);
  }
}

TEST_CASE("what changes a step by chance shows it in a mirror, turned, or without what is far") {
  const StepNoise noise = OtherSights(Signature());
  Eigen::VectorXf seen(10);
  seen << 1, 2, 3, 0.9F, 0.2F, 0.0F, 0.0F, 4, 5, 6;
  StepColumns steps{.observations = seen.replicate(1, 400), .past = {}};
  RandomState random(1);
  noise(steps, random);
  std::set<Eigen::Index> places;
  int mirrored = 0;
  int without = 0;
  for (Eigen::Index i = 0; i < 400; ++i) {
    const Eigen::VectorXf lidar = steps.observations.col(i).segment(3, 4);
    Eigen::Index nearest = 0;
    CHECK(lidar.maxCoeff(&nearest) == 0.9F);
    places.insert(nearest);
    const bool far_is_gone = lidar.sum() < 1.0F;
    without += far_is_gone ? 1 : 0;
    const bool is_mirrored = steps.observations(9, i) < 0.0F;
    mirrored += is_mirrored ? 1 : 0;
    if (!far_is_gone) CHECK(lidar[(nearest + (is_mirrored ? 3 : 1)) % 4] == 0.2F);
    CHECK(steps.observations.col(i).head(2).norm() == doctest::Approx(std::sqrt(5.0)));
    CHECK(steps.observations(2, i) == 3.0F);
    // Bin 0, or in the mirror bin 3, was turned to where the nearest thing is; so was the velocity.
    const auto turns = static_cast<double>((nearest + (is_mirrored ? 1 : 0)) % 4);
    const double forward = std::cos(turns * std::numbers::pi / 2.0) * 1.0 -
                           std::sin(turns * std::numbers::pi / 2.0) * (is_mirrored ? -2.0 : 2.0);
    CHECK(double(steps.observations(0, i)) == doctest::Approx(forward));
  }
  CHECK(places.size() == 4);
  CHECK(mirrored > 150);
  CHECK(mirrored < 250);
  CHECK(without > 60);
  CHECK(without < 140);
}

TEST_CASE("where actions are looked at heading stays, and the past changes with the present") {
  const StepNoise noise = OtherSights(Signature());
  Eigen::VectorXf seen(10);
  seen << 1, 2, 3, 0.9F, 0.2F, 0.0F, 0.0F, 4, 5, 6;
  StepColumns steps{.observations = seen.replicate(1, 50),
                    .past = {seen.replicate(2, 50), Eigen::MatrixXf::Ones(2, 50)}};
  RandomState random(1);
  noise(steps, random);
  for (Eigen::Index i = 0; i < 50; ++i) {
    CHECK(steps.observations(3, i) == 0.9F);
    CHECK(steps.past.observations.col(i).head(10) == steps.observations.col(i));
    CHECK(steps.past.observations.col(i).tail(10) == steps.observations.col(i));
  }
}

TEST_CASE("settings of a student out of range are refused by name") {
  const std::vector<Recorded> recorded = Play(6);
  const auto refused =
      FitStudent(Labelled(recorded), StepsOf(recorded), Settings(), {.rounds = 11}, CostModelId{1});
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().message.find("student") != std::string::npos);
}

}  // namespace
}  // namespace lookout::agents
