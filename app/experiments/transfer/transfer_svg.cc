#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "agents/feedback/evaluation/how_good.h"
#include "app/experiments/figure_text.h"
#include "app/experiments/transfer/transfer_files.h"
#include "app/runs/formats/svg_matrix.h"

namespace lookout::app {
namespace {

using agents::Estimate;

struct ModelMeasure {
  const char* name;
  Estimate ModelAcross::*of;
  int decimals;
  double unit;
  double (*good)(double value);
};

constexpr std::array<ModelMeasure, 3> kMeasures{
    {{"AUC", &ModelAcross::auc, 3, 1.0, agents::GoodAuc},
     {"missed, %", &ModelAcross::missed, 1, 100.0, agents::GoodMissRate},
     {"learned / true", &ModelAcross::ratio, 2, 1.0, agents::GoodCostRatio}}};

std::string Words(TransferInputs inputs, int few_answers) {
  if (inputs == TransferInputs::kFull) return "all inputs";
  if (inputs == TransferInputs::kWorld) return "world alone";
  return fmt::format("world, {} answers here", few_answers);
}

// cell(line): of each source in each target.
SvgMatrix MatrixOf(std::string title, std::size_t places, std::span<const TransferLine> lines,
                   const std::function<SvgCell(const TransferLine&)>& cell) {
  SvgMatrix matrix{.title = std::move(title), .cells = {}};
  matrix.cells.assign(places, std::vector<SvgCell>(places));
  for (const TransferLine& line : lines) matrix.cells[line.source][line.target] = cell(line);
  return matrix;
}

SvgCell CellOf(const TransferWorld& world, const TransferLine& line, const std::string& figure,
               const Estimate& value, int decimals, double unit, double good,
               const std::string& why) {
  const std::string where =
      fmt::format("{} in {}", world.NameOf(line.source), world.NameOf(line.target));
  if (!why.empty()) return {.text = "-", .colour = {}, .title = where + ": " + why};
  if (std::isnan(value.value)) {
    return {.text = "-", .colour = {}, .title = where + ": not known"};
  }
  const agents::Rgb colour = agents::ColourOfGood(good);
  return {.text = fmt::format("{:.{}f}", unit * value.value, decimals),
          .colour = SvgColour{colour.red, colour.green, colour.blue},
          .title = fmt::format("{}: {} {}", where, figure, FigureText(value, decimals, unit))};
}

const PolicyAcross& HomePolicy(std::size_t place, std::span<const TransferLine> lines) {
  return std::ranges::find_if(
             lines,
             [&](const TransferLine& line) { return line.source == place && line.target == place; })
      ->policy;
}

std::vector<SvgMatrix> PolicyMatrices(const TransferWorld& world,
                                      std::span<const TransferLine> lines) {
  const auto returns = [&](const TransferLine& line) {
    const double home = HomePolicy(line.target, lines).total_reward.value;
    const Estimate& here = line.policy.total_reward;
    return CellOf(world, line, "return", here, 1, 1.0, agents::GoodReturn(here.value, home),
                  line.policy.why);
  };
  const auto costs = [&](const TransferLine& line) {
    const double home = HomePolicy(line.target, lines).true_cost.value;
    const Estimate& here = line.policy.true_cost;
    return CellOf(world, line, "true cost", here, 1, 1.0, agents::GoodCost(here.value, home),
                  line.policy.why);
  };
  return {MatrixOf("policy's return", world.stages.size(), lines, returns),
          MatrixOf("policy's true cost", world.stages.size(), lines, costs)};
}

}  // namespace

std::string TransferSvg(const TransferWorld& world, std::span<const TransferLine> lines) {
  SvgMatrices figure{.title = fmt::format("Transfer: {}, {} answers", world.settings.annotator,
                                          world.settings.answers),
                     .caption = "Rows: learned in. Columns: applied in.",
                     .rows = {},
                     .columns = {},
                     .matrices = {}};
  for (std::size_t i = 0; i < world.stages.size(); ++i) figure.rows.push_back(world.NameOf(i));
  figure.columns = figure.rows;
  for (const Choice<TransferInputs>& inputs : Choices(TransferInputs{})) {
    std::vector<SvgMatrix>& band = figure.matrices.emplace_back();
    for (const ModelMeasure& measure : kMeasures) {
      const auto cell = [&](const TransferLine& line) {
        const ModelAcross& model = line.Of(inputs.value);
        const Estimate& value = model.*measure.of;
        return CellOf(world, line, measure.name, value, measure.decimals, measure.unit,
                      measure.good(value.value), model.why);
      };
      band.push_back(MatrixOf(
          fmt::format("{}, {}", measure.name, Words(inputs.value, world.settings.few_answers)),
          world.stages.size(), lines, cell));
    }
  }
  figure.matrices.push_back(PolicyMatrices(world, lines));
  return SvgMatrixFigure(figure);
}

}  // namespace lookout::app
