// Owners of MuJoCo's drawing objects. Window thread only; a RenderContext needs the GL context
// to be current when it is made and when it dies.
#pragma once

#include <mujoco/mujoco.h>

namespace lookout::ui {

// The abstract scene: geoms, lights and cameras of one frame.
class VisualScene {
 public:
  VisualScene(const mjModel* model, int max_geoms) {
    mjv_defaultScene(&scene_);
    mjv_makeScene(model, &scene_, max_geoms);
  }
  ~VisualScene() { mjv_freeScene(&scene_); }
  VisualScene(const VisualScene&) = delete;
  VisualScene& operator=(const VisualScene&) = delete;

  mjvScene* get() { return &scene_; }
  mjvScene* operator->() { return &scene_; }

 private:
  mjvScene scene_;
};

// MuJoCo's GL objects: textures, display lists, shadow map and offscreen buffer.
class RenderContext {
 public:
  explicit RenderContext(const mjModel* model) {
    mjr_defaultContext(&context_);
    mjr_makeContext(model, &context_, mjFONTSCALE_100);
  }
  ~RenderContext() { mjr_freeContext(&context_); }
  RenderContext(const RenderContext&) = delete;
  RenderContext& operator=(const RenderContext&) = delete;

  mjrContext* get() { return &context_; }
  const mjrContext* operator->() const { return &context_; }

 private:
  mjrContext context_;
};

}  // namespace lookout::ui
