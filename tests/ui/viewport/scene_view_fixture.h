// A 3-D view of an episode that has a little past, drawn without a window.
#pragma once

#include <doctest/doctest.h>

#include <memory>
#include <optional>

#include "tests/ui/viewport/view_support.h"
#include "ui/viewport/scene_view.h"

namespace lookout::ui {

inline constexpr SizePx kSize{480, 320};

// A view of an episode with a little past; nothing where the machine has no GL.
struct ViewTest {
  ViewTest() : gl(OffscreenOrSkip()) {
    if (gl == nullptr) return;
    for (int i = 0; i < 60; ++i) episode.Step(1.0, 0.3);
    view.emplace(RenderQuality::kFast);
  }
  explicit operator bool() const { return gl != nullptr; }

  RgbImage Picture(const ViewOptions& options = {}, SizePx size = kSize) {
    view->Render(episode.Input(), options, size);
    return view->ReadImage();
  }

  std::unique_ptr<app::GlContext> gl;
  LiveEpisode episode;
  std::optional<SceneView> view;
};

// Everything off: the plain scene.
inline ViewOptions Plain() {
  ViewOptions options;
  VisitOverlays(options.overlays, [](const char*, const char*, bool& flag) { flag = false; });
  return options;
}

// Where a point of the world lies in a picture of kSize.
inline Eigen::Vector2f PixelOf(const SceneView& view, const Eigen::Vector3d& point) {
  const auto place = view.matrices().Project(point.cast<float>());
  REQUIRE(place.has_value());
  return {place->x() * kSize.width, place->y() * kSize.height};
}

}  // namespace lookout::ui
