#include "agents/feedback/models/cost_model.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <random>
#include <thread>

#include "agents/feedback/models/cost_ensemble.h"
#include "agents/learning/archive.h"
#include "sim/base/fingerprint.h"

namespace lookout::agents {
namespace {

constexpr int kInputs = 3;

CostEnsemble SmallEnsemble(std::uint32_t seed = 1, std::vector<int> sizes = {kInputs, 8, 8, 1}) {
  RandomState random(seed);
  CostEnsemble ensemble{
      .id = {7}, .inputs = *CostInputs::Create(kInputs, {}), .calibration = {2.0, -0.5}};
  Eigen::MatrixXf seen(kInputs, 3);
  seen << 0, 2, 4, 1, 1, 4, -5, 0, 5;
  ensemble.normaliser = Normaliser(kInputs);
  ensemble.normaliser.Update(seen);
  for (int i = 0; i < 5; ++i) {
    ensemble.members.emplace_back(sizes);
    ensemble.members.back().InitialiseGlorot(random);
  }
  ensemble.report.auc = std::numeric_limits<double>::quiet_NaN();
  ensemble.report.brier = 0.125;
  ensemble.report.train_rows = 1000;
  ensemble.report.held_out_by_episode = true;
  ensemble.report.epochs = 12;
  ensemble.report.reliability = {{0.05F, 0.125F, 8}, {0.5F, 0.75F, 4}};
  return ensemble;
}

Eigen::MatrixXf AnyObservations(Eigen::Index n) {
  RandomState random(9);
  Eigen::MatrixXf observations(kInputs, n);
  for (float& value : observations.reshaped()) value = static_cast<float>(3.0 * random.Normal());
  return observations;
}

struct Predictions {
  Eigen::VectorXf probability;
  Eigen::VectorXf spread;
  bool operator==(const Predictions&) const = default;
};

Predictions PredictAll(const CostModel& model, const Eigen::MatrixXf& observations) {
  Predictions predictions{Eigen::VectorXf(observations.cols()),
                          Eigen::VectorXf(observations.cols())};
  model.Predict(observations, predictions.probability, predictions.spread);
  return predictions;
}

TEST_CASE("a prediction is the calibrated mean logit, its spread that of the members") {
  const CostEnsemble ensemble = SmallEnsemble();
  const Eigen::VectorXf observation = AnyObservations(1).col(0);
  Eigen::MatrixXf input = observation;
  ensemble.normaliser.Apply(input);
  std::vector<double> probabilities;
  double mean_logit = 0.0;
  for (const Mlp& member : ensemble.members) {
    MlpWorkspace workspace(member, 1);
    const double logit = double(member.Forward(input, workspace)(0, 0));
    mean_logit += logit / 5.0;
    probabilities.push_back(1.0 / (1.0 + std::exp(-(logit / 2.0 - 0.5))));
  }
  double mean = 0.0;
  double variance = 0.0;
  for (const double p : probabilities) mean += p / 5.0;
  for (const double p : probabilities) variance += (p - mean) * (p - mean) / 5.0;

  const CostPrediction prediction = MakeCostModel(ensemble)->PredictOne(observation);
  CHECK(double(prediction.probability) ==
        doctest::Approx(1.0 / (1.0 + std::exp(-(mean_logit / 2.0 - 0.5)))).epsilon(1e-5));
  CHECK(double(prediction.spread) == doctest::Approx(std::sqrt(variance)).epsilon(1e-4));
}

TEST_CASE("many observations at once are predicted as one by one") {
  const CostModelPtr model = MakeCostModel(SmallEnsemble());
  const Eigen::MatrixXf observations = AnyObservations(2 * kColumnBlock + 77);
  const Predictions all = PredictAll(*model, observations);
  CostModelWorkspace workspace;
  for (const Eigen::Index i : {0, kColumnBlock - 1, kColumnBlock, 2 * kColumnBlock + 76}) {
    const CostPrediction one = model->PredictOne(observations.col(i), workspace);
    CHECK(one.probability == doctest::Approx(all.probability[i]).epsilon(1e-5));
    CHECK(one.spread == doctest::Approx(all.spread[i]).epsilon(1e-3));
  }
  CHECK(PredictAll(*model, observations.leftCols(0)).probability.size() == 0);
}

TEST_CASE("one workspace serves models of different shapes in turn") {
  const CostModelPtr small = MakeCostModel(SmallEnsemble());
  const CostModelPtr wide = MakeCostModel(SmallEnsemble(2, {kInputs, 32, 1}));
  const Eigen::VectorXf observation = AnyObservations(1).col(0);
  CostModelWorkspace workspace;
  for (int i = 0; i < 3; ++i) {
    for (const CostModelPtr& model : {small, wide}) {
      CHECK(model->PredictOne(observation, workspace).probability ==
            model->PredictOne(observation).probability);
    }
  }
}

TEST_CASE("threads may predict with one model at the same time") {
  const CostModelPtr model = MakeCostModel(SmallEnsemble());
  const Eigen::MatrixXf observations = AnyObservations(600);
  const Predictions expected = PredictAll(*model, observations);
  std::vector<Predictions> found(4);
  {
    std::vector<std::jthread> threads;
    for (Predictions& one : found) {
      threads.emplace_back([&] { one = PredictAll(*model, observations); });
    }
  }
  for (const Predictions& one : found) CHECK((one == expected));
}

TEST_CASE("an observation that is not finite has no prediction") {
  const CostModelPtr model = MakeCostModel(SmallEnsemble());
  Eigen::MatrixXf observations = AnyObservations(3);
  observations(1, 1) = std::numeric_limits<float>::quiet_NaN();
  const Predictions predictions = PredictAll(*model, observations);
  CHECK(std::isfinite(predictions.probability[0]));
  CHECK(std::isnan(predictions.probability[1]));
  CHECK(std::isnan(predictions.spread[1]));
  CHECK(std::isfinite(predictions.probability[2]));
}

TEST_CASE("a model survives encoding: predictions, identity and report") {
  const CostModelPtr model = MakeCostModel(SmallEnsemble());
  const auto decoded = DecodeCostModel(model->Encode());
  REQUIRE(decoded.ok());
  const CostModel& copy = **decoded;
  const Eigen::MatrixXf observations = AnyObservations(50);
  CHECK((PredictAll(copy, observations) == PredictAll(*model, observations)));
  CHECK(copy.id() == CostModelId{7});
  CHECK(copy.observation_dim() == kInputs);
  CHECK(std::isnan(copy.report().auc));
  CHECK(copy.report().brier == 0.125);
  CHECK(copy.report().temperature == 2.0);
  CHECK(copy.report().bias == -0.5);
  CHECK(copy.report().train_rows == 1000);
  CHECK(copy.report().held_out_by_episode);
  CHECK(copy.report().epochs == 12);
  REQUIRE(copy.report().reliability.size() == 2);
  CHECK(copy.report().reliability[1].fraction_unsafe == 0.75F);
  CHECK(copy.report().reliability[1].count == 4);
  CHECK(copy.Encode() == model->Encode());
}

// What each value is of in SmallEnsemble's world, and in another of the same length.
const sim::ObservationSignature kOwn({{"box_lidar", 2}, {"speed", 1}});
const sim::ObservationSignature kOther({{"goal_lidar", 2}, {"speed", 1}});

sim::EnvironmentSpec SpecOf(const sim::ObservationSignature& signature) {
  sim::EnvironmentSpec spec{.id = "PointButton1", .observation_dim = signature.observation_dim()};
  for (const auto& entry : signature.entries()) {
    spec.observation_entries.push_back({entry.key, 0, entry.size, entry.meaning});
  }
  return spec;
}

TEST_CASE("a model fits what it was fitted on, and says what differs from that") {
  CostEnsemble ensemble = SmallEnsemble();
  ensemble.signature = kOwn;
  const auto model = DecodeCostModel(MakeCostModel(std::move(ensemble))->Encode());
  REQUIRE(model.ok());
  CHECK((*model)->signature() == kOwn);
  CHECK((*model)->CheckFits(SpecOf(kOwn)).ok());
  const Status refused = (*model)->CheckFits(SpecOf(kOther));
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == ErrorCode::kBadInput);
  CHECK(refused.error().message ==
        "The cost model does not fit PointButton1: its observation has box_lidar (2), expected "
        "goal_lidar (2). Fit a cost model to this environment.");
}

// The bytes of a version 1 file: without the signature.
std::string OldFile(const CostEnsemble& ensemble) {
  std::string bytes = EncodeCostEnsemble(ensemble);
  const std::string field = std::string("\x09signaturet") + std::string(8, '\0');
  const std::size_t at = bytes.find(field);
  REQUIRE(at != std::string::npos);
  bytes.erase(at, field.size());
  bytes[24] = 1;  // the version
  const std::uint64_t size = bytes.size() - 48;
  const std::uint64_t checksum = Fnv1a(std::string_view(bytes).substr(48));
  std::memcpy(bytes.data() + 32, &size, sizeof(size));
  std::memcpy(bytes.data() + 40, &checksum, sizeof(checksum));
  return bytes;
}

TEST_CASE("a file of version 1 is read, and fits by length and by the places of its lidars") {
  const auto plain = DecodeCostModel(OldFile(SmallEnsemble()));
  REQUIRE(plain.ok());
  CHECK((*plain)->signature().empty());
  CHECK((*plain)->CheckFits(SpecOf(kOwn)).ok());
  CHECK((*plain)->CheckFits(SpecOf(kOther)).ok());
  CHECK_FALSE((*plain)->CheckFits(SpecOf(sim::ObservationSignature({{"gyro", 4}}))).ok());

  CostEnsemble seeing = SmallEnsemble(1, {4, 8, 8, 1});
  seeing.inputs = *CostInputs::Create(kInputs, {{0, 2}});
  seeing.normaliser = Normaliser(4);
  const auto with_lidar = DecodeCostModel(OldFile(seeing));
  REQUIRE(with_lidar.ok());
  CHECK((*with_lidar)->CheckFits(SpecOf(kOther)).ok());
  const sim::ObservationSignature moved({{"gyro", 1}, {"z_lidar", 2}});
  CHECK_FALSE((*with_lidar)->CheckFits(SpecOf(moved)).ok());
}

bool IsRejected(const std::string& bytes) {
  const auto model = DecodeCostModel(bytes);
  return !model.ok() && model.error().code == ErrorCode::kBadInput;
}

TEST_CASE("truncated, damaged and foreign bytes are refused") {
  const std::string bytes = MakeCostModel(SmallEnsemble())->Encode();
  for (std::size_t size = 0; size < bytes.size(); size += 7) {
    REQUIRE(IsRejected(bytes.substr(0, size)));
  }
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    if (at >= 28 && at < 32) continue;  // reserved
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
    REQUIRE(IsRejected(damaged));
  }
  CHECK(IsRejected(bytes + "x"));
  CHECK(IsRejected("SQLite format 3 and so on, and so on, and so on, and so on"));
  CHECK(IsRejected(ArchiveWriter("policy", 1).Finish()));
}

std::string RefusalOf(const CostEnsemble& ensemble) {
  const auto model = DecodeCostModel(EncodeCostEnsemble(ensemble));
  return model.ok() ? "accepted" : model.error().message;
}

bool Says(const std::string& message, std::string_view words) {
  INFO(message);
  return message.find(words) != std::string::npos;
}

TEST_CASE("well-formed bytes of a model that cannot be are refused with what was found") {
  CostEnsemble ensemble = SmallEnsemble();
  CHECK(RefusalOf(ensemble) == "accepted");
  ensemble.members[2].mutable_parameters()[3] = std::numeric_limits<float>::quiet_NaN();
  CHECK(Says(RefusalOf(ensemble), "member2.parameters"));
  ensemble = SmallEnsemble();
  ensemble.members[1] = Mlp({kInputs + 1, 8, 8, 1});
  CHECK(Says(RefusalOf(ensemble), "'member1' takes 4 values"));
  ensemble = SmallEnsemble();
  ensemble.members[1] = Mlp({kInputs, 9, 8, 1});
  CHECK(Says(RefusalOf(ensemble), "like the others"));
  ensemble = SmallEnsemble(1, {kInputs, 8, 2});
  CHECK(Says(RefusalOf(ensemble), "gives 2"));
  ensemble = SmallEnsemble();
  ensemble.members.clear();
  CHECK(Says(RefusalOf(ensemble), "members"));
  ensemble = SmallEnsemble();
  ensemble.calibration.temperature = 0.0;
  CHECK(Says(RefusalOf(ensemble), "temperature"));
  ensemble = SmallEnsemble();
  ensemble.calibration.bias = std::numeric_limits<double>::infinity();
  CHECK(Says(RefusalOf(ensemble), "bias"));
  ensemble = SmallEnsemble();
  ensemble.report.auc = 1.5;
  CHECK(Says(RefusalOf(ensemble), "'auc' is 1.5"));
  ensemble = SmallEnsemble();
  ensemble.report.reliability[0].count = -1;
  CHECK(Says(RefusalOf(ensemble), "reliability"));
}

}  // namespace
}  // namespace lookout::agents
