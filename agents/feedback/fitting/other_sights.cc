#include "agents/feedback/fitting/other_sights.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

#include "agents/feedback/models/cost_inputs.h"

namespace lookout::agents {
namespace {

constexpr double kMirrored = 0.5;
constexpr double kWithoutFar = 0.25;  // of each lidar
constexpr float kFarBelow = 0.5F;     // closeness: the farther half of a lidar's reach

enum class PartKind : std::uint8_t { kLidar, kVector, kTurnRate };

// A part of an observation that changes with the robot's heading.
struct Part {
  PartKind kind = PartKind::kLidar;
  Eigen::Index offset = 0;
  Eigen::Index size = 0;
};

std::vector<Part> PartsOf(const sim::ObservationSignature& signature) {
  std::vector<Part> parts;
  Eigen::Index offset = 0;
  for (const sim::ObservationSignature::Entry& entry : signature.entries()) {
    if (entry.key.ends_with("_lidar")) {
      parts.push_back({PartKind::kLidar, offset, entry.size});
    } else if (entry.key == "gyro" && entry.size == 3) {
      parts.push_back({PartKind::kTurnRate, offset, entry.size});
    } else if ((entry.key == "velocimeter" || entry.key == "accelerometer" ||
                entry.key == "magnetometer" || entry.key.ends_with("_compass")) &&
               entry.size >= 2) {
      parts.push_back({PartKind::kVector, offset, entry.size});
    }
    offset += entry.size;
  }
  return parts;
}

// How the sight of a step is changed.
struct Change {
  bool mirrored = false;
  double turned = 0.0;            // counter-clockwise, as a part of the whole turn
  std::vector<bool> without_far;  // of each part that is a lidar
};

template <typename Values>
void Apply(const Change& change, const std::vector<Part>& parts, Values&& observation) {
  const double angle = 2.0 * std::numbers::pi * change.turned;
  const auto cosine = static_cast<float>(std::cos(angle));
  const auto sine = static_cast<float>(std::sin(angle));
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Part& part = parts[i];
    auto values = observation.segment(part.offset, part.size);
    if (part.kind == PartKind::kLidar) {
      const Eigen::VectorXf before = values;
      const auto bins = std::lround(change.turned * static_cast<double>(part.size));
      for (Eigen::Index bin = 0; bin < part.size; ++bin) {
        const Eigen::Index from = change.mirrored ? part.size - 1 - bin : bin;
        const float seen = before[from];
        values[(bin + bins) % part.size] = change.without_far[i] && seen < kFarBelow ? 0.0F : seen;
      }
      continue;
    }
    if (change.mirrored && part.kind == PartKind::kVector) values[1] = -values[1];
    if (change.mirrored && part.kind == PartKind::kTurnRate) {
      values[0] = -values[0];
      values[2] = -values[2];
    }
    const float x = values[0];
    const float y = values[1];
    values[0] = cosine * x - sine * y;
    values[1] = sine * x + cosine * y;
  }
}

// 0 if the lidars have no common one.
Eigen::Index CommonBins(const std::vector<Part>& parts) {
  Eigen::Index bins = 0;
  for (const Part& part : parts) {
    if (part.kind != PartKind::kLidar || part.size == 0) continue;
    if (bins != 0 && bins != part.size) return 0;
    bins = part.size;
  }
  return bins;
}

}  // namespace

StepNoise OtherSights(const sim::ObservationSignature& signature) {
  std::vector<Part> parts = PartsOf(signature);
  const Eigen::Index bins = CommonBins(parts);
  return [parts = std::move(parts), bins](StepColumns& steps, RandomState& random) {
    const Eigen::Index dim = steps.observations.rows();
    const bool heads_elsewhere = steps.past.actions.rows() == 0;
    Change change{.mirrored = false, .turned = 0.0, .without_far = {}};
    for (Eigen::Index i = 0; i < steps.observations.cols(); ++i) {
      change.without_far.clear();
      for (std::size_t part = 0; part < parts.size(); ++part) {
        change.without_far.push_back(random.RandomSample() < kWithoutFar);
      }
      if (heads_elsewhere) {
        change.mirrored = random.RandomSample() < kMirrored;
        if (bins > 0) {
          change.turned = double(random.Choice(static_cast<int>(bins))) / double(bins);
        }
      }
      Apply(change, parts, steps.observations.col(i));
      const Eigen::Index traces =
          steps.past.observations.rows() - PastInputs::kRowsPerTrace * steps.past.traces * dim;
      for (Eigen::Index at = 0; at < steps.past.observations.rows(); at += dim) {
        // What is small in a mean is not far.
        if (at == traces) std::fill(change.without_far.begin(), change.without_far.end(), false);
        Apply(change, parts, steps.past.observations.col(i).segment(at, dim));
      }
    }
  };
}

}  // namespace lookout::agents
