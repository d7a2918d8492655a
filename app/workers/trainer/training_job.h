// The trainer without its thread: starts, pauses, resumes and stops one run at a time, an iteration
// at a time, and publishes how it goes. One thread calls all its methods.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "agents/rl/runs/checkpoint.h"
#include "agents/rl/runs/training.h"
#include "agents/rl/settings/limit_floor.h"
#include "app/workers/runtime/cost_model_registry.h"
#include "app/workers/runtime/environment_factory.h"
#include "app/workers/runtime/latest_value.h"
#include "app/workers/runtime/notice.h"
#include "app/workers/runtime/published_ptr.h"
#include "app/workers/runtime/steady_time.h"
#include "app/workers/runtime/trained_policy.h"
#include "app/workers/trainer/iteration_pace.h"
#include "app/workers/trainer/trainer_event.h"
#include "ui/commands.h"

namespace lookout::app {

using FloorMeter = std::function<Result<agents::LimitFloor>(
    const agents::TrainingSettings&, const agents::CostModelPtr&, const sim::EnvironmentConfig&,
    const std::function<bool()>& keep_going)>;

struct TrainerOptions {
  RunId next_run{1};
  // Of an earlier session: it is shown, its policy can be watched, and it can be resumed.
  std::optional<ui::StoppedRun> previous;
  EnvironmentFactory factory;
  std::function<Result<std::unique_ptr<agents::TrainingRun>>(const agents::TrainingSettings&,
                                                             const agents::EnvironmentMaker&,
                                                             const agents::ActionFilterMaker&)>
      make_run = agents::TrainingRun::Create;
  // The policy file of a checkpoint, to be kept along the way.
  std::function<Result<std::string>(std::string_view checkpoint, const sim::EnvironmentSpec&)>
      policy_of = agents::PolicyFileOf;
  // The bytes of a named policy, for runs that start from one.
  std::function<Result<std::string>(const std::string& name)> read_policy;
  // What a safe script costs, for runs that are held to a limit on a learned cost. Null: limits are
  // not compared with anything.
  FloorMeter measure_floor;
  int nice = 8;  // so that the window and the player run first
};

struct TrainerLinks {
  const CostModelRegistry& cost_models;
  PublishedPtr<TrainedPolicy>& newest_policy;
  Mailbox<TrainerEvent>& events;
  LatestValue<ui::TrainingSnapshot>& snapshot;
  NoticeBoard& notices;
  std::stop_token stop = {};  // of the thread, for what takes long between iterations
};

class TrainingJob {
 public:
  // Checkpoints up to this size are made after every iteration, larger ones after every fifth and
  // whenever the run pauses, stops or ends.
  static constexpr std::size_t kSmallCheckpoint = std::size_t{10} << 20;
  static constexpr int kLargeCheckpointEvery = 5;

  TrainingJob(TrainerOptions options, TrainerLinks links);

  // Publishes the run of an earlier session and its policy, if there is one.
  void Open();

  // Also while RunIteration polls. What is refused leaves the run as it was and says why.
  void Apply(const ui::TrainerCommand& command);

  // Whether RunIteration has something to do.
  bool running() const { return state_ == ui::TrainingState::kRunning; }
  // One iteration. `poll` is called at step boundaries to Apply what arrived meanwhile. A stop
  // abandons the iteration, a pause waits for its end; a failure ends the run. Those before it are
  // in the checkpoint then.
  void RunIteration(const std::function<void()>& poll, const std::stop_token& stop);

  // The run ends as failed, with the cause; its finished iterations are kept in a checkpoint.
  void ReportFailure(const std::string& cause);

 private:
  void On(const ui::StartTraining& command);
  void On(const ui::MeasureFloor& command);
  void On(const ui::PauseTraining& command);
  void On(const ui::ResumeTraining& command);
  void On(const ui::StopTraining& command);
  void On(const ui::ContinueRun& command);

  bool active() const { return run_ != nullptr; }
  Status Start(const ui::StartTraining& command);
  // Rejects a limit that a safe script does not meet under the model.
  Status CheckLimit(const ui::StartTraining& command);
  // Fills in the newest floor, unless it is that already.
  void Measure(const std::string& environment, const agents::TrainingSettings& settings);
  // Gives a new run the networks of a named policy, if it is named.
  Status StartFrom(agents::TrainingRun& run, const std::string& policy);
  void TellRun();  // what it is, to be kept
  void Continue(const ui::StoppedRun& stopped);
  Status Restore(const ui::StoppedRun& stopped);
  Result<agents::ActionFilterMaker> OverseersOf(const agents::TrainingSettings& settings,
                                                const sim::EnvironmentConfig& config) const;
  Result<std::unique_ptr<agents::TrainingRun>> MakeRun(const std::string& environment,
                                                       const agents::TrainingSettings& settings);
  void Reject(const Error& error, ui::TrainingState back_to);
  // Hands the cost model in use for its observation to a run that has not got it.
  Status AdoptCostModel(agents::TrainingRun& run);
  // Whether it was found in that iteration that the learned cost and the true one part, which is
  // said, and the settings want the run to end there.
  bool StopsWhereCostsPart(int iteration);
  void Record(const agents::IterationReport& report);
  void AddToHistory(const agents::IterationReport& report);
  // Of the last finished iteration, unless the newest checkpoint is that.
  void MakeCheckpoint();
  void SavePolicy(int iteration);
  void PublishPolicy(agents::PolicyPtr policy, const sim::EnvironmentSpec& spec);
  Status PublishPreviousPolicy();
  void Pause();
  void EndRun(ui::TrainingState state);
  void Publish();
  void PublishAsked(const std::string& environment, const agents::TrainingSettings& settings);
  void PublishNowAndThen();

  TrainerOptions options_;
  TrainerLinks links_;
  ui::TrainingState state_ = ui::TrainingState::kIdle;
  std::unique_ptr<agents::TrainingRun> run_;  // null unless starting, running or paused
  ui::RunTrack shown_;                        // the present or last run
  std::string checkpoint_;                    // newest of that run; empty: none
  CostModelId adopted_;                       // or refused, and told the person about
  int iterations_since_checkpoint_ = 0;
  bool pausing_ = false;
  bool iterating_ = false;
  bool abandon_ = false;
  IterationPace pace_;
  double fraction_ = 0.0;  // of the present iteration's time
  std::int64_t policy_version_ = 0;
  std::string failure_;
  std::shared_ptr<const ui::MeasuredFloor> floor_;  // the newest; null: none
  SteadyTime published_at_;
};

}  // namespace lookout::app
