#include "agents/inspect/explanations/object_contributions.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <numbers>
#include <utility>

#include "agents/inspect/explanations/explained_model.h"
#include "agents/inspect/explanations/robot_pose.h"
#include "sim/engine/what_if.h"

namespace lookout::agents {
namespace {

// Less is what the rounding of networks in single precision leaves.
constexpr double kLeastJoint = 1e-4;

// Of log-odds; 0 of other numbers.
std::function<double(double)> ProbabilityBy(const ExplainedFunction& function) {
  if (!function.is_log_odds()) return [](double) { return 0.0; };
  return [](double log_odds) { return ProbabilityOf(log_odds); };
}

using Mask = std::vector<std::uint8_t>;  // by object, 1: not there

// Gathers observations of the world with objects left out and has them all judged at once.
class LeavingOut {
 public:
  explicit LeavingOut(const sim::SafetyGym& world)
      : world_(world), objects_(world.scene().objects.size()) {}

  Mask Nothing() const { return Mask(objects_, 0); }
  Mask Everything() const {
    Mask mask(objects_, 1);
    for (std::size_t i = 0; i < objects_; ++i) {
      if (world_.scene().objects[i].kind == sim::SceneObjectKind::kRobot) mask[i] = 0;
    }
    return mask;
  }
  Eigen::VectorXf Observe(const Mask& unseen) const {
    Eigen::VectorXd seen;
    sim::ObserveWithout(world_, unseen, seen);
    return seen.cast<float>();
  }
  Eigen::VectorXd Judge(const ExplainedFunction& function, const std::vector<Mask>& masks) const {
    Eigen::MatrixXf observations(world_.spec().observation_dim, std::ssize(masks));
    for (std::size_t i = 0; i < masks.size(); ++i) {
      observations.col(static_cast<Eigen::Index>(i)) = Observe(masks[i]);
    }
    return function.Values(observations);
  }
  // The objects by which the observation differs from that with nothing.
  std::vector<int> Visible() const {
    std::vector<int> visible;
    const Mask everything = Everything();
    const Eigen::VectorXf bare = Observe(everything);
    for (std::size_t i = 0; i < objects_; ++i) {
      if (everything[i] == 0) continue;
      Mask alone = everything;
      alone[i] = 0;
      if (Observe(alone) != bare) visible.push_back(static_cast<int>(i));
    }
    return visible;
  }

 private:
  const sim::SafetyGym& world_;
  std::size_t objects_;
};

Mask With(Mask mask, int object, std::uint8_t unseen) {
  mask[static_cast<std::size_t>(object)] = unseen;
  return mask;
}

// Where it is, and what it does by itself.
std::vector<ObjectContribution> SingleContributions(const ExplainedFunction& function,
                                                    const sim::SafetyGym& world,
                                                    const LeavingOut& leaving_out) {
  const std::vector<int> visible = leaving_out.Visible();
  std::vector<Mask> masks{leaving_out.Nothing(), leaving_out.Everything()};
  for (const int object : visible) {
    masks.push_back(With(leaving_out.Nothing(), object, 1));
    masks.push_back(With(leaving_out.Everything(), object, 0));
  }
  const Eigen::VectorXd values = leaving_out.Judge(function, masks);
  const auto probability = ProbabilityBy(function);
  Eigen::Matrix3Xd places;
  world.ObjectPositions(places);
  const RobotPose robot = PoseOf(world);
  std::vector<ObjectContribution> result;
  for (std::size_t k = 0; k < visible.size(); ++k) {
    const int object = visible[k];
    const sim::SceneObject& thing = world.scene().objects[static_cast<std::size_t>(object)];
    const double dx = places(0, object) - robot.x_m;
    const double dy = places(1, object) - robot.y_m;
    const auto place = static_cast<Eigen::Index>(2 + 2 * k);
    ObjectContribution one{.object = object, .kind = thing.kind, .index = thing.index};
    one.distance_m = std::hypot(dx, dy);
    one.bearing_rad =
        std::remainder(std::atan2(dy, dx) - robot.heading_rad, 2.0 * std::numbers::pi);
    one.removal = values[0] - values[place];
    one.removal_probability = probability(values[0]) - probability(values[place]);
    one.alone = values[place + 1] - values[1];
    result.push_back(one);
  }
  return result;
}

// The value of a subset of players, by its bits: with the others of them left out.
Result<Eigen::VectorXd> ValuesOfSubsets(const ExplainedFunction& function,
                                        const LeavingOut& leaving_out,
                                        const std::vector<int>& players,
                                        const KeepGoing& keep_going) {
  constexpr std::size_t kBlock = 256;
  const std::size_t subsets = std::size_t{1} << players.size();
  Eigen::VectorXd values(static_cast<Eigen::Index>(subsets));
  for (std::size_t begin = 0; begin < subsets; begin += kBlock) {
    if (Status going = CheckGoing(keep_going); !going) return going.error();
    std::vector<Mask> masks;
    for (std::size_t subset = begin; subset < std::min(begin + kBlock, subsets); ++subset) {
      Mask mask = leaving_out.Nothing();
      for (std::size_t i = 0; i < players.size(); ++i) {
        if (((subset >> i) & 1U) == 0) mask[static_cast<std::size_t>(players[i])] = 1;
      }
      masks.push_back(std::move(mask));
    }
    values.segment(static_cast<Eigen::Index>(begin), std::ssize(masks)) =
        leaving_out.Judge(function, masks);
  }
  return values;
}

// Shapley 1953: sum over subsets S without i of |S|! (n - |S| - 1)! / n! (v(S + i) - v(S)).
Eigen::VectorXd ShapleyValues(const Eigen::VectorXd& values, int players) {
  std::vector<double> weight(static_cast<std::size_t>(players));  // by |S|
  for (int size = 0; size < players; ++size) {
    weight[static_cast<std::size_t>(size)] = std::exp(
        std::lgamma(size + 1.0) + std::lgamma(players - size) - std::lgamma(players + 1.0));
  }
  Eigen::VectorXd shares = Eigen::VectorXd::Zero(players);
  for (Eigen::Index subset = 0; subset < values.size(); ++subset) {
    const auto size = static_cast<std::size_t>(std::popcount(static_cast<std::uint64_t>(subset)));
    for (int i = 0; i < players; ++i) {
      const Eigen::Index with = subset | (Eigen::Index{1} << i);
      if (with != subset) shares[i] += weight[size] * (values[with] - values[subset]);
    }
  }
  return shares;
}

// Fills in the shares of the first `players` objects.
Status Share(const ExplainedFunction& function, const LeavingOut& leaving_out, int players,
             const KeepGoing& keep_going, ObjectContributions& result) {
  std::vector<int> objects;
  for (int i = 0; i < players; ++i) {
    objects.push_back(result.objects[static_cast<std::size_t>(i)].object);
  }
  const auto values = ValuesOfSubsets(function, leaving_out, objects, keep_going);
  if (!values) return values.error();
  const auto probability_of = ProbabilityBy(function);
  result.value = (*values)[values->size() - 1];
  result.value_without = (*values)[0];
  result.probability = probability_of(result.value);
  result.without_probability = probability_of(result.value_without);
  const Eigen::VectorXd shares = ShapleyValues(*values, players);
  const Eigen::VectorXd probability = ShapleyValues(values->unaryExpr(probability_of), players);
  for (int i = 0; i < players; ++i) {
    ObjectContribution& one = result.objects[static_cast<std::size_t>(i)];
    one.shares = true;
    one.shapley = shares[i];
    one.shapley_probability = probability[i];
  }
  return {};
}

std::vector<PairContribution> Pairs(const ExplainedFunction& function,
                                    const LeavingOut& leaving_out, const ObjectContributions& found,
                                    int most) {
  std::vector<PairContribution> pairs;
  std::vector<Mask> masks;
  const int objects = static_cast<int>(found.objects.size());
  for (int i = 0; i < objects; ++i) {
    for (int k = i + 1; k < objects; ++k) {
      pairs.push_back({.first = i, .second = k});
      const auto at = [&](int place) { return found.objects[static_cast<std::size_t>(place)]; };
      masks.push_back(With(With(leaving_out.Nothing(), at(i).object, 1), at(k).object, 1));
    }
  }
  const Eigen::VectorXd values = leaving_out.Judge(function, masks);
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    PairContribution& pair = pairs[i];
    pair.removal = found.value - values[static_cast<Eigen::Index>(i)];
    pair.joint = pair.removal - found.objects[static_cast<std::size_t>(pair.first)].removal -
                 found.objects[static_cast<std::size_t>(pair.second)].removal;
  }
  std::erase_if(pairs, [](const auto& pair) { return std::abs(pair.joint) < kLeastJoint; });
  std::ranges::stable_sort(pairs, std::ranges::greater(),
                           [](const PairContribution& pair) { return std::abs(pair.joint); });
  pairs.resize(std::min(pairs.size(), static_cast<std::size_t>(most)));
  return pairs;
}

}  // namespace

Result<ObjectContributions> ContributionsOf(const ExplainedFunction& function,
                                            const sim::SafetyGym& world,
                                            const ContributionSettings& settings,
                                            const KeepGoing& keep_going) {
  LOOKOUT_CHECK(settings.players >= 0 && settings.players <= ContributionSettings::kMostPlayers,
                "too many subsets to try");
  if (Status can = sim::CheckObjectsCanBeLeftOut(world.config()); !can) return can.error();
  const LeavingOut leaving_out(world);
  ObjectContributions result;
  result.objects = SingleContributions(function, world, leaving_out);
  std::ranges::stable_sort(result.objects, std::ranges::greater(), [](const auto& one) {
    return std::max(std::abs(one.removal), std::abs(one.alone));
  });
  const int players = std::min(settings.players, static_cast<int>(result.objects.size()));
  if (Status shared = Share(function, leaving_out, players, keep_going, result); !shared) {
    return shared.error();
  }
  std::ranges::stable_sort(result.objects, std::ranges::greater(), [](const auto& one) {
    return std::pair(std::abs(one.shapley), std::abs(one.removal));
  });
  if (Status going = CheckGoing(keep_going); !going) return going.error();
  result.pairs = Pairs(function, leaving_out, result, settings.pairs);
  return result;
}

Result<Eigen::VectorXd> RemovalsOf(const ExplainedFunction& function, const sim::SafetyGym& world) {
  if (Status can = sim::CheckObjectsCanBeLeftOut(world.config()); !can) return can.error();
  const LeavingOut leaving_out(world);
  std::vector<Mask> masks{leaving_out.Nothing()};
  const Mask everything = leaving_out.Everything();
  for (std::size_t i = 0; i < everything.size(); ++i) {
    masks.push_back(With(leaving_out.Nothing(), static_cast<int>(i), everything[i]));
  }
  const Eigen::VectorXd values = leaving_out.Judge(function, masks);
  Eigen::VectorXd removals = values[0] - values.tail(values.size() - 1).array();
  return removals;
}

Eigen::VectorXf WithNothingAround(const sim::SafetyGym& world) {
  const LeavingOut leaving_out(world);
  return leaving_out.Observe(leaving_out.Everything());
}

}  // namespace lookout::agents
