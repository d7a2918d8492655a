#include "agents/feedback/annotators/danger_predicate.h"

#include <doctest/doctest.h>

#include <limits>
#include <string>

namespace lookout::agents {
namespace {

using doctest::Approx;

StepFacts Facts(double vase_m, double speed_m_s, double cost = 0.0) {
  StepFacts facts;
  facts.distance_m.fill(std::numeric_limits<double>::infinity());
  facts.distance_m[static_cast<std::size_t>(sim::SceneObjectKind::kVase)] = vase_m;
  facts.speed_m_s = speed_m_s;
  facts.costs.total = cost;
  facts.costs.by_kind[static_cast<std::size_t>(sim::CostKind::kHazards)] = cost;
  return facts;
}

SeenStep Look(const std::string& predicate, const StepFacts& facts, double keenness = 1.0) {
  const auto parsed = ParsePredicate(predicate);
  REQUIRE_MESSAGE(parsed.ok(), predicate);
  return See(facts, *parsed, keenness);
}

TEST_CASE("the rule's cost, in total or of one kind, is dangerous or not") {
  CHECK(Look("cost", Facts(9, 0, 0.5)).margin == 1.0F);
  CHECK(Look("cost", Facts(9, 0)).margin == -1.0F);
  CHECK(Look("cost hazards", Facts(9, 0, 0.5)).margin == 1.0F);
  CHECK(Look("cost vases_contact", Facts(9, 0, 0.5)).margin == -1.0F);
}

TEST_CASE("a margin says how far beyond the threshold, as a part of it") {
  CHECK(Look("distance vase < 0.4", Facts(0.3, 0)).margin == Approx(0.25));
  CHECK(Look("distance vase<0.4", Facts(0.5, 0)).margin == Approx(-0.25));
  CHECK(Look("distance gremlin < 0.4", Facts(0.3, 0)).margin == -1.0F);  // there is none
  CHECK(Look("speed > 2", Facts(9, 3)).margin == Approx(0.5));
  CHECK(Look("speed > 2", Facts(9, std::numeric_limits<double>::quiet_NaN())).margin == -1.0F);
}

TEST_CASE("'and' needs all, 'or' any, and the clause that holds names the class") {
  const std::string words = "distance vase < 0.4 and speed > 0.5 as 2 or cost as 1";
  CHECK(Look(words, Facts(0.3, 1)).danger == 2);
  CHECK(Look(words, Facts(0.3, 0.1)).margin < 0.0F);
  CHECK(Look(words, Facts(9, 1, 1)).danger == 1);
  CHECK(ParsePredicate(words)->needs_geometry());
  CHECK_FALSE(ParsePredicate("cost or jolt > 3")->needs_geometry());
}

TEST_CASE("who is keener sees danger farther away and at less speed") {
  CHECK(Look("distance vase < 0.4", Facts(0.45, 0), 1.2).margin > 0.0F);
  CHECK(Look("speed > 1", Facts(9, 0.9), 1.2).margin > 0.0F);
  CHECK(Look("speed > 1", Facts(9, 1.1), 0.8).margin < 0.0F);
}

TEST_CASE("costs and danger classes are called as the window calls them") {
  const auto first = [](const std::string& words, const DangerClasses& classes = {}) {
    const auto parsed = ParsePredicate(words, classes);
    REQUIRE_MESSAGE(parsed.ok(), words);
    return parsed->clauses.front();
  };
  for (const std::string words : {"vases_contact", "vase contact", "Vase contact"}) {
    CHECK(first("cost " + words).conditions.front().cost == sim::CostKind::kVasesContact);
  }
  CHECK(first("cost hazard and jolt > 3").conditions.front().cost == sim::CostKind::kHazards);
  CHECK(first("cost vase moved as Vase").danger == 2);
  DangerClasses own;
  own.Rename(6, "Too fast and close");
  CHECK(first("speed > 1 as too fast and close or cost as 1", own).danger == 6);
  own.Rename(2, "Glass");
  CHECK(first("cost as glass", own).danger == 2);
  CHECK(first("cost as vase", own).danger == 2);  // its usual name still says which
}

TEST_CASE("what cannot be read is refused with the word") {
  const auto problem = [](const std::string& words) {
    const auto parsed = ParsePredicate(words);
    return parsed.ok() ? std::string("read") : parsed.error().message;
  };
  const auto says = [&](const std::string& words, const std::string& part) {
    CAPTURE(problem(words));
    CHECK(problem(words).find(part) != std::string::npos);
  };
  says("distanc vase < 1", "Did you mean distance?");
  says("distance vaze < 1", "Did you mean vase?");
  says("cost hazads", "Did you mean hazards");
  says("cost vase", "say vase contact, vase moved or vase speed");
  says("cost vase contakt", "Did you mean vase contact");
  says("cost as vaze", "Did you mean vase?");
  says("speed = 3", "< or >");
  says("speed > fast", "'fast' is not a number");
  says("speed > -1", "above 0");
  says("speed >", "missing at the end");
  says("cost as 12", "from 1 to 9");
  says("speed > 1 2", "one word too many");
}

}  // namespace
}  // namespace lookout::agents
