#include "app/exchange/labels/rows/step_tables.h"

#include <fmt/format.h>

#include <limits>
#include <string>
#include <utility>

#include "agents/feedback/kinds/feedback_kind.h"
#include "agents/feedback/targets/step_opinions.h"

namespace lookout::app {
namespace {

std::vector<std::pair<EpisodeId, StepIndex>> LengthsOf(const LabelProject& project) {
  std::vector<std::pair<EpisodeId, StepIndex>> lengths;
  for (const auto& [id, episode] : project.episodes()) lengths.emplace_back(id, episode.steps);
  return lengths;
}

// Appends the numbers, as many as expected; false otherwise.
template <typename Vector>
bool AppendNumbers(const Vector& numbers, std::size_t expected, std::vector<float>& list) {
  if (static_cast<std::size_t>(numbers.size()) != expected) return false;
  for (const auto number : numbers) list.push_back(static_cast<float>(number));
  return true;
}

}  // namespace

StepTables::StepTables(const LabelExport& labels)
    : labels_(labels), opinions_(LengthsOf(labels.project)) {
  for (const auto& [id, record] : labels.feedback.records()) {
    const agents::FeedbackKind* kind = agents::KindOf(record);
    if (kind != nullptr) kind->tell_targets(record, opinions_);
  }
  joiner_ = std::make_unique<agents::OpinionJoiner>(opinions_, agents::AnnotatorWeighting::kEqual);
}

Status StepTables::Check() {
  for (const auto& [id, episode] : labels_.project.episodes()) {
    if (episode.steps < 2 || !labels_.Wants(episode)) continue;
    const auto chunks = labels_.project.project().LoadSteps(id);
    if (!chunks) return chunks.error();
    const sim::StepRecord& last = chunks->back()->steps.back();
    if (last.status == sim::EpisodeStatus::kDiverged) continue;
    const auto observed = static_cast<std::size_t>(last.observation.size());
    const auto acted = static_cast<std::size_t>(last.executed_action.size());
    if (episodes_.empty()) {
      observation_dim_ = observed;
      action_dim_ = acted;
    }
    const bool alike =
        episodes_.empty() || (observed == observation_dim_ && acted == action_dim_ &&
                              episode.header.config.id == episodes_.front()->header.config.id);
    if (!alike) {
      return BadInput(fmt::format(
          "Episode {} is of {}, and episode {} of {}; such a data set holds one environment, which "
          "--env names.",
          episodes_.front()->header.id.value, episodes_.front()->header.config.id, id.value,
          episode.header.config.id));
    }
    episodes_.push_back(&episode);
  }
  const bool usable = !episodes_.empty() && observation_dim_ > 0 && action_dim_ > 0;
  return usable ? Status() : BadInput("There are no episodes with steps to write; record some.");
}

float StepTables::LabelOf(EpisodeId episode, std::size_t step) const {
  const auto said = opinions_.steps().find(episode);
  if (said == opinions_.steps().end()) return std::numeric_limits<float>::quiet_NaN();
  const agents::JointOpinion joint = joiner_->Join(said->second, step);
  const bool tells = joint.kind == agents::JointOpinion::Kind::kTarget;
  return tells ? joint.target : std::numeric_limits<float>::quiet_NaN();
}

Result<EpisodeTable> StepTables::Read(const StoredEpisode& episode) const {
  const EpisodeId id = episode.header.id;
  const auto chunks = labels_.project.project().LoadSteps(id);
  if (!chunks) return chunks.error();
  EpisodeTable table;
  sim::EpisodeStatus status = sim::EpisodeStatus::kRunning;
  for (const sim::ChunkPtr& chunk : *chunks) {
    for (const sim::StepRecord& step : chunk->steps) {
      const bool is_reset = table.costs.empty();
      bool fits = AppendNumbers(step.observation, observation_dim_, table.observations);
      if (!is_reset) {
        fits = AppendNumbers(step.executed_action, action_dim_, table.actions) && fits;
        table.rewards.push_back(static_cast<double>(step.reward));
      }
      if (!fits) {
        return BadInput(fmt::format("Step {} of episode {} has another size than the others.",
                                    table.costs.size(), id.value));
      }
      table.human_labels.push_back(LabelOf(id, table.costs.size()));
      table.costs.push_back(step.costs.total);
      status = step.status;
    }
  }
  table.steps = table.rewards.size();
  table.terminated = std::make_unique<bool[]>(table.steps);
  table.truncated = std::make_unique<bool[]>(table.steps);
  const bool is_terminal = status == sim::EpisodeStatus::kGoalMet;
  if (table.steps > 0) (is_terminal ? table.terminated : table.truncated)[table.steps - 1] = true;
  return table;
}

}  // namespace lookout::app
