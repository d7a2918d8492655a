#include "sim/environment/observation_signature.h"

#include <doctest/doctest.h>

#include "sim/base/fingerprint.h"
#include "tests/sim/gym_support.h"

namespace lookout::sim {
namespace {

const ObservationSignature kPush({{"box_lidar", 16}, {"goal_lidar", 16}, {"gyro", 3}});
const ObservationSignature kButton({{"buttons_lidar", 16}, {"goal_lidar", 16}, {"gyro", 3}});

ObservationSignature SignatureOf(const std::string& id, void (*change)(EnvironmentConfig&)) {
  EnvironmentConfig config = *ConfigForId(id);
  change(config);
  auto gym = SafetyGym::Create(config);
  REQUIRE(gym.ok());
  return (*gym)->spec().signature();
}

ObservationSignature SignatureOf(const std::string& id) {
  return SignatureOf(id, [](EnvironmentConfig&) {});
}

TEST_CASE("signatures of one length differ by their entries, and say by which") {
  CHECK(kPush.observation_dim() == kButton.observation_dim());
  CHECK(kPush != kButton);
  CHECK(kPush.hash() != kButton.hash());
  CHECK(SignatureDifference(kPush, kButton) == "has box_lidar (16), expected buttons_lidar (16)");
  CHECK(SignatureDifference(kPush, kPush).empty());
  const ObservationSignature shorter({{"goal_lidar", 16}, {"gyro", 3}});
  CHECK(SignatureDifference(shorter, kPush) == "lacks box_lidar (16)");
  CHECK(SignatureDifference(kPush, shorter) == "has box_lidar (16) too many");
  const ObservationSignature coarse({{"goal_lidar", 10}, {"gyro", 3}});
  CHECK(SignatureDifference(coarse, shorter) == "has goal_lidar (10), expected goal_lidar (16)");
}

TEST_CASE("many entries that differ are counted, not listed") {
  std::vector<ObservationSignature::Entry> entries;
  for (const char* key : {"a", "b", "c", "d", "e", "f"}) entries.push_back({key, 1});
  CHECK(SignatureDifference({}, ObservationSignature(entries)) ==
        "lacks a (1), b (1), c (1), d (1) and 2 more");
}

TEST_CASE("the hash stays what it is, for files outlive the program") {
  CHECK(ObservationSignature().hash() == 0);
  CHECK(ObservationSignature({{"gyro", 3}}).hash() == Fnv1a("gyro\t3\t\n"));
}

TEST_CASE("a signature survives its text, foreign text is refused") {
  const ObservationSignature signature({{"goal_lidar", 16, "up to 3 m"}, {"gyro", 3}});
  const auto again = ObservationSignature::FromText(signature.Text());
  REQUIRE(again.ok());
  CHECK(*again == signature);
  CHECK(ObservationSignature::FromText("")->empty());
  for (const char* text : {"gyro", "gyro\t\t", "gyro\tthree\t", "gyro\t0\t", "\t3\t", "gyro\t-1\t",
                           "gyro\t3x\t", "a\t16777216\t\nb\t1\t", "\n"}) {
    CAPTURE(text);
    CHECK_FALSE(ObservationSignature::FromText(text).ok());
  }
}

TEST_CASE("environments that sense the same have one signature, others do not") {
  CHECK(SignatureOf("Safexp-PointGoal1-v0") == SignatureOf("Safexp-PointGoal2-v0"));
  const ObservationSignature push = SignatureOf("Safexp-PointPush1-v0");
  const ObservationSignature button = SignatureOf("Safexp-PointButton1-v0");
  CHECK(push.observation_dim() == 76);
  CHECK(button.observation_dim() == 76);
  const std::string difference = SignatureDifference(push, button);
  CHECK(difference.find("box_lidar (16)") != std::string::npos);
  CHECK(difference.find("expected buttons_lidar (16)") != std::string::npos);
  CHECK(difference.find("goal_lidar") == std::string::npos);
}

TEST_CASE("what the options make of a lidar is part of the signature") {
  const ObservationSignature usual = SignatureOf("Safexp-PointGoal1-v0");
  const auto far = SignatureOf("Safexp-PointGoal1-v0",
                               [](EnvironmentConfig& config) { config.lidar_max_dist = 5.0; });
  const std::string difference = SignatureDifference(far, usual);
  CHECK(difference.find("goal_lidar (16; up to 5 m)") != std::string::npos);
  CHECK(difference.find("goal_lidar (16; up to 3 m)") != std::string::npos);
  CHECK(far != SignatureOf("Safexp-PointGoal1-v0", [](EnvironmentConfig& config) {
          config.lidar_max_dist = 5.0;
          config.lidar_alias = false;
        }));
}

TEST_CASE("an observation without named entries is one entry") {
  const EnvironmentSpec spec{.id = "Toy", .observation_dim = 4};
  CHECK(spec.signature() == ObservationSignature({{"observation", 4}}));
}

}  // namespace
}  // namespace lookout::sim
