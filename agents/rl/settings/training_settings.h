// Which agents each setting of training is for, and its name, range and help; the settings are in
// training_values.h. Any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "agents/feedback/models/cost_reading.h"
#include "agents/rl/settings/agent_label.h"
#include "agents/rl/settings/algorithm.h"
#include "agents/rl/settings/cost_source.h"
#include "agents/rl/settings/learn_from.h"
#include "agents/rl/settings/network_kind.h"
#include "agents/rl/settings/training_values.h"
#include "sim/base/choices.h"
#include "sim/base/fields.h"
#include "sim/config/config.h"
#include "sim/environment/environment.h"

namespace lookout::agents {

// --- Which agents a setting is for; of the others it makes nothing.
inline bool HeedsCosts(const TrainingSettings& s) { return IsConstrained(s.algorithm); }
inline bool UsesMultiplier(const TrainingSettings& s) { return HasMultiplier(s.algorithm); }
inline bool UsesPpo(const TrainingSettings& s) {
  return s.algorithm == Algorithm::kPpo || s.algorithm == Algorithm::kPpoLagrangian;
}
inline bool UsesTrustRegion(const TrainingSettings& s) { return !UsesPpo(s); }
inline bool CombinesAdvantages(const TrainingSettings& s) {
  return UsesPpo(s) && UsesMultiplier(s);
}
inline bool UsesGradientMultiplier(const TrainingSettings& s) {
  return UsesMultiplier(s) && s.multiplier_kind == MultiplierKind::kLagrange;
}
inline bool UsesPidMultiplier(const TrainingSettings& s) {
  return UsesMultiplier(s) && s.multiplier_kind == MultiplierKind::kPid;
}
inline bool LearnsMultiplier(const TrainingSettings& s) {
  return UsesMultiplier(s) && s.multiplier_kind != MultiplierKind::kFixed;
}
inline bool CapsMultiplier(const TrainingSettings& s) {
  return LearnsMultiplier(s) && s.multiplier_cap > 0.0;
}

inline bool ReadsCostModel(const TrainingSettings& s) { return NeedsCostModel(s.cost_source); }
inline bool ReadsCautiously(const TrainingSettings& s) {
  return ReadsCostModel(s) && s.cost_reading == CostReading::kCautious;
}
inline bool UsesTransformer(const TrainingSettings& s) { return IsTransformer(s.network); }
inline bool UsesGates(const TrainingSettings& s) { return s.network == NetworkKind::kGtrxl; }
inline bool StacksFrames(const TrainingSettings& s) { return s.network == NetworkKind::kStacked; }
inline bool StartsOrthogonal(const TrainingSettings& s) {
  return s.network == NetworkKind::kMlp || StacksFrames(s);
}

inline bool IsOverseen(const TrainingSettings& s) { return !s.overseer.empty(); }
// What was done in place of a blocked action must not be held against it.
inline bool PenalisesBlocks(const TrainingSettings& s) {
  return IsOverseen(s) && s.learn_from != LearnFrom::kExecuted;
}

// Names are those of the options of the command line; see sim/base/fields.h. A new setting is a
// member above and a line here.
template <FieldsOf<TrainingSettings> Self, typename Visit>
// May be long: one list.
void VisitFields(Self& s, Visit&& visit) {
  using F = Field<TrainingSettings>;
  visit(F("algo", "algorithm").StoredAs("algorithm"), s.algorithm);
  visit(F("cost", "cost source").StoredAs("cost-source"), s.cost_source);
  visit(F("cost-reading", "what is made of the cost model's doubts").Since(4).For(ReadsCostModel),
        s.cost_reading);
  visit(F("cost-caution", "spreads added to the learned cost by --cost-reading cautious")
            .Within(0, 100)
            .Since(4)
            .For(ReadsCautiously),
        s.cost_caution);
  visit(F("multiplier", "multiplier").StoredAs("multiplier-kind"), s.multiplier_kind);
  visit(F("start-from", "the policy that the run begins with"), s.start_from);

  visit(F("overseer", "who reviews every action").Since(6), s.overseer);
  visit(F("learn-from", "what is learned from a blocked decision").Since(6).For(IsOverseen),
        s.learn_from);
  visit(F("block-penalty", "taken from the reward of a blocked decision")
            .Within(0, 1e3)
            .Since(6)
            .For(PenalisesBlocks),
        s.block_penalty);

  visit(F("steps", "environment steps in all").Within(1, 1e12).StoredAs("total-steps").Common(),
        s.total_steps);
  visit(F("steps-per-iteration", "steps collected per iteration").Within(1, 1e8),
        s.steps_per_iteration);
  visit(F("environments", "environments sampled side by side").Within(1, 4096), s.environments);
  visit(F("workers", "threads; never changes the result").Within(1, 256).NoIdentity().Common(),
        s.workers);
  visit(F("action-repeat", "steps for which an action is held").Within(1, 1000), s.action_repeat);
  visit(F("seed", "of everything random").Within(0, 4294967295.0).NoIdentity().Common(), s.seed);

  visit(F("network", "network of policy and values").Since(7), s.network);
  visit(F("hidden", "width of the network").Within(1, 4096), s.hidden);
  visit(F("stacked-frames", "decisions whose observations stacked sees side by side")
            .Within(2, 64)
            .Since(7)
            .For(StacksFrames),
        s.stacked_frames);
  visit(F("network-layers", "of a transformer").Within(1, 16).Since(7).For(UsesTransformer),
        s.network_layers);
  visit(F("attention-heads", "of a transformer; a divisor of --hidden")
            .Within(1, 64)
            .Since(7)
            .For(UsesTransformer),
        s.attention_heads);
  visit(F("memory-length", "decisions that each layer of a transformer looks back")
            .Within(1, 1024)
            .Since(7)
            .For(UsesTransformer),
        s.memory_length);
  visit(F("gate-bias", "of gtrxl; the higher, the less its past counts at first")
            .Within(-10, 10)
            .Since(7)
            .For(UsesGates),
        s.gate_bias);
  visit(F("orthogonal-initialisation", "of mlp and stacked, the last layer small; 0: Glorot's")
            .Within(0, 1)
            .For(StartsOrthogonal),
        s.orthogonal_initialisation);
  visit(F("initial-log-std", "of the policy's Gaussian").Within(-10, 2), s.initial_log_std);
  visit(F("least-log-std", "below which it is not learned to fall").Within(-20, 2),
        s.least_log_std);
  visit(F("normalise-observations", "to mean 0 and variance 1").Within(0, 1),
        s.normalise_observations);

  visit(F("gamma", "discount of rewards").Within(0, 1), s.gamma);
  visit(F("gae-lambda", "of the reward advantages").Within(0, 1), s.gae_lambda);
  visit(F("cost-gamma", "discount of costs").Within(0, 1).For(HeedsCosts), s.cost_gamma);
  visit(F("cost-gae-lambda", "of the cost advantages").Within(0, 1).For(HeedsCosts),
        s.cost_gae_lambda);
  visit(F("normalise-cost-advantages", "to deviation 1, not only to mean 0; CPO's keep their unit")
            .Within(0, 1)
            .For(UsesMultiplier),
        s.normalise_cost_advantages);
  visit(F("combine-advantages", "clip reward and cost as one advantage (PPO)")
            .Within(0, 1)
            .For(CombinesAdvantages),
        s.combine_advantages);
  visit(F("lambda-targets", "values learn lambda-returns").Within(0, 1), s.lambda_targets);
  visit(F("warm-up-iterations", "in which only values learn").Within(0, 1000),
        s.warm_up_iterations);
  visit(F("minibatch", "decisions per gradient step; 0: the full batch").Within(0, 1e8),
        s.minibatch);
  visit(
      F("final-learning-rate", "share of the learning rates that is left at the end; 1: they stay")
          .Within(0, 1),
      s.final_learning_rate);
  visit(F("max-gradient-norm", "longer gradients are cut; 0: none").Within(0, 1e6),
        s.max_gradient_norm);
  visit(F("target-kl", "PPO stops beyond 1.2 times this; TRPO's and CPO's trust region")
            .Within(1e-6, 100),
        s.target_kl);

  visit(F("clip-ratio", "of PPO's likelihood ratio").Within(1e-3, 10).For(UsesPpo), s.clip_ratio);
  visit(F("policy-learning-rate", "PPO's Adam").Within(0, 1).For(UsesPpo), s.policy_learning_rate);
  visit(F("policy-iterations", "most passes of PPO's update").Within(0, 10000).For(UsesPpo),
        s.policy_iterations);
  visit(F("entropy-bonus", "weight of the entropy in PPO's objective").Within(0, 10).For(UsesPpo),
        s.entropy_bonus);
  visit(F("conjugate-gradient-iterations", "of TRPO's and CPO's natural gradient")
            .Within(1, 1000)
            .For(UsesTrustRegion),
        s.conjugate_gradient_iterations);
  visit(F("fisher-damping", "added to the Fisher matrix's diagonal")
            .Within(0, 100)
            .For(UsesTrustRegion),
        s.fisher_damping);
  visit(F("line-search-shrink", "of TRPO's and CPO's step").Within(0.01, 0.99).For(UsesTrustRegion),
        s.line_search_shrink);
  visit(F("line-search-steps", "tried before the old policy is kept")
            .Within(1, 1000)
            .For(UsesTrustRegion),
        s.line_search_steps);

  visit(F("value-learning-rate", "Adam, value networks").Within(0, 1), s.value_learning_rate);
  visit(F("value-iterations", "passes of the value updates").Within(0, 10000), s.value_iterations);

  visit(F("cost-limit", "allowed cost per episode").Within(0, 1e6).Short("limit").Common(),
        s.cost_limit);
  visit(F("initial-multiplier", "lambda at the start").Within(1e-6, 1e6).For(UsesMultiplier),
        s.initial_multiplier);
  visit(F("multiplier-learning-rate", "--multiplier lagrange")
            .Within(0, 10)
            .For(UsesGradientMultiplier),
        s.multiplier_learning_rate);
  visit(F("pid-proportional", "gain of --multiplier pid").Within(0, 1e3).For(UsesPidMultiplier),
        s.pid_proportional);
  visit(F("pid-integral", "gain of --multiplier pid").Within(1e-9, 1e3).For(UsesPidMultiplier),
        s.pid_integral);
  visit(F("pid-derivative", "gain of --multiplier pid").Within(0, 1e3).For(UsesPidMultiplier),
        s.pid_derivative);
  visit(F("pid-smoothing", "weight of the past in the proportional and derivative terms")
            .Within(0, 0.9999)
            .For(UsesPidMultiplier),
        s.pid_smoothing);
  visit(F("pid-delay", "iterations that the derivative looks back")
            .Within(1, 1000)
            .For(UsesPidMultiplier),
        s.pid_delay);
  visit(F("multiplier-cap", "above which lambda does not go; 0: none")
            .Within(0, 1e6)
            .Since(5)
            .For(LearnsMultiplier),
        s.multiplier_cap);
  visit(F("anti-windup", "at the cap nothing is summed up that would keep lambda there")
            .Within(0, 1)
            .Since(5)
            .For(LearnsMultiplier),
        s.anti_windup);
  visit(F("stop-when-parted", "stop where the true cost rises and the learned one does not")
            .Within(0, 1)
            .Since(7)
            .NoIdentity()
            .For(ReadsCostModel),
        s.stop_when_parted);
}

// "ray2019" (the defaults above; for Doggo 10^8 steps, 60,000 per iteration) or "fast".
Result<TrainingSettings> SettingsPreset(std::string_view name, sim::RobotKind robot);

}  // namespace lookout::agents
