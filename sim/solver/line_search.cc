#include "sim/solver/line_search.h"

#include <cmath>

namespace lookout::sim {
namespace {

constexpr int kMaxEvaluations = 50;
constexpr double kSmallestCurvature = 1e-15;  // mjMINVAL

}  // namespace

LineSearch::Point LineSearch::At(double alpha) {
  FourDoubles total = smooth;
  for (int i = 0; i < equalities; ++i) total += quadratics[i];
  for (int i = equalities; i < constraints; ++i) {
    if (start[i] + alpha * slope[i] < 0) total += quadratics[i];
  }
  ++evaluations_;
  Point point;
  point.alpha = alpha;
  point.cost = alpha * alpha * total[2] + alpha * total[1] + total[0];
  point.first_derivative = 2 * alpha * total[2] + total[1];
  point.second_derivative = 2 * total[2];
  if (point.second_derivative <= 0) point.second_derivative = kSmallestCurvature;
  return point;
}

bool LineSearch::IsFlat(const Point& point) const {
  return std::abs(point.first_derivative) < gradient_tolerance;
}

double LineSearch::Run() {
  evaluations_ = 0;
  const Point origin = At(0);
  Point here = At(origin.NewtonStep());
  if (origin.cost < here.cost) here = origin;
  if (IsFlat(here)) return here.alpha;
  // Newton's steps to one side, until the slope changes its sign.
  const int direction = here.first_derivative < 0 ? 1 : -1;
  Point before;
  bool has_moved = false;
  while (here.first_derivative * direction <= -gradient_tolerance &&
         evaluations_ < kMaxEvaluations) {
    before = here;
    has_moved = true;
    here = At(here.NewtonStep());
    if (IsFlat(here)) return here.alpha;
  }
  if (evaluations_ >= kMaxEvaluations || !has_moved) return here.alpha;
  return Bracket(here, before, origin);
}

// Between two points whose slopes have opposite signs.
double LineSearch::Bracket(Point low, Point high, const Point& origin) {
  Point high_next = low;
  Point low_next = At(low.NewtonStep());
  while (evaluations_ < kMaxEvaluations) {
    const Point middle = At(0.5 * (low.alpha + high.alpha));
    const Point candidates[3] = {low_next, high_next, middle};
    const Point* best = nullptr;
    for (const Point& candidate : candidates) {
      if (IsFlat(candidate) && (best == nullptr || candidate.cost < best->cost)) best = &candidate;
    }
    if (best != nullptr) return best->alpha;
    const bool low_moved = Tighten(low, candidates, low_next);
    const bool high_moved = Tighten(high, candidates, high_next);
    if (!low_moved && !high_moved) return middle.alpha;  // as accurate as numbers are
  }
  if (low.cost <= high.cost && low.cost < origin.cost) return low.alpha;
  if (high.cost <= low.cost && high.cost < origin.cost) return high.alpha;
  return 0;
}

// Moves a bound to the flattest candidate on its side.
bool LineSearch::Tighten(Point& bound, const Point (&candidates)[3], Point& next) {
  bool moved = false;
  for (const Point& candidate : candidates) {
    const double here = bound.first_derivative;
    const double there = candidate.first_derivative;
    if ((here < 0 && there < 0 && here < there) || (here > 0 && there > 0 && here > there)) {
      bound = candidate;
      moved = true;
    }
  }
  if (moved) next = At(bound.NewtonStep());
  return moved;
}

}  // namespace lookout::sim
