#include "agents/feedback/annotators/danger_predicate.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <string>

#include "agents/feedback/annotators/danger_words.h"
#include "sim/base/nearest_name.h"

namespace lookout::agents {
namespace {

constexpr std::array kMeasures{Choice<DangerMeasure>{DangerMeasure::kCost, "cost"},
                               Choice<DangerMeasure>{DangerMeasure::kDistance, "distance"},
                               Choice<DangerMeasure>{DangerMeasure::kSpeed, "speed"},
                               Choice<DangerMeasure>{DangerMeasure::kJolt, "jolt"}};

float MarginOf(const StepFacts& facts, const DangerCondition& condition, double keenness) {
  double value = 0.0;
  switch (condition.measure) {
    case DangerMeasure::kCost:
      value = condition.cost ? facts.costs[*condition.cost] : facts.costs.total;
      return value > 0.0 ? 1.0F : -1.0F;
    case DangerMeasure::kDistance:
      value = facts.distance_m[static_cast<std::size_t>(condition.object)];
      break;
    case DangerMeasure::kSpeed:
      value = facts.speed_m_s;
      break;
    case DangerMeasure::kJolt:
      value = facts.jolt_m_s2;
      break;
  }
  const double margin = condition.above ? value * keenness / condition.threshold - 1.0
                                        : 1.0 - value / (condition.threshold * keenness);
  if (!(margin > -1.0)) return -1.0F;  // NaN, too
  return static_cast<float>(std::min(margin, 1.0));
}

class Parser {
 public:
  Parser(std::string_view text, const DangerClasses& classes) : classes_(classes) {
    std::string word;
    const auto end_word = [&] {
      if (!word.empty()) words_.push_back(std::move(word));
      word.clear();
    };
    for (const char c : text) {
      if (c == '<' || c == '>') {
        end_word();
        words_.emplace_back(1, c);
      } else if (c == ' ' || c == '\t') {
        end_word();
      } else {
        word += c;
      }
    }
    end_word();
  }

  Result<DangerPredicate> Parse() {
    DangerPredicate predicate;
    do {
      predicate.clauses.push_back(Clause());
    } while (problem_.empty() && Take("or"));
    if (problem_.empty() && next_ < words_.size()) {
      Fail("'" + words_[next_] + "' is one word too many; conditions are joined by 'and' and 'or'");
    }
    if (!problem_.empty()) return BadInput(problem_);
    return predicate;
  }

 private:
  DangerClause Clause() {
    DangerClause clause;
    do {
      clause.conditions.push_back(Condition());
    } while (problem_.empty() && Take("and"));
    if (problem_.empty() && Take("as")) {
      const Result<DangerClass> danger = DangerClassByWords(NextUpTo("or"), classes_);
      if (!danger) Fail(danger.error().message);
      clause.danger = danger ? *danger : DangerClass{0};
    }
    return clause;
  }

  DangerCondition Condition() {
    DangerCondition condition;
    const std::string name = Next();
    const auto measure = std::ranges::find(kMeasures, name, &Choice<DangerMeasure>::name);
    if (measure == kMeasures.end()) {
      std::vector<std::string> names;
      for (const auto& known : kMeasures) names.emplace_back(known.name);
      Fail("'" + name + "' is nothing that can be seen; use cost, distance, speed or jolt." +
           sim::DidYouMean(name, names));
      return condition;
    }
    condition.measure = measure->value;
    if (condition.measure == DangerMeasure::kCost) {
      CostKindOf(condition);
      return condition;
    }
    if (condition.measure == DangerMeasure::kDistance) ObjectOf(condition);
    const std::string sign = Next();
    if (sign != "<" && sign != ">")
      Fail("after '" + name + "' there has to be < or > and a number");
    condition.above = sign == ">";
    condition.threshold = Number("a number");
    if (problem_.empty() && !(condition.threshold > 0.0)) Fail("a threshold has to be above 0");
    return condition;
  }

  // The kind is optional: what follows may be a word that joins.
  void CostKindOf(DangerCondition& condition) {
    if (next_ >= words_.size() || IsJoin(words_[next_])) return;
    const Result<sim::CostKind> kind = CostKindByWords(NextUpTo({}));
    if (!kind) return Fail(kind.error().message);
    condition.cost = *kind;
  }

  void ObjectOf(DangerCondition& condition) {
    const std::string kind = Next();
    std::vector<std::string> names;
    for (int i = 0; i < sim::kSceneObjectKindCount; ++i) {
      const auto known = static_cast<sim::SceneObjectKind>(i);
      names.emplace_back(sim::SceneObjectKindName(known));
      if (names.back() == kind) condition.object = known;
    }
    if (std::ranges::find(names, kind) == names.end()) {
      Fail("there is no kind of object '" + kind +
           "'; distances are to a hazard, vase, pillar, "
           "gremlin and so on." +
           sim::DidYouMean(kind, names));
    }
  }

  double Number(const std::string& what) {
    const std::string word = Next();
    double value = std::numeric_limits<double>::quiet_NaN();
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (error != std::errc{} || end != word.data() + word.size()) {
      Fail("'" + word + "' is not " + what);
    }
    return value;
  }

  static bool IsJoin(const std::string& word) {
    return word == "and" || word == "or" || word == "as";
  }
  bool Take(std::string_view word) {
    if (next_ >= words_.size() || words_[next_] != word) return false;
    ++next_;
    return true;
  }
  std::string Next() {
    if (next_ < words_.size()) return words_[next_++];
    Fail("something is missing at the end, as in 'distance vase < 0.4'");
    return {};
  }
  // The words before the next one that joins, or before `end` if that is given.
  std::string NextUpTo(std::string_view end) {
    std::string words = Next();
    while (next_ < words_.size() && (end.empty() ? !IsJoin(words_[next_]) : words_[next_] != end)) {
      words += " " + words_[next_++];
    }
    return words;
  }
  void Fail(const std::string& problem) {
    if (problem_.empty()) problem_ = problem;
  }

  const DangerClasses& classes_;
  std::vector<std::string> words_;
  std::size_t next_ = 0;
  std::string problem_;
};

}  // namespace

std::span<const Choice<DangerMeasure>> Choices(DangerMeasure) { return kMeasures; }

bool DangerPredicate::needs_geometry() const {
  return std::ranges::any_of(clauses, [](const DangerClause& clause) {
    return std::ranges::any_of(clause.conditions, [](const DangerCondition& condition) {
      return condition.measure == DangerMeasure::kDistance ||
             condition.measure == DangerMeasure::kSpeed;
    });
  });
}

SeenStep See(const StepFacts& facts, const DangerPredicate& predicate, double keenness) {
  SeenStep seen;
  for (const DangerClause& clause : predicate.clauses) {
    float least = 1.0F;
    for (const DangerCondition& condition : clause.conditions) {
      least = std::min(least, MarginOf(facts, condition, keenness));
    }
    if (least > seen.margin) seen = {least, clause.danger};
  }
  return seen;
}

Result<DangerPredicate> ParsePredicate(std::string_view text, const DangerClasses& classes) {
  return Parser(text, classes).Parse();
}

}  // namespace lookout::agents
