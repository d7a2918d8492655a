// A cost model for each observation, and its versions over several starts of the program.
#include "app/workers/fitter/model_versions.h"

#include <doctest/doctest.h>

#include <string>

#include "app/cost_models/cost_model_file.h"
#include "app/platform/files.h"
#include "app/workers/fitter/fit_job.h"
#include "app/workers/fitter/fit_settings_text.h"
#include "tests/app/workers/fitter_support.h"
#include "tests/app/workers/worker_support.h"

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

// A fitter that may be started again with what the project kept of it.
struct Sessions {
  NoticeBoard notices;
  Mailbox<FitterEvent> events;
  LatestValue<ui::FitSnapshot> snapshot;
  std::unique_ptr<CostModelRegistry> models;
  std::unique_ptr<FitJob> job;
  SteadyTime now{std::chrono::hours(1)};
  int fits = 0;
  // What the project holds.
  std::vector<agents::CostModelPtr> stored;
  std::string notes;

  Sessions() { Restart(); }
  void Restart() {
    Keep();
    FitterOptions options;
    options.stored = stored;
    options.notes = notes;
    options.fit = [this](const agents::LabelSet& labels, const agents::CostModelSettings& settings,
                         CostModelId id,
                         const agents::FitProgress&) -> Result<agents::CostModelPtr> {
      if (labels.rows() == 0) return BadInput("There are no labels: mark some steps first.");
      ++fits;
      return agents::CostModelPtr(
          std::make_shared<KnownCostModel>(id.value, 3, settings.signature));
    };
    job.reset();
    models = std::make_unique<CostModelRegistry>();
    job = std::make_unique<FitJob>(std::move(options),
                                   FitterLinks{*models, events, snapshot, notices});
    Keep();
  }
  void Keep() {
    std::vector<FitterEvent> said;
    events.Take(said);
    for (FitterEvent& event : said) {
      if (auto* fitted = std::get_if<ModelFitted>(&event)) stored.push_back(fitted->model);
      if (auto* changed = std::get_if<NotesChanged>(&event)) notes = changed->notes;
      if (auto* forgotten = std::get_if<ModelForgotten>(&event)) {
        std::erase_if(stored, [&](const auto& model) { return model->id() == forgotten->id; });
      }
    }
  }
  void Do(FitterMessage message) { job->Apply(std::move(message), now); }
  void Fit() {
    while (job->DueAt() != SteadyTime::max()) {
      job->Fit([] {}, {});
    }
    Keep();
  }
  void Mark(FitRequest request) {
    Do(LabelsChanged{std::move(request)});
    Fit();
  }
  const ui::FitSnapshot& Said() {
    snapshot.Refresh();
    return snapshot.value();
  }
  std::int64_t InUse(const sim::ObservationSignature& observed) {
    const agents::CostModelPtr model = models->For(observed);
    return model ? model->id().value : 0;
  }
};

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

}  // namespace
}  // namespace lookout::app
