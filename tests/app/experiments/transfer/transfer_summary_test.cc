#include "app/experiments/transfer/transfer_summary.h"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

namespace lookout::app {
namespace {

TransferCell Made(std::uint32_t seed, double auc) {
  TransferCell cell{.key = {0, 1, seed}, .models = {}, .policy = {}};
  for (ModelInTarget& model : cell.models) {
    model.auc = auc;
    model.missed = 0.2;
    model.false_alarms = 0.05;
    model.ratio = 2.0;
  }
  cell.policy.returns = {10.0, 20.0};
  cell.policy.true_costs = {0.0, 50.0};
  return cell;
}

TEST_CASE("seeds are summed up with intervals, policies over all episodes") {
  std::vector<TransferCell> cells{Made(0, 0.8), Made(1, 0.9), Made(2, 1.0)};
  const std::vector<TransferLine> lines = Summarise(cells);
  REQUIRE(lines.size() == 1);
  const ModelAcross& model = lines[0].Of(TransferInputs::kWorld);
  CHECK(model.seeds == 3);
  CHECK(model.auc.value == doctest::Approx(0.9));
  CHECK(model.auc.low < 0.9);
  CHECK(model.auc.high > 0.9);
  CHECK(model.ratio.low == doctest::Approx(2.0));
  CHECK(lines[0].policy.episodes == 6);
  CHECK(lines[0].policy.total_reward.value == doctest::Approx(15.0));
  CHECK(lines[0].policy.true_cost.value == doctest::Approx(25.0));
}

TEST_CASE("seeds without a model are left out, and the reason stands where no seed has one") {
  std::vector<TransferCell> cells{Made(0, 0.8), Made(1, 0.9)};
  ModelInTarget none;
  none.why = "The answers all say the same.";
  cells[0].models[1] = none;
  const std::vector<TransferLine> some = Summarise(cells);
  CHECK(some[0].Of(TransferInputs::kWorld).seeds == 1);
  CHECK(some[0].Of(TransferInputs::kWorld).first_seed == 1);
  CHECK(some[0].Of(TransferInputs::kWorld).auc.value == doctest::Approx(0.9));
  CHECK(std::isnan(some[0].Of(TransferInputs::kWorld).auc.low));
  cells[1].models[1] = none;
  cells[0].policy = {.why = "No.", .returns = {}, .true_costs = {}};
  cells[1].policy = cells[0].policy;
  const std::vector<TransferLine> nothing = Summarise(cells);
  CHECK(nothing[0].Of(TransferInputs::kWorld).why == none.why);
  CHECK(nothing[0].policy.why == "No.");
  CHECK(nothing[0].Of(TransferInputs::kFull).seeds == 2);
}

}  // namespace
}  // namespace lookout::app
