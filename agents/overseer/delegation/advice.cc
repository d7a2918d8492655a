#include "agents/overseer/delegation/advice.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "agents/learning/adam.h"
#include "sim/base/random_state.h"

namespace lookout::agents {
namespace {

Status CheckActor(const GaussianActor& actor, const AdviceRows& rows) {
  if (rows.rows() == 0) {
    return BadInput("There is no advice to imitate; record episodes in which an advisor drove.");
  }
  if (actor.mean.has_memory()) {
    return BadInput("A policy with memory cannot learn from single steps; name one without.");
  }
  const sim::ObservationSignature& own = actor.origin.signature;
  if (!own.empty() && !(own == rows.signature)) {
    return BadInput("The policy observes otherwise than what was recorded: " +
                    sim::SignatureDifference(own, rows.signature) + ".");
  }
  if (actor.observation_dim() != rows.signature.observation_dim() ||
      actor.action_dim() != rows.action_dim) {
    return BadInput(fmt::format("The policy maps {} values to {}, expected {} to {} as recorded.",
                                actor.observation_dim(), actor.action_dim(),
                                rows.signature.observation_dim(), rows.action_dim));
  }
  return {};
}

double ErrorOf(const Mlp& mean, const Eigen::MatrixXf& inputs, const Eigen::MatrixXf& wanted) {
  MlpWorkspace workspace(mean, kColumnBlock);
  double sum = 0.0;
  for (Eigen::Index begin = 0; begin < inputs.cols(); begin += kColumnBlock) {
    const Eigen::Index n = std::min<Eigen::Index>(kColumnBlock, inputs.cols() - begin);
    const auto outputs = mean.Forward(inputs.middleCols(begin, n), workspace);
    sum += double((outputs - wanted.middleCols(begin, n)).squaredNorm());
  }
  return sum / double(wanted.size());
}

}  // namespace

Result<int> AddAdvice(const sim::EpisodeHeader& header, std::span<const sim::ChunkPtr> chunks,
                      const std::string& advisor, AdviceRows& rows) {
  const Eigen::VectorXf* before = nullptr;
  int added = 0;
  for (const sim::ChunkPtr& chunk : chunks) {
    for (const sim::StepRecord& step : chunk->steps) {
      const Eigen::VectorXf* const seen = std::exchange(before, &step.observation);
      const bool advised = step.overseer != nullptr &&
                           step.source == sim::ActionSource::kOverseer &&
                           (advisor.empty() || *step.overseer == advisor);
      if (seen == nullptr || !advised) continue;
      if (seen->size() != rows.signature.observation_dim() ||
          step.executed_action.size() != rows.action_dim) {
        return BadInput(fmt::format(
            "Episode {} has observations of {} values and actions of {}, expected {} and {}; "
            "leave it out.",
            header.id.value, seen->size(), step.executed_action.size(),
            rows.signature.observation_dim(), rows.action_dim));
      }
      rows.observations.insert(rows.observations.end(), seen->begin(), seen->end());
      for (const double value : step.executed_action) {
        rows.actions.push_back(static_cast<float>(value));
      }
      rows.episode.push_back(header.id.value);
      ++added;
    }
  }
  return added;
}

Result<Imitation> ImitateAdvice(GaussianActor actor, const AdviceRows& rows,
                                const ImitationSettings& settings) {
  if (Status fits = CheckActor(actor, rows); !fits.ok()) return fits.error();
  Eigen::MatrixXf inputs = rows.observation_columns();
  const Eigen::MatrixXf wanted = rows.action_columns();
  if (actor.normaliser) actor.normaliser->Apply(inputs);
  Mlp mean = *actor.mean.mlp();
  Imitation imitation{.error_before = ErrorOf(mean, inputs, wanted)};
  Adam adam(mean.parameter_count(), {.learning_rate = settings.learning_rate});
  MlpWorkspace workspace(mean, settings.batch);
  Eigen::MatrixXf batch(inputs.rows(), settings.batch);
  Eigen::MatrixXf slopes(wanted.rows(), settings.batch);
  Eigen::MatrixXf targets(wanted.rows(), settings.batch);
  Eigen::VectorXf gradient(mean.parameter_count());
  RandomState random(settings.seed);
  for (int update = 0; update < settings.updates; ++update) {
    for (int i = 0; i < settings.batch; ++i) {
      const int row = random.Choice(rows.rows());
      batch.col(i) = inputs.col(row);
      targets.col(i) = wanted.col(row);
    }
    slopes = (mean.Forward(batch, workspace) - targets) / static_cast<float>(settings.batch);
    mean.Backward(batch, slopes, workspace, gradient);
    adam.set_learning_rate(settings.learning_rate * (1.0 - double(update) / settings.updates));
    adam.Step(mean.mutable_parameters(), gradient);
  }
  imitation.error_after = ErrorOf(mean, inputs, wanted);
  actor.mean = std::move(mean);
  imitation.actor = std::move(actor);
  return imitation;
}

}  // namespace lookout::agents
