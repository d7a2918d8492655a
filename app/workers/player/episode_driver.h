// The live episode: steps the environment with whoever acts, predicts the learned cost,
// and records every step. Knows nothing of time or threads; player thread.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agents/feedback/models/cost_model.h"
#include "agents/feedback/transitions/observation_history.h"
#include "agents/rollout/stepper.h"
#include "app/workers/player/active_agent.h"
#include "app/workers/player/attention_keeper.h"
#include "app/workers/player/chunk_writer.h"
#include "app/workers/player/episode_past.h"
#include "app/workers/player/oversight.h"
#include "app/workers/player/player_event.h"
#include "app/workers/runtime/cost_model_registry.h"
#include "app/workers/runtime/environment_factory.h"
#include "app/workers/runtime/episode_numbers.h"
#include "app/workers/runtime/notice.h"
#include "sim/engine/safety_gym.h"
#include "sim/recording/recording.h"
#include "ui/commands.h"

namespace lookout::app {

class EpisodeDriver {
 public:
  struct Links {
    const CostModelRegistry& cost_models;
    Mailbox<PlayerEvent>& events;
    NoticeBoard& notices;
  };

  // `oversight` reviews every action; both it and the agent have to outlive this.
  EpisodeDriver(EnvironmentFactory factory, ActiveAgent& seat, Oversight& oversight, Links links,
                std::shared_ptr<EpisodeNumbers> numbers);

  // Seeds that no episode starts from, one after the other, after which none is tried by itself: no
  // layout may fit at all.
  static constexpr std::uint32_t kMostRefusedInARow = 5;

  // Builds the environment, lets the agent act if one is given, and starts an episode, from the
  // first of the seeds from `seed` on that is not refused (refused_seeds()). Rejects what cannot be
  // built or laid out, and an agent that cannot act in it; the present episode goes on
  // then, with the agent it had.
  Status Open(const sim::EnvironmentConfig& config, std::uint32_t seed,
              const ui::SetAgent* agent = nullptr);
  // Starts another episode. If no layout fits, returns why; ended() until a reset succeeds.
  Status Reset(std::uint32_t seed);
  // Starts an episode whose step 0 is the given step of a recorded one; same seed, same future for
  // the same actions. An agent that acted there goes on with what it remembers and holds (see
  // EpisodePast). Rejects a record that does not fit its header, and an episode's last step.
  Status Branch(const ui::BranchFrom& branch);

  // What would become of the next step's action, with the action; nothing is done. Must not be
  // called once ended().
  struct Upcoming {
    const Eigen::VectorXd& proposed;
    agents::Decision decision;
  };
  Upcoming Preview();
  // One environment step, recorded. Must not be called once ended().
  void Step(SteadyTime time);
  // Of the live state; shown at once in now(), recorded with the next step.
  void MoveBody(const ui::MoveBody& move);
  void SetPerturbation(const sim::Perturbation& perturbation);
  Status SetAgent(const ui::SetAgent& agent);
  Status CanAct(const ui::SetAgent& agent) const {
    return active_agent_.CanAct(agent, spec(), gym_->config());
  }

  // Posts the steps that are pending.
  void Flush() { writer_.Flush(); }
  void FlushIfOld(SteadyTime time) { writer_.FlushIfOld(time); }

  bool open() const { return gym_ != nullptr; }
  bool ended() const { return layout_failed_ || sim::IsDone(now_.status); }
  // Of the last step of this episode.
  const agents::StepOutcome& outcome() const { return stepper_->outcome(); }
  const sim::StepRecord& now() const { return now_; }  // always whole and finite once open()
  // That the last Open passed over, and why: "Seed 3: No layout fits."
  const std::vector<std::string>& refused_seeds() const { return refused_seeds_; }
  StepIndex step() const { return step_; }
  // What each decision of the present agent in this episode went by.
  std::shared_ptr<const ui::AttentionTrack> ShareAttention() { return attention_.Share(); }
  const sim::EpisodeHeader& header() const { return *header_; }
  const sim::EnvironmentSpec& spec() const { return gym_->spec(); }
  // Steps posted or pending since the start of the program.
  std::int64_t steps_recorded() const { return steps_recorded_; }

 private:
  void Adopt(EnvironmentFactory::Gym gym);
  void Begin(const sim::EpisodeHeader* parent, StepIndex branched_at);
  void RecordFirst();
  void Recall(const ui::BranchFrom& branch);
  void GoOnHolding();
  void Propose();
  void ReadStep(const agents::StepOutcome& outcome);
  void Freeze(sim::EpisodeStatus status);
  void ReadState();
  void Predict(const agents::Transitions& transition);  // of one step

  EnvironmentFactory factory_;
  ActiveAgent& active_agent_;
  Links links_;
  Oversight& oversight_;
  std::shared_ptr<EpisodeNumbers> numbers_;
  EnvironmentFactory::Gym gym_;
  std::optional<agents::Stepper> stepper_;  // of gym_
  sim::EpisodeHeaderPtr header_;
  EpisodePast past_;  // of the live episode
  AttentionKeeper attention_;
  ChunkWriter writer_;
  sim::StepRecord now_;
  StepIndex step_ = 0;
  std::int64_t steps_recorded_ = 0;
  std::vector<std::string> refused_seeds_;
  bool layout_failed_ = false;  // the last reset failed: nothing to step until one succeeds
  sim::ObservationSignature signature_;  // of gym_
  agents::CostModelPtr cost_model_;      // in use for that; null: none
  std::int64_t seen_changes_ = 0;        // of the cost models
  agents::CostModelWorkspace workspace_;
  // Of what is recorded of the episode, as long as any model looks back.
  agents::ObservationHistory history_;
  Eigen::VectorXd action_;
  Eigen::VectorXf before_, done_;  // observation and executed action of the transition
  Eigen::VectorXf probability_{1};
  Eigen::VectorXf spread_{1};
};

}  // namespace lookout::app
