#include "app/demo/demo_summary.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace lookout::app {
namespace {

using nlohmann::ordered_json;

ordered_json Json(const AgentFigures& figures) {
  return {{"agent", figures.agent},
          {"episodes", figures.episodes},
          {"return", figures.mean_return},
          {"true_cost", figures.mean_true_cost},
          {"learned_cost", figures.mean_learned_cost}};
}

ordered_json Json(const agents::CostModelReport& report) {
  return {{"labelled_unsafe_steps", report.unsafe_rows},
          {"labelled_safe_steps", report.safe_rows},
          {"held_out_auc", report.auc},
          {"held_out_brier", report.brier},
          {"expected_calibration_error", report.expected_calibration_error},
          {"fit_seconds", report.seconds}};
}

ordered_json Json(const std::vector<agents::IterationReport>& history) {
  ordered_json rows = ordered_json::array();
  for (const agents::IterationReport& report : history) {
    rows.push_back({{"iteration", report.iteration},
                    {"steps", report.steps},
                    {"return", report.mean_return},
                    {"true_cost", report.mean_true_cost},
                    {"learned_cost", report.mean_learned_cost},
                    {"multiplier", report.multiplier},
                    {"kl", report.kl}});
  }
  return rows;
}

}  // namespace

AgentFigures FiguresOf(const ui::EpisodeStore& store, const std::vector<EpisodeId>& episodes) {
  AgentFigures figures;
  for (const EpisodeId id : episodes) {
    const ui::EpisodeTrack* track = store.Find(id);
    if (track == nullptr || track->steps() == 0) continue;
    figures.agent = track->agents_in_words();
    ++figures.episodes;
    figures.mean_return += static_cast<double>(track->return_so_far.back());
    figures.mean_true_cost += static_cast<double>(track->cost_so_far.back());
    figures.mean_learned_cost += static_cast<double>(track->predicted_so_far.back());
  }
  const double count = std::max(1, figures.episodes);
  figures.mean_return /= count;
  figures.mean_true_cost /= count;
  figures.mean_learned_cost /= count;
  return figures;
}

std::string ToJson(const DemoSummary& summary) {
  const ordered_json json = {{"environment", summary.options.environment},
                             {"seed", summary.options.seed},
                             {"cost_limit", summary.options.cost_limit},
                             {"annotator_error", summary.options.annotator_error},
                             {"marks", summary.marks},
                             {"contradictory_steps", summary.labels.contradictory},
                             {"cost_model", Json(summary.model)},
                             {"before", Json(summary.before)},
                             {"after", Json(summary.after)},
                             {"training", Json(summary.training)},
                             {"video", summary.video},
                             {"seconds", summary.seconds}};
  return json.dump(2) + "\n";
}

}  // namespace lookout::app
