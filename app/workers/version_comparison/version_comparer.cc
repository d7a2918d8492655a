#include "app/workers/version_comparison/version_comparer.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "agents/feedback/evaluation/score_recorded.h"
#include "agents/feedback/evaluation/two_models.h"
#include "agents/feedback/kinds/feedback_record.h"
#include "agents/feedback/models/cost_ensemble.h"

namespace lookout::app {
namespace {

using agents::ScoredEpisode;

constexpr std::size_t kMostDifferences = 200;

}  // namespace

VersionComparer::VersionComparer(BeginVersionComparison request,
                                 std::array<agents::CostModelPtr, 2> models)
    : request_(std::move(request)), models_(std::move(models)) {
  compared_.models = request_.models;
  FitSteps steps;
  Result<agents::DerivedLabels> derived = LabelsOf(request_.labels, {}, steps);
  if (!derived) return;  // marks that say nothing are no reason not to compare with the rule
  labels_ = std::move(derived->labels);
  for (const agents::TargetPoint& point : labels_.points) labelled_.insert(point.episode);
  for (const agents::TargetPair& pair : labels_.pairs) {
    for (const agents::FeedbackRecord& record : request_.labels.feedback) {
      if (record.id == pair.source) paired_.insert(record.episodes.begin(), record.episodes.end());
    }
  }
  labelled_.insert(paired_.begin(), paired_.end());
}

void VersionComparer::Add(const EpisodeToCompare& episode) {
  const sim::EpisodeHeader& header = *episode.scene->header;
  auto scored = agents::ScoreRecordedEpisode(header, episode.scene->spec, episode.chunks, models_);
  if (auto* counts = std::get_if<ScoredEpisode>(&scored)) {
    episodes_.push_back(std::move(*counts));
  } else if (std::get<agents::NotScored>(scored) == agents::NotScored::kDiverged) {
    ++compared_.diverged;
  } else if (std::get<agents::NotScored>(scored) == agents::NotScored::kWithoutRule) {
    ++compared_.without_rule;
  }
}

// A model that does not say which episodes it was fitted to may have been to any with labels.
bool VersionComparer::WasFittedTo(EpisodeId episode) const {
  return std::ranges::any_of(models_, [&](const agents::CostModelPtr& model) {
    const agents::CostEnsemble* ensemble = model->ensemble();
    if (ensemble == nullptr || ensemble->episodes.empty()) return labelled_.contains(episode);
    return paired_.contains(episode) ||
           std::ranges::binary_search(ensemble->episodes.training, episode);
  });
}

ui::VersionsAgainst VersionComparer::Against(std::vector<ScoredEpisode> episodes) const {
  ui::VersionsAgainst against;
  if (episodes.empty()) return against;
  const auto fitted = [&](const ScoredEpisode& episode) { return WasFittedTo(episode.id); };
  against.left_out = static_cast<int>(std::ranges::count_if(episodes, fitted));
  against.unseen = against.left_out < std::ssize(episodes);
  if (against.unseen) {
    std::erase_if(episodes, fitted);
  } else {
    against.left_out = 0;
  }
  agents::EvaluationSettings settings;
  settings.limit = request_.limit;
  against.figures = agents::CompareTwo(episodes, settings, kMostDifferences);
  return against;
}

Result<ui::VersionsCompared> VersionComparer::Finish() {
  if (episodes_.empty()) {
    return BadInput(
        "There is no recorded episode that both versions fit and whose steps have the "
        "environment's cost: record some.");
  }
  std::ranges::sort(episodes_, {}, &ScoredEpisode::id);  // they came as they were loaded
  compared_.marks = Against(agents::AgainstLabels(episodes_, labels_));
  compared_.rule = Against(std::move(episodes_));
  return std::move(compared_);
}

}  // namespace lookout::app
