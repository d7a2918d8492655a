// Vision with a renderer that only counts and paints numbers; real pictures are tested where
// OpenGL is.
#include <doctest/doctest.h>

#include <numeric>

#include "tests/sim/gym_support.h"

using namespace lookout::sim;
using lookout::Result;

namespace {

// Paints byte i with i + the number of the picture, modulo 256.
class CountingRenderer final : public CameraRenderer {
 public:
  explicit CountingRenderer(int& pictures) : pictures_(pictures) {}
  void Draw(const mjModel_&, const mjData_&, int, std::span<std::uint8_t> pixels) override {
    ++pictures_;
    std::iota(pixels.begin(), pixels.end(), static_cast<std::uint8_t>(pictures_));
  }

 private:
  int& pictures_;
};

CameraFactory Counting(int& pictures) {
  return [&pictures](int width_px, int height_px) -> Result<std::unique_ptr<CameraRenderer>> {
    CHECK(width_px == 6);
    CHECK(height_px == 4);
    return std::unique_ptr<CameraRenderer>(std::make_unique<CountingRenderer>(pictures));
  };
}

EnvironmentConfig SeeingConfig() {
  EnvironmentConfig config = test::ConfigOf("Safexp-PointGoal1-v0");
  config.observe_vision = true;
  config.vision_size = {6, 4};
  return config;
}

}  // namespace

TEST_CASE("Vision is the last part of the observation and is drawn once a step") {
  int pictures = 0;
  auto gym = SafetyGym::Create(SeeingConfig(), Counting(pictures));
  REQUIRE(gym.ok());
  const ObservationEntry* entry = (*gym)->spec().FindEntry("vision");
  REQUIRE(entry != nullptr);
  CHECK(entry->size == 3 * 6 * 4);
  CHECK(entry->offset + entry->size == (*gym)->spec().observation_dim);
  REQUIRE((*gym)->Reset(0).ok());
  CHECK(pictures == 1);
  (*gym)->Step(Eigen::VectorXd::Zero(2));
  CHECK(pictures == 2);
  // Byte by byte in the order of the renderer, over 255 in single precision.
  for (int i = 0; i < entry->size; ++i) {
    CHECK((*gym)->observation()[entry->offset + i] ==
          static_cast<double>(static_cast<float>(2 + i) / 255.0F));
  }
}

TEST_CASE("Vision leaves the rest of the observation, the rewards and the draws as they are") {
  int pictures = 0;
  auto seeing = SafetyGym::Create(SeeingConfig(), Counting(pictures));
  const auto blind = test::MakeGym("Safexp-PointGoal1-v0");
  REQUIRE(seeing.ok());
  REQUIRE((*seeing)->Reset(5).ok());
  test::Start(*blind, 5);
  for (int i = 0; i < 30; ++i) {
    const Eigen::VectorXd action = test::Action({0.7, 0.1});
    CHECK((*seeing)->Step(action).reward == blind->Step(action).reward);
    for (const ObservationEntry& entry : blind->spec().observation_entries) {
      const ObservationEntry* same = (*seeing)->spec().FindEntry(entry.key);
      REQUIRE(same != nullptr);
      CHECK((*seeing)->observation().segment(same->offset, same->size) ==
            blind->observation().segment(entry.offset, entry.size));
    }
  }
}

TEST_CASE("Vision without anything that draws is refused by its option") {
  const auto gym = SafetyGym::Create(SeeingConfig());
  REQUIRE_FALSE(gym.ok());
  CHECK(gym.error().code == lookout::ErrorCode::kBadInput);
  CHECK(gym.error().message.find("observe_vision") != std::string::npos);
}

TEST_CASE("A renderer that cannot be made ends the making of the environment, with its reason") {
  const auto gym = SafetyGym::Create(SeeingConfig(), [](int, int) {
    return Result<std::unique_ptr<CameraRenderer>>(
        lookout::Error{"no OpenGL", lookout::ErrorCode::kNoDisplay});
  });
  REQUIRE_FALSE(gym.ok());
  CHECK(gym.error().code == lookout::ErrorCode::kNoDisplay);
  CHECK(gym.error().message.find("no OpenGL") != std::string::npos);
}
