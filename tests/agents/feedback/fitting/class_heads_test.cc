// Classes of danger are told apart by heads beside a total that stays what it is.
#include "agents/feedback/models/class_heads.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "agents/feedback/fitting/cost_model_fit.h"
#include "agents/feedback/models/cost_ensemble.h"
#include "agents/feedback/models/cost_reading.h"
#include "agents/feedback/models/evaluation.h"
#include "sim/base/random_state.h"

namespace lookout::agents {
namespace {

constexpr DangerClass kHot = 1;
constexpr DangerClass kWet = 2;
constexpr float kFrom = 0.4F;

// Places of a square: hot on the right, wet at the top, both in that corner. A mark for every ten
// steps; every `unnamed`-th unsafe step has no name.
LabelSet Places(int rows, int unnamed = 7) {
  RandomState random(4);
  LabelSet labels;
  labels.observations.resize(2, rows);
  int unsafe = 0;
  for (int row = 0; row < rows; ++row) {
    const auto x = static_cast<float>(random.Uniform(-1, 1));
    const auto y = static_cast<float>(random.Uniform(-1, 1));
    labels.observations.col(row) << x, y;
    TargetPoint point{.episode = {1 + row / 100}, .step = row % 100, .source = {1 + row / 10}};
    if (x > kFrom || y > kFrom) {
      point.target = 1.0F;
      if (x > kFrom) point.dangers = SetOf(kHot);
      if (y > kFrom) point.dangers = static_cast<DangerSet>(point.dangers | SetOf(kWet));
      if (unsafe++ % unnamed == 0) point.dangers = 0;
    }
    labels.points.push_back(point);
  }
  return labels;
}

CostModelSettings Small() { return {.members = 3, .hidden = 16, .max_epochs = 25}; }

CostModelPtr FitOf(const LabelSet& labels, const CostModelSettings& settings = Small()) {
  auto model = FitCostModel(labels, settings, {7});
  REQUIRE(model.ok());
  return *model;
}

// [places] on a grid: the total, and the danger of one class.
struct OnGrid {
  Eigen::MatrixXf places{2, 21 * 21};
  Eigen::VectorXf total{21 * 21}, hot{21 * 21}, wet{21 * 21}, spread{21 * 21};

  explicit OnGrid(const CostModel& model) {
    for (int i = 0; i < places.cols(); ++i) {
      const int row = i / 21;
      places.col(i) << -1.0F + 0.1F * static_cast<float>(i % 21),
          -1.0F + 0.1F * static_cast<float>(row);
    }
    CostModelWorkspace workspace;
    model.PredictWith(workspace, places, total, spread);
    if (model.classes().empty()) return;
    model.PredictClassWith(workspace, kHot, places, hot, spread);
    model.PredictClassWith(workspace, kWet, places, wet, spread);
  }
};

TEST_CASE("a head for each class tells its danger from the other, and is never above the total") {
  const CostModelPtr model = FitOf(Places(3000));
  REQUIRE(model->classes().size() == 2);
  const OnGrid grid(*model);
  for (Eigen::Index i = 0; i < grid.total.size(); ++i) {
    CHECK(grid.hot[i] <= grid.total[i]);
    CHECK(grid.wet[i] <= grid.total[i]);
  }
  const auto at = [&](const CostUse& use, float x, float y) {
    return (*ReadWith(model, use))->PredictOne(Eigen::Vector2f(x, y)).probability;
  };
  CHECK(at({.danger = kHot}, 0.8F, -0.5F) > 0.8F);
  CHECK(at({.danger = kWet}, 0.8F, -0.5F) < 0.1F);
  CHECK(at({.danger = kHot}, -0.5F, 0.8F) < 0.1F);
  CHECK(at({.danger = kWet}, -0.5F, 0.8F) > 0.8F);
  CHECK(at({.danger = kHot}, -0.5F, -0.5F) < 0.1F);
  // Several dangers may be named of one step: their sum is more than the total there.
  CHECK(at({.danger = kHot}, 0.8F, 0.8F) + at({.danger = kWet}, 0.8F, 0.8F) > 1.5F);
  CHECK(at({.reading = CostReading::kCautious, .caution = 2.0, .danger = kHot}, 0.4F, 0.0F) >
        at({.danger = kHot}, 0.4F, 0.0F));
}

TEST_CASE("heads are measured on what was held out, each against everything and among dangers") {
  const LabelSet labels = Places(3000);
  const CostModelPtr model = FitOf(labels);
  REQUIRE(model->report().classes.size() == 2);
  for (const ClassReport& report : model->report().classes) {
    CHECK(report.has_head);
    const auto named = std::ranges::count_if(labels.points, [&](const TargetPoint& point) {
      return Contains(point.dangers, report.danger);
    });
    CHECK(report.rows == named);
    CHECK(report.marks > 100);
    CHECK(report.held_out_rows > 50);
    CHECK(report.held_out_rows < report.rows / 2);
    CHECK(report.auc > 0.97);
    CHECK(report.auc_among > 0.97);
    CHECK(report.miss_rate < 0.2);
  }
  DangerClasses names;
  names.Rename(kWet, "Puddle");
  const std::string words = ClassInWords(model->report().classes[1], names);
  CHECK(words.find("Puddle: AUC 0.9") == 0);
  CHECK(words.find("among dangers") != std::string::npos);
}

TEST_CASE("the total is the same bit for bit with heads and without") {
  const LabelSet labels = Places(1500);
  CostModelSettings alone = Small();
  alone.classes = false;
  const CostModelPtr with = FitOf(labels);
  const CostModelPtr without = FitOf(labels, alone);
  CHECK(OnGrid(*with).total == OnGrid(*without).total);
  CHECK(without->classes().empty());
  CHECK(without->report().classes.empty());
  // Who asks for no classes gets the very file that labels without any give.
  LabelSet unnamed = labels;
  for (TargetPoint& point : unnamed.points) point.dangers = 0;
  CHECK(without->Encode() == FitOf(unnamed)->Encode());
}

TEST_CASE("heads are the same whatever the number of threads, and survive their file") {
  CostModelSettings one = Small();
  one.workers = 1;
  CostModelSettings many = Small();
  many.workers = 3;
  const CostModelPtr model = FitOf(Places(1500), one);
  CHECK(model->Encode() == FitOf(Places(1500), many)->Encode());

  const auto copy = DecodeCostModel(model->Encode());
  REQUIRE(copy.ok());
  CHECK((*copy)->Encode() == model->Encode());
  CHECK(OnGrid(**copy).wet == OnGrid(*model).wet);
  CHECK((*copy)->report().classes[0].auc == model->report().classes[0].auc);
  CHECK((*copy)->report().classes[1].has_head);

  CostEnsemble other = *model->ensemble();
  other.heads.classes = {kHot, 6};
  const auto refused = DecodeCostModel(EncodeCostEnsemble(other));
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().message.find("class 6") != std::string::npos);
}

TEST_CASE("a class that few marks name, or that no other danger stands beside, has no head") {
  LabelSet rare = Places(1500);
  int left = 40;  // steps that keep the second class
  for (TargetPoint& point : rare.points) {
    if (Contains(point.dangers, kWet) && left-- <= 0) point.dangers = 0;
  }
  const CostModelPtr model = FitOf(rare);
  CHECK(model->classes().empty());  // nor the first: too little to tell it from
  REQUIRE(model->report().classes.size() == 2);
  CHECK(model->report().classes[1].rows == 40);
  CHECK_FALSE(model->report().classes[1].has_head);
  CHECK(ClassInWords(model->report().classes[1], {}).find("not told apart") != std::string::npos);

  const auto refused = ReadWith(model, {.danger = kWet});
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().message.find("class 2") != std::string::npos);
  CHECK_FALSE(HasHead(*model, kWet));

  // What is said but not told apart is kept in the file.
  const auto copy = DecodeCostModel(model->Encode());
  REQUIRE(copy.ok());
  CHECK((*copy)->report().classes[1].marks == model->report().classes[1].marks);
}

TEST_CASE("marks are counted, not only their steps") {
  LabelSet few = Places(1500);
  for (TargetPoint& point : few.points) {
    if (Contains(point.dangers, kWet)) point.source = {100'000 + point.source.value % 4};
  }
  const CostModelPtr model = FitOf(few);
  CHECK(model->report().classes[1].rows > kLeastStepsOfClass);
  CHECK(model->report().classes[1].marks == kLeastMarksOfClass - 1);
  CHECK_FALSE(model->report().classes[1].has_head);
}

}  // namespace
}  // namespace lookout::agents
