#include "app/workers/cost_field/episode_prediction.h"

#include <Eigen/Core>
#include <limits>

namespace lookout::app {
namespace {

// Transitions into some steps of an episode, a column each.
struct Batch {
  Eigen::MatrixXf before, done, after;

  Batch(int observation_dim, int action_dim, std::size_t steps)
      : before(observation_dim, static_cast<Eigen::Index>(steps)),
        done(action_dim, before.cols()),
        after(observation_dim, before.cols()) {}

  // Into `step` from the one before it. What does not fit the environment is not finite, and so is
  // its prediction.
  void Set(Eigen::Index column, const sim::StepRecord& previous, const sim::StepRecord& step) {
    const bool fits = previous.observation.size() == before.rows() &&
                      step.observation.size() == after.rows() &&
                      step.executed_action.size() == done.rows();
    if (fits) {
      before.col(column) = previous.observation;
      done.col(column) = step.executed_action.cast<float>();
      after.col(column) = step.observation;
    } else {
      const float nan = std::numeric_limits<float>::quiet_NaN();
      before.col(column).setConstant(nan);
      done.col(column).setConstant(nan);
      after.col(column).setConstant(nan);
    }
  }
};

class EpisodePredictor {
 public:
  EpisodePredictor(const PredictRequest& request, agents::CostModelWorkspace& workspace,
                   EpisodePredictions& out)
      : request_(request), workspace_(workspace), out_(out) {}

  void Add(const sim::RecordingChunk& chunk) {
    std::size_t i = 0;
    for (; i < chunk.steps.size(); ++i) {
      const StepIndex step = chunk.first_step + static_cast<StepIndex>(i);
      if (step >= request_.first_step && step > 0) break;
      if (step >= request_.first_step) Predict(chunk.steps[i].observation);
      previous_ = &chunk.steps[i];
    }
    if (i == chunk.steps.size()) return;
    const sim::EnvironmentSpec& spec = request_.scene->spec;
    Batch batch(spec.observation_dim, spec.action_dim, chunk.steps.size() - i);
    for (Eigen::Index column = 0; column < batch.after.cols(); ++column) {
      const sim::StepRecord& step = chunk.steps[i + static_cast<std::size_t>(column)];
      batch.Set(column, *previous_, step);
      previous_ = &step;
    }
    Predict({batch.before, batch.done, batch.after});
    // The last good state stays when an episode diverges: no transition led there.
    if (previous_->status == sim::EpisodeStatus::kDiverged) {
      out_.cost.back() = out_.spread.back() = 0.0F;
    }
  }

 private:
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
  const sim::StepRecord* previous_ = nullptr;  // set by step 0
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
