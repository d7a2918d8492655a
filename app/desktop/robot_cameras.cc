#include "app/desktop/robot_cameras.h"

#include <mutex>
#include <optional>

#include "app/platform/gl_context.h"
#include "ui/viewport/painting/camera_picture.h"

namespace lookout::app {
namespace {

// Contexts find the driver's functions through tables that the whole process shares; and a drawing
// processor or card is no faster for several pictures at once.
std::mutex& DrawingTurn() {
  static std::mutex turn;
  return turn;
}

// The context is current on a thread only while that thread draws.
class OffscreenCamera final : public sim::CameraRenderer {
 public:
  OffscreenCamera(std::unique_ptr<GlContext> gl, ui::SizePx size)
      : gl_(std::move(gl)), size_(size) {
    gl_->Release();
  }
  ~OffscreenCamera() override {
    const std::lock_guard turn(DrawingTurn());
    gl_->MakeCurrent();
    picture_.reset();
    gl_.reset();
  }
  OffscreenCamera(const OffscreenCamera&) = delete;
  OffscreenCamera& operator=(const OffscreenCamera&) = delete;

  void Draw(const mjModel_& model, const mjData_& data, int camera,
            std::span<std::uint8_t> pixels) override {
    const std::lock_guard turn(DrawingTurn());
    gl_->MakeCurrent();
    if (!picture_) picture_.emplace(model, size_);
    picture_->Draw(model, data, camera, pixels);
    gl_->Release();
  }

 private:
  std::unique_ptr<GlContext> gl_;
  ui::SizePx size_;
  std::optional<ui::CameraPicture> picture_;  // made with the first model
};

Result<std::unique_ptr<sim::CameraRenderer>> MakeCamera(int width_px, int height_px) {
  const std::lock_guard turn(DrawingTurn());
  const ui::SizePx size{width_px, height_px};
  Result<std::unique_ptr<GlContext>> gl = OpenOffscreen(size);
  if (!gl) return gl.error();
  return std::unique_ptr<sim::CameraRenderer>(
      std::make_unique<OffscreenCamera>(std::move(*gl), size));
}

}  // namespace

sim::CameraFactory RobotCameras() { return MakeCamera; }

}  // namespace lookout::app
