// What goes wrong with a robot's sensors, at five severities: the part of "Safety Gym-C" that is
// about observations (after Hendrycks and Dietterich 2019, "Benchmarking Neural Network Robustness
// to Common Corruptions"). The truth about a step stays what it was. Pure functions; any thread.
#pragma once

#include <Eigen/Core>
#include <array>
#include <cstdint>
#include <span>

#include "sim/base/ids.h"
#include "sim/environment/observation_signature.h"

namespace lookout::agents {

enum class Corruption : std::uint8_t {
  kDropOut,  // each bin of a lidar reads nothing in that share of the steps, each by itself
  kNoise,    // normal noise of that deviation on every bin, cut to [0, 1]
  kGain,     // bins read that many times what they should: the range is miscalibrated
  kLevels,   // bins read one of so many evenly spaced levels, 0 and 1 among them
  kBearing,  // lidars are turned counter-clockwise by so many bins, linear between two
  kDelay,    // everything is observed so many steps late; before that, the first observation
  kBias,   // velocimeter and gyro are off by so many deviations of the data, each value up or down
  kStuck,  // a lidar that runs gets stuck with chance 0.2 in each step, for so many further steps
};

inline constexpr std::size_t kSeverities = 5;

struct CorruptionKind {
  Corruption corruption;
  const char* name;                         // of an option, a column, a key
  const char* words;                        // for a person
  std::array<double, kSeverities> amounts;  // by severity, the mildest first
};
// All of them, in the order of the benchmark.
std::span<const CorruptionKind> CorruptionKinds();

// What each value of an observation varies by. observations: [observation_dim x n], n > 0. Returns
// standard deviations [observation_dim].
Eigen::VectorXf Deviations(const Eigen::Ref<const Eigen::MatrixXf>& observations);

// An episode, or a stretch of one, as it is observed: [observation_dim x steps], in order. Lidars
// are the entries of the signature whose names end in _lidar, in [0, 1], closer is greater.
// deviations: see Deviations. Same arguments: same result.
Eigen::MatrixXf Corrupt(const Eigen::Ref<const Eigen::MatrixXf>& observations,
                        const sim::ObservationSignature& signature, Corruption corruption,
                        double amount, const Eigen::VectorXf& deviations, std::uint32_t seed);

// Fixed for each corruption, severity and episode, and different from all others.
std::uint32_t CorruptionSeed(Corruption corruption, std::size_t severity, EpisodeId episode,
                             std::uint32_t seed);

// Slow drifts along an episode, on which verdicts should not flicker (after ImageNet-P).
enum class Drift : std::uint8_t {
  kBearing,  // lidars turn by kDriftBins a step
  kNoise,    // noise on every bin of a deviation that rises evenly from 0 to kDriftNoise
};
inline constexpr double kDriftBins = 0.02;
inline constexpr double kDriftNoise = 0.15;
Eigen::MatrixXf Drifting(const Eigen::Ref<const Eigen::MatrixXf>& observations,
                         const sim::ObservationSignature& signature, Drift drift,
                         std::uint32_t seed);

}  // namespace lookout::agents
