// Which moment is asked about, and what is shown of the answers.
#include "app/workspace/inspection.h"

#include <doctest/doctest.h>

#include <fstream>

#include "agents/policies/learned/gaussian_actor.h"
#include "tests/app/workspace/window_controller_support.h"
#include "tests/support/constant_cost_model.h"
#include "tests/support/contains.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

agents::CostModelPtr ModelThatSays(float probability) {
  return std::make_shared<test::ConstantCostModel>(sim::ObservationSignature({{"all", 4}}),
                                                   probability, 0.1F);
}

// Paused at step 100, with a cost model in use.
struct Inspecting : Watching {
  Inspecting() {
    workers.player.playing = false;
    workers.player.now.state = std::make_shared<const sim::SimState>();
    workers.fit.model = ModelThatSays(0.5F);
    Frame();
  }
  const ExplainRequest* asked() const {
    if (workers.inspector_messages.empty()) return nullptr;
    return std::get_if<ExplainRequest>(&workers.inspector_messages.back());
  }
  void Answer(std::int64_t number, ui::LabelsKnown labels = ui::LabelsKnown::kNone) {
    auto moment = std::make_shared<ui::MomentExplained>();
    moment->number = number;
    moment->labels = labels;
    session.OnInspected(MomentAnswer{.number = number, .moment = moment, .problem = {}});
    Do(ui::InspectionCommand(ui::ExplainMoment{asked()->subject}));
  }
  const ui::ExplanationOnScreen& shown() { return *View().explanation; }
};

TEST_CASE_FIXTURE(Inspecting,
                  "a moment is asked about once, while somebody looks and nothing moves") {
  Frame();
  CHECK(workers.inspector_messages.empty());  // nobody looks
  Do(ui::InspectionCommand(ui::ExplainMoment{}));
  REQUIRE(asked() != nullptr);
  CHECK(asked()->step == 100);
  CHECK(asked()->model == workers.fit.model);
  CHECK(shown().working);
  Do(ui::InspectionCommand(ui::ExplainMoment{}));
  CHECK(workers.inspector_messages.size() == 1);

  Answer(asked()->number);
  CHECK_FALSE(shown().working);
  REQUIRE(shown().in_view() != nullptr);
  CHECK(shown().in_view()->number == asked()->number);

  Frame();  // the panel that asks is below another
  CHECK(shown().in_view() == nullptr);
  Do(ui::InspectionCommand(ui::ExplainMoment{}));
  CHECK(shown().in_view() != nullptr);  // it is still there
  CHECK(workers.inspector_messages.size() == 1);

  workers.player.playing = true;
  LiveAt(101);
  Do(ui::InspectionCommand(ui::ExplainMoment{}));
  CHECK(workers.inspector_messages.size() == 1);
  CHECK(shown().in_view() == nullptr);  // it is of another moment
  CHECK(shown().moment != nullptr);
}

TEST_CASE_FIXTURE(Inspecting,
                  "another moment abandons what is under way, whose answer is not shown") {
  Do(ui::InspectionCommand(ui::ExplainMoment{}));
  const std::int64_t first = asked()->number;
  Do(ui::WindowCommand(ui::SeekBy{-10}));
  REQUIRE(workers.abandoned.size() == 1);
  CHECK(workers.abandoned[0] > first);
  Do(ui::InspectionCommand(ui::ExplainMoment{}));
  CHECK(asked()->step == 90);
  Answer(first);
  CHECK(shown().moment == nullptr);
  Answer(asked()->number, ui::LabelsKnown::kComing);
  CHECK(shown().working);  // the labels are on their way
  CHECK(shown().in_view() != nullptr);
}

TEST_CASE_FIXTURE(Inspecting, "a new cost model is asked anew") {
  Do(ui::InspectionCommand(ui::ExplainMoment{}));
  Answer(asked()->number);
  workers.fit.model = ModelThatSays(0.2F);
  Frame();
  Do(ui::InspectionCommand(ui::ExplainMoment{}));
  CHECK(workers.inspector_messages.size() == 2);
  CHECK(asked()->model == workers.fit.model);
}

TEST_CASE_FIXTURE(Inspecting, "the policy that plays is asked, and asked anew once another plays") {
  const ui::InspectionCommand actions(ui::ExplainMoment{ui::WhySubject::kActions});
  workers.player.agent = ui::AgentKind::kGoToGoal;
  workers.player.policy = agents::MakeGaussianPolicy({}, true);
  Do(actions);
  CHECK(workers.inspector_messages.empty());  // a script

  workers.player.agent = ui::AgentKind::kNamedPolicy;
  Do(actions);
  REQUIRE(asked() != nullptr);
  CHECK(asked()->subject == ui::WhySubject::kActions);
  CHECK(asked()->policy == workers.player.policy);
  CHECK(asked()->model == nullptr);
  CHECK_FALSE(asked()->chunks.empty());
  workers.fit.model = ModelThatSays(0.2F);
  Do(actions);
  CHECK(workers.inspector_messages.size() == 1);  // the cost model is of no account
  Answer(asked()->number);
  CHECK(shown().in_view() != nullptr);

  Do(ui::InspectionCommand(ui::ExplainMoment{ui::WhySubject::kExpectations}));
  CHECK(workers.inspector_messages.size() == 2);
  CHECK(shown().in_view() == nullptr);  // it was about something else
  Answer(asked()->number);
  Do(ui::InspectionCommand(ui::CheckExplanation{1}));
  const auto* check = std::get_if<CheckRequest>(&workers.inspector_messages.back());
  REQUIRE(check != nullptr);
  CHECK(check->which == 1);
  CHECK(check->moment.subject == ui::WhySubject::kExpectations);
  CHECK(shown().checked_number == 1);

  workers.player.policy = agents::MakeGaussianPolicy({}, true);
  Do(ui::InspectionCommand(ui::ExplainMoment{ui::WhySubject::kExpectations}));
  REQUIRE(asked() != nullptr);
  CHECK(asked()->policy == workers.player.policy);
}

TEST_CASE_FIXTURE(Inspecting, "the world of an episode that plays is built ahead, once") {
  workers.player.playing = true;
  for (int frame = 0; frame < 30; ++frame) Do(ui::InspectionCommand(ui::ExplainMoment{}));
  REQUIRE(workers.inspector_messages.size() == 1);
  REQUIRE(std::holds_alternative<PrepareRequest>(workers.inspector_messages[0]));
  const auto prepare = std::get<PrepareRequest>(workers.inspector_messages[0]);
  CHECK(prepare.scene->header->id == EpisodeId{1});
  CHECK(prepare.state != nullptr);
  workers.player.playing = false;
  Do(ui::InspectionCommand(ui::ExplainMoment{}));
  REQUIRE(asked() != nullptr);
  CHECK(asked()->number > prepare.number);
}

TEST_CASE_FIXTURE(Inspecting, "checks are about the moment that is explained") {
  Do(ui::InspectionCommand(ui::CheckExplanation{}));
  CHECK(workers.inspector_messages.empty());  // there is nothing to check
  Do(ui::InspectionCommand(ui::ExplainMoment{}));
  Answer(asked()->number);
  Do(ui::InspectionCommand(ui::CheckExplanation{}));
  const auto* check = std::get_if<CheckRequest>(&workers.inspector_messages.back());
  REQUIRE(check != nullptr);
  CHECK(check->moment.step == 100);
  CHECK(shown().checking);
  session.OnInspected(CheckAnswer{.number = check->moment.number,
                                  .report = std::make_shared<agents::SanityReport>(),
                                  .problem = {}});
  CHECK_FALSE(shown().checking);
  CHECK(shown().sanity != nullptr);
  Do(ui::WindowCommand(ui::SeekBy{-1}));
  CHECK(shown().sanity == nullptr);
}

TEST_CASE_FIXTURE(Inspecting,
                  "sensors are attacked beside the explanation, one budget after the other") {
  const auto look = [&](double budget) {
    session.Send(ui::InspectionCommand(ui::ExplainMoment{}));
    Do(ui::InspectionCommand(ui::AttackSensors{budget}));
  };
  const auto attack = [&]() -> const SensorRequest* {
    return std::get_if<SensorRequest>(&workers.inspector_messages.back());
  };
  look(0.02);
  REQUIRE(workers.inspector_messages.size() == 2);
  REQUIRE(attack() != nullptr);
  const std::int64_t first = attack()->moment.number;
  CHECK(attack()->budget == 0.02);
  CHECK(attack()->moment.step == 100);
  CHECK_FALSE(attack()->moment.chunks.empty());
  look(0.03);
  look(0.04);
  CHECK(workers.inspector_messages.size() == 2);  // the first is still under way
  CHECK(View().sensors->working);

  session.OnInspected(SensorAnswer{
      .number = first, .result = std::make_shared<ui::SensorsAttacked>(), .problem = {}});
  CHECK(View().sensors->in_view() != nullptr);
  look(0.04);
  REQUIRE(workers.inspector_messages.size() == 3);
  CHECK(attack()->budget == 0.04);
  CHECK(View().sensors->in_view() != nullptr);  // until the next is there

  Do(ui::InspectionCommand(ui::ExplainMoment{}));  // the section is closed
  CHECK(View().sensors->in_view() == nullptr);
  Do(ui::WindowCommand(ui::SeekBy{-10}));
  CHECK(View().sensors->result == nullptr);
  CHECK_FALSE(View().sensors->working);
}

TEST_CASE_FIXTURE(Inspecting, "of steps without the simulator's state it says so") {
  session.OnEpisodeBegan(SceneOf(2));
  auto chunk = std::make_shared<sim::RecordingChunk>();
  chunk->episode = EpisodeId{2};
  chunk->steps.resize(5);
  session.OnChunk(chunk);
  Do(ui::WindowCommand(ui::Seek{EpisodeId{2}, 3}));
  Do(ui::InspectionCommand(ui::ExplainMoment{}));
  CHECK(workers.inspector_messages.empty());
  CHECK(Contains(shown().problem, "Nothing can be tried out"));
}

TEST_CASE_FIXTURE(Inspecting, "a question is sent with the layout, and its answer can be opened") {
  const test::ScratchFolder scratch;
  workers.project.path = (scratch.path() / "a.lookout").string();
  Do(ui::InspectionCommand(ui::AskQuestion{.question = "{}", .seconds = 5}));
  REQUIRE(workers.proof_requests.size() == 1);
  const ProofRequest& request = workers.proof_requests[0];
  CHECK(request.question == "{}");
  CHECK(request.seconds == 5);
  CHECK(request.beginning != nullptr);
  CHECK(View().proof->searching);
  session.OnProof({.number = request.number, .progress = {.proved = 0.25}});
  CHECK(View().proof->progress.proved == 0.25);
  Do(ui::InspectionCommand(ui::StopQuestion{}));
  REQUIRE(workers.stopped_proofs.size() == 1);
  CHECK(workers.stopped_proofs[0] == request.number);

  auto answer = std::make_shared<ui::QuestionAnswered>();
  answer->episode = EpisodeId{1};
  answer->world = "the world";
  answer->state = std::make_shared<sim::SimState>();
  session.OnProof({.number = request.number - 1, .progress = {}, .answer = answer});
  CHECK(View().proof->searching);  // of another question
  session.OnProof({.number = request.number, .progress = {}, .answer = answer});
  CHECK_FALSE(View().proof->searching);
  CHECK(View().proof->counterexample_in_view() == answer->state.get());
  Do(ui::InspectionCommand(ui::ShowCounterexample{false}));
  CHECK(View().proof->counterexample_in_view() == nullptr);

  std::ofstream(scratch.path() / "counterexample-1.json") << "of an earlier question";
  Do(ui::InspectionCommand(ui::OpenCounterexample{}));
  REQUIRE(workers.files.size() == 1);
  CHECK(workers.files[0].bytes == "the world");
  CHECK(workers.files[0].path == scratch.path() / "counterexample-2.json");
  REQUIRE(workers.paths.size() == 1);
  CHECK(workers.paths[0] == workers.files[0].path);
}

}  // namespace
}  // namespace lookout::app
