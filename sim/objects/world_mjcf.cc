#include "sim/objects/world_mjcf.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <initializer_list>

#include "sim/objects/object_kinds.h"
#include "sim/objects/world_objects.h"

namespace lookout::sim {
namespace {

constexpr char kShadow[] = "_shadow";  // ends the name of a mocap's material
constexpr char kUntouchable[] = " contype=\"0\" conaffinity=\"0\"";

std::string Numbers(std::initializer_list<double> values) {
  std::string text;
  for (const double value : values) {
    text += fmt::format("{}{:.17g}", text.empty() ? "" : " ", value);
  }
  return text;
}

// name="value", with a space in front.
std::string Attribute(const char* name, const std::string& value) {
  return std::string(" ") + name + "=\"" + value + "\"";
}

// As many of the sizes as there are.
std::string SizeText(const std::array<double, 3>& size_m) {
  const auto [x, y, z] = size_m;
  return z > 0 ? Numbers({x, y, z}) : Numbers({x, y});
}

std::string Geom(const std::string& name, const ObjectKind& kind, const ObjectShape& shape,
                 const std::string& extra = "") {
  std::string geom = "      <geom" + Attribute("name", name) + Attribute("type", shape.type) +
                     Attribute("size", SizeText(shape.size_m)) +
                     Attribute("group", fmt::to_string(kind.geom_group));
  if (!kind.is_solid) geom += kUntouchable;
  if (shape.density > 0) geom += Attribute("density", Numbers({shape.density}));
  return geom + extra + "/>\n";
}

// The four posts at the corners of the push box, so that it can be caught and turned.
std::string Posts(const ObjectKind& kind, const ObjectShape& box, const std::string& material) {
  const double size = box.size_m[0];
  ObjectShape post = box;
  post.size_m = {size / 2, size / 2, size};
  const Point2 corners[] = {{size, size}, {-size, size}, {size, -size}, {-size, -size}};
  std::string posts;
  int number = 0;
  for (const auto& [x, y] : corners) {
    posts += Geom(fmt::format("col{}", ++number), kind, post,
                  material + Attribute("pos", Numbers({x, y, 0})));
  }
  return posts;
}

std::string Body(const EnvironmentConfig& config, SceneObjectKind object, int index) {
  const ObjectKind& kind = DescriptorOf(object);
  const ObjectShape shape = kind.shape(config);
  const std::string name = BodyName(object, index);
  const std::string material = Attribute("material", std::string(SceneObjectKindName(object)));
  std::string body = "    <body" + Attribute("name", name) +
                     Attribute("pos", Numbers({0, 0, shape.height_m})) + ">\n";
  if (kind.is_free) body += "      <freejoint" + Attribute("name", name) + "/>\n";
  body += Geom(name, kind, shape, material);
  if (kind.has_posts) body += Posts(kind, shape, material);
  return body + "    </body>\n";
}

// What drags an object along its circle. The body stays at the origin; the geom has the place.
std::string Mocap(const EnvironmentConfig& config, SceneObjectKind object, int index) {
  ObjectKind kind = DescriptorOf(object);
  kind.is_solid = false;
  ObjectShape shape = kind.shape(config);
  shape.density = 0;
  const std::string name = ObjectName(object, index) + "mocap";
  const std::string material = std::string(SceneObjectKindName(object)) + kShadow;
  return "    <body" + Attribute("name", name) + " mocap=\"true\">\n" +
         Geom(name, kind, shape,
              Attribute("material", material) + Attribute("pos", Numbers({0, 0, shape.height_m}))) +
         "    </body>\n";
}

// Those with a free joint first, then what drags them, then all that is fixed.
std::string Bodies(const EnvironmentConfig& config) {
  std::string free;
  std::string mocaps;
  std::string fixed;
  for (const SceneObjectKind kind : BodyOrder()) {
    if (DescriptorOf(kind).shape == nullptr) continue;  // in its own file
    for (int i = 0; i < ObjectCount(config, kind); ++i) {
      (DescriptorOf(kind).is_free ? free : fixed) += Body(config, kind, i);
      if (DescriptorOf(kind).is_dragged) mocaps += Mocap(config, kind, i);
    }
  }
  return free + mocaps + fixed;
}

std::string Welds(const EnvironmentConfig& config) {
  std::string welds;
  for (const SceneObjectKind kind : BodyOrder()) {
    if (!DescriptorOf(kind).is_dragged) continue;
    for (int i = 0; i < ObjectCount(config, kind); ++i) {
      const std::string mocap = ObjectName(kind, i) + "mocap";
      welds += "    <weld" + Attribute("name", mocap) + Attribute("body1", mocap) +
               Attribute("body2", BodyName(kind, i)) + " solref=\"0.02 1.5\"/>\n";
    }
  }
  return welds;
}

// Room for contacts and for their rows in the solver. Safety Gym asks for 1,000 and 3,000 whatever
// the world, which is 72 MB of solver matrix to clear at every reset; this is what a world can
// fill: a robot among obstacles, and for each free object eight contacts of ten rows.
std::string Limits(const EnvironmentConfig& config) {
  constexpr int kRowsPerContact = 10;  // condim 6, pyramidal
  constexpr int kRowsPerWeld = 6;
  int contacts = 64;
  int rows = 100;  // joint limits
  for (const SceneObjectKind kind : BodyOrder()) {
    const int count = ObjectCount(config, kind);
    if (DescriptorOf(kind).is_free) contacts += 8 * count;
    if (DescriptorOf(kind).is_dragged) rows += kRowsPerWeld * count;
  }
  rows += kRowsPerContact * contacts;
  return "  <size" + Attribute("nconmax", fmt::to_string(contacts)) +
         Attribute("njmax", fmt::to_string(rows)) + "/>\n";
}

// The materials of all kinds, ours or those of Safety Gym.
std::string Materials(bool original) {
  std::string materials;
  const auto add = [&](const std::string& name, std::string_view ours, std::string_view theirs) {
    const std::string_view look = original ? theirs : ours;
    if (look.empty()) return;
    materials += "    <material" + Attribute("name", name) + " " + std::string(look) + "/>\n";
  };
  for (const SceneObjectKind object : AllObjectKinds()) {
    const ObjectKind& kind = DescriptorOf(object);
    const std::string name(SceneObjectKindName(object));
    add(name, kind.material, kind.original_material);
    add(name + kShadow, kind.shadow_material, kind.original_shadow_material);
  }
  return materials + "  </asset>\n";
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
         Limits(config) + (seen ? kOriginalLook : kLook) + Materials(seen) + "  <worldbody>\n" +
         Floor(config) + (seen ? kOriginalLight : kLight) + kCameras + Bodies(config) +
         "  </worldbody>\n  <equality>\n" + Welds(config) + "  </equality>\n</mujoco>\n";
}

}  // namespace lookout::sim
