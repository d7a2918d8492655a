#include "app/experiments/simulated_sitting.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <utility>

#include "agents/feedback/annotators/simulated_annotator.h"
#include "agents/feedback/kinds/mark.h"
#include "agents/feedback/models/cost_inputs.h"
#include "agents/feedback/queries/answer.h"
#include "agents/feedback/queries/choose_spans.h"
#include "agents/feedback/targets/judged_segments.h"
#include "agents/feedback/transitions/observation_history.h"
#include "sim/base/check.h"

namespace lookout::app {

double PredictedSteps::total_cost() const { return std::accumulate(cost.begin(), cost.end(), 0.0); }

PredictedSteps PredictSteps(const StudyEpisode& episode, const agents::CostModel& model,
                            agents::CostModelWorkspace& workspace) {
  const auto steps = static_cast<std::size_t>(episode.steps());
  PredictedSteps predicted{std::vector<float>(steps, 0.0F), std::vector<float>(steps, 0.0F)};
  const Eigen::Index count = episode.steps() - 1;
  const agents::EpisodeTransitions transitions(
      episode.observations, episode.actions.rightCols(count), model.past_inputs());
  model.PredictWith(workspace, transitions.steps(),
                    Eigen::Map<Eigen::VectorXf>(predicted.cost.data() + 1, count),
                    Eigen::Map<Eigen::VectorXf>(predicted.spread.data() + 1, count));
  return predicted;
}

SimulatedSitting::SimulatedSitting(sim::ObservationSignature signature,
                                   const agents::AnnotatorSpec& annotator,
                                   const SittingSettings& settings)
    : signature_(std::move(signature)),
      annotator_(annotator),
      settings_(settings),
      faults_(settings.seed) {}

Status SimulatedSitting::Add(std::span<const StudyEpisode> episodes) {
  const auto inputs =
      agents::CostInputs::Create(signature_.observation_dim(), agents::LidarInputs(signature_));
  if (!inputs) return inputs.error();
  for (const StudyEpisode& episode : episodes) {
    Eigen::MatrixXf seen(inputs->dim(), episode.steps());
    inputs->Write(episode.observations, seen);
    inputs_.push_back(std::move(seen));
    episodes_.push_back(episode);
    if (model_) predicted_.push_back(PredictSteps(episode, *model_, workspace_));
  }
  return {};
}

agents::QueryCandidates SimulatedSitting::Candidates(std::size_t first_episode) const {
  agents::ClipCutter cutter({.clip_steps = settings_.clip_steps});
  for (std::size_t i = first_episode; i < inputs_.size(); ++i) {
    agents::EpisodeToAsk episode{
        .episode = episodes_[i].id, .inputs = inputs_[i], .predicted = {}, .spread = {}};
    if (model_) {
      episode.predicted = predicted_[i].cost;
      episode.spread = predicted_[i].spread;
    }
    cutter.Add(episode);
  }
  return std::move(cutter).Finish(agents::JudgedSegments(feedback_));
}

bool SimulatedSitting::Ask(const agents::Query& query) {
  const StudyEpisode& episode = EpisodeOf(query.first.episode);
  const double session = double(answers_) / double(settings_.answers);
  bool unsafe = false;
  for (const agents::Mark& mark :
       JudgeClip(query.first, episode.seen, annotator_.settings, session, faults_)) {
    unsafe = unsafe || mark.verdict == agents::Verdict::kUnsafe;
    feedback_.push_back(RecordOf(mark));
    feedback_.back().on_screen = AnswerTo(query);
    feedback_.back().id = MarkId{std::ssize(feedback_)};
  }
  ++answers_;
  return unsafe;
}

void SimulatedSitting::Recall(std::span<const agents::FeedbackRecord> feedback, int answers) {
  for (const agents::FeedbackRecord& record : feedback) {
    feedback_.push_back(record);
    feedback_.back().id = MarkId{std::ssize(feedback_)};
  }
  answers_ += answers;
}

Result<agents::LabelSet> SimulatedSitting::Labels() const {
  std::vector<std::pair<EpisodeId, StepIndex>> lengths;
  for (const StudyEpisode& episode : episodes_) {
    lengths.emplace_back(episode.id, static_cast<StepIndex>(episode.steps()));
  }
  const auto observation_of = [&](EpisodeId id, StepIndex step) -> std::span<const float> {
    const auto column = EpisodeOf(id).observations.col(step);
    return {column.data(), static_cast<std::size_t>(column.size())};
  };
  auto derived =
      agents::DeriveLabels(feedback_, {}, lengths, signature_.observation_dim(), observation_of);
  if (!derived) return derived.error();
  return std::move(derived->labels);
}

agents::CostModelSettings SimulatedSitting::FitSettings(std::uint32_t seed) const {
  agents::CostModelSettings settings;
  settings.signature = signature_;
  settings.seed = seed;
  settings.noise = settings_.noise;
  settings.classes = false;  // no study looks at them
  return settings;
}

Status SimulatedSitting::Fit(std::uint32_t seed, const KeepGoing& keep_going) {
  const auto labels = Labels();
  if (!labels) return labels.error();
  if (!HasBothVerdicts(*labels)) return {};
  auto model = agents::FitCostModel(*labels, FitSettings(seed), CostModelId{answers_},
                                    [&](double) { return keep_going(); });
  if (!model) return model.error();
  Adopt(std::move(model).value());
  return {};
}

void SimulatedSitting::Adopt(agents::CostModelPtr model) {
  model_ = std::move(model);
  predicted_.clear();
  for (const StudyEpisode& episode : episodes_) {
    predicted_.push_back(PredictSteps(episode, *model_, workspace_));
  }
}

const StudyEpisode& SimulatedSitting::EpisodeOf(EpisodeId id) const {
  const auto episode = std::ranges::find(episodes_, id, &StudyEpisode::id);
  LOOKOUT_CHECK(episode != episodes_.end(), "an episode that this sitting does not have");
  return *episode;
}

Status AskByQueue(SimulatedSitting& sitting, const QueueOrder& order, const KeepGoing& keep_going) {
  while (sitting.answers() < order.answers) {
    const agents::ChoiceSettings choice{
        .batch = std::min(order.batch, order.answers - sitting.answers()),
        .seed = order.choice_seed + static_cast<std::uint32_t>(sitting.answers())};
    const std::vector<agents::Query> batch = ChooseSpans(sitting.Candidates(), choice);
    if (batch.empty()) return TooFewClips(sitting.answers(), "--pool-episodes", "--answers");
    for (const agents::Query& query : batch) sitting.Ask(query);
    if (Status fitted = sitting.Fit(order.fit_seed, keep_going); !fitted) return fitted;
  }
  if (sitting.model() != nullptr) return {};
  return BadInput("The answers are all of one kind; give --answers more.");
}

Error TooFewClips(int clips, const std::string& more, const std::string& fewer) {
  return BadInput(fmt::format(
      "Only {} clips can be asked about; play more by {}, cut shorter ones by --clip-steps, or ask "
      "for fewer by {}.",
      clips, more, fewer));
}

bool HasBothVerdicts(const agents::LabelSet& labels) {
  const auto unsafe = std::ranges::count_if(labels.points, &agents::TargetPoint::unsafe);
  return unsafe > 0 && unsafe < labels.rows();
}

}  // namespace lookout::app
