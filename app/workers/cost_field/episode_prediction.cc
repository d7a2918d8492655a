#include "app/workers/cost_field/episode_prediction.h"

#include <Eigen/Core>
#include <algorithm>
#include <cstddef>
#include <limits>

#include "agents/feedback/transitions/observation_history.h"

namespace lookout::app {
namespace {

// Transitions into some steps of an episode, a column each.
struct Batch {
  Eigen::MatrixXf before, done, after, earlier;

  Batch(const sim::EnvironmentSpec& spec, const agents::PastInputs& past, std::size_t steps)
      : before(spec.observation_dim, static_cast<Eigen::Index>(steps)),
        done(spec.action_dim, before.cols()),
        after(before.rows(), before.cols()),
        earlier(past.EarlierRows(before.rows()), before.cols()) {}

  // known: whether all is that the model looks at of what was before. What does not fit the
  // environment is not finite, and so is its prediction.
  void Set(Eigen::Index column, const sim::StepRecord& last, const sim::StepRecord& step,
           const agents::ObservationHistory& history, bool known) {
    const bool fits = known && step.executed_action.size() == done.rows() &&
                      last.observation.size() == before.rows() &&
                      step.observation.size() == after.rows();
    if (fits) {
      before.col(column) = last.observation;
      done.col(column) = step.executed_action.cast<float>();
      after.col(column) = step.observation;
      earlier.col(column) = history.earlier();
    } else {
      const float nan = std::numeric_limits<float>::quiet_NaN();
      for (Eigen::MatrixXf* part : {&before, &done, &after, &earlier}) {
        part->col(column).setConstant(nan);
      }
    }
  }
};

class EpisodePredictor {
 public:
  EpisodePredictor(const PredictRequest& request, agents::CostModelWorkspace& workspace,
                   EpisodePredictions& out)
      : request_(request),
        workspace_(workspace),
        out_(out),
        history_(request.model->past_inputs()) {}

  void Add(const sim::RecordingChunk& chunk) {
    std::size_t i = 0;
    for (; i < chunk.steps.size(); ++i) {
      const StepIndex step = chunk.first_step + static_cast<StepIndex>(i);
      if (step >= request_.first_step && step > 0) break;
      if (step >= request_.first_step) Predict(chunk.steps[i].observation);
      Remember(chunk.steps[i]);
    }
    if (i == chunk.steps.size()) return;
    Batch batch(request_.scene->spec, request_.model->past_inputs(), chunk.steps.size() - i);
    for (Eigen::Index column = 0; column < batch.after.cols(); ++column) {
      const sim::StepRecord& step = chunk.steps[i + static_cast<std::size_t>(column)];
      batch.Set(column, *last_, step, history_, IsPastKnown());
      Remember(step);
    }
    Predict({batch.before, batch.done, batch.after, batch.earlier, history_.reach().traces});
    // The last good state stays when an episode diverges: no transition led there.
    if (last_->status == sim::EpisodeStatus::kDiverged) {
      out_.cost.back() = out_.spread.back() = 0.0F;
    }
  }

 private:
  // After an observation that does not fit the environment the history begins anew.
  void Remember(const sim::StepRecord& step) {
    if (step.observation.size() != request_.scene->spec.observation_dim) {
      fitting_ = 0;
      all_fit_ = false;
    } else if (fitting_++ == 0) {
      history_.Begin(step.observation);
    } else {
      history_.Add(step.observation);
    }
    last_ = &step;
  }
  bool IsPastKnown() const {
    const agents::PastInputs& reach = history_.reach();
    return all_fit_ || (reach.traces == 0 && fitting_ >= std::max(reach.history, 1));
  }

  void Predict(const agents::Transitions& transitions) {
    cost_.resize(transitions.count());
    spread_.resize(transitions.count());
    request_.model->PredictWith(workspace_, transitions, cost_, spread_);
    out_.cost.insert(out_.cost.end(), cost_.begin(), cost_.end());
    out_.spread.insert(out_.spread.end(), spread_.begin(), spread_.end());
  }

  const PredictRequest& request_;
  agents::CostModelWorkspace& workspace_;
  EpisodePredictions& out_;
  agents::ObservationHistory history_;  // up to last_
  int fitting_ = 0;                     // observations since one that did not fit
  bool all_fit_ = true;
  const sim::StepRecord* last_ = nullptr;  // in the chunks of the request
  Eigen::VectorXf cost_, spread_;
};

}  // namespace

EpisodePredictions PredictEpisode(const PredictRequest& request,
                                  agents::CostModelWorkspace& workspace) {
  EpisodePredictions predictions{.episode = request.scene->header->id,
                                 .model = request.model,
                                 .first_step = request.first_step,
                                 .cost = {},
                                 .spread = {}};
  if (!request.model->CheckFits(request.scene->spec)) return predictions;
  EpisodePredictor predictor(request, workspace, predictions);
  for (const sim::ChunkPtr& chunk : request.chunks) predictor.Add(*chunk);
  return predictions;
}

}  // namespace lookout::app
