#include "app/cli/support/text/class_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

namespace lookout::app {
namespace {

std::string FigureText(double value) {
  return std::isnan(value) ? "-" : fmt::format("{:.3f}", value);
}

// "AUC 0.981, 0.997 among dangers; misses 12.5 % of 320; cost 14.2 of 12.9"
std::string HeadCell(const agents::ClassEvaluation& of) {
  const std::string missed =
      std::isnan(of.miss_rate) ? "-" : fmt::format("{:.1f} %", 100.0 * of.miss_rate);
  return fmt::format("AUC {}, {} among dangers; misses {} of {}; cost {:.1f} of {:.1f}",
                     FigureText(of.auc), FigureText(of.auc_among), missed, of.charged,
                     of.learned_cost, of.true_cost);
}

}  // namespace

void AddClassRows(const CostReport& report, TextTable& table) {
  for (agents::DangerClass danger = 1; danger < agents::kDangerClassCount; ++danger) {
    std::vector<std::string> row{
        fmt::format("head of class {} ({})", danger, agents::DangerClasses::UsualName(danger))};
    bool any = false;
    for (const MeasuredModel& model : report.models) {
      const auto found = std::ranges::find(model.classes, danger, &agents::ClassEvaluation::danger);
      const bool has_head = found != model.classes.end();
      any = any || has_head;
      row.push_back(has_head ? HeadCell(*found) : "-");
    }
    if (any) table.Row(std::move(row));
  }
}

}  // namespace lookout::app
