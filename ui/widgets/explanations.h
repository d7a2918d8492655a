// What every number of the window means, in two sentences and its formula. Tooltips and the help
// both read this table. Any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace lookout::ui {

enum class Figure : std::uint8_t {
  kCostByRule,
  kCostLearned,
  kCostAudited,
  kLimit,
  kReturn,
  kCostKinds,
  kRewardLane,
  kCostLanes,
  kPredictedLane,
  kMarksLane,
  kReturnCurve,
  kCostCurve,
  kViolationSteps,
  kBlockedSteps,
  kMultiplier,
  kKl,
  kGoodhart,
  kEntropy,
  kLineSearch,
  kCostRatio,
  kAuc,
  kCalibration,
  kBrier,
  kSpread,
};
inline constexpr int kFigureCount = static_cast<int>(Figure::kSpread) + 1;

struct Explanation {
  Figure figure;
  const char* name;
  const char* text;     // two sentences
  const char* formula;  // empty where there is none
};

// In the order of Figure.
std::span<const Explanation> Explanations();
const Explanation& ExplanationOf(Figure figure);

// The tooltip of the last item: what stands there and how it is computed. `now`: its present value
// in words, above; may be empty.
void Explain(Figure figure, std::string_view now = {});
// The same, if the mouse is over that part of an item; for what is drawn without items of its own.
void ExplainRect(Figure figure, float min_x, float min_y, float max_x, float max_y);

}  // namespace lookout::ui
