#include "app/workers/fitter/recorded_pool.h"

#include "sim/recording/recording.h"

namespace lookout::app {

void RecordedPool::Add(const Recording& recording, const sim::ObservationSignature& signature) {
  if (recording.header == nullptr) return;
  std::vector<const sim::StepRecord*> records;
  for (const sim::ChunkPtr& chunk : recording.chunks) {
    for (const sim::StepRecord& record : chunk->steps) records.push_back(&record);
  }
  if (records.size() < 2) return;
  const Eigen::Index dim = signature.observation_dim();
  const Eigen::Index action_dim = records.back()->executed_action.size();
  const auto count = static_cast<Eigen::Index>(records.size());
  Eigen::MatrixXf observations(dim, count);
  Eigen::MatrixXf actions = Eigen::MatrixXf::Zero(action_dim, count);
  for (Eigen::Index step = 0; step < count; ++step) {
    const sim::StepRecord& record = *records[static_cast<std::size_t>(step)];
    if (record.observation.size() != dim) return;
    observations.col(step) = record.observation;
    if (step == 0) continue;
    if (record.executed_action.size() != action_dim) return;
    actions.col(step) = record.executed_action.cast<float>();
  }
  matrices_.push_back(std::move(observations));
  const Eigen::MatrixXf& seen = matrices_.back();
  matrices_.push_back(std::move(actions));
  steps_.push_back({recording.header->id, seen, matrices_.back()});
}

}  // namespace lookout::app
