// The window's own copy of an episode's world: restores a recorded state and runs the kinematics,
// never the dynamics. Window thread only.
#pragma once

#include <Eigen/Core>
#include <optional>
#include <vector>

#include "sim/recording/recording.h"
#include "sim/solver/mujoco_handles.h"
#include "ui/model/episode_store.h"

namespace lookout::ui {

class ViewWorld {
 public:
  // Puts `state` of an episode on show. Copies the model when the episode's model is another one.
  // The sizes of the state must be those of the model (our bug otherwise).
  void Show(const EpisodeScenePtr& scene, const sim::SimState& state);

  bool empty() const { return model_ == nullptr; }
  const EpisodeScene& scene() const { return *scene_; }
  const mjModel* model() const { return model_.get(); }
  mjModel* model() { return model_.get(); }
  const mjData* data() const { return data_.get(); }
  mjData* data() { return data_.get(); }
  // Grows whenever the model was replaced.
  int model_version() const { return model_version_; }

  Eigen::Vector3d BodyPosition(int body) const;          // world frame, metres
  Eigen::Matrix3d WorldFromBody(int body) const;         // rotation
  Eigen::Vector3d BodyVelocity(int body) const;          // world frame, m/s
  const sim::SceneObject* ObjectOfBody(int body) const;  // nullptr: the floor and such
  // Where the reset put a free object, on the floor; none if the episode's layout does not say.
  std::optional<Eigen::Vector2d> ResetPosition(const sim::SceneObject& object) const;

  // Calls visit(object, position in the world) for every object of a kind.
  template <typename Visit>
  void ForEach(sim::SceneObjectKind kind, Visit&& visit) const {
    for (const sim::SceneObject& object : scene_->scene.objects) {
      if (object.kind == kind) visit(object, BodyPosition(object.body));
    }
  }

  // Hides or shows what the model itself draws for every object of a kind.
  void SetKindVisible(sim::SceneObjectKind kind, bool visible);
  // Grey: nobody steers.
  void SetRobotGrey(bool grey);

 private:
  void CopyModel(const EpisodeScenePtr& scene);

  EpisodeScenePtr scene_;
  sim::ModelHandle model_;
  sim::DataHandle data_;
  std::vector<float> model_rgba_;  // [4 * ngeom] as the model came
  int model_version_ = 0;
};

}  // namespace lookout::ui
