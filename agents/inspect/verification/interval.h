// Closed intervals of numbers, and boxes of them: what sound bounds are made of. Values; any
// thread.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <numbers>
#include <span>

namespace lookout::agents {

inline constexpr double kFullTurn = 2.0 * std::numbers::pi;  // radians

struct Interval {
  double low = 0.0;
  double high = 0.0;

  double width() const { return high - low; }
  double middle() const { return 0.5 * (low + high); }
  bool Contains(double value) const { return value >= low && value <= high; }
  Interval Widened(double by) const { return {low - by, high + by}; }
  bool operator==(const Interval&) const = default;
};

inline Interval Hull(const Interval& a, const Interval& b) {
  return {std::min(a.low, b.low), std::max(a.high, b.high)};
}

// The values of x squared.
inline Interval Square(const Interval& x) {
  const double least = x.Contains(0.0) ? 0.0 : std::min(x.low * x.low, x.high * x.high);
  return {least, std::max(x.low * x.low, x.high * x.high)};
}

// A box in the variables of a question: splitting it needs no memory.
struct Box {
  static constexpr std::size_t kMostVariables = 12;

  std::array<Interval, kMostVariables> sides{};
  std::size_t dim = 0;

  std::span<const Interval> all() const { return {sides.data(), dim}; }
  bool operator==(const Box&) const = default;
};

// A point in such a box.
struct Point {
  std::array<double, Box::kMostVariables> at{};
  std::size_t dim = 0;
  bool operator==(const Point&) const = default;
};

}  // namespace lookout::agents
