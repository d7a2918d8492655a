// A cost model from a file among the versions.
#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "app/cost_models/cost_model_file.h"
#include "app/platform/files.h"
#include "tests/app/workers/fitter_sessions_support.h"
#include "tests/app/workers/fitter_support.h"

namespace lookout::app {
namespace {

TEST_CASE_FIXTURE(Sessions, "a cost model from a file is a version, in use until marks change") {
  const auto file = LoadCostModelFile(*FindAsset("cost_models/pointgoal1.costmodel"));
  REQUIRE_MESSAGE(file.ok(), file.error().message);
  const sim::ObservationSignature observed = file->model->signature();
  Mark(OracleRequest(2));
  Do(ObservationShown{"Safexp-PointGoal1-v0", observed});
  Do(TakeInModel{file->model, "pointgoal1", file->fingerprint});
  Keep();
  CHECK(InUse(observed) == 2);
  CHECK(InUse(Wandering()) == 1);
  REQUIRE(Said().versions.size() == 1);
  CHECK(Said().versions[0].name == "pointgoal1");
  // The same file again is the same version, also after the next start.
  Restart();
  Do(ObservationShown{"Safexp-PointGoal1-v0", observed});
  Do(TakeInModel{file->model, "pointgoal1", file->fingerprint});
  Keep();
  CHECK(InUse(observed) == 2);
  CHECK(Said().versions.size() == 1);
  Do(TakeInModel{file->model, "other", "0"});
  Keep();
  CHECK(InUse(observed) == 3);
  CHECK(stored.size() == 3);
  // What does not say what it looks at cannot be told apart from others.
  Do(TakeInModel{std::make_shared<KnownCostModel>(9, 3, sim::ObservationSignature()), "old", "1"});
  std::vector<WorkerNotice> told;
  notices.Take(told);
  REQUIRE_FALSE(told.empty());
  CHECK(told.back().level == ui::NoticeLevel::kWarning);
}

TEST_CASE_FIXTURE(Sessions,
                  "a cost model from a file that does not fit what is on screen says so") {
  const auto file = LoadCostModelFile(*FindAsset("cost_models/pointgoal1.costmodel"));
  REQUIRE_MESSAGE(file.ok(), file.error().message);
  const auto take_in = [&] {
    Do(TakeInModel{file->model, "pointgoal1", file->fingerprint});
    std::vector<WorkerNotice> told;
    notices.Take(told);
    REQUIRE_FALSE(told.empty());
    return told.back();
  };
  std::vector<sim::ObservationSignature::Entry> entries = file->model->signature().entries();
  const auto vases =
      std::ranges::find(entries, "vases_lidar", &sim::ObservationSignature::Entry::key);
  REQUIRE(vases != entries.end());
  vases->key = "gremlins_lidar";
  Do(ObservationShown{"Safexp-PointButton1-v0", sim::ObservationSignature(entries)});
  const WorkerNotice elsewhere = take_in();
  CHECK(elsewhere.level == ui::NoticeLevel::kWarning);
  CHECK(elsewhere.text ==
        "\"pointgoal1\" is version 1 of the cost model; it does not fit PointButton1, as its "
        "observation has vases_lidar (16), expected gremlins_lidar (16).");
  CHECK(InUse(sim::ObservationSignature(entries)) == 0);
  Do(ObservationShown{"Safexp-PointGoal1-v0", file->model->signature()});
  CHECK(take_in().level == ui::NoticeLevel::kInfo);
}

}  // namespace
}  // namespace lookout::app
