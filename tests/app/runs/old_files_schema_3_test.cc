// Files of version 0.1 with project schema 3 are read for ever after, see old_files_test.cc.
#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <utility>

#include "agents/feedback/journal/feedback_journal.h"
#include "agents/feedback/kinds/note.h"
#include "agents/feedback/kinds/preference.h"
#include "agents/feedback/models/cost_model.h"
#include "agents/rl/runs/checkpoint.h"
#include "app/platform/files.h"
#include "app/project/project.h"
#include "app/runs/run_folder.h"
#include "app/runs/saved_policy.h"
#include "sim/recording/recording.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

namespace fs = std::filesystem;

const fs::path kSchema3 = fs::path(LOOKOUT_SOURCE_DIR) / "tests/fixtures/v0.1-schema-3";

// An error's message fails the test that it is in.
template <typename T>
T Need(Result<T> result) {
  INFO((result.ok() ? std::string() : result.error().message));
  REQUIRE(result.ok());
  return std::move(result).value();
}

std::string Content(const char* name) {
  return Need(ReadWholeFile(kSchema3 / name, std::size_t{1} << 20U));
}

TEST_CASE("a project of schema 3 is read: spans, a pair, a note and an imported episode") {
  const test::ScratchFolder scratch;
  fs::copy_file(kSchema3 / "study.lookout", scratch / "study.lookout");
  const auto project = Need(Project::Open(scratch / "study.lookout", ProjectAccess::kReadWrite));

  const auto feedback = Need(project->LoadFeedback());
  REQUIRE(feedback.records().size() == 7);
  CHECK(feedback.of_newer_versions() == 0);
  REQUIRE(feedback.marks().size() == 5);
  const agents::Mark& span = feedback.marks().at(MarkId{2});
  CHECK(span.verdict == agents::Verdict::kUnsafe);
  CHECK(span.first_step == 45);
  CHECK(span.last_step == 64);
  // Written before answers to the queue kept what was asked.
  CHECK(span.on_screen.mode == "simulated");
  CHECK(span.on_screen.asked_why.empty());
  CHECK_FALSE(span.on_screen.asked_span());
  CHECK(span.on_screen.asked_chance == 0.0);
  CHECK(span.on_screen.asked_highest == agents::kNotPredicted);
  const auto pair = Need(agents::PreferenceOf(feedback.records().at(MarkId{6})));
  CHECK(pair.first.first == 73);
  CHECK(pair.second.last == 31);
  CHECK(pair.first_is_safer == 0.0);
  const auto note = Need(agents::NoteOf(feedback.records().at(MarkId{7})));
  CHECK(note.step == 42);
  CHECK(note.text == "the gremlin came close");

  const auto episodes = Need(project->Episodes());
  REQUIRE(episodes.size() == 1);
  CHECK(episodes[0].steps == 121);
  CHECK(episodes[0].cost == 40.0);
  REQUIRE(episodes[0].header.imported.has_value());
  CHECK(episodes[0].header.imported->file == "run.csv");
  CHECK(Need(project->LoadSteps(EpisodeId{1})).size() == 2);
}

TEST_CASE("an imported episode's header and chunk of format 3 are read, without a state") {
  const auto header = Need(sim::DecodeHeader(Content("header.json")));
  REQUIRE(header.imported.has_value());
  CHECK(header.imported->step_duration_s == 0.05);
  CHECK(header.config.id == "Hopper");
  const auto chunk = Need(sim::DecodeChunk(Content("chunk.bin")));
  CHECK(chunk.first_step == 64);
  REQUIRE(chunk.steps.size() == 57);
  CHECK(chunk.steps[15].costs.total == 0.0);
  CHECK(chunk.steps[16].costs.total == 1.0);  // step 80
  CHECK(chunk.steps[16].observation[0] == 2.0F);
  CHECK(chunk.steps[16].state == nullptr);
}

TEST_CASE("a cost model that was fitted beside schema 3 is read") {
  const auto model = Need(agents::DecodeCostModel(Content("cost_model.lookout")));
  CHECK(model->observation_dim() == 1);
  CHECK(model->report().unsafe_rows == 40);
  CHECK(model->report().safe_rows == 56);
  const float fast = model->PredictOne(Eigen::VectorXf::Constant(1, 2.0F)).probability;
  CHECK(fast > model->PredictOne(Eigen::VectorXf::Constant(1, 0.5F)).probability);
}

TEST_CASE("a cost model of version 3 is read and looks at states alone") {
  const fs::path file =
      fs::path(LOOKOUT_SOURCE_DIR) / "tests/fixtures/cost-model-3/cost_model.lookout";
  const std::string bytes = Need(ReadWholeFile(file, std::size_t{1} << 20U));
  const auto model = Need(agents::DecodeCostModel(bytes));
  CHECK(model->past_inputs() == agents::PastInputs{});
  CHECK(model->knows_support());
  const float fast = model->PredictOne(Eigen::VectorXf::Constant(1, 2.0F)).probability;
  CHECK(fast > model->PredictOne(Eigen::VectorXf::Constant(1, 0.5F)).probability);
}

TEST_CASE("policy and checkpoint of format 3 are read, and the run can be gone on with") {
  const LoadedRun run = Need(LoadRunFolder(kSchema3 / "run"));
  CHECK(run.config.settings.hidden == 8);
  CHECK(run.progress.rows == 2);
  const auto policy = Need(LoadSavedPolicy(kSchema3 / "run/policy.lookout"));
  CHECK(policy.actor.iteration == 2);
  CHECK(policy.actor.action_repeat == 5);
  CHECK(policy.actor.origin.environment_id == "Safexp-PointGoal1-v0");
  CHECK(policy.actor.origin.action_meaning.size() == 2);
  CHECK_FALSE(policy.actor.origin.configuration.empty());

  const std::string checkpoint = Content("run/checkpoint.lookout");
  const auto make_environment = [&policy] { return MakeEnvironment(policy.environment); };
  auto settings =
      Need(agents::DecodeCheckpointSettings(checkpoint, Need(make_environment())->spec()));
  CHECK(settings.seed == 5);
  settings.total_steps = 3000;
  const auto resumed = Need(agents::TrainingRun::Create(settings, make_environment));
  REQUIRE(resumed->RestoreCheckpoint(checkpoint).ok());
  CHECK(Need(resumed->RunIteration()).iteration == 3);
}

}  // namespace
}  // namespace lookout::app
