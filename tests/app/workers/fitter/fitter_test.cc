#include "app/workers/fitter/fitter.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <stdexcept>
#include <thread>
#include <vector>

#include "tests/app/workers/fitter_support.h"
#include "tests/app/workers/worker_support.h"

namespace lookout::app {
namespace {

using std::chrono::milliseconds;

struct Workshop {
  CostModelRegistry cost_models;
  NoticeBoard notices;
  std::unique_ptr<Fitter> fitter;
  std::atomic<int> fits_begun{0};
  std::atomic<int> fits_given_up{0};
  std::atomic<int> reports{0};     // how often fits have said how far they are
  std::atomic<bool> hold{false};   // fits go on until this is false
  std::atomic<bool> burst{false};  // fits throw

  // Real marks and labels, but a fit that takes as long as the test wants.
  FitterOptions Options() {
    FitterOptions options;
    options.quiet = milliseconds(20);
    options.patience = milliseconds(60'000);
    options.fit = [this](const agents::LabelSet& labels, const agents::CostModelSettings&,
                         CostModelId id,
                         const agents::FitProgress& progress) -> Result<agents::CostModelPtr> {
      ++fits_begun;
      if (burst) throw std::runtime_error("out of memory");
      if (labels.rows() == 0) return BadInput("There are no labels: mark some steps first.");
      do {
        ++reports;
        if (!progress(0.5)) {
          ++fits_given_up;
          return Error{"abandoned"};
        }
        std::this_thread::sleep_for(milliseconds(1));
      } while (hold);
      return agents::CostModelPtr(std::make_shared<KnownCostModel>(id.value, 3));
    };
    return options;
  }
  void Open(FitterOptions options) {
    fitter = std::make_unique<Fitter>(std::move(options), cost_models, notices);
  }
  // The fit reports again and again, and reads its mail each time.
  bool GoesOn() {
    return Eventually([this, from = reports.load()] { return reports > from + 20; });
  }
  const ui::FitSnapshot& Shown() {
    fitter->snapshot().Refresh();
    return fitter->snapshot().value();
  }
  bool Newest(std::int64_t id) {
    return Eventually([&] { return Shown().model && Shown().model->id() == CostModelId{id}; });
  }
};

// The fitter's work without its thread, at times that the test chooses.
struct FitJobAlone : Workshop {
  Mailbox<FitterEvent> events;
  LatestValue<ui::FitSnapshot> snapshot;
  FitJob job{Options(), {cost_models, events, snapshot, notices}};
  SteadyTime now{std::chrono::hours(1)};

  void Fit() {
    job.Fit([] {}, {});
  }
  const ui::FitSnapshot& Said() {
    snapshot.Refresh();
    return snapshot.value();
  }
};

Result<agents::DerivedLabels> LabelsOf(const FitRequest& request) {
  FitSteps steps;
  return LabelsOf(request, {}, steps);
}

TEST_CASE("labels are read from the chunks that hold their steps, of fitting size only") {
  FitRequest request = OracleRequest(2);
  const auto whole = LabelsOf(request);
  REQUIRE(whole);
  CHECK(whole->counts.unsafe > 50);
  CHECK(whole->counts.safe > 50);
  for (std::int64_t row = 0; row < whole->labels.rows(); ++row) {
    const agents::TargetPoint& point = whole->labels.points[static_cast<std::size_t>(row)];
    const auto chunks = request.load(point.episode)->chunks;
    const StepIndex step = point.step;
    const auto& record =
        chunks[static_cast<std::size_t>(step / 50)]->steps[static_cast<std::size_t>(step % 50)];
    REQUIRE(whole->labels.observations.col(row) == record.observation);
  }
  request.signature = sim::ObservationSignature({{"gyro", 60}});  // another environment's
  const auto none = LabelsOf(request);
  REQUIRE(none);
  CHECK(none->labels.rows() == 0);
}

TEST_CASE("annotators who disagree are weighed as the settings of the fit say") {
  FitRequest request = OracleRequest(2);
  const std::size_t marks = request.feedback.size();
  for (std::size_t i = 0; i < marks; ++i) {  // somebody who always says unsafe
    agents::Mark mark = agents::MarkOf(request.feedback[i]).value();
    mark.id = MarkId{static_cast<std::int64_t>(request.feedback.size()) + 1};
    mark.verdict = agents::Verdict::kUnsafe;
    mark.annotator = "worrier";
    request.feedback.push_back(RecordOf(mark));
    mark.id.value += static_cast<std::int64_t>(marks);
    request.feedback.push_back(request.feedback[i]);  // and a second oracle
    request.feedback.back().id = mark.id;
    request.feedback.back().annotator = "oracle too";
  }
  std::vector<float> targets;
  FitJobAlone alone;
  FitterOptions options = alone.Options();
  options.fit = [&](const agents::LabelSet& labels, const agents::CostModelSettings&, CostModelId,
                    const agents::FitProgress&) -> Result<agents::CostModelPtr> {
    targets.clear();
    for (const agents::TargetPoint& point : labels.points) targets.push_back(point.target);
    return Error{"no model is needed"};
  };
  FitJob job(std::move(options), {alone.cost_models, alone.events, alone.snapshot, alone.notices});
  job.Apply(LabelsChanged{request}, alone.now);
  job.Apply(ui::FitNow{}, alone.now);
  job.Fit([] {}, {});
  // Each says it for themselves: two for safe, and the worrier for unsafe.
  const auto safe = std::ranges::count(targets, 0.0F);
  const auto unsafe = std::ranges::count(targets, 1.0F);
  CHECK(safe > 100);
  CHECK(safe + unsafe == std::ssize(targets));
  const std::size_t voices = targets.size();
  job.Apply(ui::FitNow{{.annotators = agents::AnnotatorWeighting::kDawidSkene}}, alone.now);
  job.Fit([] {}, {});
  REQUIRE(!targets.empty());
  CHECK(std::ranges::none_of(targets, [](float t) { return t > 0.1F && t < 0.9F; }));
  CHECK(3 * targets.size() == voices);  // one for all of them
}

TEST_CASE_FIXTURE(Workshop, "oracle marks become a model that tells unsafe from safe") {
  Open(FitterOptions{.quiet = milliseconds(1)});
  fitter->Send(LabelsChanged{OracleRequest(6)});
  REQUIRE(Newest(1));
  CHECK(cost_models.For(Wandering()) == Shown().model);
  CHECK(Shown().refusal.empty());
  CHECK(Shown().counts.unsafe > 100);
  REQUIRE(Shown().versions.size() == 1);
  CHECK(Shown().versions[0].report.auc > 0.9);
  const auto safe = Shown().model->PredictOne(Eigen::Vector3f(0.2F, 3.0F, 1.0F));
  const auto unsafe = Shown().model->PredictOne(Eigen::Vector3f(0.9F, 3.0F, 1.0F));
  CHECK(safe.probability < 0.3F);
  CHECK(unsafe.probability > 0.7F);
  std::vector<FitterEvent> events;
  REQUIRE(fitter->events().Take(events));
  CHECK(std::get<ModelFitted>(events[0]).model == Shown().model);
}

TEST_CASE_FIXTURE(FitJobAlone, "many changes in a row make one fit, when they have ended") {
  const FitRequest request = OracleRequest(1);
  for (int i = 0; i < 10; ++i) {
    now += milliseconds(19);
    job.Apply(LabelsChanged{request}, now);
    CHECK(job.DueAt() == now + milliseconds(20));
  }
  Fit();
  CHECK(fits_begun == 1);
  CHECK(job.DueAt() == SteadyTime::max());
  CHECK(Said().model->id() == CostModelId{1});
}

TEST_CASE_FIXTURE(FitJobAlone, "told not to, it fits only when asked") {
  job.Apply(ui::SetAutomaticFit{false}, now);
  job.Apply(LabelsChanged{OracleRequest(1)}, now);
  CHECK_FALSE(Said().automatic);
  Fit();  // the labels are counted
  CHECK(fits_begun == 0);
  CHECK(Said().counts.episodes == 1);
  CHECK(job.DueAt() == SteadyTime::max());
  job.Apply(ui::FitNow{}, now);
  CHECK(job.DueAt() < now);
  Fit();
  CHECK(Said().model->id() == CostModelId{1});
}

TEST_CASE_FIXTURE(FitJobAlone, "without marks it stays silent until it is asked, then says why") {
  job.Apply(LabelsChanged{FitRequest{}}, now);
  Fit();
  CHECK(fits_begun == 0);
  CHECK(Said().refusal.empty());
  job.Apply(ui::FitNow{}, now);
  Fit();
  CHECK_FALSE(Said().refusal.empty());
  CHECK(Said().model == nullptr);
  CHECK_FALSE(Said().fitting);
}

TEST_CASE_FIXTURE(Workshop, "newer marks abandon a fit that nobody asked for") {
  hold = true;
  Open(Options());
  fitter->Send(LabelsChanged{OracleRequest(1)});
  REQUIRE(Eventually([&] { return fits_begun == 1; }));
  CHECK(Eventually([&] { return Shown().fitting && Shown().fraction == 0.5; }));
  fitter->Send(LabelsChanged{OracleRequest(2)});
  REQUIRE(Eventually([&] { return fits_given_up == 1; }));
  hold = false;
  REQUIRE(Newest(1));
  CHECK(Shown().counts.episodes == 2);
  CHECK(Shown().refusal.empty());
}

TEST_CASE_FIXTURE(Workshop, "marks that have waited too long are fitted whatever comes") {
  hold = true;
  FitterOptions options = Options();
  options.patience = milliseconds(1);  // every fit is overdue
  Open(std::move(options));
  fitter->Send(LabelsChanged{OracleRequest(1)});
  REQUIRE(Eventually([&] { return fits_begun == 1; }));
  fitter->Send(LabelsChanged{OracleRequest(2)});
  CHECK(GoesOn());
  CHECK(fits_given_up == 0);
  hold = false;
  CHECK(Newest(2));  // the first, and then the newer marks
}

TEST_CASE_FIXTURE(Workshop, "a fit that was asked for is not abandoned") {
  hold = true;
  Open(Options());
  fitter->Send(LabelsChanged{OracleRequest(1)});
  fitter->Send(ui::FitNow{});
  REQUIRE(Eventually([&] { return fits_begun == 1; }));
  fitter->Send(LabelsChanged{OracleRequest(2)});
  CHECK(GoesOn());
  CHECK(fits_given_up == 0);
  hold = false;
  CHECK(Newest(2));
}

TEST_CASE_FIXTURE(Workshop, "one class alone is refused with the counts") {
  Open(FitterOptions{.quiet = milliseconds(1)});
  FitRequest request = OracleRequest(2);
  std::erase_if(request.feedback, [](const agents::FeedbackRecord& record) {
    return MarkOf(record)->verdict != agents::Verdict::kUnsafe;
  });
  fitter->Send(LabelsChanged{request});
  REQUIRE(Eventually([&] { return !Shown().refusal.empty(); }));
  CHECK(Shown().counts.unsafe > 0);
  CHECK(Shown().counts.safe == 0);
  CHECK(cost_models.For(Wandering()) == nullptr);
}

TEST_CASE_FIXTURE(Workshop, "a fit that throws leaves the old model and the thread alive") {
  Open(Options());
  fitter->Send(LabelsChanged{OracleRequest(1)});
  REQUIRE(Newest(1));
  burst = true;
  fitter->Send(LabelsChanged{OracleRequest(2)});
  fitter->Send(ui::FitNow{});
  REQUIRE(Eventually([&] { return Shown().refusal == "out of memory"; }));
  CHECK_FALSE(Shown().fitting);
  CHECK(cost_models.For(Wandering())->id() == CostModelId{1});
  burst = false;
  fitter->Send(ui::FitNow{});
  CHECK(Newest(2));
  CHECK(Shown().refusal.empty());
}

TEST_CASE_FIXTURE(Workshop, "versions of earlier sessions are listed and counted on from") {
  FitterOptions options = Options();
  options.stored = {std::make_shared<KnownCostModel>(3, 3), std::make_shared<KnownCostModel>(9, 3)};
  options.shipped = [](const std::string& environment) { return environment + ".costmodel"; };
  Open(std::move(options));
  fitter->Send(ObservationShown{"toy", Wandering()});
  REQUIRE(Newest(9));
  CHECK(Shown().shipped_model == "toy.costmodel");
  CHECK(cost_models.For(Wandering())->id() == CostModelId{9});
  fitter->Send(LabelsChanged{OracleRequest(1)});
  REQUIRE(Newest(10));
  CHECK(Shown().versions.size() == 3);
}

TEST_CASE_FIXTURE(Workshop, "the fitter ends in the middle of a fit") {
  hold = true;
  Open(Options());
  fitter->Send(LabelsChanged{OracleRequest(1)});
  REQUIRE(Eventually([&] { return fits_begun == 1; }));
  fitter->Join();
  CHECK(fits_given_up == 1);
}

}  // namespace
}  // namespace lookout::app
