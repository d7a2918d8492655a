#include "app/experiments/transfer/run_transfer.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/cost_models/cost_model_file.h"
#include "app/experiments/transfer/transfer_answers.h"
#include "app/experiments/transfer/transfer_files.h"
#include "tests/app/experiments/tiny_support.h"
#include "tests/support/contains.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

namespace fs = std::filesystem;

TransferPlace ShortPlace(const char* id, const char* policy) {
  TransferPlace place{.environment = *sim::ConfigForId(id), .policy = {}};
  place.environment.num_steps = 200;
  if (*policy != '\0') place.policy = FindAsset(policy)->string();
  return place;
}

// Hazards look dangerous from so far off that a few short episodes hold some.
TransferSettings ThreePlaces() {
  TransferSettings settings;
  settings.places = {ShortPlace("Safexp-PointGoal1-v0", "policies/pointgoal1-ppo.policy"),
                     ShortPlace("Safexp-CarGoal1-v0", "policies/cargoal1-ppo.policy"),
                     ShortPlace("Safexp-PointButton1-v0", "")};
  settings.annotator = "Ann: distance hazard < 0.9";
  settings.answers = 20;
  settings.few_answers = 10;
  settings.batch = 10;
  settings.clip_steps = 25;
  settings.pool_episodes = 5;
  settings.selection_episodes = 2;
  settings.evaluation_episodes = 3;
  return settings;
}

TransferSettings TwoPlaces() {
  TransferSettings settings = ThreePlaces();
  settings.places.erase(settings.places.begin() + 1);
  return settings;
}

Result<std::vector<TransferCell>> Do(const TransferWorld& world, const StudyRun& run) {
  return RunTransfer(world, run, agents::SingleProcess());
}

const TransferCell& CellOf(const std::vector<TransferCell>& cells, std::size_t source,
                           std::size_t target) {
  return *std::ranges::find_if(cells, [&](const TransferCell& cell) {
    return cell.key.source == source && cell.key.target == target;
  });
}

void CheckMeasured(const ModelInTarget& model) {
  CHECK_MESSAGE(model.why.empty(), model.why);
  CHECK(model.auc >= 0.0);
  CHECK(model.auc <= 1.0);
  CHECK(model.missed >= 0.0);
  CHECK(model.missed <= 1.0);
  CHECK(model.ratio > 0.0);
}

// Whatever was measured makes sense, and its model is there and fits the target.
void CheckCells(const TransferWorld& world, const std::vector<TransferCell>& cells) {
  for (const TransferCell& cell : cells) {
    CAPTURE(FileNameOf(world, cell.key));
    for (const Choice<TransferInputs>& inputs : Choices(TransferInputs{})) {
      if (!cell.Of(inputs.value).is_measured()) continue;
      CheckMeasured(cell.Of(inputs.value));
      const auto file =
          LoadCostModelFile(world.folder / ModelFileOf(world, cell.key, inputs.value));
      REQUIRE_MESSAGE(file.ok(), file.error().message);
      CHECK(file->model->CheckFits(world.specs[cell.key.target]).ok());
    }
  }
}

// What is told of them, in every form.
void CheckTold(const TransferWorld& world, const std::vector<TransferCell>& cells) {
  const std::vector<TransferLine> lines = Summarise(cells);
  const std::string table = TransferTable(world, 1, lines);
  CHECK(Contains(table, "| PointGoal1 | CarGoal1 | world+answers | 1 | "));
  CHECK(Contains(table, "not there: vases_lidar; never learned about: buttons_lidar"));
  CHECK(TransferSvg(world, lines).starts_with("<svg"));
  const std::string csv = TransferCsv(world, cells);
  CHECK(std::ranges::count(csv, '\n') == 1 + 9 * 3);
  const std::string text = TransferJson(world, 1, lines, "lookout");
  CHECK_FALSE(Contains(text, world.folder.string()));
  const auto json = nlohmann::json::parse(text);
  CHECK(json["cells"].size() == 9);
  const nlohmann::json& model = json["cells"][1]["models"]["world"];
  CHECK(model["cost_model"] == "model-PointGoal1-CarGoal1-world-seed0.costmodel");
  CHECK(model["evaluated_from"] == 8'000'000);
  CHECK(json["cells"][3]["models"]["full"].contains("why"));
  CHECK(json["settings"]["places"][2]["agent"] == world.stages[2].policy->name());
  CHECK(json["seeds"][0]["selected_from"] == 7'000'000);
}

TEST_CASE("what is learned in one environment is measured in every one, or it is said why not") {
  const test::ScratchFolder scratch;
  const auto world = MakeTransferWorld(ThreePlaces(), {}, scratch / "one");
  REQUIRE_MESSAGE(world.ok(), world.error().message);
  const auto cells = Do(*world, {.folder = world->folder, .seeds = 1, .workers = 2});
  REQUIRE_MESSAGE(cells.ok(), cells.error().message);
  REQUIRE(cells->size() == 9);
  CHECK(JobsOf(*world, 1) == 3 + 9);
  CheckCells(*world, *cells);
  // A Car has all that a Point observes, not the other way round; the world looks alike to both.
  CheckMeasured(CellOf(*cells, 0, 1).Of(TransferInputs::kFull));
  const TransferCell& car_in_point = CellOf(*cells, 1, 0);
  CHECK(Contains(car_in_point.Of(TransferInputs::kFull).why, "ballquat_rear"));
  CheckMeasured(car_in_point.Of(TransferInputs::kWorld));
  CheckMeasured(car_in_point.Of(TransferInputs::kWorldAndAnswers));
  CHECK(Contains(CellOf(*cells, 0, 1).policy.why, "The policy of PointGoal1 cannot act"));
  // Of the tasks' things, some are not there and some are new.
  const ModelInTarget& button = CellOf(*cells, 0, 2).Of(TransferInputs::kWorld);
  CHECK(button.absent == std::vector<std::string>{"vases_lidar"});
  CHECK(button.unknown == std::vector<std::string>{"buttons_lidar", "gremlins_lidar"});
  // The Point's policy acts there all the same; the script that plays there was not learned.
  CHECK(CellOf(*cells, 0, 2).policy.returns.size() == 3);
  CHECK(Contains(CellOf(*cells, 2, 0).policy.why, "nothing was learned"));
  CHECK(world->stages[2].policy->name() != world->stages[0].policy->name());
  CheckTold(*world, *cells);
}

TEST_CASE("an experiment on transfer goes on where it was stopped, whatever the workers") {
  const test::ScratchFolder scratch;
  const auto one = MakeTransferWorld(TwoPlaces(), {}, scratch / "one");
  REQUIRE(one.ok());
  const auto cells = Do(*one, {.folder = one->folder, .seeds = 1});
  REQUIRE_MESSAGE(cells.ok(), cells.error().message);
  const auto two = MakeTransferWorld(TwoPlaces(), {}, scratch / "two");
  const fs::path first = two->folder / FileNameOf(*two, (*cells)[0].key);
  const fs::path last = two->folder / FileNameOf(*two, (*cells)[3].key);
  const auto stopped =
      Do(*two,
         {.folder = two->folder, .seeds = 1, .progress = [&](int) { return !fs::exists(first); }});
  REQUIRE_FALSE(stopped.ok());
  CHECK(Contains(stopped.error().message, "stopped"));
  CHECK(fs::exists(first));
  CHECK_FALSE(fs::exists(last));
  const auto resumed = Do(*two, {.folder = two->folder, .seeds = 1, .workers = 2});
  REQUIRE_MESSAGE(resumed.ok(), resumed.error().message);
  CHECK(TransferCsv(*two, *resumed) == TransferCsv(*one, *cells));
  for (const auto& entry : fs::directory_iterator(one->folder)) {
    CAPTURE(entry.path());
    CHECK(test::TextOf(entry.path()) == test::TextOf(two->folder / entry.path().filename()));
  }

  // Other settings are refused by the file, before anything is done.
  TransferSettings changed = TwoPlaces();
  changed.batch = 5;
  const auto other = MakeTransferWorld(changed, {}, two->folder);
  const auto refused = Do(*other, {.folder = two->folder, .seeds = 2});
  REQUIRE_FALSE(refused.ok());
  CHECK(Contains(refused.error().message, "was made with other settings"));
  CHECK_FALSE(fs::exists(two->folder / "answers-PointGoal1-seed1.json"));
}

// Every second job alone; the others are never done.
class SecondOfTwo : public agents::SoleProcess {
 public:
  int rank() const override { return 1; }
  int size() const override { return 2; }
};

TEST_CASE("processes share the jobs of an experiment on transfer") {
  const test::ScratchFolder scratch;
  const auto world = MakeTransferWorld(TwoPlaces(), {}, scratch / "one");
  SecondOfTwo second;
  const auto cells = RunTransfer(*world, {.folder = world->folder, .seeds = 1}, second);
  CHECK_FALSE(cells.ok());  // what the other process does is not there
  CHECK_FALSE(fs::exists(world->folder / "cell-PointGoal1-PointGoal1-seed0.json"));
  CHECK(fs::exists(world->folder / "cell-PointButton1-PointButton1-seed0.json"));
}

TEST_CASE("fewer clips than answers are refused") {
  TransferSettings settings = TwoPlaces();
  settings.answers = 500;
  settings.batch = 500;
  const test::ScratchFolder scratch;
  const auto world = MakeTransferWorld(settings, {}, scratch / "out");
  const auto few = Do(*world, {.folder = world->folder, .seeds = 1});
  REQUIRE_FALSE(few.ok());
  CHECK(Contains(few.error().message, "--pool-episodes"));
}

TEST_CASE("answers about clips that are not there are refused") {
  const test::ScratchFolder scratch;
  const auto world = MakeTransferWorld(TwoPlaces(), {}, scratch / "one");
  REQUIRE(world.ok());
  PlaceAnswers answers;
  answers.asked.emplace_back().first = {EpisodeId{1}, 190, 214};
  const KeepGoing on = [] { return true; };
  const auto beyond = LabelsOf(*world, {0, 0}, answers, 1, on);
  REQUIRE_FALSE(beyond.ok());
  CHECK(Contains(beyond.error().message, "one of its clips"));
  answers.asked[0].first = {EpisodeId{77}, 10, 30};
  CHECK_FALSE(LabelsOf(*world, {0, 0}, answers, 1, on).ok());
}

TEST_CASE("a damaged cell of an experiment on transfer is refused by name and cause") {
  const auto world = MakeTransferWorld(TwoPlaces(), {}, "out");
  REQUIRE(world.ok());
  const auto other = DecodeCell("{\"models\": 1}", {}, *world, "out/cell.json");
  REQUIRE_FALSE(other.ok());
  CHECK(other.error().message.starts_with("out/cell.json is not a cell of an experiment"));
  TransferCell cell;
  cell.policy = {.why = "No.", .returns = {}, .true_costs = {}};
  cell.models[1].auc = 1.5;
  const auto refused = DecodeCell(EncodeCell(cell, *world), {}, *world, "out/cell.json");
  REQUIRE_FALSE(refused.ok());
  CHECK(Contains(refused.error().message, "of 'world', its 'auc' is 1.5"));
}

}  // namespace
}  // namespace lookout::app
