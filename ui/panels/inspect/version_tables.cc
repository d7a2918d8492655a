#include "ui/panels/inspect/version_tables.h"

#include <cstddef>
#include <utility>

namespace lookout::ui {
namespace {

using agents::TwoModels;
using Names = std::array<std::string, 2>;

PlotTable RocTable(const TwoModels& two, const Names& names) {
  PlotTable table{.title = "ROC", .x_name = "share of false alarms"};
  for (std::size_t model = 0; model < names.size(); ++model) {
    PlotTable::Curve curve{.name = names[model]};
    for (const agents::RocPoint& point : two.models[model].roc) {
      curve.x.push_back(double(point.false_alarms));
      curve.y.push_back(double(point.hits));
    }
    table.curves.push_back(std::move(curve));
  }
  return table;
}

PlotTable CalibrationTable(const TwoModels& two, const Names& names) {
  PlotTable table{.title = "Calibration", .x_name = "predicted probability"};
  for (std::size_t model = 0; model < names.size(); ++model) {
    PlotTable::Curve curve{.name = names[model]};
    for (const agents::ReliabilityBin& bin : two.models[model].reliability) {
      if (bin.count == 0) continue;
      curve.x.push_back(double(bin.mean_predicted));
      curve.y.push_back(double(bin.fraction_unsafe));
    }
    table.curves.push_back(std::move(curve));
  }
  return table;
}

PlotTable CostTable(const TwoModels& two, const Names& names) {
  PlotTable table{.title = "Cost of each episode", .x_name = "episode"};
  table.curves = {{.name = "true"}, {.name = names[0]}, {.name = names[1]}};
  for (const agents::EpisodeCosts& episode : two.episodes) {
    for (PlotTable::Curve& curve : table.curves) {
      curve.x.push_back(static_cast<double>(episode.id.value));
    }
    table.curves[0].y.push_back(episode.truth);
    table.curves[1].y.push_back(episode.learned[0]);
    table.curves[2].y.push_back(episode.learned[1]);
  }
  return table;
}

}  // namespace

std::vector<PlotTable> VersionTables(const TwoModels& two, const Names& names,
                                     const std::string& reference) {
  std::vector<PlotTable> tables{RocTable(two, names), CalibrationTable(two, names),
                                CostTable(two, names)};
  for (PlotTable& table : tables) {
    table.title += " of " + names[0] + " and " + names[1] + " against the " + reference;
  }
  return tables;
}

}  // namespace lookout::ui
