// Somebody simulated who is asked about recorded episodes: what was asked and answered so far, and
// the cost model that is fitted to it. One owner, one thread.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "agents/feedback/annotators/annotator_spec.h"
#include "agents/feedback/fitting/cost_model_fit.h"
#include "agents/feedback/kinds/feedback_record.h"
#include "agents/feedback/models/cost_model.h"
#include "agents/feedback/queries/query.h"
#include "agents/feedback/queries/query_candidate.h"
#include "agents/feedback/targets/label_set.h"
#include "app/experiments/study_episodes.h"
#include "sim/base/random_state.h"
#include "sim/environment/observation_signature.h"

namespace lookout::app {

// What a cost model says of every step of an episode. Step 0, which nothing led to, is safe.
struct PredictedSteps {
  std::vector<float> cost;    // [steps]
  std::vector<float> spread;  // [steps]

  double total_cost() const;  // of the episode
};

// model: that fits the episode.
PredictedSteps PredictSteps(const StudyEpisode& episode, const agents::CostModel& model,
                            agents::CostModelWorkspace& workspace);

struct SittingSettings {
  StepIndex clip_steps = 50;
  int answers = 1;         // of the whole sitting; how tired somebody is goes by it
  std::uint32_t seed = 0;  // of the annotator's faults
  bool noise = true;       // of its models: see agents::CostModelSettings
};

class SimulatedSitting {
 public:
  // annotator: has to outlive this.
  SimulatedSitting(sim::ObservationSignature signature, const agents::AnnotatorSpec& annotator,
                   const SittingSettings& settings);

  // Episodes that may be asked about from now on; each has an id of its own.
  Status Add(std::span<const StudyEpisode> episodes);
  std::span<const StudyEpisode> episodes() const { return episodes_; }

  // Of the episodes from that place on; all others were judged, or not, as they are.
  agents::QueryCandidates Candidates(std::size_t first_episode = 0) const;
  // Asks about the clip. Whether any of its steps is called unsafe.
  bool Ask(const agents::Query& query);
  int answers() const { return answers_; }
  // What somebody said before, in another sitting's feedback(), of episodes that are here.
  void Recall(std::span<const agents::FeedbackRecord> feedback, int answers);
  std::span<const agents::FeedbackRecord> feedback() const { return feedback_; }

  // What all answers say for training, and how a cost model is fitted to it. seed: of the fit.
  Result<agents::LabelSet> Labels() const;
  agents::CostModelSettings FitSettings(std::uint32_t seed) const;

  // Goes on with a model that was fitted before; it predicts all episodes from now on.
  void Adopt(agents::CostModelPtr model);

  // Fits a cost model to all answers, if there are verdicts of both kinds, and lets it predict all
  // episodes. seed: of the fit. Fails if it is stopped, or the fit fails.
  Status Fit(std::uint32_t seed, const KeepGoing& keep_going);
  // The newest one; null before there is any.
  const agents::CostModelPtr& model() const { return model_; }
  // Of each episode, by the newest model; empty without one.
  std::span<const PredictedSteps> predicted() const { return predicted_; }

 private:
  const StudyEpisode& EpisodeOf(EpisodeId id) const;

  sim::ObservationSignature signature_;
  const agents::AnnotatorSpec& annotator_;
  SittingSettings settings_;
  RandomState faults_;
  std::vector<StudyEpisode> episodes_;
  std::vector<Eigen::MatrixXf> inputs_;  // what cost models see of each
  std::vector<agents::FeedbackRecord> feedback_;
  int answers_ = 0;
  agents::CostModelPtr model_;
  agents::CostModelWorkspace workspace_;
  std::vector<PredictedSteps> predicted_;
};

// Which clips somebody is asked about before anything else.
struct QueueOrder {
  int answers = 1;  // until there are so many
  int batch = 1;    // of these between two fits
  std::uint32_t choice_seed = 0;
  std::uint32_t fit_seed = 0;
};

// Asks about clips that the queue of queries chooses, by the model of the answers so far, and fits
// it to all of them at the end. Fails if clips run out, if all answers are of one verdict, if it is
// stopped, and as a fit fails.
Status AskByQueue(SimulatedSitting& sitting, const QueueOrder& order, const KeepGoing& keep_going);

// That so few clips can be asked about, and the ways out: options for more episodes and for fewer
// answers.
Error TooFewClips(int clips, const std::string& more, const std::string& fewer);

// Whether somebody said of some steps that they are unsafe and of others that they are safe, so
// that there is something to learn.
bool HasBothVerdicts(const agents::LabelSet& labels);

}  // namespace lookout::app
