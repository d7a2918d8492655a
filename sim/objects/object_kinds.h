// What the program knows of each kind of object: one descriptor per kind, each in a file of its own
// (hazard.cc, vase.cc, ...), and the list of them. World builder, sensors, cost rules, the 3-D
// view, legends and panels read them, when a world is built and never in a step. Any thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "sim/config/config.h"
#include "sim/environment/kinds.h"

namespace lookout::sim {

// sRGB, 0 to 1.
struct Colour {
  float red = 0.0F;
  float green = 0.0F;
  float blue = 0.0F;
};

// What a rule measures of an object and the robot.
enum class CostMeasure : std::uint8_t {
  kContact,       // each contact point of the robot with it; the number is 0
  kDistance,      // horizontally from the robot's centre to its own, metres
  kDisplacement,  // horizontally from where it stood at the start of the episode, metres
  kSpeed,         // of its body, m/s
};

// 0xRRGGBB, readable on the panels of each theme.
struct CostColours {
  std::uint32_t dark = 0;
  std::uint32_t light = 0;
  std::uint32_t high_contrast = 0;
};

// One kind of cost that objects of a kind produce.
struct CostRule {
  CostKind kind;
  CostMeasure measure;
  bool (*charged)(const EnvironmentConfig&);                    // whether it is charged at all
  double (*amount)(const EnvironmentConfig&, double measured);  // by one object or contact point
  bool spares_goal_button = false;  // nothing for the button to press, and while buttons sleep
  const char* name = "";            // for a person: "Vase contact"
  std::string_view icon;            // a name in ui/theme/kinds.cc
  CostColours colours;
  Colour flash;  // of the robot in the 3-D view when it happens
};

// How a geom is made. MuJoCo's type takes as many of the sizes as it needs; the rest are 0.
struct ObjectShape {
  const char* type = "box";
  std::array<double, 3> size_m{};
  double height_m = 0.0;  // of the centre
  double density = 0.0;   // 0: that of the robot file's defaults
};

// Where objects of one kind may be placed.
struct PlacementRule {
  const std::optional<std::vector<Rectangle>>& placements;
  const std::vector<Point2>& locations;
  double keepout_m = 0.0;
};

// The lidar that sees a kind, in Safety Gym's words; without a key there is none.
struct LidarOption {
  std::string_view key;  // "hazards_lidar"
  bool EnvironmentConfig::*observed = nullptr;
  bool even_without_objects = false;  // is there, and reads zero
  int level = 0;                      // of its halo above the robot, as Safety Gym stacks them
};

// When an agent that steers by itself keeps clear of a kind.
enum class KeepsClear : std::uint8_t {
  kNever,
  kAlways,       // it cannot be driven through
  kWhenCareful,  // it can, but that costs something
};

// And how far. Only what its lidar sees can be kept clear of.
struct ClearanceRule {
  KeepsClear when = KeepsClear::kNever;
  double (*reach_m)(const EnvironmentConfig&) = nullptr;  // horizontally, from its centre
  bool from_centre = false;    // the robot's centre has to stay outside, not its body
  bool may_be_bumped = false;  // by who need not be careful: a bump stops nobody
  bool (*applies)(const EnvironmentConfig&) = nullptr;  // none: in every world
};

// The sign that stands for a kind in legends, beside its colour.
enum class ObjectSign : std::uint8_t { kDisc, kRing, kSquare, kFrame, kDiamond, kTriangle };

struct ObjectKind {
  // In words, and what the names of its options begin with.
  std::string_view one;     // "hazard"
  std::string_view many;    // "hazards"
  std::string_view option;  // "hazards" of hazards_placements
  bool is_single = false;   // there is at most one, so it is called without a number

  // In the world. Ranks are Safety Gym's orders; draws, rotations and body ids depend on them.
  int (*count)(const EnvironmentConfig&) = nullptr;
  PlacementRule (*placement)(const EnvironmentConfig&) = nullptr;  // none: stays at the origin
  double (*size_m)(const EnvironmentConfig&) = nullptr;            // radius or half-size
  int placement_rank = -1;                                         // when its place is drawn
  int body_rank = -1;       // where its body stands in the model
  bool is_turned = true;    // whether a rotation is drawn for it
  bool is_free = false;     // has a free joint, so that it can be pushed away
  bool is_dragged = false;  // by a mocap body along a circle
  bool is_solid = true;
  bool has_posts = false;  // at the corners, so that it can be caught and turned
  // What the natural lidar tells kinds apart by; 6 is beyond what MuJoCo's rays can select.
  int geom_group = 0;
  ObjectShape (*shape)(const EnvironmentConfig&) = nullptr;  // none: in a file of its own
  std::string_view material;              // attributes in MJCF: near Okabe and Ito's palette
  std::string_view original_material;     // Safety Gym's own, for a robot that sees
  std::string_view shadow_material = {};  // the same two of the mocap that drags it
  std::string_view original_shadow_material = {};

  LidarOption lidar;
  std::span<const CostRule> costs;
  ClearanceRule clearance;

  // In the 3-D view and in legends.
  Colour colour;
  ObjectSign sign = ObjectSign::kDisc;
  bool has_keep_out_ring = false;  // where it costs something
};

// One of each, in a file of its own: kHazardObject in hazard.cc.
#define LOOKOUT_DECLARE(id, name) extern const ObjectKind k##id##Object;
LOOKOUT_OBJECT_KINDS(LOOKOUT_DECLARE)
#undef LOOKOUT_DECLARE

const ObjectKind& DescriptorOf(SceneObjectKind kind);

// The rule that charges a kind of cost, and what charges it.
const CostRule& RuleOf(CostKind kind);
SceneObjectKind SourceOf(CostKind kind);

// Every kind: in the order of the enumeration, of drawing places, of the bodies in the model.
std::span<const SceneObjectKind> AllObjectKinds();
std::span<const SceneObjectKind> PlacementOrder();
std::span<const SceneObjectKind> BodyOrder();

}  // namespace lookout::sim
