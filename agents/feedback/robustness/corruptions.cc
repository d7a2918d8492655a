#include "agents/feedback/robustness/corruptions.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

#include "agents/feedback/models/cost_inputs.h"
#include "sim/base/check.h"
#include "sim/base/fingerprint.h"
#include "sim/base/random_state.h"

namespace lookout::agents {
namespace {

constexpr double kStuckChance = 0.2;

constexpr std::array<CorruptionKind, 8> kKinds{{
    {Corruption::kDropOut, "drop-out", "lidar bins drop out", {0.05, 0.1, 0.2, 0.35, 0.5}},
    {Corruption::kNoise, "noise", "noise on lidar bins", {0.01, 0.02, 0.04, 0.08, 0.15}},
    {Corruption::kGain, "gain", "lidar gain", {0.97, 0.94, 0.9, 0.85, 0.75}},
    {Corruption::kLevels, "levels", "lidar quantised", {64.0, 32.0, 16.0, 8.0, 4.0}},
    {Corruption::kBearing, "bearing", "lidar bearing", {0.125, 0.25, 0.5, 1.0, 2.0}},
    {Corruption::kDelay, "delay", "observed late", {1.0, 2.0, 4.0, 8.0, 16.0}},
    {Corruption::kBias, "bias", "velocity and gyro biased", {0.25, 0.5, 1.0, 2.0, 3.0}},
    {Corruption::kStuck, "stuck", "lidar gets stuck", {2.0, 4.0, 8.0, 16.0, 32.0}},
}};

using Observations = Eigen::Ref<const Eigen::MatrixXf>;

// Calls change(value) for every bin of every lidar, step by step.
template <typename Change>
Eigen::MatrixXf EachBin(const Observations& observations, const std::vector<LidarInput>& lidars,
                        Change&& change) {
  Eigen::MatrixXf out = observations;
  for (Eigen::Index step = 0; step < out.cols(); ++step) {
    for (const LidarInput& lidar : lidars) {
      for (float& bin : out.col(step).segment(lidar.offset, lidar.bins)) bin = change(step, bin);
    }
  }
  return out;
}

// What a lidar turned counter-clockwise by so many bins reads.
void Turn(const LidarInput& lidar, double bins, const Observations& from, Eigen::Index step,
          Eigen::MatrixXf& to) {
  const auto whole = static_cast<Eigen::Index>(std::floor(bins));
  const auto part = static_cast<float>(bins - std::floor(bins));
  const Eigen::Index n = lidar.bins;
  for (Eigen::Index bin = 0; bin < n; ++bin) {
    const Eigen::Index near = ((bin - whole) % n + n) % n;
    const Eigen::Index far = (near + n - 1) % n;
    to(lidar.offset + bin, step) =
        (1.0F - part) * from(lidar.offset + near, step) + part * from(lidar.offset + far, step);
  }
}

// bins_at(step): turned by.
template <typename BinsAt>
Eigen::MatrixXf Turned(const Observations& observations, const std::vector<LidarInput>& lidars,
                       BinsAt&& bins_at) {
  Eigen::MatrixXf out = observations;
  for (Eigen::Index step = 0; step < out.cols(); ++step) {
    for (const LidarInput& lidar : lidars) {
      if (lidar.bins > 0) Turn(lidar, bins_at(step), observations, step, out);
    }
  }
  return out;
}

Eigen::MatrixXf Late(const Observations& observations, Eigen::Index steps) {
  Eigen::MatrixXf out(observations.rows(), observations.cols());
  for (Eigen::Index step = 0; step < out.cols(); ++step) {
    out.col(step) = observations.col(std::max<Eigen::Index>(step - steps, 0));
  }
  return out;
}

Eigen::MatrixXf Biased(const Observations& observations, const sim::ObservationSignature& signature,
                       double amount, const Eigen::VectorXf& deviations, RandomState& random) {
  LOOKOUT_CHECK(deviations.size() == observations.rows(), "a deviation for each value");
  Eigen::MatrixXf out = observations;
  Eigen::Index place = 0;
  for (const sim::ObservationSignature::Entry& entry : signature.entries()) {
    const bool is_biased = entry.key == "velocimeter" || entry.key == "gyro";
    for (const Eigen::Index end = place + entry.size; place < end; ++place) {
      if (!is_biased) continue;
      const double sign = random.RandomSample() < 0.5 ? -1.0 : 1.0;
      out.row(place).array() += static_cast<float>(sign * amount) * deviations[place];
    }
  }
  return out;
}

Eigen::MatrixXf Stuck(const Observations& observations, const std::vector<LidarInput>& lidars,
                      int steps, RandomState& random) {
  Eigen::MatrixXf out = observations;
  for (const LidarInput& lidar : lidars) {
    int held = 0;
    for (Eigen::Index step = 0; step < out.cols(); ++step) {
      if (held > 0) {
        --held;
        out.col(step).segment(lidar.offset, lidar.bins) =
            out.col(step - 1).segment(lidar.offset, lidar.bins);
      } else if (random.RandomSample() < kStuckChance) {
        held = steps;
      }
    }
  }
  return out;
}

float WithNoise(float bin, double deviation, RandomState& random) {
  return std::clamp(bin + static_cast<float>(deviation * random.Normal()), 0.0F, 1.0F);
}

}  // namespace

std::span<const CorruptionKind> CorruptionKinds() { return kKinds; }

Eigen::VectorXf Deviations(const Eigen::Ref<const Eigen::MatrixXf>& observations) {
  LOOKOUT_CHECK(observations.cols() > 0, "nothing varies without data");
  const Eigen::VectorXf mean = observations.rowwise().mean();
  return (observations.colwise() - mean).array().square().rowwise().mean().sqrt();
}

Eigen::MatrixXf Corrupt(const Eigen::Ref<const Eigen::MatrixXf>& observations,
                        const sim::ObservationSignature& signature, Corruption corruption,
                        double amount, const Eigen::VectorXf& deviations, std::uint32_t seed) {
  const std::vector<LidarInput> lidars = LidarInputs(signature);
  RandomState random(seed);
  switch (corruption) {
    case Corruption::kDropOut:
      return EachBin(observations, lidars, [&](Eigen::Index /*step*/, float bin) {
        return random.RandomSample() < amount ? 0.0F : bin;
      });
    case Corruption::kNoise:
      return EachBin(observations, lidars, [&](Eigen::Index /*step*/, float bin) {
        return WithNoise(bin, amount, random);
      });
    case Corruption::kGain:
      return EachBin(observations, lidars, [&](Eigen::Index /*step*/, float bin) {
        return bin * static_cast<float>(amount);
      });
    case Corruption::kLevels:
      return EachBin(observations, lidars, [&](Eigen::Index /*step*/, float bin) {
        const auto most = static_cast<float>(amount - 1.0);
        return std::round(bin * most) / most;
      });
    case Corruption::kBearing:
      return Turned(observations, lidars, [&](Eigen::Index /*step*/) { return amount; });
    case Corruption::kDelay:
      return Late(observations, static_cast<Eigen::Index>(amount));
    case Corruption::kBias:
      return Biased(observations, signature, amount, deviations, random);
    case Corruption::kStuck:
      break;
  }
  return Stuck(observations, lidars, static_cast<int>(amount), random);
}

std::uint32_t CorruptionSeed(Corruption corruption, std::size_t severity, EpisodeId episode,
                             std::uint32_t seed) {
  return static_cast<std::uint32_t>(Fnv1a(fmt::format(
      "corruption {} {} {} {}", static_cast<int>(corruption), severity, episode.value, seed)));
}

Eigen::MatrixXf Drifting(const Eigen::Ref<const Eigen::MatrixXf>& observations,
                         const sim::ObservationSignature& signature, Drift drift,
                         std::uint32_t seed) {
  const std::vector<LidarInput> lidars = LidarInputs(signature);
  if (drift == Drift::kBearing) {
    return Turned(observations, lidars,
                  [](Eigen::Index step) { return kDriftBins * static_cast<double>(step); });
  }
  RandomState random(seed);
  const auto last = static_cast<double>(std::max<Eigen::Index>(observations.cols() - 1, 1));
  return EachBin(observations, lidars, [&](Eigen::Index step, float bin) {
    return WithNoise(bin, kDriftNoise * static_cast<double>(step) / last, random);
  });
}

}  // namespace lookout::agents
