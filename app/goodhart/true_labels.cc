#include "app/goodhart/true_labels.h"

#include "agents/feedback/agreement/recorded_episode.h"
#include "app/explanations/labels_of_model.h"
#include "app/workers/runtime/recording_handle.h"
#include "app/workers/writer/load_recording.h"

namespace lookout::app {

Result<std::vector<agents::JudgedLabel>> JudgedLabelsOf(const agents::CostModel& model,
                                                        const sim::EnvironmentSpec& environment,
                                                        Project& project,
                                                        const sim::CameraFactory& cameras) {
  const auto labels = LabelsOfModel(model, environment, project, cameras);
  if (!labels.ok()) return labels.error();
  std::vector<agents::JudgedLabel> judged;
  Recording recording;
  EpisodeId loaded;
  bool has_truth = false;
  for (const agents::TargetPoint& point : labels->points) {
    if (!point.marked) continue;
    if (point.episode != loaded) {
      auto next = LoadRecording(project, point.episode);
      if (!next.ok()) return next.error();
      recording = std::move(*next);
      loaded = point.episode;
      has_truth = !agents::DescribeRecorded(*recording.header, recording.chunks).rule_costs.empty();
    }
    const sim::StepRecord* const step = FindStep(recording.chunks, point.step);
    if (step == nullptr || !has_truth) continue;
    judged.push_back({.episode = point.episode,
                      .step = point.step,
                      .unsafe = point.unsafe(),
                      .truth = step->costs.total});
  }
  if (!judged.empty()) return judged;
  return BadInput(
      project.path().string() +
      " has no marks of episodes that the cost model fits and whose true cost is known; "
      "name the project that it was fitted to.");
}

}  // namespace lookout::app
