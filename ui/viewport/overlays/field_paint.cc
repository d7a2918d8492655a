#include "ui/viewport/overlays/field_paint.h"

#include <algorithm>

#include "ui/viewport/painting/color_maps.h"

namespace lookout::ui {
namespace {

bool SizesFit(const FieldSnapshot& field) {
  const auto cells = static_cast<std::size_t>(std::max(field.columns, 0)) *
                     static_cast<std::size_t>(std::max(field.rows, 0));
  return cells > 0 && field.predicted.size() == cells && field.spread.size() == cells &&
         field.rule_cost.size() == cells;
}

}  // namespace

bool HasField(const ViewInput& input) {
  return input.field != nullptr && input.field->model && SizesFit(*input.field) &&
         input.field->episode == input.scene->header->id;
}

void FieldError(const FieldSnapshot& field, std::vector<float>& out) {
  out.resize(field.predicted.size());
  // The rule's cost is one of all kinds.
  const std::vector<float>& predicted = field.total.empty() ? field.predicted : field.total;
  std::transform(predicted.begin(), predicted.end(), field.rule_cost.begin(), out.begin(),
                 [](float value, float rule) { return value - rule; });
}

void FieldPaint::AddTo(const ViewInput& input, FieldQuantity quantity, PaintList& out) {
  if (!HasField(input)) return;
  const FieldSnapshot& field = *input.field;
  const bool same = content_id_ != 0 && episode_ == field.episode && step_ == field.step &&
                    model_ == field.model && use_ == field.use && quantity_ == quantity;
  if (!same) {
    if (quantity == FieldQuantity::kPredicted) values_ = field.predicted;
    if (quantity == FieldQuantity::kSpread) values_ = field.spread;
    if (quantity == FieldQuantity::kErrorAgainstRule) FieldError(field, values_);
    episode_ = field.episode;
    step_ = field.step;
    use_ = field.use;
    model_ = field.model;
    quantity_ = quantity;
    ++content_id_;
  }
  const FieldRange range = RangeOf(quantity);
  out.field = {.values = &values_,
               .columns = field.columns,
               .rows = field.rows,
               .min_m = {field.min_x_m, field.min_y_m},
               .max_m = {field.max_x_m, field.max_y_m},
               .low = range.low,
               .high = range.high,
               .color_map = static_cast<int>(quantity),
               .content_id = content_id_};
}

}  // namespace lookout::ui
