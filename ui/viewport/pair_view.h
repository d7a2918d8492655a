// Two clips side by side, each in a 3-D view of its own, seen from the same camera. Window thread
// only; the GL context must be current from making to death. It exists only while two clips are
// compared.
#pragma once

#include "ui/camera_view.h"
#include "ui/commands.h"
#include "ui/snapshots.h"
#include "ui/viewport/scene_view.h"

namespace lookout::ui {

class PairView {
 public:
  // `camera`: how both begin.
  PairView(RenderQuality quality, const ViewCamera& camera);

  // Fills what is left of the current ImGui window with the clips of `snapshots.pair`, which is not
  // null. What would tell costs is left out. The mouse over one picture moves the camera of both.
  void Draw(const Snapshots& snapshots, const ViewOptions& options);

  void Show(CameraView view);
  void Cycle(int direction);
  void Align();

 private:
  void DrawClip(const Snapshots& snapshots, const ViewOptions& options, const agents::Segment& clip,
                SceneView& view, SceneView& other);

  SceneView first_;
  SceneView second_;
};

}  // namespace lookout::ui
