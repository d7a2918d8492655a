#include "ui/viewport/scene_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

#include "ui/viewport/overlays/object_overlays.h"
#include "ui/viewport/overlays/painted_overlays.h"
#include "ui/viewport/overlays/region_overlay.h"
#include "ui/viewport/overlays/solid_overlays.h"
#include "ui/viewport/painting/context_reuse.h"
#include "ui/viewport/scene/daylight.h"
#include "ui/viewport/scene/see_through.h"
#include "ui/viewport/scene/step_hash.h"

namespace lookout::ui {
namespace {

constexpr int kMaxGeoms = 2000;
constexpr double kGlideEnd_m = 1e-4;
constexpr int kSizeStep_px = 128;  // the offscreen buffer grows in steps, so that dragging a
                                   // splitter does not make it anew at every pixel

int RoundUp(int pixels) { return (pixels + kSizeStep_px - 1) / kSizeStep_px * kSizeStep_px; }

// The shadow map's pixels are spent on the arena and a little around it, not on all of the floor.
float ShadowClip(const sim::Rectangle& extents, const mjModel& model) {
  const double half_m =
      *std::ranges::max_element(extents, {}, [](double side_m) { return std::abs(side_m); });
  return static_cast<float>((1.25 * std::abs(half_m) + 0.5) / model.stat.extent);
}

void ApplyQuality(RenderQuality quality, const sim::Rectangle& extents, SizePx size,
                  mjModel& model) {
  const bool fine = quality == RenderQuality::kFine;
  model.vis.quality.offsamples = fine ? 4 : 0;
  model.vis.quality.shadowsize = fine ? 4096 : 0;
  model.vis.map.shadowclip = ShadowClip(extents, model);
  model.vis.global.offwidth = RoundUp(size.width);
  model.vis.global.offheight = RoundUp(size.height);
}

// Framebuffer and viewport of whoever draws around us.
class SavedTarget {
 public:
  SavedTarget() {
    glGetIntegerv(GL_DRAW_FRAMEBUFFER_BINDING, &framebuffer_);
    glGetIntegerv(GL_VIEWPORT, viewport_.data());
  }
  ~SavedTarget() {
    glBindFramebuffer(GL_FRAMEBUFFER, static_cast<GLuint>(framebuffer_));
    glViewport(viewport_[0], viewport_[1], viewport_[2], viewport_[3]);
  }
  SavedTarget(const SavedTarget&) = delete;
  SavedTarget& operator=(const SavedTarget&) = delete;

 private:
  GLint framebuffer_ = 0;
  std::array<GLint, 4> viewport_{};
};

double DistanceOf(const mjtNum* a, const mjtNum* b) {
  return (Eigen::Map<const Eigen::Vector3d>(a) - Eigen::Map<const Eigen::Vector3d>(b)).norm();
}

float AspectOf(SizePx size) {
  return static_cast<float>(size.width) / static_cast<float>(size.height);
}

}  // namespace

SceneView::SceneView(RenderQuality quality) : quality_(quality) {
  mjv_defaultOption(&visual_options_);
  // Safety Gym sorts its objects into groups for the natural lidar; all of them are to be seen.
  std::fill_n(visual_options_.geomgroup, mjNGROUP, mjtByte{1});
  visual_options_.flags[mjVIS_PERTFORCE] = 1;
  visual_options_.flags[mjVIS_PERTOBJ] = 1;
}

bool SceneView::ContextFits(SizePx size) const {
  if (context_ == nullptr || context_extents_ != Extents()) return false;
  if (!SameGlContent(*context_model_, *world_.model())) return false;
  const bool large_enough =
      (*context_)->offWidth >= size.width && (*context_)->offHeight >= size.height;
  // A buffer four times too large is memory and clearing time for nothing.
  const bool wasteful = (*context_)->offWidth * (*context_)->offHeight >
                        4 * RoundUp(size.width) * RoundUp(size.height);
  return large_enough && !wasteful;
}

void SceneView::MakeContext(SizePx size) {
  context_.reset();  // before the new one: both would not fit into a small card
  ApplyQuality(quality_, Extents(), size, *world_.model());
  context_ = std::make_unique<RenderContext>(world_.model());
  context_extents_ = Extents();
  context_model_.reset(mj_copyModel(nullptr, world_.model()));
}

SceneView::PictureKey SceneView::KeyOf(const ViewInput& input, const ViewOptions& options,
                                       SizePx size) const {
  PictureKey key;
  key.episode = input.scene->header->id;
  key.playhead = input.playhead;
  key.poses = HashOfStep(*input.step);
  key.warning = HashOfWarning(input.warning);
  key.size = size;
  key.options = options;
  key.selected_body = hand_.selected_body();
  key.holding = hand_.holding();
  key.regions = input.regions_version;
  if (options.overlays.field && input.field != nullptr) {
    key.field_episode = input.field->episode;
    key.field_step = input.field->step;
    key.field_model = input.field->model;
  }
  if (options.overlays.trail && input.track != nullptr) {
    key.track_steps = std::min(input.track->steps(), input.playhead);
  }
  if (options.overlays.why) {
    key.why = input.why != nullptr ? input.why->number : 0;
    key.sensors = input.sensors != nullptr ? input.sensors->number : 0;
    key.counterexample = input.counterexample != nullptr ? input.counterexample_number : 0;
  }
  if (HasGhost(input, options)) {
    key.ghost_episode = input.ghost->id();
    key.ghost_step = input.ghost_step;
  }
  return key;
}

// A model of a world of its own comes dark, whatever the window looks like.
void SceneView::FollowTheme(bool light) {
  const bool turned = turned_model_version_ == world_.model_version();
  const bool turns = light && (turned || SurroundingsAreDark(*world_.model()));
  if (turns == turned) return;
  TurnSurroundings(*world_.model());
  turned_model_version_ = turns ? world_.model_version() : kNoModel;
}

// What is drawn round the robot would hide from its own camera all that it looks at.
ViewOptions SceneView::Seen(ViewOptions options) const {
  if (camera_.view() != CameraView::kRobotEye) return options;
  OverlayFlags& overlays = options.overlays;
  overlays.lidar = overlays.velocity = overlays.action = overlays.trail = overlays.why = false;
  return options;
}

bool SceneView::Render(const ViewInput& input, const ViewOptions& wanted, SizePx size) {
  if (size.empty()) return false;
  const ViewOptions options = Seen(wanted);
  const SavedTarget saved;
  const float aspect = AspectOf(size);
  world_.Show(input.scene, *input.step->state);
  FollowTheme(options.light);
  const Eigen::Vector3d robot = world_.BodyPosition(input.scene->scene.robot_body);
  camera_.Prepare(world_.model(), input.scene->scene.robot_body,
                  FramedFloor(input.scene->header->config, robot), aspect);

  const PictureKey key = KeyOf(input, options, size);
  const bool camera_moved =
      std::memcmp(&drawn_camera_, &camera_.state(), sizeof(drawn_camera_)) != 0;
  if (!camera_moved && !camera_gliding_ && key == drawn_ && !hand_.holding()) return false;

  if (!ContextFits(size)) MakeContext(size);
  const mjvCamera camera_before = camera_.state();
  UpdateScene(input, options, aspect);
  DrawScene(size);
  camera_gliding_ = DistanceOf(camera_before.lookat, camera_.state().lookat) > kGlideEnd_m;
  drawn_ = key;
  drawn_camera_ = camera_.state();
  return true;
}

void SceneView::UpdateScene(const ViewInput& input, const ViewOptions& options, float aspect) {
  if (scene_ == nullptr || scene_model_version_ != world_.model_version()) {
    scene_ = std::make_unique<VisualScene>(world_.model(), kMaxGeoms);
    scene_model_version_ = world_.model_version();
  }
  const bool fine = quality_ == RenderQuality::kFine;
  scene_->get()->flags[mjRND_SHADOW] = fine;
  scene_->get()->flags[mjRND_REFLECTION] = 0;  // the floor is matte
  visual_options_.frame = options.overlays.frames ? mjFRAME_BODY : mjFRAME_NONE;

  // What an overlay draws better replaces what the model draws.
  world_.SetKindVisible(sim::SceneObjectKind::kHazard, !options.overlays.hazards);
  world_.SetKindVisible(sim::SceneObjectKind::kGoal, !options.overlays.goal);
  world_.SetKindVisible(sim::SceneObjectKind::kCircle, !options.overlays.task);
  // Before the first action nobody has acted yet, whoever steers.
  world_.SetRobotGrey(input.playhead > 0 && input.step->source == sim::ActionSource::kNone);

  mjv_updateScene(world_.model(), world_.data(), &visual_options_, hand_.drawn(), camera_.get(),
                  mjCAT_ALL, scene_->get());
  const mjvGLCamera seen_from =
      mjv_averageCamera(&scene_->get()->camera[0], &scene_->get()->camera[1]);
  matrices_ = MatricesOf(seen_from, aspect);
  const Eigen::Vector3d eye = Eigen::Map<const Eigen::Vector3f>(seen_from.pos).cast<double>();
  SeeThroughToRobot(world_, eye, *scene_->get());
  AddSolidOverlays(input, options, world_, *scene_->get());
  paint_.Clear();
  if (!fine) PaintShadows(world_, paint_);
  if (HasGhost(input, options)) ghost_.AddTo(input, options, world_, *scene_->get(), paint_);
  moved_robots_.AddTo(input, options, world_, *scene_->get(), paint_);
  PaintOverlays(input, options, world_, hand_.selected_body(), paint_);
  PaintWhy(input, options, world_, eye, paint_);
  if (input.regions != nullptr) PaintRegions(*input.regions, world_, paint_);
  if (options.overlays.field) field_paint_.AddTo(input, options.field_quantity, paint_);
}

void SceneView::DrawScene(SizePx size) {
  target_.Resize(size);
  mjr_setBuffer(mjFB_OFFSCREEN, context_->get());
  mjr_render({0, 0, size.width, size.height}, scene_->get(), context_->get());
  glBindFramebuffer(GL_FRAMEBUFFER, (*context_)->offFBO);
  glViewport(0, 0, size.width, size.height);
  painter_.Draw(paint_, matrices_);
  target_.CopyFrom((*context_)->offFBO);
}

std::optional<SceneView::Hit> SceneView::Pick(double x, double y) {
  if (scene_ == nullptr || target_.size().empty()) return std::nullopt;
  Hit hit;
  int geom = -1;
  int skin = -1;
  hit.body = mjv_select(world_.model(), world_.data(), &visual_options_, AspectOf(target_.size()),
                        x, 1.0 - y, scene_->get(), hit.point_in_world.data(), &geom, &skin);
  if (hit.body < 0) return std::nullopt;
  return hit;
}

std::optional<PlayerCommand> SceneView::HandleMouse(const MouseInput& input, bool paused) {
  if (scene_ == nullptr || world_.empty()) return std::nullopt;
  if (input.double_left || input.double_right) {
    const std::optional<Hit> hit = Pick(input.x, input.y);
    if (input.double_left) {
      hand_.Select(world_, hit ? hit->body : 0,
                   hit ? hit->point_in_world : Eigen::Vector3d::Zero());
    } else if (hit && input.ctrl && hit->body > 0) {
      Follow(hit->body);
    } else if (hit) {
      camera_.LookAt(hit->point_in_world);
    }
    return std::nullopt;
  }
  if (input.wheel != 0.0) {
    camera_.Move(world_.model(), *scene_->get(), mjMOUSE_ZOOM, 0.0, -0.05 * input.wheel);
  }
  const DragMeaning meaning = MeaningOfDrag(input, hand_.selected_body() > 0);
  if (meaning.target == MouseTarget::kCamera && (input.dx != 0.0 || input.dy != 0.0)) {
    camera_.Move(world_.model(), *scene_->get(), meaning.action, input.dx, input.dy);
  }
  return hand_.Drag(world_, *scene_->get(), input, paused);
}

void SceneView::Follow(int body) {
  const int* root = world_.model()->body_rootid;
  if (root[body] == root[world_.scene().scene.robot_body]) {
    camera_.Show(CameraView::kFollow);
  } else {
    camera_.Track(body);
  }
}

std::string SceneView::CameraName() const {
  if (world_.empty()) return {};
  const sim::SceneObject* object = world_.ObjectOfBody(camera_.followed_body());
  if (object == nullptr) return TextOf(camera_.view()).name;
  return fmt::format("Following {} {}", sim::SceneObjectKindName(object->kind), object->index);
}

}  // namespace lookout::ui
