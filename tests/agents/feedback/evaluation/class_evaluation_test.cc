// What the rule charges for a kind of thing is what the head of that name is measured on.
#include "agents/feedback/evaluation/class_evaluation.h"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <limits>

namespace lookout::agents {
namespace {

constexpr auto kHazardKind = static_cast<std::size_t>(sim::SceneObjectKind::kHazard);
constexpr auto kVaseKind = static_cast<std::size_t>(sim::SceneObjectKind::kVase);

StepTruth ChargedFor(std::initializer_list<std::size_t> kinds) {
  StepTruth truth{.cost = kinds.size() > 0 ? 1.0F : 0.0F};
  for (const std::size_t kind : kinds) truth.charged.set(kind);
  return truth;
}

TEST_CASE("classes belong to the kinds of things that their usual names say") {
  CHECK(DangerKindOf(1) == kHazardKind);
  CHECK(DangerKindOf(2) == kVaseKind);
  CHECK_FALSE(DangerKindOf(0).has_value());
  CHECK_FALSE(DangerKindOf(6).has_value());
}

TEST_CASE("a head is measured on the steps that the rule charges for its kind of thing") {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  ScoredEpisode episode;
  episode.truth = {ChargedFor({}), ChargedFor({kVaseKind}), ChargedFor({kVaseKind, kHazardKind}),
                   ChargedFor({kHazardKind}), ChargedFor({})};
  episode.predicted.resize(1);
  // Of vases: one of two found, a hazard ranked between them, and a step that cannot be told. The
  // second head is for a class without a kind.
  episode.by_class = {{{0.1F, 0.9F, 0.3F, 0.4F, nan}, {0.0F, 0.0F, 0.0F, 0.0F, 0.0F}}};
  const std::array<DangerClass, 2> classes{2, 6};
  const auto evaluations = EvaluateClasses({&episode, 1}, 0, classes, 0.5F);
  REQUIRE(evaluations.size() == 1);
  const ClassEvaluation& vases = evaluations[0];
  CHECK(vases.danger == 2);
  CHECK(vases.kind == kVaseKind);
  CHECK(vases.charged == 2);
  CHECK(vases.auc == doctest::Approx(0.75));       // 3 of the 4 pairs in order
  CHECK(vases.auc_among == doctest::Approx(0.5));  // one of two above the hazard
  CHECK(vases.miss_rate == 0.5);
  CHECK(vases.true_cost == 2.0);
  CHECK(vases.learned_cost == doctest::Approx(1.7));
}

}  // namespace
}  // namespace lookout::agents
