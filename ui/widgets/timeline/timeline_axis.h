// Which steps a timeline shows, and where they are on the screen: zoom, pan, follow. No drawing, no
// ImGui. Any thread.
#pragma once

#include "sim/base/ids.h"

namespace lookout::ui {

class TimelineAxis {
 public:
  // Where the tracks are on the screen.
  void Place(float left_px, float width_px) {
    left_px_ = left_px;
    width_px_ = width_px > 1.0F ? width_px : 1.0F;
  }
  // The steps there are to show, 0 .. extent. The view stays inside; it shows everything until a
  // person zooms.
  void SetExtent(StepIndex extent);
  void ShowAll();

  // factor > 1 zooms in, keeping the step under `x_px` where it is. At most 4 steps wide.
  void Zoom(double factor, float x_px);
  void Pan(float delta_px);
  // Moves the view the least so that `step` is inside, if zoomed in.
  void Reveal(StepIndex step);

  bool shows_all() const { return shows_all_; }
  double first() const { return first_; }
  double last() const { return last_; }
  double steps_per_px() const { return (last_ - first_) / width_px_; }
  float left_px() const { return left_px_; }
  float right_px() const { return left_px_ + width_px_; }
  float X(double step) const;
  double Step(float x_px) const;
  // The step under the mouse, within [0, steps - 1]; 0 if there is none.
  StepIndex NearestStep(float x_px, StepIndex steps) const;

 private:
  void Clamp();

  float left_px_ = 0.0F;
  float width_px_ = 1.0F;
  double extent_ = 1.0;
  double first_ = 0.0;
  double last_ = 1.0;
  bool shows_all_ = true;
};

}  // namespace lookout::ui
