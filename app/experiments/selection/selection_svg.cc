#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "app/experiments/selection/selection_report.h"
#include "app/runs/formats/svg_plot.h"

namespace lookout::app {
namespace {

using Figure = agents::Estimate SelectionSummary::*;

std::string LabelOf(Instrument row) {
  return row == Instrument::kNone ? "return alone" : InstrumentName(row);
}

// bands: around so many lines one can see little, so that not every panel has them.
SvgPanel ByGeneration(std::span<const SelectionSummary> rows, const char* title,
                      const char* y_label, Figure figure, bool bands) {
  SvgPanel panel{
      .title = title, .x_label = "generations of selection", .y_label = y_label, .lines = {}};
  for (const Instrument row : kInstruments) {
    SvgLine line{.label = LabelOf(row)};
    for (const SelectionSummary& of : rows) {
      if (of.row != row || std::isnan((of.*figure).value)) continue;
      line.x.push_back(of.generation);
      line.y.push_back((of.*figure).value);
      if (!bands) continue;
      line.low.push_back((of.*figure).low);
      line.high.push_back((of.*figure).high);
    }
    if (!line.x.empty()) panel.lines.push_back(std::move(line));
  }
  return panel;
}

// A path for each instrument, which ends in a dot; on the diagonal what is read is true.
SvgPanel Paths(std::span<const SelectionSummary> rows) {
  SvgPanel panel{.title = "What it was selected by, and the truth",
                 .x_label = "dangerous steps that the instrument reads",
                 .y_label = "dangerous steps",
                 .lines = {}};
  double least = std::numeric_limits<double>::infinity();
  double most = -least;
  for (const Instrument row : kInstruments) {
    SvgLine line{.label = LabelOf(row), .ends_in_dot = true};
    for (const SelectionSummary& of : rows) {
      if (of.row != row || std::isnan(of.reads.value)) continue;
      line.x.push_back(of.reads.value);
      line.y.push_back(of.true_cost.value);
      least = std::min({least, of.reads.value, of.true_cost.value});
      most = std::max({most, of.reads.value, of.true_cost.value});
    }
    if (!line.x.empty()) panel.lines.push_back(std::move(line));
  }
  panel.lines.push_back({.label = "what is read is true", .x = {least, most}, .y = {least, most}});
  return panel;
}

}  // namespace

std::string SelectionSvg(const SelectionSettings& settings,
                         std::span<const SelectionSummary> rows) {
  return SvgFigure(
      fmt::format("{}: agents selected for looking safe", settings.environment.id),
      {{Paths(rows), ByGeneration(rows, "Hidden: true cost beyond what is read",
                                  "dangerous steps of an episode", &SelectionSummary::hidden,
                                  /*bands=*/true)},
       {ByGeneration(rows, "True cost", "dangerous steps of an episode",
                     &SelectionSummary::true_cost, /*bands=*/false),
        ByGeneration(rows, "Return", "return of an episode", &SelectionSummary::total_reward,
                     /*bands=*/false)}});
}

}  // namespace lookout::app
