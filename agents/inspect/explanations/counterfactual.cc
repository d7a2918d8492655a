#include "agents/inspect/explanations/counterfactual.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "agents/inspect/explanations/moved_robot.h"

namespace lookout::agents {
namespace {

// Of unit length: the shift in the world, and the turn times metres_per_rad.
using Direction = Eigen::Vector3d;

std::vector<Direction> Directions(CounterfactualMoves moves, int bearings, double heading_rad) {
  std::vector<Direction> directions;
  if (moves != CounterfactualMoves::kShift) {
    directions.push_back(Direction::UnitZ());
    directions.push_back(-Direction::UnitZ());
  }
  if (moves == CounterfactualMoves::kTurn) return directions;
  std::vector<double> elevations_rad{0.0};
  if (moves == CounterfactualMoves::kAny) {
    for (const double part : {1.0 / 6, -1.0 / 6, 1.0 / 3, -1.0 / 3}) {
      elevations_rad.push_back(part * std::numbers::pi);
    }
  }
  for (const double elevation_rad : elevations_rad) {
    for (int i = 0; i < bearings; ++i) {
      const double bearing_rad = heading_rad + 2.0 * std::numbers::pi * i / bearings;
      directions.push_back({std::cos(elevation_rad) * std::cos(bearing_rad),
                            std::cos(elevation_rad) * std::sin(bearing_rad),
                            std::sin(elevation_rad)});
    }
  }
  return directions;
}

// A direction in which the verdict changes between two sizes.
struct Crossing {
  Direction direction = Direction::UnitX();
  double before_m = 0.0;  // still as it was
  double after_m = 0.0;
};

class Search {
 public:
  Search(const ExplainedModel& model, sim::SafetyGym& world, CounterfactualMoves moves,
         const CounterfactualSettings& settings)
      : world_(world),
        robot_(model, world),
        moves_(moves),
        settings_(settings),
        threshold_(LogOddsOf(settings.unsafe_from)) {}

  Result<Counterfactual> Run(const KeepGoing& keep_going) {
    const RobotPose start = PoseOf(world_);
    const std::vector<sim::RobotMove> stay(1);
    result_.was_unsafe = IsUnsafe(robot_.Values(stay)[0]);
    result_.searched_m = moves_ == CounterfactualMoves::kTurn
                             ? std::numbers::pi * settings_.metres_per_rad
                             : settings_.most_m;
    const auto directions = Directions(moves_, settings_.bearings, start.heading_rad);
    std::vector<Crossing> crossings;
    for (double size_m = 0.0; size_m < result_.searched_m && crossings.empty();) {
      if (Status going = CheckGoing(keep_going); !going) return going.error();
      const double before_m = size_m;
      size_m = std::min(size_m + settings_.shell_m, result_.searched_m);
      crossings = CrossingsBetween(directions, before_m, size_m);
    }
    if (crossings.empty()) return result_;
    for (Crossing& crossing : crossings) Bisect(crossing);
    Crossing best = *std::ranges::min_element(crossings, {}, &Crossing::after_m);
    if (moves_ != CounterfactualMoves::kTurn) {
      if (Status turned = TurnToSmaller(best, keep_going); !turned) return turned.error();
    }
    Tell(best);
    return result_;
  }

 private:
  bool IsUnsafe(double log_odds) const { return log_odds >= threshold_; }
  bool Flips(double log_odds) const {
    return std::isfinite(log_odds) && IsUnsafe(log_odds) != result_.was_unsafe;
  }
  sim::RobotMove MoveOf(const Direction& direction, double size_m) const {
    return {.shift_in_world_m = size_m * direction.head<2>(),
            .turn_rad = size_m * direction.z() / settings_.metres_per_rad};
  }
  bool FlipsAt(const Direction& direction, double size_m) {
    const std::vector<sim::RobotMove> move{MoveOf(direction, size_m)};
    return Flips(robot_.Values(move)[0]);
  }

  std::vector<Crossing> CrossingsBetween(const std::vector<Direction>& directions, double before_m,
                                         double after_m) {
    std::vector<sim::RobotMove> moves;
    std::vector<Crossing> tried;
    for (const Direction& direction : directions) {
      const sim::RobotMove move = MoveOf(direction, after_m);
      constexpr double kHalfTurn_rad = std::numbers::pi + 1e-9;
      if (std::abs(move.turn_rad) > kHalfTurn_rad) continue;  // the other way round is shorter
      moves.push_back(move);
      tried.push_back({direction, before_m, after_m});
    }
    if (moves.empty()) return {};
    const Eigen::VectorXd log_odds = robot_.Values(moves);
    std::vector<Crossing> crossings;
    for (std::size_t i = 0; i < tried.size(); ++i) {
      if (Flips(log_odds[static_cast<Eigen::Index>(i)])) crossings.push_back(tried[i]);
    }
    return crossings;
  }

  void Bisect(Crossing& crossing) {
    while (crossing.after_m - crossing.before_m > settings_.tolerance_m) {
      const double middle_m = 0.5 * (crossing.before_m + crossing.after_m);
      (FlipsAt(crossing.direction, middle_m) ? crossing.after_m : crossing.before_m) = middle_m;
    }
  }

  // Tries directions round the best, ever nearer to it.
  Status TurnToSmaller(Crossing& best, const KeepGoing& keep_going) {
    const bool heading_is_free = moves_ == CounterfactualMoves::kAny;
    for (double angle = std::numbers::pi / settings_.bearings; angle > 0.01;) {
      if (Status going = CheckGoing(keep_going); !going) return going;
      bool smaller = false;
      for (const Direction& direction : Around(best.direction, angle, heading_is_free)) {
        const double size_m = best.before_m - settings_.tolerance_m;
        if (size_m <= 0.0 || !FlipsAt(direction, size_m)) continue;
        best = {direction, 0.0, size_m};
        Bisect(best);
        smaller = true;
        break;
      }
      if (!smaller) angle /= 2.0;
    }
    return {};
  }

  static std::vector<Direction> Around(const Direction& direction, double angle,
                                       bool heading_is_free) {
    const Direction sideways = std::hypot(direction.x(), direction.y()) < 1e-9
                                   ? Direction::UnitX()
                                   : Direction(-direction.y(), direction.x(), 0.0).normalized();
    const Direction upward = direction.cross(sideways);
    std::vector<Direction> around{direction + angle * sideways, direction - angle * sideways};
    if (heading_is_free) {
      around.push_back(direction + angle * upward);
      around.push_back(direction - angle * upward);
    }
    for (Direction& each : around) each.normalize();
    return around;
  }

  void Tell(const Crossing& best) {
    result_.found = true;
    result_.size_m = best.after_m;
    result_.not_yet_m = best.before_m;
    result_.move = MoveOf(best.direction, best.after_m);
    result_.shift_m = result_.move.shift_in_world_m.norm();
    const std::vector<sim::RobotMove> move{result_.move};
    result_.log_odds = robot_.Values(move)[0];
    result_.probability = ProbabilityOf(result_.log_odds);
    result_.pose = PoseOf(world_);
  }

  sim::SafetyGym& world_;
  MovedRobot robot_;
  CounterfactualMoves moves_;
  CounterfactualSettings settings_;
  double threshold_;
  Counterfactual result_;
};

}  // namespace

Result<Counterfactual> CounterfactualOf(const ExplainedModel& model, sim::SafetyGym& world,
                                        CounterfactualMoves moves,
                                        const CounterfactualSettings& settings,
                                        const KeepGoing& keep_going) {
  LOOKOUT_CHECK(settings.unsafe_from > 0.0 && settings.unsafe_from < 1.0 &&
                    settings.shell_m > 0.0 && settings.tolerance_m > 0.0 &&
                    settings.metres_per_rad > 0.0 && settings.bearings >= 4,
                "settings of a search that ends");
  return Search(model, world, moves, settings).Run(keep_going);
}

}  // namespace lookout::agents
