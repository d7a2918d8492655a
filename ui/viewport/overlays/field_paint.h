// Turns the learned-cost field into paint, remembering what it computed. Window thread only.
#pragma once

#include <cstdint>
#include <vector>

#include "ui/viewport/painting/paint_list.h"
#include "ui/viewport/scene/view_input.h"

namespace lookout::ui {

class FieldPaint {
 public:
  // Lays the field of this input on the floor; nothing if there is none for the shown episode. The
  // paint points into this object or into the snapshot.
  void AddTo(const ViewInput& input, FieldQuantity quantity, PaintList& out);

 private:
  std::vector<float> values_;  // of the quantity shown
  EpisodeId episode_;
  StepIndex step_ = -1;
  CostModelId model_;
  agents::CostUse use_;
  FieldQuantity quantity_ = FieldQuantity::kPredicted;
  std::int64_t content_id_ = 0;
};

// Whether `field` may be laid under the episode of this input.
bool HasField(const ViewInput& input);

// predicted - rule_cost: above 0 the model sees danger where the rule charges nothing.
void FieldError(const FieldSnapshot& field, std::vector<float>& out);

}  // namespace lookout::ui
