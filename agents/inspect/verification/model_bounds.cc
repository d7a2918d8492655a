#include "agents/inspect/verification/model_bounds.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

#include "agents/feedback/models/cost_ensemble.h"

namespace lookout::agents {
namespace {

constexpr double kFloatUnit = 0x1p-24;
// A lidar's nearest thing is taken bin by bin as long as that makes at most so many sets of inputs;
// the lidars beyond that are taken as boxes. Where the robot stands on a thing, all 16 bins may see
// it, and the two other lidars of a world may each be between two bins.
constexpr std::size_t kMostCases = 64;
constexpr int kValuesOfNearest = 3;  // closeness, and the same as a vector; see CostInputs

// Which way bin `bin` of `bins` looks, as CostInputs has it, beside the 1 of the closeness.
Eigen::Vector3d NearestDirection(int bin, int bins) {
  const double angle = (bin + 0.5) * 2.0 * std::numbers::pi / bins;
  return {1.0, double(static_cast<float>(std::cos(angle))),
          double(static_cast<float>(std::sin(angle)))};
}

}  // namespace

std::span<const Choice<SafetyClaim>> Choices(SafetyClaim /*kind*/) {
  static constexpr std::array<Choice<SafetyClaim>, 2> kChoices{
      {{SafetyClaim::kUnsafe, "unsafe"}, {SafetyClaim::kSafe, "safe"}}};
  return kChoices;
}

Result<ModelBounds> ModelBounds::Create(CostModelPtr model) {
  if (model->ensemble() == nullptr) {
    return BadInput(
        "This cost model is no ensemble of networks, of which alone bounds are known; sample its "
        "predictions with 'lookout cost'.");
  }
  if (model->past_inputs() != PastInputs{}) {
    return BadInput(
        "This cost model looks at what was before a step or at the action, which no pose tells, so "
        "that nothing can be proved of poses; fit one without --history, --traces and "
        "--with-action.");
  }
  return ModelBounds(std::move(model));
}

ModelBounds::ModelBounds(CostModelPtr model)
    : model_(std::move(model)), networks_(model_->ensemble()->members) {
  const CostInputs& inputs = model_->ensemble()->inputs;
  looks_at_.assign(static_cast<std::size_t>(inputs.observation_dim()), true);
  for (const int place : inputs.left_out()) looks_at_[static_cast<std::size_t>(place)] = false;
}

const ObservationBox::Lidar& ModelBounds::LidarAt(const ObservationBox& box, int offset) const {
  const auto found = std::ranges::find(box.lidars, offset, &ObservationBox::Lidar::offset);
  LOOKOUT_CHECK(found != box.lidars.end(), "the box has the lidars that the model looks at");
  return *found;
}

// All combinations of bins of as many lidars as kMostCases allows, those with the fewest bins
// first.
std::vector<ModelBounds::Choice> ModelBounds::Cases(const ObservationBox& box) const {
  const std::vector<LidarInput>& lidars = model_->ensemble()->inputs.lidars();
  std::vector<std::pair<std::size_t, std::size_t>> by_bins;  // bins, lidar
  for (std::size_t i = 0; i < lidars.size(); ++i) {
    if (lidars[i].bins == 0) continue;
    by_bins.emplace_back(LidarAt(box, lidars[i].offset).nearest.size(), i);
  }
  std::ranges::sort(by_bins);
  std::vector<Choice> cases{Choice(lidars.size(), nullptr)};
  for (const auto& [bins, lidar] : by_bins) {
    if (cases.size() * bins > kMostCases) break;
    std::vector<Choice> more;
    for (const Choice& before : cases) {
      for (const NearestBin& bin : LidarAt(box, lidars[lidar].offset).nearest) {
        more.push_back(before);
        more.back()[lidar] = &bin;
      }
    }
    cases = std::move(more);
  }
  return cases;
}

// (value - shift) * scale, clipped, widened by what casting the value and these two steps round.
Interval ModelBounds::Normalised(const Interval& raw, int input) const {
  const Normaliser& normaliser = model_->ensemble()->normaliser;
  const double size = std::max(std::abs(raw.low), std::abs(raw.high));
  if (normaliser.count() == 0) return raw.Widened(4.0 * kFloatUnit * size + 1e-30);
  const auto shift = double(normaliser.shift()[input]);
  const auto scale = double(normaliser.scale()[input]);
  const double rounding = 4.0 * kFloatUnit * (size + std::abs(shift)) * scale;
  const auto most = double(Normaliser::kClip);
  return {std::clamp((raw.low - shift) * scale - rounding, -most, most),
          std::clamp((raw.high - shift) * scale + rounding, -most, most)};
}

void ModelBounds::AddPlain(const Interval& raw, int input, InputSet& set) const {
  const Interval value = Normalised(raw, input);
  set.centre[input] = value.middle();
  set.radius[input] = 0.5 * value.width();
}

// Of one bin, the three values are the closeness times fixed numbers, so that they move together,
// unless the normaliser clips one of them.
void ModelBounds::AddNearest(const ObservationBox::Lidar& lidar, const NearestBin* bin, int bins,
                             int input, InputSet& set) const {
  if (bin == nullptr) {
    std::array<Interval, kValuesOfNearest> all;
    for (std::size_t i = 0; i < lidar.nearest.size(); ++i) {
      const Eigen::Vector3d direction = NearestDirection(lidar.nearest[i].bin, bins);
      for (int j = 0; j < kValuesOfNearest; ++j) {
        const double low = lidar.nearest[i].closeness.low * direction[j];
        const double high = lidar.nearest[i].closeness.high * direction[j];
        const Interval one{std::min(low, high), std::max(low, high)};
        Interval& hull = all[static_cast<std::size_t>(j)];
        hull = i == 0 ? one : Hull(hull, one);
      }
    }
    for (int j = 0; j < kValuesOfNearest; ++j) {
      AddPlain(all[static_cast<std::size_t>(j)], input + j, set);
    }
    return;
  }
  const Eigen::Vector3d direction = NearestDirection(bin->bin, bins);
  const bool clips = model_->ensemble()->normaliser.count() > 0;
  InputSet::Tied tied{input, Eigen::Vector3d::Zero()};
  for (int j = 0; j < kValuesOfNearest; ++j) {
    const double at_low = bin->closeness.low * direction[j];
    const double at_high = bin->closeness.high * direction[j];
    AddPlain({std::min(at_low, at_high), std::max(at_low, at_high)}, input + j, set);
    const double scale = clips ? double(model_->ensemble()->normaliser.scale()[input + j]) : 1.0;
    const double reach = std::abs(set.centre[input + j]) + set.radius[input + j];
    if (clips && reach >= double(Normaliser::kClip)) continue;  // stays a box
    tied.half[j] = 0.5 * (at_high - at_low) * scale;
    // What is left is the rounding; the line is not known to more digits than float64 has.
    set.radius[input + j] =
        std::max(0.0, set.radius[input + j] - std::abs(tied.half[j])) * (1.0 + 1e-9) + 1e-13;
  }
  set.tied.push_back(tied);
}

// In the order in which CostInputs::Write passes them on.
InputSet ModelBounds::InputSetOf(const ObservationBox& box, const Choice& choice) const {
  const CostInputs& inputs = model_->ensemble()->inputs;
  InputSet set{Eigen::VectorXd::Zero(inputs.dim()), Eigen::VectorXd::Zero(inputs.dim()), {}};
  int place = 0;
  int input = 0;
  const auto pass_on = [&](int end) {
    for (; place < end; ++place) {
      if (LooksAt(place)) AddPlain(box.values[static_cast<std::size_t>(place)], input++, set);
    }
  };
  for (std::size_t i = 0; i < inputs.lidars().size(); ++i) {
    const LidarInput& lidar = inputs.lidars()[i];
    pass_on(lidar.offset);
    if (lidar.bins == 0) {  // there is none: it sees nothing
      for (int j = 0; j < kValuesOfNearest; ++j) AddPlain({}, input + j, set);
    } else {
      AddNearest(LidarAt(box, lidar.offset), choice[i], lidar.bins, input, set);
    }
    input += kValuesOfNearest;
    place += lidar.bins;
  }
  pass_on(inputs.observation_dim());
  return set;
}

template <typename Least>
double ModelBounds::MarginBy(const ObservationBox& box, SafetyClaim claim, double threshold,
                             const Least& least) const {
  LOOKOUT_CHECK(threshold >= kLeastThreshold && threshold <= kMostThreshold,
                "a threshold that the sigmoid can tell");
  const double sign = claim == SafetyClaim::kUnsafe ? 1.0 : -1.0;
  const Calibration& calibration = model_->ensemble()->calibration;
  const double at = std::log(threshold / (1.0 - threshold));
  // A probability that is off by so much is a logit that is off by that over the sigmoid's slope.
  const double sigmoid = kSigmoidError / std::min(threshold, 1.0 - threshold);
  double margin = std::numeric_limits<double>::infinity();
  for (const Choice& choice : Cases(box)) {
    const InputSet set = InputSetOf(box, choice);
    const double wide = networks_.RoundingMargin(set);
    const double mean = (least(set, sign) - wide) / calibration.temperature;
    const double logit = mean + sign * calibration.bias;
    const double rounding = 4.0 * kFloatUnit * (std::abs(logit) + std::abs(at) + 1.0) + 2 * sigmoid;
    const double one = logit - sign * at - rounding;
    if (!(one > 0.0)) return std::isnan(one) ? -std::numeric_limits<double>::infinity() : one;
    margin = std::min(margin, one);
  }
  return margin;
}

double ModelBounds::Margin(const ObservationBox& box, SafetyClaim claim, double threshold) const {
  return MarginBy(box, claim, threshold, [&](const InputSet& set, double sign) {
    const double by_intervals = networks_.LeastByIntervals(set, sign);
    const Calibration& calibration = model_->ensemble()->calibration;
    const double at = sign * (std::log(threshold / (1.0 - threshold)) - calibration.bias);
    // One logit more than what is to be shown leaves room for every margin.
    if (by_intervals > (at + 1.0) * calibration.temperature + 1.0) return by_intervals;
    return std::max(by_intervals, networks_.LeastByLines(set, sign));
  });
}

double ModelBounds::IntervalMargin(const ObservationBox& box, SafetyClaim claim,
                                   double threshold) const {
  return MarginBy(box, claim, threshold, [&](const InputSet& set, double sign) {
    return networks_.LeastByIntervals(set, sign);
  });
}

}  // namespace lookout::agents
