#include "agents/inspect/verification/scene.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace lookout::agents {
namespace {

constexpr double kSceneRounding = 1e-9;  // of readings, in float64

// The values of the cosine on an interval.
Interval CosineOver(const Interval& angle_rad) {
  const double first = std::ceil(angle_rad.low / std::numbers::pi);
  Interval cosine = Hull({std::cos(angle_rad.low), std::cos(angle_rad.low)},
                         {std::cos(angle_rad.high), std::cos(angle_rad.high)});
  for (double turn = first; turn * std::numbers::pi <= angle_rad.high && turn <= first + 1;
       ++turn) {
    const double peak = std::fmod(turn, 2.0) == 0.0 ? 1.0 : -1.0;
    cosine = Hull(cosine, {peak, peak});
  }
  return cosine.Widened(kSceneRounding);
}

Interval SideOf(const Box& box, int variable) {
  return box.sides[static_cast<std::size_t>(variable)];
}

double ValueAt(const Point& point, int variable) {
  return point.at[static_cast<std::size_t>(variable)];
}

// Squared distances of the points of a box of places from a place.
Interval SquaredDistance(const Box& box, const sim::Point2& place) {
  const Interval dx = Square(Interval{box.sides[0].low - place[0], box.sides[0].high - place[0]});
  const Interval dy = Square(Interval{box.sides[1].low - place[1], box.sides[1].high - place[1]});
  return {dx.low + dy.low, dx.high + dy.high};
}

Box AsBox(const Point& point) {
  Box box{.dim = point.dim};
  for (std::size_t i = 0; i < point.dim; ++i) box.sides[i] = {point.at[i], point.at[i]};
  return box;
}

}  // namespace

// Of a box that is a point, both tests are exact up to rounding, and the same.
bool Scene::Contains(const Point& point, std::size_t root) const {
  return MayContain(AsBox(point), root);
}

bool Scene::MayContain(const Box& box, std::size_t root) const {
  if (within_m_ >= 0.0 && SquaredDistance(box, near_to_[root]).low > within_m_ * within_m_) {
    return false;
  }
  if (beyond_m_ >= 0.0) {
    for (const sim::Point2& place : near_to_) {
      if (SquaredDistance(box, place).high < beyond_m_ * beyond_m_) return false;
    }
  }
  if (velocity_ < 0) return true;
  const double slowest2 =
      Square(SideOf(box, velocity_)).low + Square(SideOf(box, velocity_ + 1)).low;
  return slowest2 <= speed_m_per_s_ * speed_m_per_s_;
}

double Scene::HeadingOf(const Point& point) const {
  return heading_ >= 0 ? ValueAt(point, heading_) : 0.0;
}

void Scene::FillRing(const Point& point, const Ring& ring, std::vector<double>& observed) const {
  const std::span<double> bins(observed.data() + ring.offset, static_cast<std::size_t>(ring.bins));
  std::ranges::fill(bins, 0.0);
  const double turn = in_layout_ ? HeadingOf(point) : 0.0;
  Eigen::Matrix3d world_from_robot = Eigen::Matrix3d::Identity();
  world_from_robot.topLeftCorner<2, 2>() << std::cos(turn), -std::sin(turn), std::sin(turn),
      std::cos(turn);
  const Eigen::Vector3d robot(in_layout_ ? point.at[0] : 0.0, in_layout_ ? point.at[1] : 0.0, 0.0);
  for (const sim::Point2& thing : ring.in_world) {
    lidar_.Add(robot, world_from_robot, thing[0], thing[1], bins);
  }
  for (const int index : ring.around) {
    const Around& thing = things_[static_cast<std::size_t>(index)];
    const double distance = ValueAt(point, thing.distance);
    const double bearing = ValueAt(point, thing.bearing);
    lidar_.Add(robot, world_from_robot, distance * std::cos(bearing), distance * std::sin(bearing),
               bins);
  }
}

void Scene::ObserveAt(const Point& point, Eigen::Ref<Eigen::VectorXf> observation) const {
  std::vector<double> observed(after_reset_.begin(), after_reset_.end());
  for (const Sensed& sensed : sensed_) {
    observed[static_cast<std::size_t>(sensed.place)] = ValueAt(point, sensed.variable);
  }
  for (const Ring& ring : rings_) FillRing(point, ring, observed);
  if (magnetometer_ >= 0) {
    const double angle = north_rad_ - HeadingOf(point);
    observed[static_cast<std::size_t>(magnetometer_)] = north_m_ * std::cos(angle);
    observed[static_cast<std::size_t>(magnetometer_) + 1] = north_m_ * std::sin(angle);
  }
  if (goal_distance_ >= 0) {
    observed[static_cast<std::size_t>(goal_distance_)] =
        std::exp(-std::hypot(goal_[0] - point.at[0], goal_[1] - point.at[1]));
  }
  for (std::size_t i = 0; i < observed.size(); ++i) {
    observation[static_cast<Eigen::Index>(i)] = static_cast<float>(observed[i]);
  }
}

std::vector<Sighting> Scene::Sightings(const Box& box, const Ring& ring) const {
  std::vector<Sighting> seen;
  for (const sim::Point2& thing : ring.in_world) {
    seen.push_back(SeenFromPoses(box.sides[0], box.sides[1], SideOf(box, heading_), thing));
  }
  for (const int index : ring.around) {
    const Around& thing = things_[static_cast<std::size_t>(index)];
    seen.push_back(SeenAt(SideOf(box, thing.distance), SideOf(box, thing.bearing)));
  }
  return seen;
}

ObservationBox Scene::Observe(const Box& box) const {
  ObservationBox observed;
  for (const double value : after_reset_) observed.values.push_back({value, value});
  for (const Sensed& sensed : sensed_) {
    observed.values[static_cast<std::size_t>(sensed.place)] = SideOf(box, sensed.variable);
  }
  for (const Ring& ring : rings_) {
    const std::vector<Sighting> seen = Sightings(box, ring);
    lidar_bounds_.Bins(seen, std::span(observed.values)
                                 .subspan(static_cast<std::size_t>(ring.offset),
                                          static_cast<std::size_t>(ring.bins)));
    observed.lidars.push_back({ring.offset, lidar_bounds_.Nearest(seen, ring.bins)});
  }
  if (magnetometer_ >= 0) {
    const Interval heading = heading_ >= 0 ? SideOf(box, heading_) : Interval{};
    const Interval angle{north_rad_ - heading.high, north_rad_ - heading.low};
    const Interval turned{angle.low - 0.25 * kFullTurn, angle.high - 0.25 * kFullTurn};
    const Interval x = CosineOver(angle);
    const Interval y = CosineOver(turned);  // the sine
    const auto place = static_cast<std::size_t>(magnetometer_);
    observed.values[place] = {north_m_ * x.low, north_m_ * x.high};
    observed.values[place + 1] = {north_m_ * y.low, north_m_ * y.high};
    for (int i = 0; i < 2; ++i) {
      observed.values[place + static_cast<std::size_t>(i)] =
          observed.values[place + static_cast<std::size_t>(i)].Widened(kSceneRounding);
    }
  }
  if (goal_distance_ >= 0) {
    const Interval squared = SquaredDistance(box, goal_);
    observed.values[static_cast<std::size_t>(goal_distance_)] =
        Interval{std::exp(-std::sqrt(squared.high)), std::exp(-std::sqrt(squared.low))}.Widened(
            kSceneRounding);
  }
  return observed;
}

}  // namespace lookout::agents
