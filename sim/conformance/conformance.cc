#include "sim/conformance/conformance.h"

#include <fmt/format.h>

#include <cmath>
#include <memory>

#include "sim/base/check.h"
#include "sim/conformance/recording_fit.h"
#include "sim/conformance/step_comparison.h"
#include "sim/engine/safety_gym.h"

namespace lookout::sim {
namespace {

std::string Place(std::size_t episode, std::size_t step) {
  return fmt::format("episode {} step {}", episode, step);
}

double HorizontalDistance(const Eigen::Vector3d& a, const Eigen::Vector3d& b) {
  return std::hypot(a.x() - b.x(), a.y() - b.y());
}

// What the dense reward remembers, from the positions as they are.
void RememberDistances(const SafetyGym& gym, SimState& state) {
  Eigen::Matrix3Xd positions;
  gym.ObjectPositions(positions);
  const auto find = [&](SceneObjectKind kind, int index) -> std::optional<Eigen::Vector3d> {
    const auto& objects = gym.scene().objects;
    for (std::size_t i = 0; i < objects.size(); ++i) {
      if (objects[i].kind == kind && objects[i].index == index) {
        return positions.col(static_cast<Eigen::Index>(i));
      }
    }
    return std::nullopt;
  };
  const Eigen::Vector3d robot = gym.robot_position_in_world();
  auto goal = find(SceneObjectKind::kGoal, 0);
  if (!goal) goal = find(SceneObjectKind::kButton, state.goal_button);
  const auto box = find(SceneObjectKind::kBox, 0);
  if (goal) state.last_goal_distance_m = HorizontalDistance(robot, *goal);
  if (box) state.last_box_distance_m = (*box - robot).norm();
  if (box && goal) state.last_box_goal_distance_m = (*box - *goal).norm();
}

class Replay {
 public:
  Replay(const RecordedCase& recorded, Stepping stepping, ConformanceRow& row)
      : recorded_(recorded), stepping_mode_(stepping), row_(row) {}

  void Run() {
    auto free = CreateGym(recorded_.config, stepping_mode_);
    auto stepping = CreateGym(recorded_.config, stepping_mode_);
    if (!free || !stepping) {
      row_.verdict = Verdict::kSkipped;
      row_.note = free.error().message;
      return;
    }
    free_ = std::move(*free);
    stepping_ = std::move(*stepping);
    if (Refuse(MisfitOf(recorded_, free_->spec()))) return;
    for (std::size_t episode = 0; episode < recorded_.episodes.size(); ++episode) {
      if (!CompareReset(episode)) return;
      RunFreely(episode);
      RunFromRecordedStates(episode);
    }
    if (recorded_.raise) CompareRaise();
    Judge();
  }

 private:
  // False if there is nothing that does not fit.
  bool Refuse(const std::string& misfit) {
    if (misfit.empty()) return false;
    row_.verdict = Verdict::kRefused;
    row_.note = misfit;
    return true;
  }

  void Miss(const std::string& what) {
    row_.verdict = Verdict::kMissed;
    if (row_.note.empty()) row_.note = what;
  }

  static Status StartEpisode(SafetyGym& gym, const RecordedCase& recorded, std::size_t episode) {
    return episode == 0 ? gym.Reset(recorded.seed) : gym.ResetNext();
  }

  bool CompareReset(std::size_t episode) {
    const RecordedReset& reset = recorded_.episodes[episode].reset;
    const std::string place = Place(episode, 0);
    for (SafetyGym* gym : {free_.get(), stepping_.get()}) {
      const Status status = StartEpisode(*gym, recorded_, episode);
      if (status) continue;
      Miss(place + ": the reset fails: " + status.error().message);
      return false;
    }
    if (Refuse(MisfitOf(reset, free_->Save()))) return false;
    CompareSetup(reset, place);
    const SimState state = free_->Save();
    row_.observation.RaiseAll(free_->observation(), reset.observation, place,
                              free_->spec().observation_entries);
    row_.position.RaiseAll(state.qpos, reset.qpos, place + " qpos");
    row_.position.RaiseAll(state.qvel, reset.qvel, place + " qvel");
    if (!NextSampleIs(state.random, reset.next_sample)) {
      ++row_.event_misses;
      Miss(place + ": the random stream is elsewhere");
    }
    return true;
  }

  void CompareSetup(const RecordedReset& reset, const std::string& place) {
    const EpisodeSetup& setup = free_->setup();
    const SimState state = free_->Save();
    row_.layout.Raise(Distance(setup.robot_rotation_rad, reset.robot_rotation_rad),
                      place + " robot rotation");
    if (setup.layout.size() != reset.first_layout.size() ||
        setup.rotations.size() != reset.rotations.size()) {
      return Miss(place + ": the layout has other objects");
    }
    for (std::size_t i = 0; i < setup.layout.size(); ++i) {
      const auto& [name, x_m, y_m] = reset.first_layout[i];
      if (setup.layout[i].name != name) return Miss(place + ": the layout lacks " + name);
      row_.layout.Raise(Distance(setup.layout[i].x_m, x_m), place + " " + name);
      row_.layout.Raise(Distance(setup.layout[i].y_m, y_m), place + " " + name);
    }
    for (std::size_t i = 0; i < setup.rotations.size(); ++i) {
      const auto& [name, angle_rad] = reset.rotations[i];
      if (setup.rotations[i].name != name) return Miss(place + ": " + name + " is not turned");
      row_.layout.Raise(Distance(setup.rotations[i].angle_rad, angle_rad),
                        place + " turn of " + name);
    }
    for (const auto& [name, x_m, y_m] : reset.layout) {
      if (name != "goal") continue;
      row_.layout.Raise(Distance(state.goal_position_in_world.x(), x_m), place + " goal");
      row_.layout.Raise(Distance(state.goal_position_in_world.y(), y_m), place + " goal");
    }
  }

  void RunFreely(std::size_t episode) {
    const auto& steps = recorded_.episodes[episode].steps;
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const std::string place = Place(episode, i + 1);
      const StepResult result = free_->Step(steps[i].action);
      const StepDifference difference = CompareStep(*free_, result, steps[i], recorded_, place);
      ++row_.steps;
      for (const WorstError* error :
           {&difference.observation, &difference.reward, &difference.position}) {
        row_.free_run.Raise(error->value, error->where);
        if (i < kFreeRunSteps) row_.free_start.Raise(error->value, error->where);
      }
      if (i < kFreeRunSteps || IsExact()) CountMisses(difference, place);
      if (IsDone(result.status) == steps[i].done) continue;
      if (IsDone(result.status)) row_.steps += static_cast<int>(steps.size() - i) - 1;
      if (IsDone(result.status)) return;  // the rest of the episode has no counterpart
    }
  }

  // Steps along the recording, put back on it at every state that was fully noted.
  void RunFromRecordedStates(std::size_t episode) {
    const RecordedEpisode& recorded = recorded_.episodes[episode];
    RandomStateSnapshot stream = stepping_->Save().random;
    bool on_recording = true;  // after a reset
    for (std::size_t i = 0; i < recorded.steps.size(); ++i) {
      const RecordedStep& step = recorded.steps[i];
      const std::string place = Place(episode, i + 1);
      const StepResult result = stepping_->Step(step.action);
      if (on_recording) {
        const StepDifference difference = CompareStep(*stepping_, result, step, recorded_, place);
        row_.observation.Raise(difference.observation.value, difference.observation.where);
        row_.reward.Raise(difference.reward.value, difference.reward.where);
        row_.position.Raise(difference.position.value, difference.position.where);
        CountMisses(difference, place);
        ++row_.compared_steps;
      }
      if (step.done) return;
      on_recording = step.has_full_state() && PutOnRecording(step, i + 1, stream);
      if (IsDone(result.status) && !on_recording && !SkipToFullState(recorded, i, stream)) return;
    }
  }

  // Our own run has ended where the recorded one goes on: continue at its next noted state.
  bool SkipToFullState(const RecordedEpisode& recorded, std::size_t& i,
                       RandomStateSnapshot& stream) {
    for (++i; i < recorded.steps.size(); ++i) {
      const RecordedStep& step = recorded.steps[i];
      if (!step.done && step.has_full_state() && PutOnRecording(step, i + 1, stream)) return true;
    }
    return false;
  }

  bool PutOnRecording(const RecordedStep& step, std::size_t number, RandomStateSnapshot& stream) {
    SimState state = stepping_->Save();
    if (IsOnRecording(state, step)) {
      stream = state.random;
      return true;
    }
    state.qpos = step.qpos;
    state.qvel = step.qvel;
    state.step = static_cast<std::int32_t>(number);
    state.status = EpisodeStatus::kRunning;
    state.button_timer = step.button_timer;
    if (step.goal_button >= 0) state.goal_button = step.goal_button;
    if (step.goal && stepping_->scene().goal_body >= 0) {
      state.goal_position_in_world.head<2>() = Eigen::Vector2d((*step.goal)[0], (*step.goal)[1]);
    }
    if (step.next_sample && !NextSampleIs(state.random, *step.next_sample)) {
      const auto found = FindInStream(stream, *step.next_sample);
      if (found) state.random = *found;
    }
    stream = state.random;
    if (!stepping_->Restore(state)) return false;
    RememberDistances(*stepping_, state);
    const Status restored = stepping_->Restore(state);
    LOOKOUT_CHECK(restored.ok(), "a state that could be restored once can be restored twice");
    return true;
  }

  // To the last digit but one. Writing the recorded pose over it would normalise its quaternions
  // once more than the original did, and a walking robot makes much of that digit.
  static bool IsOnRecording(const SimState& state, const RecordedStep& step) {
    return state.status == EpisodeStatus::kRunning && IsNear(state.qpos, step.qpos) &&
           IsNear(state.qvel, step.qvel);
  }

  void CountMisses(const StepDifference& difference, const std::string& place) {
    if (difference.costs_differ) {
      ++row_.cost_misses;
      Miss(place + ": the costs differ");
    }
    if (difference.events_differ) {
      ++row_.event_misses;
      Miss(place + ": goal, end of the episode or random stream differ");
    }
  }

  void CompareRaise() {
    if (!recorded_.raise->at_reset) {
      const StepResult result = free_->Step(recorded_.raise->action);
      if (result.status != EpisodeStatus::kNoGoalPlaceable) Miss("the last step should fail");
      return;
    }
    if (StartEpisode(*free_, recorded_, recorded_.episodes.size())) {
      Miss("the reset should fail with a " + recorded_.raise->type);
    }
  }

  bool IsExact() const { return stepping_mode_ == Stepping::kExact; }

  void Judge() {
    const auto judge = [&](const WorstError& worst, double tolerance) {
      if (worst.value > tolerance) Miss(worst.where);
    };
    judge(row_.layout, kLayoutTolerance);
    for (const WorstError* worst :
         {&row_.observation, &row_.reward, &row_.position, &row_.free_start}) {
      judge(*worst, kStepTolerance);
    }
    if (IsExact()) judge(row_.free_run, kStepTolerance);
  }

  const RecordedCase& recorded_;
  Stepping stepping_mode_;
  ConformanceRow& row_;
  std::unique_ptr<SafetyGym> free_;
  std::unique_ptr<SafetyGym> stepping_;
};

}  // namespace

ConformanceRow ReplayCase(const RecordedCase& recorded, Stepping stepping) {
  ConformanceRow row;
  row.name =
      fmt::format("{} seed {} {}", recorded.environment, recorded.seed, recorded.action_source);
  Replay(recorded, stepping, row).Run();
  return row;
}

}  // namespace lookout::sim
