#include "ui/viewport/scene/overlay_relevance.h"

#include <algorithm>

namespace lookout::ui {

bool IsRelevant(std::string_view overlay, const EpisodeScene& scene, bool comparing, bool attends) {
  using Kind = sim::SceneObjectKind;
  const auto has = [&](Kind kind) {
    return std::ranges::any_of(scene.scene.objects,
                               [&](const sim::SceneObject& object) { return object.kind == kind; });
  };
  if (overlay == "hazards") return has(Kind::kHazard);
  if (overlay == "vases") return has(Kind::kVase);
  if (overlay == "buttons") return has(Kind::kButton);
  if (overlay == "gremlins") return has(Kind::kGremlin);
  if (overlay == "solids") return has(Kind::kPillar) || has(Kind::kWall);
  if (overlay == "goal") return has(Kind::kGoal);
  if (overlay == "lidar") return !scene.scene.lidar_rings.empty();
  if (overlay == "keep_out" || overlay == "contact") return !scene.spec.cost_kinds.empty();
  if (overlay == "ghost") return comparing;
  if (overlay == "attention") return attends;
  if (overlay == "task") {
    const sim::Task task = scene.header->config.task;
    return task == sim::Task::kPush || task == sim::Task::kCircle || task == sim::Task::kX ||
           task == sim::Task::kZ;
  }
  return true;
}

}  // namespace lookout::ui
