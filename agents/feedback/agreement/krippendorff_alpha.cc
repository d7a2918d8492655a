#include "agents/feedback/agreement/krippendorff_alpha.h"

#include <algorithm>
#include <limits>

namespace lookout::agents {
namespace {

constexpr double kNoAlpha = std::numeric_limits<double>::quiet_NaN();

double Square(double x) { return x * x; }
double LengthOf(const StepSpan& span) { return static_cast<double>(span.last) - span.first + 1; }

std::vector<StepSpan> GapsBetween(std::span<const StepSpan> spans, StepIndex steps) {
  std::vector<StepSpan> gaps;
  StepIndex from = 0;
  for (const StepSpan& span : spans) {
    if (span.first > from) gaps.push_back({from, span.first - 1});
    from = span.last + 1;
  }
  if (from < steps) gaps.push_back({from, steps - 1});
  return gaps;
}

// delta^2 summed over the units of one annotator against another's units and gaps.
double Difference(std::span<const StepSpan> units, std::span<const StepSpan> others,
                  StepIndex steps) {
  double sum = 0.0;
  const std::vector<StepSpan> gaps = GapsBetween(others, steps);
  for (const StepSpan& unit : units) {
    for (const StepSpan& other : others) {
      if (unit.first > other.last || other.first > unit.last) continue;
      sum += Square(double(unit.first) - other.first) + Square(double(unit.last) - other.last);
    }
    for (const StepSpan& gap : gaps) {
      if (unit.first >= gap.first && unit.last <= gap.last) sum += Square(LengthOf(unit));
    }
  }
  return sum;
}

}  // namespace

void Coincidences::AddStep(int unsafe, int safe) {
  const int values = unsafe + safe;
  if (values < 2) return;
  const double each = 1.0 / (values - 1);
  unsafe_unsafe += each * unsafe * (unsafe - 1);
  unsafe_safe += each * unsafe * safe;
  safe_safe += each * safe * (safe - 1);
}

Coincidences& Coincidences::AddTimes(const Coincidences& other, double times) {
  unsafe_unsafe += times * other.unsafe_unsafe;
  unsafe_safe += times * other.unsafe_safe;
  safe_safe += times * other.safe_safe;
  return *this;
}

double NominalAlpha(const Coincidences& c) {
  const double unsafe = c.unsafe_unsafe + c.unsafe_safe;
  const double safe = c.safe_safe + c.unsafe_safe;
  if (unsafe <= 0.0 || safe <= 0.0) return kNoAlpha;
  return 1.0 - (unsafe + safe - 1.0) * c.unsafe_safe / (unsafe * safe);
}

void UnitisedAlpha::AddEpisode(StepIndex steps,
                               std::span<const std::vector<StepSpan>> spans_by_annotator) {
  const auto episode = static_cast<int>(episodes_.size());
  const auto annotators = static_cast<double>(spans_by_annotator.size());
  Episode& added = episodes_.emplace_back();
  added.length = steps;
  added.annotated_length = annotators * steps;
  for (std::size_t i = 0; i < spans_by_annotator.size(); ++i) {
    for (std::size_t j = 0; j < spans_by_annotator.size(); ++j) {
      if (i == j) continue;
      added.observed += Difference(spans_by_annotator[i], spans_by_annotator[j], steps) /
                        (annotators * (annotators - 1));
    }
    for (const StepSpan& unit : spans_by_annotator[i]) {
      units_.push_back({LengthOf(unit), episode, 0});
    }
    for (const StepSpan& gap : GapsBetween(spans_by_annotator[i], steps)) {
      gaps_.push_back({LengthOf(gap), episode});
    }
  }
}

void UnitisedAlpha::AddNothing() { episodes_.emplace_back(); }

void UnitisedAlpha::Finish() {
  std::ranges::stable_sort(gaps_, {}, &Gap::length);
  for (Unit& unit : units_) {
    const auto first = std::ranges::lower_bound(gaps_, unit.length, {}, &Gap::length);
    unit.first_gap = static_cast<std::size_t>(first - gaps_.begin());
  }
}

double UnitisedAlpha::Of(std::span<const std::uint16_t> weights) const {
  const auto times = [&](int episode) {
    return static_cast<double>(weights[static_cast<std::size_t>(episode)]);
  };
  double length = 0.0;
  double annotated = 0.0;
  double observed = 0.0;
  for (std::size_t i = 0; i < episodes_.size(); ++i) {
    length += weights[i] * episodes_[i].length;
    annotated += weights[i] * episodes_[i].annotated_length;
    observed += weights[i] * episodes_[i].observed;
  }
  // How many gaps are at least so long, and how long they are together.
  std::vector<double> count(gaps_.size() + 1, 0.0);
  std::vector<double> sum(gaps_.size() + 1, 0.0);
  for (std::size_t i = gaps_.size(); i-- > 0;) {
    count[i] = count[i + 1] + times(gaps_[i].episode);
    sum[i] = sum[i + 1] + times(gaps_[i].episode) * gaps_[i].length;
  }
  double units = 0.0;
  double own_pairs = 0.0;
  for (const Unit& unit : units_) {
    units += times(unit.episode);
    own_pairs += times(unit.episode) * unit.length * (unit.length - 1.0);
  }
  double expected = 0.0;
  for (const Unit& unit : units_) {
    const double l = unit.length;
    const double by_units = (units - 1.0) * (2.0 * l * l * l - 3.0 * l * l + l) / 3.0;
    const double places = sum[unit.first_gap] - (l - 1.0) * count[unit.first_gap];
    expected += times(unit.episode) * (by_units + l * l * places);
  }
  const double pairs = annotated * (annotated - 1.0) - own_pairs;
  if (expected <= 0.0 || pairs <= 0.0 || length <= 0.0) return kNoAlpha;
  return 1.0 - (observed / (length * length)) / (2.0 / length * expected / pairs);
}

}  // namespace lookout::agents
