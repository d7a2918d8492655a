#include "ui/viewport/viewport_panel.h"

#include <doctest/doctest.h>

#include <set>

#include "tests/support/ui_world.h"
#include "tests/ui/viewport/stage_support.h"
#include "ui/viewport/viewport_decor.h"

namespace lookout::ui {
namespace {

// A panel with a live episode; nothing where the machine has no GL.
struct PanelTest {
  PanelTest() : gl(OffscreenOrSkip()) {
    if (gl != nullptr) stage.emplace(*gl, episode);
  }
  explicit operator bool() const { return gl != nullptr; }

  RgbImage Screen() {
    stage->Frame();
    return gl->ReadScreen();
  }

  std::unique_ptr<app::GlContext> gl;
  LiveEpisode episode;
  std::optional<Stage> stage;
};

// Into the store: three steps of a file.
EpisodeId Import(Stage& stage) {
  const EpisodeId id{99};
  auto header = std::make_shared<sim::EpisodeHeader>();
  header->id = id;
  header->imported = sim::ImportedEpisode{.file = "run.csv"};
  auto scene = std::make_shared<EpisodeScene>();
  scene->header = header;
  stage.store().Begin(scene);
  auto chunk = std::make_shared<sim::RecordingChunk>();
  chunk->episode = id;
  chunk->steps.resize(3);
  stage.store().Append(chunk);
  return id;
}

// What a cost model says of the floor of that episode: unsafe everywhere.
FieldSnapshot UnsafeFloor(EpisodeId episode) {
  FieldSnapshot field;
  field.episode = episode;
  field.model = CostModelId{1};
  field.columns = field.rows = 2;
  field.min_x_m = field.min_y_m = -2.0F;
  field.max_x_m = field.max_y_m = 2.0F;
  field.predicted.assign(4, 1.0F);
  field.spread.assign(4, 0.0F);
  field.rule_cost.assign(4, 0.0F);
  return field;
}

}  // namespace

TEST_CASE("the panel fills the window with the picture") {
  PanelTest test;
  if (!test) return;
  const RgbImage screen = test.Screen();
  CHECK(test.stage->view.size() == SizePx{640, 360});
  std::set<int> shades;
  for (int x = 0; x < 640; x += 4) shades.insert(screen.at(x, 200)[0]);
  CHECK(shades.size() > 5);
}

TEST_CASE("pause, review and an open mark are written over the picture") {
  PanelTest test;
  if (!test) return;
  for (int i = 0; i < 30; ++i) test.episode.Step(0.5, 0.1);
  const RgbImage running = test.Screen();
  test.stage->player.playing = false;
  const RgbImage paused = test.Screen();
  CHECK(FractionDifferent(running, paused) > 0.002);
  test.stage->open_marks = {
      OpenMark{agents::Verdict::kUnsafe, 0, test.stage->player.episode, 3, 20}};
  CHECK(FractionDifferent(paused, test.Screen()) > 0.002);
  UiWorld world(30);
  CHECK(OpenMarksInWords(world.View()).empty());
  world.open_marks = {{agents::Verdict::kUnsafe, 0, EpisodeId{1}, 3, 20}};
  CHECK(OpenMarksInWords(world.View()) == "Marking Unsafe  0.36 s");
  world.open_marks = {{agents::Verdict::kUnsafe, 1, EpisodeId{1}, 3, 20},
                      {agents::Verdict::kUnsafe, 2, EpisodeId{1}, 9, 20, 2}};
  CHECK(OpenMarksInWords(world.View()) == "Marking Unsafe  \xC2\xB7  Hazard + Vase  0.36 s");
}

TEST_CASE("an episode without the simulator's state gets a message in place of the picture") {
  PanelTest test;
  if (!test) return;
  for (int i = 0; i < 30; ++i) test.episode.Step(0.5, 0.1);
  const RgbImage live = test.Screen();
  const EpisodeId imported = Import(*test.stage);
  test.stage->playhead = {.episode = imported, .step = 1, .live = false};
  const RgbImage message = test.Screen();
  CHECK(FractionDifferent(live, message) > 0.3);
  // Text on the plain background, in its middle, and nothing of the arena.
  std::set<int> edge;
  std::set<int> middle;
  for (int x = 0; x < 640; ++x) {
    edge.insert(message.at(x, 300)[0]);
    for (int y = 150; y < 210; ++y) middle.insert(message.at(x, y)[0]);
  }
  CHECK(edge.size() == 1);
  CHECK(middle.size() > 5);
  test.stage->playhead = {.episode = test.stage->player.episode, .step = 0, .live = true};
  CHECK(FractionDifferent(live, test.Screen()) < 0.01);
}

TEST_CASE(
    "no cost field is painted where there is no picture, though one of the episode was made") {
  PanelTest test;
  if (!test) return;
  test.Screen();
  const EpisodeId imported = Import(*test.stage);
  test.stage->playhead = {.episode = imported, .step = 1, .live = false};
  const RgbImage plain = test.Screen();
  test.stage->state.options.overlays.field = test.stage->state.options.overlays.ghost = true;
  test.stage->field = UnsafeFloor(imported);
  CHECK(FractionDifferent(plain, test.Screen()) == 0.0);  // nor its legend
}

TEST_CASE("a comparison with an episode without state says so, and draws no ghost") {
  PanelTest test;
  if (!test) return;
  for (int i = 0; i < 3; ++i) test.episode.Step(0.5, 0.1);
  Stage& stage = *test.stage;
  stage.state.options.overlays.ghost = true;
  stage.playhead = {.episode = stage.player.episode, .step = 1, .live = false};
  const EpisodeId imported = Import(stage);
  stage.comparison = Comparison{.shown = stage.player.episode, .ghost = stage.player.episode};
  const RgbImage with_itself = test.Screen();
  stage.comparison = Comparison{.shown = stage.player.episode, .ghost = imported, .ghost_step = 1};
  const RgbImage told = test.Screen();
  // The words stand at the top; below them there is the scene alone.
  stage.comparison.reset();
  const RgbImage alone = test.Screen();
  bool says = false;
  bool draws = false;
  for (int x = 160; x < 480; ++x) {
    for (int y = 0; y < 360; ++y) {
      const bool differs = told.at(x, y)[0] != alone.at(x, y)[0];
      says = says || (differs && y >= 34 && y < 80);
      draws = draws || (differs && y >= 90);
    }
  }
  CHECK(says);
  CHECK_FALSE(draws);
  CHECK(FractionDifferent(with_itself, told) > 0.0);
}

TEST_CASE("a step that costs lights the border in the colour of its kind") {
  PanelTest test;
  if (!test) return;
  const RgbImage before = test.Screen();
  const Eigen::Vector3d hazard = [&] {
    for (const sim::SceneObject& object : test.episode.scene()->scene.objects) {
      if (object.kind == sim::SceneObjectKind::kHazard) {
        return test.stage->view.world().BodyPosition(object.body);
      }
    }
    return Eigen::Vector3d(Eigen::Vector3d::Zero());
  }();
  test.episode.MoveRobot(hazard.x(), hazard.y());
  test.episode.Step(0.0, 0.0);
  REQUIRE(test.episode.now().costs[sim::CostKind::kHazards] > 0.0);
  const RgbImage after = test.Screen();
  CHECK(test.stage->state.flash.Strongest() == sim::CostKind::kHazards);
  CHECK(after.at(1, 180)[2] > before.at(1, 180)[2] + 60);
}

TEST_CASE("the mouse orbits the picture, but not from outside or through a widget") {
  PanelTest test;
  if (!test) return;
  Stage& stage = *test.stage;
  stage.MoveMouse(300, 200);
  stage.Frame();
  stage.Frame();
  CHECK(stage.state.hovered);
  const double azimuth = stage.view.camera().state().azimuth;
  stage.Press(0, true);
  stage.Frame();
  stage.MoveMouse(380, 200);
  stage.Frame();
  stage.Press(0, false);
  stage.Frame();
  const double orbited = stage.view.camera().state().azimuth;
  CHECK(orbited < azimuth - 10);
  stage.MoveMouse(300, 200);
  stage.Frame();
  CHECK(stage.view.camera().state().azimuth == orbited);
  CHECK(stage.view.camera().view() == CameraView::kFree);
}

TEST_CASE("a legend takes its own clicks and folds, in a small view it is folded by itself") {
  PanelTest test;
  if (!test) return;
  Stage& stage = *test.stage;
  stage.Frame();
  const ViewRect large{{0, 0}, {960, 470}};
  const ViewRect small{{0, 0}, {340, 150}};
  CHECK_FALSE(FoldsByItself({220, 110}, large));
  CHECK(FoldsByItself({220, 110}, small));
  CHECK(FoldsByItself({96, 90}, small));

  CHECK_FALSE(stage.state.legends.lidar.has_value());
  const double azimuth = stage.view.camera().state().azimuth;
  // Its title is above the halos' names, which are above the axes.
  for (float y = 360.0F - 92.0F; y > 100.0F && !stage.state.legends.lidar; y -= 8.0F) {
    stage.MoveMouse(40.0F, y);
    stage.Frame();
    stage.Frame();
    stage.Press(0, true);
    stage.Frame();
    stage.Press(0, false);
    stage.Frame();
  }
  REQUIRE(stage.state.legends.lidar.has_value());
  CHECK(*stage.state.legends.lidar);
  CHECK(stage.view.camera().state().azimuth == azimuth);
}

TEST_CASE("the surveyor is told once whether its field is seen") {
  PanelTest test;
  if (!test) return;
  Stage& stage = *test.stage;
  const auto told = [&] {
    std::vector<bool> visible;
    for (const Command& command : stage.sender.sent) {
      const auto* window = std::get_if<WindowCommand>(&command);
      if (window == nullptr) continue;
      if (const auto* field = std::get_if<SetFieldVisible>(window))
        visible.push_back(field->visible);
    }
    return visible;
  };
  for (int i = 0; i < 3; ++i) stage.Frame();
  CHECK(told() == std::vector<bool>{false});
  stage.state.options.overlays.field = true;
  for (int i = 0; i < 3; ++i) stage.Frame();
  CHECK(told() == std::vector<bool>{false, true});
}

TEST_CASE("the past cannot be pushed about") {
  PanelTest test;
  if (!test) return;
  Stage& stage = *test.stage;
  for (int i = 0; i < 5; ++i) test.episode.Step(0.5, 0.0);
  stage.Frame();
  const auto robot =
      *stage.view.matrices().Project(test.episode.gym().robot_position_in_world().cast<float>());
  MouseInput select;
  select.double_left = true;
  select.x = robot.x();
  select.y = robot.y();
  stage.view.HandleMouse(select, false);
  REQUIRE(stage.view.selected_body() > 0);

  const auto drag = [&] {
    stage.MoveMouse(300, 200);
    ImGui::GetIO().KeyCtrl = true;
    stage.Frame();
    stage.Press(1, true);
    stage.Frame();
    stage.MoveMouse(330, 200);
    stage.Frame();
    stage.Press(1, false);
    stage.Frame();
    ImGui::GetIO().KeyCtrl = false;
  };
  stage.playhead = {stage.player.episode, 2, false};
  drag();
  CHECK(stage.sender.CountPlayer<SetPerturbation>() == 0);
  stage.playhead.live = true;
  drag();
  CHECK(stage.sender.CountPlayer<SetPerturbation>() > 1);
}

TEST_CASE("an empty window and an empty project are drawn without complaint") {
  PanelTest test;
  if (!test) return;
  test.stage->player.episode = EpisodeId{};
  test.stage->playhead = {};
  test.stage->Frame();
  CHECK(test.stage->view.texture() == 0);
  ImGui::GetIO().DisplaySize = {640, 0};
  test.stage->Frame();
}

}  // namespace lookout::ui
