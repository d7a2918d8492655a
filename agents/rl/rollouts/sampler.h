// Runs the present policy in many environments side by side and fills a rollout buffer. The result
// does not depend on the number of workers: environments are stepped in fixed groups, each with
// its own random streams. One owner; groups run on the pool's threads.
#pragma once

#include <Eigen/Core>
#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "agents/feedback/models/cost_model.h"
#include "agents/feedback/transitions/observation_history.h"
#include "agents/learning/worker_pool.h"
#include "agents/policies/learned/gaussian_actor.h"
#include "agents/rl/rollouts/reviewed_decision.h"
#include "agents/rl/rollouts/rollout_buffer.h"
#include "agents/rl/rollouts/step_predictions.h"
#include "agents/rl/settings/training_settings.h"
#include "agents/rollout/action_filter.h"
#include "agents/rollout/environment_maker.h"
#include "agents/rollout/stepper.h"

namespace lookout::agents {

// Where an environment stands, as values: it is a function of its seed and the actions since.
struct EpisodePosition {
  std::uint32_t seed = 0;
  int steps = 0;
  Eigen::MatrixXf actions;  // [action_dim x max_episode_steps], the first `steps` samples count
  Eigen::VectorXf state;    // what the policy remembers; 0 at an episode's start, empty: nothing
};

class Sampler {
 public:
  // Makes the environments; refuses if they differ in size. With `make_filter`, a filter of each
  // one's own reviews every environment step; settings.learn_from says what the buffer holds of a
  // decision that it did not let pass.
  static Result<std::unique_ptr<Sampler>> Create(const TrainingSettings& settings,
                                                 const EnvironmentMaker& make_environment,
                                                 const ActionFilterMaker& make_filter = {});

  // Of the environments, in decisions: each is held for the setting's action_repeat steps, so that
  // max_episode_steps counts decisions and step_duration_s is what one lasts.
  const sim::EnvironmentSpec& spec() const { return spec_; }

  // Makes buffer.steps_per_environment decisions in every environment. `costs` becomes the rule's
  // cost, in total or of the one kind that the cost source names. `keep_going` is asked at step
  // boundaries on the calling thread with the fraction done. Returns false if it said no; then, as
  // after an error, GoBack() leads to where Save() last left the environments. Of several processes
  // each steps its share of the environments; then all have all steps.
  Result<bool> Collect(const GaussianActor& actor, int iteration, WorkerPool& pool,
                       RolloutBuffer& buffer, const std::function<bool(double)>& keep_going);

  // Whose predictions the next Collect adds up in `predicted_costs`, over the steps of each
  // decision (see sim/recording/predicted_cost.h); null: none, all are 0. Episodes that are under
  // way are replayed by the next Collect if it looks back further than any model before it did.
  void SetCostModel(CostModelPtr model);

  // Remembers the present positions as the ones to go back to.
  void Save();
  // Goes back to the saved positions; the environments are rebuilt by the next Collect.
  void GoBack();
  // Whether an episode is under way in any environment.
  bool amid_episodes() const;

  // Fields "sampler.*". Writes the saved positions.
  void Encode(ArchiveWriter& writer) const;
  // Goes to the positions it reads; GoBack() still leads to those saved before. state_dim: of the
  // policy whose episodes they are.
  void Decode(ArchiveReader& reader, int state_dim);

 private:
  // Environments that share one forward epoch.
  struct Group {
    int first = 0;
    int count = 0;
    Eigen::MatrixXf inputs;  // [observation_dim x count], normalised if the actor does so
    Eigen::MatrixXf states;  // [state_dim x count], what the policy remembers
    SequenceWorkspace workspace;
    Eigen::VectorXd action;  // [action_dim]
    StepPredictions predictions;
    ReviewedDecision reviewed;
    Status status;
  };

  // One environment and what steps it.
  struct Stage {
    std::unique_ptr<sim::Environment> environment;
    std::unique_ptr<ActionFilter> filter;  // null: none
    Stepper stepper;
    ObservationHistory history;  // of the episode, as far back as a cost model has looked yet

    // After a reset, and after every step that is no physics failure.
    void RememberReset() { history.Begin(environment->observation().cast<float>()); }
    void RememberStep() { history.Add(environment->observation().cast<float>()); }
  };

  Sampler(const TrainingSettings& settings, std::vector<Stage> stages);
  Status StartEpisode(int environment);
  // Brings an environment to its position by replaying it.
  Status Rebuild(int environment);
  Status RunGroup(Group& group, const GaussianActor& actor, RolloutBuffer& buffer,
                  const std::function<bool(double)>* keep_going);
  // Makes room for what that policy computes and remembers, on the first call.
  void Prepare(const GaussianActor& actor, const RolloutBuffer& buffer);
  void ChooseActions(Group& group, const GaussianActor& actor, RolloutBuffer& buffer, int t);
  Status StepGroup(Group& group, const GaussianActor& actor, RolloutBuffer& buffer, int t);
  // The environments of those groups.
  ProcessGroup::Share EnvironmentsOf(ProcessGroup::Share groups) const;
  // Gives every process the steps and positions of the others' environments.
  void Exchange(ProcessGroup& processes, RolloutBuffer& buffer);

  std::uint32_t seed_;
  std::optional<sim::CostKind> only_kind_;
  int action_repeat_;
  LearnFrom learn_from_;
  std::vector<Stage> stages_;
  sim::EnvironmentSpec spec_;
  CostModelPtr cost_model_;
  std::vector<EpisodePosition> positions_;
  std::vector<EpisodePosition> saved_;
  std::vector<RandomState> noise_;
  std::vector<Group> groups_;
  bool must_rebuild_ = true;
  std::int64_t steps_to_do_ = 0;  // of this process in this collection
  std::atomic<bool> stop_ = false;
  std::atomic<std::int64_t> steps_done_ = 0;
};

}  // namespace lookout::agents
