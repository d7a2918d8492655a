#include "ui/viewport/painting/camera_picture.h"

#include <algorithm>

#include "sim/base/check.h"
#include "sim/solver/mujoco_handles.h"

namespace lookout::ui {
namespace {

// A copy of the model that asks for an offscreen buffer of just that size.
sim::ModelHandle ForBuffer(const mjModel& model, SizePx size) {
  sim::ModelHandle copy(mj_copyModel(nullptr, &model));
  LOOKOUT_CHECK(copy != nullptr, "mj_copyModel");
  copy->vis.global.offwidth = size.width;
  copy->vis.global.offheight = size.height;
  copy->vis.quality.shadowsize = 0;  // a robot's world has no light that casts one
  return copy;
}

constexpr int kSpareGeoms = 100;  // beside the model's own

}  // namespace

CameraPicture::CameraPicture(const mjModel& model, SizePx size)
    : size_(size),
      scene_(&model, model.ngeom + kSpareGeoms),
      context_(ForBuffer(model, size).get()) {
  mjv_defaultOption(&options_);
  std::fill_n(options_.geomgroup, mjNGROUP, mjtByte{1});
  scene_->flags[mjRND_SHADOW] = 0;
}

void CameraPicture::Draw(const mjModel& model, const mjData& data, int camera,
                         std::span<std::uint8_t> pixels) {
  LOOKOUT_CHECK(pixels.size() == 3 * static_cast<std::size_t>(size_.width) * size_.height,
                "room for three bytes per pixel");
  mjvCamera view;
  mjv_defaultCamera(&view);
  view.type = mjCAMERA_FIXED;
  view.fixedcamid = camera;
  // Takes the data as not const, but only reads what the forward pass has left there.
  mjv_updateScene(&model, const_cast<mjData*>(&data), &options_, nullptr, &view, mjCAT_ALL,
                  scene_.get());
  const mjrRect whole{0, 0, size_.width, size_.height};
  mjr_setBuffer(mjFB_OFFSCREEN, context_.get());
  mjr_render(whole, scene_.get(), context_.get());
  mjr_readPixels(pixels.data(), nullptr, whole, context_.get());
}

}  // namespace lookout::ui
