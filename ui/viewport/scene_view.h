// The 3-D view of an episode: restores what is on screen into its own world, draws it with MuJoCo,
// paints the overlays and keeps the picture in a texture. Window thread only; the GL context must
// be current from making to death.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "sim/solver/mujoco_handles.h"
#include "ui/commands.h"
#include "ui/viewport/overlays/field_paint.h"
#include "ui/viewport/overlays/ghost.h"
#include "ui/viewport/overlays/why_overlay.h"
#include "ui/viewport/painting/render_handles.h"
#include "ui/viewport/painting/render_target.h"
#include "ui/viewport/painting/scene_painter.h"
#include "ui/viewport/painting/view_matrices.h"
#include "ui/viewport/scene/arena.h"
#include "ui/viewport/scene/perturb_hand.h"
#include "ui/viewport/scene/view_camera.h"
#include "ui/viewport/scene/view_input.h"
#include "ui/viewport/scene/view_mouse.h"
#include "ui/viewport/scene/view_world.h"

namespace lookout::ui {

enum class RenderQuality : std::uint8_t {
  kFast,  // for software renderers: no multisampling, painted shadows
  kFine,  // for graphics cards, and for stills: multisampling, shadow map
};

class SceneView {
 public:
  explicit SceneView(RenderQuality quality);

  // Draws the input at `size` pixels into texture(). Does nothing at 0x0, and keeps the last
  // picture when nothing that it shows has changed; true if a new picture was drawn. Leaves the
  // framebuffer binding and viewport as found.
  bool Render(const ViewInput& input, const ViewOptions& wanted, SizePx size);

  // The picture; its first row is the bottom one: show it with uv (0, 1) to (1, 0). 0 before the
  // first Render.
  unsigned int texture() const { return target_.texture(); }
  SizePx size() const { return target_.size(); }
  RgbImage ReadImage() const { return target_.Read(); }

  // The mouse over the view, after a Render: moves the camera, selects, or gives what the player is
  // to be told.
  std::optional<PlayerCommand> HandleMouse(const MouseInput& input, bool paused);

  // The body under a point of the picture (fractions from the top left corner), and where in the
  // world it was hit; body 0 is the floor.
  struct Hit {
    int body = 0;
    Eigen::Vector3d point_in_world = Eigen::Vector3d::Zero();
  };
  std::optional<Hit> Pick(double x, double y);

  ViewCamera& camera() { return camera_; }
  const ViewCamera& camera() const { return camera_; }
  // "Whole arena", "Following vase 3".
  std::string CameraName() const;

  int selected_body() const { return hand_.selected_body(); }
  void Deselect() { hand_.Deselect(); }

  // Of the last picture.
  const ViewMatrices& matrices() const { return matrices_; }
  const ViewWorld& world() const { return world_; }

 private:
  // What a picture depends on besides the camera: equal keys promise equal pictures.
  struct PictureKey {
    EpisodeId episode;
    StepIndex playhead = -1;
    std::uint64_t poses = 0;
    std::uint64_t warning = 0;
    SizePx size;
    ViewOptions options;
    int selected_body = 0;
    bool holding = false;
    EpisodeId field_episode;
    StepIndex field_step = -1;
    CostModelId field_model;
    StepIndex track_steps = 0;
    EpisodeId ghost_episode;
    StepIndex ghost_step = -1;
    std::int64_t regions = 0;
    std::int64_t why = 0;
    std::int64_t sensors = 0;
    std::int64_t counterexample = 0;
    bool operator==(const PictureKey&) const = default;
  };
  PictureKey KeyOf(const ViewInput& input, const ViewOptions& options, SizePx size) const;

  sim::Rectangle Extents() const { return ArenaOf(world_.scene().header->config); }
  void Follow(int body);
  ViewOptions Seen(ViewOptions options) const;
  void FollowTheme(bool light);
  void MakeContext(SizePx size);
  bool ContextFits(SizePx size) const;
  void UpdateScene(const ViewInput& input, const ViewOptions& options, float aspect);
  void DrawScene(SizePx size);

  const RenderQuality quality_;
  ViewWorld world_;
  Ghost ghost_;
  MovedRobots moved_robots_;
  ViewCamera camera_;
  PerturbHand hand_;
  mjvOption visual_options_;
  ViewMatrices matrices_;

  std::unique_ptr<VisualScene> scene_;
  std::unique_ptr<RenderContext> context_;
  sim::ModelHandle context_model_;    // whose textures and meshes the context holds
  sim::Rectangle context_extents_{};  // that its shadow map covers
  int scene_model_version_ = 0;
  static constexpr int kNoModel = -1;
  int turned_model_version_ = kNoModel;  // whose surroundings are drawn light
  RenderTarget target_;
  ScenePainter painter_;
  FieldPaint field_paint_;
  PaintList paint_;

  PictureKey drawn_;
  mjvCamera drawn_camera_{};
  bool camera_gliding_ = false;  // a tracking camera has not yet caught up with its body
};

}  // namespace lookout::ui
