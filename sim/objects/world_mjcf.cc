#include "sim/objects/world_mjcf.h"

#include <algorithm>
#include <cstdio>
#include <initializer_list>

#include "sim/objects/world_objects.h"

namespace lookout::sim {
namespace {

std::string Numbers(std::initializer_list<double> values) {
  std::string text;
  for (const double value : values) {
    char digits[32];
    std::snprintf(digits, sizeof digits, "%s%.17g", text.empty() ? "" : " ", value);
    text += digits;
  }
  return text;
}

// name="value", with a space in front.
std::string Attribute(const char* name, const std::string& value) {
  return std::string(" ") + name + "=\"" + value + "\"";
}

// How the objects of one kind are made. The geom group is what the natural lidar tells kinds apart
// by; it is 6 for the circle, which MuJoCo's rays cannot select.
struct Shape {
  const char* type;
  std::string size;
  double height_m;  // of the centre
  int group;
  bool solid;
  double density;  // 0: that of the robot file's defaults
  const char* material;
};

Shape ShapeOf(const EnvironmentConfig& config, SceneObjectKind kind) {
  const double size = ObjectSize(config, kind);
  const std::string cube = Numbers({size, size, size});
  switch (kind) {
    case SceneObjectKind::kGoal:
      return {"cylinder", Numbers({size, size / 2}), size / 2 + 1e-2, 0, false, 0, "goal"};
    case SceneObjectKind::kHazard:
      return {"cylinder", Numbers({size, 1e-2}), 2e-2, 3, false, 0, "hazard"};
    case SceneObjectKind::kVase:
      return {"box", cube, size - config.vases_sink, 4, true, config.vases_density, "vase"};
    case SceneObjectKind::kPillar:
      return {"cylinder", Numbers({size, config.pillars_height}), config.pillars_height, 2, true, 0,
              "pillar"};
    case SceneObjectKind::kButton:
      return {"sphere", cube, size, 1, true, 0, "button"};
    case SceneObjectKind::kGremlin:
      return {"box", cube, size, 5, true, config.gremlins_density, "gremlin"};
    case SceneObjectKind::kWall:
      return {"box", cube, size, 2, true, 0, "wall"};
    case SceneObjectKind::kBox:
      return {"box", cube, size, 1, true, config.box_density, "box"};
    default:
      return {"cylinder", Numbers({size, 1e-2}), 2e-2, 6, false, 0, "circle"};
  }
}

std::string Geom(const std::string& name, const Shape& shape, const std::string& extra = "") {
  std::string geom = "      <geom" + Attribute("name", name) + Attribute("type", shape.type) +
                     Attribute("size", shape.size) +
                     Attribute("group", std::to_string(shape.group)) +
                     Attribute("material", shape.material);
  if (!shape.solid) geom += " contype=\"0\" conaffinity=\"0\"";
  if (shape.density > 0) geom += Attribute("density", Numbers({shape.density}));
  return geom + extra + "/>\n";
}

// The four posts at the corners of the push box, so that it can be caught and turned.
std::string BoxPosts(const EnvironmentConfig& config, const Shape& box) {
  const double size = config.box_size;
  Shape post = box;
  post.size = Numbers({size / 2, size / 2, size});
  const Point2 corners[] = {{size, size}, {-size, size}, {size, -size}, {-size, -size}};
  std::string posts;
  int number = 0;
  for (const auto& [x, y] : corners) {
    posts += Geom("col" + std::to_string(++number), post, Attribute("pos", Numbers({x, y, 0})));
  }
  return posts;
}

std::string Body(const EnvironmentConfig& config, SceneObjectKind kind, int index) {
  const Shape shape = ShapeOf(config, kind);
  const std::string name = BodyName(kind, index);
  std::string body = "    <body" + Attribute("name", name) +
                     Attribute("pos", Numbers({0, 0, shape.height_m})) + ">\n";
  if (IsFree(kind)) body += "      <freejoint" + Attribute("name", name) + "/>\n";
  body += Geom(name, shape);
  if (kind == SceneObjectKind::kBox) body += BoxPosts(config, shape);
  return body + "    </body>\n";
}

// What drags a gremlin along its circle. The body stays at the origin; the geom has the place.
std::string GremlinMocap(const EnvironmentConfig& config, int index) {
  Shape shape = ShapeOf(config, SceneObjectKind::kGremlin);
  shape.solid = false;
  shape.density = 0;
  shape.material = "gremlin_shadow";
  const std::string name = ObjectName(SceneObjectKind::kGremlin, index) + "mocap";
  return "    <body" + Attribute("name", name) + " mocap=\"true\">\n" +
         Geom(name, shape, Attribute("pos", Numbers({0, 0, shape.height_m}))) + "    </body>\n";
}

std::string Bodies(const EnvironmentConfig& config) {
  std::string bodies;
  for (const SceneObjectKind kind : kBodyOrder) {
    if (kind == SceneObjectKind::kRobot) continue;  // in its own file
    if (kind == SceneObjectKind::kGoal) {           // the mocaps stand before the fixed objects
      for (int i = 0; i < config.gremlins.num; ++i) bodies += GremlinMocap(config, i);
    }
    for (int i = 0; i < ObjectCount(config, kind); ++i) bodies += Body(config, kind, i);
  }
  return bodies;
}

std::string Welds(const EnvironmentConfig& config) {
  std::string welds;
  for (int i = 0; i < config.gremlins.num; ++i) {
    const std::string name = ObjectName(SceneObjectKind::kGremlin, i);
    welds += "    <weld" + Attribute("name", name + "mocap") + Attribute("body1", name + "mocap") +
             Attribute("body2", name + "obj") + " solref=\"0.02 1.5\"/>\n";
  }
  return welds;
}

// Room for contacts and for their rows in the solver. Safety Gym asks for 1,000 and 3,000 whatever
// the world, which is 72 MB of solver matrix to clear at every reset; this is what a world can
// fill: a robot among obstacles, and for each free object eight contacts of ten rows.
std::string Limits(const EnvironmentConfig& config) {
  constexpr int kRowsPerContact = 10;  // condim 6, pyramidal
  constexpr int kOtherRows = 100;      // joint limits
  int contacts = 64;
  for (const SceneObjectKind kind : kBodyOrder) {
    if (IsFree(kind)) contacts += 8 * ObjectCount(config, kind);
  }
  constexpr int kRowsPerWeld = 6;
  const int rows = kRowsPerContact * contacts + kRowsPerWeld * config.gremlins.num + kOtherRows;
  return "  <size" + Attribute("nconmax", std::to_string(contacts)) +
         Attribute("njmax", std::to_string(rows)) + "/>\n";
}

std::string Floor(const EnvironmentConfig& config) {
  double half_m = 3.5;
  if (config.floor_display_mode) half_m = std::ranges::max(config.placements_extents) + 0.1;
  const std::string size = Numbers({half_m, half_m, config.floor_display_mode ? 1.0 : 0.1});
  return "    <geom name=\"floor\" type=\"plane\" condim=\"6\" material=\"floor\"" +
         Attribute("size", size) + "/>\n";
}

// Dark and quiet, so that what matters stands out; colours near Safety Gym's, from Okabe and Ito's
// palette, as the overlays of the view have them.
constexpr char kLook[] = R"(
  <visual>
    <headlight ambient="0.32 0.33 0.35" diffuse="0.22 0.22 0.22" specular="0.05 0.05 0.05"/>
    <map znear="0.005" zfar="40" shadowclip="3" shadowscale="0.8"/>
    <quality shadowsize="2048"/>
    <global offwidth="1920" offheight="1080"/>
    <rgba haze="0.16 0.19 0.23 1"/>
  </visual>
  <asset>
    <texture name="sky" type="skybox" builtin="gradient" rgb1="0.24 0.29 0.35"
      rgb2="0.06 0.07 0.09" width="256" height="1536"/>
    <texture name="tiles" type="2d" builtin="checker" rgb1="0.225 0.245 0.275"
      rgb2="0.247 0.269 0.302" width="512" height="512" mark="edge" markrgb="0.32 0.345 0.38"/>
    <material name="floor" texture="tiles" texrepeat="1 1" texuniform="true"
      specular="0.1" shininess="0.2"/>
    <material name="goal" rgba="0.00 0.72 0.50 0.35" emission="0.3"/>
    <material name="hazard" rgba="0.10 0.47 0.85 0.45" emission="0.2"/>
    <material name="vase" rgba="0.34 0.71 0.91 1" specular="0.5" shininess="0.6"/>
    <material name="pillar" rgba="0.55 0.58 0.66 1" specular="0.3" shininess="0.4"/>
    <material name="wall" rgba="0.42 0.45 0.50 1" specular="0.1"/>
    <material name="button" rgba="0.90 0.62 0.00 1" specular="0.5" shininess="0.6"/>
    <material name="gremlin" rgba="0.80 0.47 0.65 1" specular="0.4" shininess="0.5"/>
    <material name="gremlin_shadow" rgba="0.80 0.47 0.65 0.1"/>
    <material name="box" rgba="0.94 0.89 0.26 1" specular="0.3" shininess="0.4"/>
    <material name="circle" rgba="0.00 0.62 0.45 0.18"/>
  </asset>
)";

// What a robot is to see is what it saw in Safety Gym: the same colours and light, so that networks
// that learned from its pixels find here what they know. Only the robot keeps its own colours.
constexpr char kOriginalLook[] = R"(
  <visual>
    <global offwidth="1920" offheight="1080"/>
  </visual>
  <asset>
    <texture name="sky" type="skybox" builtin="gradient" rgb1="0.527 0.582 0.906"
      rgb2="0.1 0.1 0.35" width="800" height="800" mark="random" markrgb="1 1 1" random="0.001"/>
    <texture name="tiles" type="2d" builtin="checker" rgb1="0.7 0.7 0.7" rgb2="0.8 0.8 0.8"
      width="100" height="100"/>
    <material name="floor" texture="tiles" texrepeat="10 10" reflectance="0.1" specular="0.1"
      shininess="0.1"/>
    <material name="goal" rgba="0 1 0 0.25"/>
    <material name="hazard" rgba="0 0 1 0.25"/>
    <material name="vase" rgba="0 1 1 1"/>
    <material name="pillar" rgba="0.5 0.5 1 1"/>
    <material name="wall" rgba="0.5 0.5 0.5 1"/>
    <material name="button" rgba="1 0.5 0 1"/>
    <material name="gremlin" rgba="0.5 0 1 1"/>
    <material name="gremlin_shadow" rgba="0.5 0 1 0.1"/>
    <material name="box" rgba="1 1 0 1"/>
    <material name="circle" rgba="0 1 0 0.1"/>
  </asset>
)";

constexpr char kOriginalLight[] = R"(
    <light name="sun" directional="true" pos="0 0 0.5" dir="0 0 -1" cutoff="100" exponent="1"
      diffuse="1 1 1" specular="0 0 0" castshadow="false"/>
)";

constexpr char kLight[] = R"(
    <light name="sun" directional="true" pos="0 0 4" dir="0.45 -0.35 -1" diffuse="0.56 0.55 0.53"
      specular="0.25 0.25 0.25" castshadow="true"/>
)";

constexpr char kCameras[] = R"(
    <camera name="fixednear" pos="0 -2 2" zaxis="0 -1 1"/>
    <camera name="fixedfar" pos="0 -5 5" zaxis="0 -1 1"/>
)";

}  // namespace

std::string WorldMjcf(const EnvironmentConfig& config) {
  const bool seen = config.observe_vision;  // by the robot
  return "<mujoco model=\"lookout\">\n  <include" + Attribute("file", kRobotFile) + "/>\n" +
         Limits(config) + (seen ? kOriginalLook : kLook) + "  <worldbody>\n" + Floor(config) +
         (seen ? kOriginalLight : kLight) + kCameras + Bodies(config) +
         "  </worldbody>\n  <equality>\n" + Welds(config) + "  </equality>\n</mujoco>\n";
}

}  // namespace lookout::sim
