// How strongly the view flashes for each kind of cost. Window thread only.
#pragma once

#include <array>
#include <optional>

#include "sim/recording/recording.h"

namespace lookout::ui {

class ContactFlash {
 public:
  // Once per frame. step: what is on screen, or nullptr. While time runs, a cost flashes up and
  // fades over about half a second; while it stands still, the step's own costs stay lit.
  void Update(const sim::StepRecord* step, bool running, double elapsed_s);

  float intensity(sim::CostKind kind) const { return intensity_[static_cast<std::size_t>(kind)]; }
  // The kind that flashes most, if any is visible.
  std::optional<sim::CostKind> Strongest() const;
  bool dark() const { return !Strongest().has_value(); }

 private:
  std::array<float, sim::kCostKindCount> intensity_{};  // 0 to 1
};

}  // namespace lookout::ui
