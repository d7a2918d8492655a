// Makes of an episode that is being played what a project stores of it. One episode, one thread.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "agents/rollout/stepper.h"
#include "app/project/project.h"
#include "sim/engine/safety_gym.h"
#include "sim/recording/recording.h"

namespace lookout::app {

// With the number 0 until a project has it.
struct RecordedEpisode {
  sim::EpisodeHeader header;
  std::vector<sim::RecordingChunk> chunks;  // in order from step 0; none: it has not begun
};

// Writes the episode and its steps under the project's next number, which it has then; nothing if
// it has not begun.
Status SaveRecorded(RecordedEpisode& episode, Project& project);

class EpisodeRecorder {
 public:
  // After the reset. agent, policy_version: of whoever proposes the actions.
  void Begin(const sim::SafetyGym& gym, const std::string& agent, std::int64_t policy_version);
  // After each step.
  void Add(const sim::SafetyGym& gym, const agents::StepOutcome& outcome);

  Status SaveTo(Project& project) && { return SaveRecorded(recorded_, project); }
  RecordedEpisode Take() && { return std::move(recorded_); }

 private:
  sim::StepRecord& NewStep();
  void ReadState(const sim::SafetyGym& gym, sim::StepRecord& step) const;
  // The last state stays where nothing usable came of a step.
  void Freeze(const sim::StepRecord& last, sim::EpisodeStatus status, sim::StepRecord& step) const;
  sim::SharedName SharedOverseer(std::string_view name);

  RecordedEpisode recorded_;
  sim::SharedName agent_;
  std::vector<sim::SharedName> overseers_;
  std::int64_t policy_version_ = 0;
  StepIndex steps_ = 0;
};

}  // namespace lookout::app
