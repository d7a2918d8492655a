#include "app/cost_models/cost_report.h"

#include <span>
#include <utility>

#include "sim/base/check.h"

namespace lookout::app {
namespace {

// None of a model that is not at hand, only its predictions.
std::span<const agents::DangerClass> ClassesOf(const CostModelFile& file) {
  return file.model ? file.model->classes() : std::span<const agents::DangerClass>();
}

}  // namespace

void MeasureCostModels(const std::vector<std::string>& names,
                       const std::vector<CostModelFile>& files, std::size_t most,
                       CostReport& report) {
  LOOKOUT_CHECK(names.size() == files.size(), "a name for each model");
  const std::vector<agents::ScoredEpisode>& episodes = report.scored.episodes;
  for (std::size_t model = 0; model < files.size(); ++model) {
    report.models.push_back(
        {.file = names[model],
         .fingerprint = files[model].fingerprint,
         .evaluation = agents::EvaluateCostModel(episodes, model, report.settings),
         .classes = agents::EvaluateClasses(episodes, model, ClassesOf(files[model]),
                                            report.settings.unsafe_from),
         .errors = agents::WorstErrors(episodes, model, report.settings.unsafe_from, most)});
  }
  for (const agents::ModelComparison& pair : agents::CompareCostModels(episodes, report.settings)) {
    auto differences = agents::WorstDifferences(episodes, pair.first, pair.second,
                                                report.settings.unsafe_from, most);
    report.comparisons.push_back({.figures = pair, .differences = std::move(differences)});
  }
}

}  // namespace lookout::app
