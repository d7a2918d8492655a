#include "agents/inspect/explanations/explanation.h"

#include <utility>

namespace lookout::agents {
namespace {

// Puts a result into its place, or says why there is none.
template <typename T>
Status Keep(Result<T> found, T& place) {
  if (!found) return found.error();
  place = std::move(*found);
  return {};
}

Status ExplainMoves(const ExplainedModel& model, sim::SafetyGym& world,
                    const ExplanationSettings& settings, const KeepGoing& keep_going,
                    Explanation& result) {
  const std::pair<CounterfactualMoves, Counterfactual*> all[] = {
      {CounterfactualMoves::kAny, &result.any_move},
      {CounterfactualMoves::kShift, &result.shift},
      {CounterfactualMoves::kTurn, &result.turn}};
  for (const auto& [moves, place] : all) {
    auto found = CounterfactualOf(model, world, moves, settings.counterfactual, keep_going);
    if (Status kept = Keep(std::move(found), *place); !kept) return kept;
  }
  return Keep(MotionCurveOf(model, world, settings.motion, keep_going), result.motion);
}

void Predict(const ExplainedModel& model, const Eigen::VectorXf& observation, double unsafe_from,
             Explanation& result) {
  result.prediction = model.model().PredictOne(observation);
  result.log_odds = model.Values(observation)[0];
  result.unsafe_from = unsafe_from;
  result.is_unsafe = result.log_odds >= LogOddsOf(unsafe_from);
  result.of_state_alone = !(model.model().past_inputs() == PastInputs{});
  if (!model.model().knows_support()) return;
  Eigen::VectorXf support(1);
  model.model().Support(observation, support);
  result.support = support[0];
}

}  // namespace

Status CheckMomentCanBeExplained(const CostModel& model, const sim::SafetyGym& world) {
  if (Status fits = model.CheckFits(world.spec()); !fits) return fits;
  return CheckWorldCanBeExplained(world);
}

Result<Explanation> Explain(const CostModel& cost_model, sim::SafetyGym& world,
                            const LabelSet* labels, const ExplanationSettings& settings,
                            const KeepGoing& keep_going) {
  if (Status can = CheckMomentCanBeExplained(cost_model, world); !can) return can.error();
  const ExplainedModel model(cost_model);
  const Eigen::VectorXf observation = world.observation().cast<float>();
  Explanation result{.pose = PoseOf(world)};
  Predict(model, observation, settings.counterfactual.unsafe_from, result);
  auto number = ExplainNumber(model, world, settings.contributions, keep_going);
  if (!number) return number.error();
  result.contributions = std::move(number->contributions);
  result.gradients = std::move(number->gradients);
  if (Status moved = ExplainMoves(model, world, settings, keep_going, result); !moved) {
    return moved.error();
  }
  if (labels == nullptr) return result;
  auto near = NearestLabels(model, *labels, observation, settings.labels, keep_going);
  if (Status kept = Keep(std::move(near), result.labels); !kept) return kept.error();
  return result;
}

}  // namespace lookout::agents
