// How a question becomes a scene: which variables it has, and what is fixed.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include "agents/inspect/verification/scene.h"
#include "sim/objects/object_kinds.h"

namespace lookout::agents {
namespace {

using sim::SceneObjectKind;

// What depends on the pose in a way that no bounds are made of.
constexpr std::string_view kNotBounded[] = {"box_compass", "com",  "freejoint", "goal_compass",
                                            "qpos",        "qvel", "vision"};

bool IsIn(std::string_view key, std::span<const std::string_view> keys) {
  return std::ranges::find(keys, key) != keys.end();
}

Interval Overlap(const Interval& a, const Interval& b) {
  return {std::max(a.low, b.low), std::min(a.high, b.high)};
}

}  // namespace

class SceneMaker {
 public:
  SceneMaker(const Question& question, const ModelBounds& bounds, const sim::SafetyGym& gym)
      : question_(question), bounds_(bounds), gym_(gym), scene_(gym.config()) {
    scene_.after_reset_ = gym.observation();
    gym.ObjectPositions(positions_);
  }

  Result<Scene> Make() {
    if (Status known = CheckLookedAt(); !known.ok()) return known.error();
    const auto* poses = std::get_if<PosesInLayout>(&question_.where);
    Status placed =
        poses != nullptr ? AddPoses(*poses) : AddThings(std::get<ThingsAround>(question_.where));
    if (!placed.ok()) return placed.error();
    if (Status moved = AddMotion(); !moved.ok()) return moved.error();
    for (const SensorRange& range : question_.sensors) {
      if (Status added = AddSensor(range); !added.ok()) return added.error();
    }
    if (Status told = AddGoalDistance(); !told.ok()) return told.error();
    if (scene_.variables_.size() > Box::kMostVariables) {
      return BadInput(
          fmt::format("The question has {} variables, of which there may be {}; fix some "
                      "of its sensors to one value.",
                      scene_.variables_.size(), Box::kMostVariables));
    }
    NameFixed();
    return std::move(scene_);
  }

 private:
  bool LooksAt(const sim::ObservationEntry& entry) const {
    for (int i = 0; i < entry.size; ++i) {
      if (bounds_.LooksAt(entry.offset + i)) return true;
    }
    return false;
  }

  const sim::ObservationEntry* SeenEntry(std::string_view key) const {
    const sim::ObservationEntry* entry = gym_.spec().FindEntry(key);
    return entry != nullptr && LooksAt(*entry) ? entry : nullptr;
  }

  Status CheckLookedAt() const {
    for (const sim::ObservationEntry& entry : gym_.spec().observation_entries) {
      if (IsIn(entry.key, kNotBounded) && LooksAt(entry)) {
        return BadInput(
            fmt::format("The cost model looks at {}, of which no bounds are known; fit "
                        "one with --inputs world.",
                        entry.key));
      }
    }
    if (gym_.config().lidar_type != sim::LidarType::kPseudo && !gym_.scene().lidar_rings.empty()) {
      return BadInput(
          "No bounds are known of lidars of the natural type; choose an environment with "
          "lidar_type \"pseudo\".");
    }
    return {};
  }

  // A further variable; those beyond kMostVariables are only counted.
  int Add(std::string name, const Interval& range) {
    const std::size_t index = scene_.variables_.size();
    scene_.variables_.push_back({std::move(name)});
    if (index >= Box::kMostVariables) return 0;
    for (Box& root : scene_.roots_) {
      root.sides[index] = range;
      root.dim = index + 1;
    }
    return static_cast<int>(index);
  }

  std::vector<sim::Point2> PlacesOf(SceneObjectKind kind) const {
    std::vector<sim::Point2> places;
    for (std::size_t i = 0; i < gym_.scene().objects.size(); ++i) {
      if (gym_.scene().objects[i].kind != kind) continue;
      const auto column = static_cast<Eigen::Index>(i);
      places.push_back({positions_(0, column), positions_(1, column)});
    }
    return places;
  }

  // What the goal's lidar sees: the goal, the button to press, or the origin.
  sim::Point2 Goal() const {
    const sim::Task task = gym_.config().task;
    if (task == sim::Task::kGoal || task == sim::Task::kPush) {
      return PlacesOf(SceneObjectKind::kGoal).at(0);
    }
    if (task != sim::Task::kButton) return {0.0, 0.0};
    return PlacesOf(SceneObjectKind::kButton).at(static_cast<std::size_t>(gym_.Save().goal_button));
  }

  Status AddPoses(const PosesInLayout& poses) {
    if (Status rooted = AddRoots(poses); !rooted.ok()) return rooted;
    scene_.heading_ = Add("heading_rad", poses.heading_rad);
    for (const sim::LidarRing& ring : gym_.scene().lidar_rings) {
      const bool of_goal = ring.kind == SceneObjectKind::kGoal;
      scene_.rings_.push_back({ring.observation_offset,
                               ring.bins,
                               of_goal ? std::vector{Goal()} : PlacesOf(ring.kind),
                               {}});
    }
    AddMagnetometer();
    return {};
  }

  Status AddRoots(const PosesInLayout& poses) {
    const sim::Rectangle& extents = gym_.config().placements_extents;
    const Interval x_m = poses.x_m.value_or(Interval{extents[0], extents[2]});
    const Interval y_m = poses.y_m.value_or(Interval{extents[1], extents[3]});
    if (poses.of) {
      scene_.near_to_ = PlacesOf(*poses.of);
      if (scene_.near_to_.empty()) {
        return BadInput(fmt::format("The layout has no {}, which 'place' is about.",
                                    sim::DescriptorOf(*poses.of).one));
      }
      scene_.beyond_m_ = poses.beyond_m.value_or(-1.0);
      if (!poses.beyond_m) scene_.within_m_ = poses.within_m.value_or(RadiusOf(*poses.of));
    }
    scene_.variables_ = {{"x_m"}, {"y_m"}};
    if (scene_.within_m_ < 0.0) {
      scene_.roots_.push_back({{x_m, y_m}, 2});
      return {};
    }
    std::vector<sim::Point2> near_to;
    for (const sim::Point2& at : std::exchange(scene_.near_to_, {})) {
      Interval x = Interval{at[0], at[0]}.Widened(scene_.within_m_);
      Interval y = Interval{at[1], at[1]}.Widened(scene_.within_m_);
      if (poses.x_m) x = Overlap(x, x_m);
      if (poses.y_m) y = Overlap(y, y_m);
      if (x.low > x.high || y.low > y.high) continue;
      scene_.roots_.push_back({{x, y}, 2});
      scene_.near_to_.push_back(at);
    }
    if (!scene_.roots_.empty()) return {};
    return BadInput("Nothing that 'place' is about lies in its x_m and y_m.");
  }

  double RadiusOf(SceneObjectKind kind) const {
    const auto object = std::ranges::find(gym_.scene().objects, kind, &sim::SceneObject::kind);
    return object->radius_m;
  }

  Status AddThings(const ThingsAround& things) {
    scene_.in_layout_ = false;
    scene_.roots_.emplace_back();
    for (const sim::LidarRing& ring : gym_.scene().lidar_rings) {
      scene_.rings_.push_back({ring.observation_offset, ring.bins, {}, {}});
    }
    for (const ThingAround& thing : things) {
      const auto ring =
          std::ranges::find(gym_.scene().lidar_rings, thing.kind, &sim::LidarRing::kind);
      const std::string name(sim::DescriptorOf(thing.kind).one);
      if (ring == gym_.scene().lidar_rings.end() || !bounds_.LooksAt(ring->observation_offset)) {
        return BadInput(fmt::format("The cost model has no lidar that sees a {}.", name));
      }
      const auto index = static_cast<int>(scene_.things_.size());
      const int distance = Add(name + " distance_m", thing.distance_m);
      scene_.things_.push_back({distance, Add(name + " bearing_rad", thing.bearing_rad)});
      const auto place = ring - gym_.scene().lidar_rings.begin();
      scene_.rings_[static_cast<std::size_t>(place)].around.push_back(index);
    }
    if (SeenEntry("magnetometer") == nullptr) return {};
    scene_.heading_ = Add("heading_rad", {-std::numbers::pi, std::numbers::pi});
    AddMagnetometer();
    return {};
  }

  void AddMagnetometer() {
    const sim::ObservationEntry* entry = SeenEntry("magnetometer");
    if (entry == nullptr || entry->size < 2) return;
    scene_.magnetometer_ = entry->offset;
    const double x = scene_.after_reset_[entry->offset];
    const double y = scene_.after_reset_[entry->offset + 1];
    const Eigen::Matrix3d turn = gym_.world_from_robot_rotation();
    scene_.north_m_ = std::hypot(x, y);
    scene_.north_rad_ = std::atan2(y, x) + std::atan2(turn(1, 0), turn(0, 0));
  }

  Status AddMotion() {
    const sim::ObservationEntry* velocity = SeenEntry("velocimeter");
    if (question_.speed_m_per_s > 0.0 && velocity != nullptr) {
      const Interval range = Interval{}.Widened(question_.speed_m_per_s);
      scene_.speed_m_per_s_ = question_.speed_m_per_s;
      scene_.velocity_ = Add("forward_m_per_s", range);
      const int sideways = Add("sideways_m_per_s", range);
      scene_.sensed_.push_back({velocity->offset, scene_.velocity_});
      scene_.sensed_.push_back({velocity->offset + 1, sideways});
    }
    const sim::ObservationEntry* turn = SeenEntry("gyro");
    if (turn == nullptr || question_.turn_rate_rad_per_s == Interval{}) return {};
    const int variable = Add("turn_rate_rad_per_s", question_.turn_rate_rad_per_s);
    scene_.sensed_.push_back({turn->offset + turn->size - 1, variable});
    return {};
  }

  Status AddSensor(const SensorRange& range) {
    const sim::ObservationEntry* entry = gym_.spec().FindEntry(range.key);
    const bool derived = range.key.ends_with("_lidar") || range.key == "magnetometer" ||
                         (range.key == "goal_dist" && scene_.in_layout_) ||
                         IsIn(range.key, kNotBounded);
    if (entry == nullptr || derived) {
      return BadInput(fmt::format("{} has no sensor '{}' that a question could set.",
                                  gym_.spec().id, range.key.substr(0, 60)));
    }
    if (std::ssize(range.values) != entry->size) {
      return BadInput(fmt::format("The sensor '{}' has {} values, not {}.", range.key, entry->size,
                                  range.values.size()));
    }
    for (int i = 0; i < entry->size; ++i) {
      const int place = entry->offset + i;
      const Interval& value = range.values[static_cast<std::size_t>(i)];
      if (std::ranges::find(scene_.sensed_, place, &Scene::Sensed::place) != scene_.sensed_.end()) {
        return BadInput(fmt::format(
            "The sensor '{}' is set by the speed or the turn rate as well; say it once.",
            range.key));
      }
      scene_.after_reset_[place] = value.low;
      if (value.low == value.high || !bounds_.LooksAt(place)) continue;
      scene_.sensed_.push_back({place, Add(fmt::format("{}[{}]", range.key, i), value)});
    }
    return {};
  }

  Status AddGoalDistance() {
    const sim::ObservationEntry* entry = SeenEntry("goal_dist");
    if (entry == nullptr) return {};
    if (scene_.in_layout_) {
      scene_.goal_distance_ = entry->offset;
      scene_.goal_ = Goal();
      return {};
    }
    if (std::ranges::find(question_.sensors, "goal_dist", &SensorRange::key) !=
        question_.sensors.end()) {
      return {};
    }
    return BadInput("The cost model looks at goal_dist; say under 'sensors' what it reads.");
  }

  void NameFixed() {
    for (const sim::ObservationEntry& entry : gym_.spec().observation_entries) {
      const bool varies = std::ranges::any_of(scene_.sensed_, [&](const Scene::Sensed& sensed) {
        return sensed.place >= entry.offset && sensed.place < entry.offset + entry.size;
      });
      const bool follows = entry.key.ends_with("_lidar") || entry.key == "magnetometer" ||
                           entry.offset == scene_.goal_distance_;
      if (varies || follows || !LooksAt(entry)) continue;
      std::vector<std::string> values;
      for (int i = 0; i < entry.size; ++i) {
        values.push_back(fmt::format("{:.3g}", scene_.after_reset_[entry.offset + i]));
      }
      scene_.fixed_.push_back(fmt::format("{} {}", entry.key, fmt::join(values, ", ")));
    }
  }

  const Question& question_;
  const ModelBounds& bounds_;
  const sim::SafetyGym& gym_;
  Eigen::Matrix3Xd positions_;
  Scene scene_;
};

Result<Scene> Scene::Create(const Question& question, const ModelBounds& bounds,
                            const sim::SafetyGym& gym) {
  return SceneMaker(question, bounds, gym).Make();
}

}  // namespace lookout::agents
