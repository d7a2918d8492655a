#include "app/verification/proof_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <nlohmann/json.hpp>

namespace lookout::app {
namespace {

using agents::Interval;
using agents::ProofAnswer;
using agents::ProofResult;
using agents::Scene;
using nlohmann::ordered_json;

// Of a variable over all roots.
Interval RangeOf(const Scene& scene, std::size_t variable) {
  Interval range = scene.roots()[0].sides[variable];
  for (const agents::Box& root : scene.roots()) range = Hull(range, root.sides[variable]);
  return range;
}

std::string AboutText(const AskedQuestion& asked, const Scene& scene) {
  const bool unsafe = asked.question.claim == agents::SafetyClaim::kUnsafe;
  std::string text = fmt::format(
      "Claim: everywhere {} calls it {} (a predicted cost {} {:g}).\nWhere: {}{}\n", asked.model,
      unsafe ? "unsafe" : "safe", unsafe ? "of at least" : "below", asked.question.threshold,
      asked.environment, scene.has_pose() ? fmt::format(", seed {}", asked.seed) : "");
  for (std::size_t i = 0; i < scene.variables().size(); ++i) {
    const Interval range = RangeOf(scene, i);
    text += fmt::format("  {:<22} {:>8.4g} to {:.4g}\n", scene.variables()[i].name, range.low,
                        range.high);
  }
  if (!scene.fixed_sensors().empty()) {
    text += fmt::format("Fixed: {}\n", fmt::join(scene.fixed_sensors(), "; "));
  }
  return text;
}

std::string CounterexampleText(const Scene& scene, const agents::Counterexample& worst) {
  std::string text = fmt::format("There the predicted cost is {:.4f}:\n", worst.probability);
  for (std::size_t i = 0; i < scene.variables().size(); ++i) {
    text += fmt::format("  {:<22} {:>12.6f}\n", scene.variables()[i].name, worst.point.at[i]);
  }
  return text;
}

std::string AnswerText(const ProofResult& result) {
  switch (result.answer) {
    case ProofAnswer::kProved:
      return "Answer: proved. It holds at every point.\n";
    case ProofAnswer::kCounterexample:
      return "Answer: counterexample. It does not hold everywhere.\n";
    case ProofAnswer::kOpen:
      return "Answer: open. Neither a proof nor a counterexample was found.\n";
  }
  return {};
}

}  // namespace

std::string ProofText(const AskedQuestion& asked, const Scene& scene, const ProofResult& result) {
  std::string text = AboutText(asked, scene) + AnswerText(result);
  if (result.worst) text += CounterexampleText(scene, *result.worst);
  if (result.cells == 0) {
    text += "It is one of the points that are tried first: no part of the box was bounded.\n";
  } else {
    text += fmt::format("{} cells in {:.1f} s: {:.2f} % proved, {:.2f} % refuted, {:.2f} % open.\n",
                        result.cells, result.seconds, 100.0 * result.proved, 100.0 * result.refuted,
                        100.0 * result.open);
  }
  if (result.open_sample) {
    text += fmt::format(
        "Of {} fresh samples of the open part {} failed: with 95 % confidence at most {:.3g} % of "
        "it do.\n",
        result.open_sample->trials, result.open_sample->failures,
        100.0 * result.open_sample->most_failing);
  }
  if (result.out_of_time) {
    text += "Stopped by the time limit: another run may get further or less far.\n";
  }
  return text;
}

ordered_json ProofToJson(const AskedQuestion& asked, const Scene& scene,
                         const ProofResult& result) {
  ordered_json variables = ordered_json::array();
  for (std::size_t i = 0; i < scene.variables().size(); ++i) {
    const Interval range = RangeOf(scene, i);
    variables.push_back(
        {{"name", scene.variables()[i].name}, {"low", range.low}, {"high", range.high}});
  }
  ordered_json object{{"model", asked.model},
                      {"environment", asked.environment},
                      {"seed", asked.seed},
                      {"claim", ChoiceName(asked.question.claim)},
                      {"threshold", asked.question.threshold},
                      {"variables", variables},
                      {"fixed", scene.fixed_sensors()},
                      {"answer", ChoiceName(result.answer)},
                      {"cells", result.cells},
                      {"proved", result.proved},
                      {"refuted", result.refuted},
                      {"open", result.open},
                      {"seconds", result.seconds},
                      {"out_of_time", result.out_of_time}};
  if (result.worst) {
    ordered_json at = ordered_json::object();
    for (std::size_t i = 0; i < scene.variables().size(); ++i) {
      at[scene.variables()[i].name] = result.worst->point.at[i];
    }
    object["counterexample"] = {{"predicted_cost", result.worst->probability}, {"at", at}};
  }
  if (result.open_sample) {
    object["open_sample"] = {{"trials", result.open_sample->trials},
                             {"failures", result.open_sample->failures},
                             {"most_failing_95", result.open_sample->most_failing}};
  }
  return object;
}

}  // namespace lookout::app
