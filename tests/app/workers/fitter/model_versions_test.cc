// A cost model for each observation, and its versions over several starts of the program.
#include "app/workers/fitter/model_versions.h"

#include <doctest/doctest.h>

#include <string>

#include "app/workers/fitter/fit_job.h"
#include "tests/app/workers/fitter_sessions_support.h"
#include "tests/app/workers/fitter_support.h"

namespace lookout::app {
namespace {

using std::chrono::milliseconds;

sim::ObservationSignature Elsewhere() { return sim::ObservationSignature({{"somewhere", 3}}); }

// The same steps and marks, as if they were about other things.
FitRequest MarksElsewhere(int episodes) {
  FitRequest request = OracleRequest(episodes);
  request.environment = "elsewhere";
  request.signature = Elsewhere();
  return request;
}

TEST_CASE_FIXTURE(Sessions, "every observation has a cost model of its own") {
  Mark(OracleRequest(2));
  CHECK(InUse(Elsewhere()) == 0);
  Mark(MarksElsewhere(1));
  CHECK(InUse(Wandering()) == 1);
  CHECK(InUse(Elsewhere()) == 2);
  CHECK(Said().environment == "elsewhere");
  CHECK(Said().model->id() == CostModelId{2});
  CHECK(Said().counts.episodes == 1);
  // What comes back on screen has its own again, and Fit means that.
  Do(ObservationShown{"toy", Wandering()});
  CHECK(Said().model->id() == CostModelId{1});
  CHECK(Said().counts.episodes == 2);
  CHECK(Said().versions.size() == 1);
  Do(ui::FitNow{.settings = {.seed = 5}});
  Fit();
  CHECK(InUse(Wandering()) == 3);
  CHECK(InUse(Elsewhere()) == 2);
  // So after the next start.
  Restart();
  CHECK(InUse(Wandering()) == 3);
  CHECK(InUse(Elsewhere()) == 2);
}

TEST_CASE_FIXTURE(Sessions, "changes of what is not on screen are fitted all the same") {
  Do(LabelsChanged{OracleRequest(1)});
  Do(LabelsChanged{MarksElsewhere(1)});
  Fit();
  CHECK(InUse(Wandering()) == 1);
  CHECK(InUse(Elsewhere()) == 2);
}

TEST_CASE_FIXTURE(Sessions, "the same labels give the same version, also after another start") {
  Mark(OracleRequest(1));
  Mark(OracleRequest(1));
  Restart();
  Mark(OracleRequest(1));
  CHECK(fits == 1);
  CHECK(InUse(Wandering()) == 1);
  Mark(OracleRequest(2));
  CHECK(InUse(Wandering()) == 2);
  // As after an undo: the marks are those of the first version again.
  Mark(OracleRequest(1));
  CHECK(fits == 2);
  CHECK(InUse(Wandering()) == 1);
  // Who asks is told.
  Do(ui::FitNow{});
  Fit();
  CHECK(fits == 2);
  std::vector<WorkerNotice> told;
  notices.Take(told);
  REQUIRE(told.size() == 1);
  CHECK(told[0].text == "Version 1 was fitted to these marks already; it is in use.");
  // Other settings are another version.
  Do(ui::FitNow{.settings = {.members = 3}});
  Fit();
  CHECK(fits == 3);
}

TEST_CASE_FIXTURE(Sessions, "an older version can be put in use, until there is a newer one") {
  Mark(OracleRequest(1));
  Mark(OracleRequest(2));
  Do(ui::UseCostModel{{1}});
  CHECK(InUse(Wandering()) == 1);
  CHECK(Said().model->id() == CostModelId{1});
  Keep();
  Restart();
  CHECK(InUse(Wandering()) == 1);
  Mark(OracleRequest(2));  // as every start brings them
  CHECK(InUse(Wandering()) == 1);
  Mark(OracleRequest(3));
  CHECK(InUse(Wandering()) == 3);
  // Not for another observation.
  Do(ObservationShown{"elsewhere", Elsewhere()});
  Do(ui::UseCostModel{{1}});
  CHECK(InUse(Elsewhere()) == 0);
}

TEST_CASE_FIXTURE(Sessions, "versions are named, deleted and brought back") {
  Mark(OracleRequest(1));
  Mark(OracleRequest(2));
  Do(ui::NameCostModel{{1}, "cautious"});
  Do(ui::DeleteCostModel{{2}});
  CHECK(InUse(Wandering()) == 1);
  CHECK(Said().versions[1].deleted);
  Do(ui::RestoreCostModel{{2}});
  CHECK(InUse(Wandering()) == 2);
  Do(ui::DeleteCostModel{{2}});
  Keep();
  CHECK(stored.size() == 2);  // it could still be brought back
  Restart();
  REQUIRE(Said().versions.empty());  // nothing is on screen yet
  CHECK(stored.size() == 1);
  Mark(OracleRequest(2));  // nobody asked for it to be fitted again
  REQUIRE(Said().versions.size() == 1);
  CHECK(Said().versions[0].name == "cautious");
  CHECK(fits == 2);
  Do(ui::FitNow{});
  Fit();
  CHECK(InUse(Wandering()) == 3);  // an id is not given twice
}

TEST_CASE_FIXTURE(Sessions, "versions say with which settings they were fitted, also later") {
  Mark(OracleRequest(1));
  Do(ui::FitNow{.settings = {.unmarked_weight = 0.5, .noise = false}});
  Fit();
  Do(ui::SetFitSettings{{.seed = 7}});  // of the next fit by itself
  Mark(OracleRequest(2));
  Restart();
  Mark(OracleRequest(2));
  const auto& versions = Said().versions;
  REQUIRE(versions.size() >= 3);
  CHECK(versions[0].fitted_with == "usual settings");
  CHECK(versions[1].fitted_with == "unmarked 0.5, no noise");
  CHECK(versions[2].fitted_with == "seed 7");
}

TEST_CASE("what older versions of the program fitted has no settings on record") {
  CostModelRegistry models;
  const ModelVersions versions({std::make_shared<KnownCostModel>(4, 3)},
                               R"({"next":5,"versions":[{"id":4,"name":"old","fitted_to":"x"}],)"
                               R"("observations":[]})",
                               models);
  REQUIRE(versions.Of(Wandering()).size() == 1);
  CHECK(versions.Of(Wandering())[0].name == "old");
  CHECK(versions.Of(Wandering())[0].fitted_with.empty());
}

TEST_CASE_FIXTURE(Sessions, "the oldest versions without a name go when there are many") {
  Mark(OracleRequest(1));
  Do(ui::NameCostModel{{1}, "the first"});
  const int most = static_cast<int>(ModelVersions::kMostUnnamed);
  for (int i = 0; i < most + 3; ++i) {
    Do(ui::FitNow{.settings = {.seed = static_cast<std::uint32_t>(100 + i)}});
    Fit();
  }
  CHECK(Said().versions.size() == ModelVersions::kMostUnnamed + 1);
  CHECK(Said().versions.front().name == "the first");
  CHECK(stored.size() == ModelVersions::kMostUnnamed + 1);
}

TEST_CASE("models that do not say what they were fitted on serve whatever they fit") {
  CostModelRegistry models;
  models.Add(std::make_shared<KnownCostModel>(1, 3));
  models.Add(std::make_shared<KnownCostModel>(2, 4));
  CHECK(models.For(Wandering())->id() == CostModelId{1});
  CHECK(models.For(Elsewhere())->id() == CostModelId{1});
  models.Add(std::make_shared<KnownCostModel>(3, 3, Elsewhere()));
  CHECK(models.For(Elsewhere())->id() == CostModelId{3});
  CHECK(models.For(Wandering())->id() == CostModelId{1});
  const std::int64_t before = models.changes();
  models.Remove({3});
  CHECK(models.changes() > before);
  CHECK(models.For(Elsewhere())->id() == CostModelId{1});
  CHECK(models.Find({3}) == nullptr);
}

TEST_CASE("notes that cannot be read lose names, nothing else") {
  const std::string deep(100'000, '[');
  for (const char* notes :
       {"[", deep.c_str(), "{}", R"({"next":7,"versions":[{"id":"x"}],"observations":[]})",
        R"({"next":"many"})"}) {
    CostModelRegistry models;
    const ModelVersions versions({std::make_shared<KnownCostModel>(4, 3)}, notes, models);
    CHECK(models.For(Wandering())->id() == CostModelId{4});
    CHECK(versions.next_id().value >= 5);
  }
}

}  // namespace
}  // namespace lookout::app
