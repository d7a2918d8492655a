#include "app/workers/cost_field/episode_prediction.h"

#include <Eigen/Core>
#include <algorithm>
#include <cstddef>
#include <limits>

namespace lookout::app {
namespace {

using Steps = std::vector<const sim::StepRecord*>;

// Transitions into some steps of an episode, a column each.
struct Batch {
  int history;
  Eigen::MatrixXf before, done, after, earlier;

  Batch(const sim::EnvironmentSpec& spec, int looks_back, std::size_t steps)
      : history(std::max(looks_back, 1)),
        before(spec.observation_dim, static_cast<Eigen::Index>(steps)),
        done(spec.action_dim, before.cols()),
        after(before.rows(), before.cols()),
        earlier(before.rows() * (history - 1), before.cols()) {}

  // Into the last of the steps of an episode, which are given from its first one on. What does not
  // fit the environment is not finite, and so is its prediction.
  void Set(Eigen::Index column, const Steps& steps) {
    const Eigen::Index dim = after.rows();
    bool fits = steps.back()->executed_action.size() == done.rows();
    for (int i = 0; i <= history; ++i) fits = fits && Before(steps, i).size() == dim;
    if (fits) {
      done.col(column) = steps.back()->executed_action.cast<float>();
      after.col(column) = Before(steps, 0);
      before.col(column) = Before(steps, 1);
      for (int i = 2; i <= history; ++i) {
        earlier.col(column).segment((i - 2) * dim, dim) = Before(steps, i);
      }
    } else {
      const float nan = std::numeric_limits<float>::quiet_NaN();
      for (Eigen::MatrixXf* part : {&before, &done, &after, &earlier}) {
        part->col(column).setConstant(nan);
      }
    }
  }

 private:
  // What was observed so many steps before the last; before the first step, what it has.
  static const Eigen::VectorXf& Before(const Steps& steps, int count) {
    const auto last = static_cast<std::ptrdiff_t>(steps.size()) - 1;
    return steps[static_cast<std::size_t>(std::max<std::ptrdiff_t>(last - count, 0))]->observation;
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
      steps_.push_back(&chunk.steps[i]);
    }
    if (i == chunk.steps.size()) return;
    Batch batch(request_.scene->spec, request_.model->past_inputs().history,
                chunk.steps.size() - i);
    for (Eigen::Index column = 0; column < batch.after.cols(); ++column) {
      steps_.push_back(&chunk.steps[i + static_cast<std::size_t>(column)]);
      batch.Set(column, steps_);
    }
    Predict({batch.before, batch.done, batch.after, batch.earlier});
    // The last good state stays when an episode diverges: no transition led there.
    if (steps_.back()->status == sim::EpisodeStatus::kDiverged) {
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
  Steps steps_;  // from step 0 on
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
