// Two versions of the cost model side by side in the window: what the worker is sent, and the jumps
// to what they differ about.
#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <utility>
#include <variant>

#include "tests/app/workspace/window_controller_support.h"

namespace lookout::app {
namespace {

template <typename Message>
std::vector<Message> Sent(const FakeWorkers& workers) {
  std::vector<Message> sent;
  for (const VersionMessage& message : workers.version_messages) {
    if (const auto* one = std::get_if<Message>(&message)) sent.push_back(*one);
  }
  return sent;
}

std::shared_ptr<const ui::VersionsCompared> Compared() {
  auto compared = std::make_shared<ui::VersionsCompared>();
  agents::TwoModels two;
  two.episodes = {{.id = EpisodeId{1}}, {.id = EpisodeId{9}}};
  two.differences = {{.episode = 0, .first_step = 38, .last_step = 44, .worst_step = 40},
                     {.episode = 0, .first_step = 69, .last_step = 71, .worst_step = 70},
                     {.episode = 1, .first_step = 5, .last_step = 5, .worst_step = 5}};
  compared->rule.figures = two;
  return compared;
}

TEST_CASE("every recorded episode goes to the worker, those on disk as soon as they are loaded") {
  Watching watching;
  watching.session.AddStoredEpisode({.id = EpisodeId{9}, .environment = "toy", .steps = 50});
  watching.Do(ui::WindowCommand{ui::CompareVersions{CostModelId{2}, CostModelId{5}}});
  REQUIRE(Sent<BeginVersionComparison>(watching.workers).size() == 1);
  const auto begin = Sent<BeginVersionComparison>(watching.workers)[0];
  CHECK(begin.models[0] == CostModelId{2});
  CHECK(begin.models[1] == CostModelId{5});
  CHECK(begin.limit == 25.0);
  REQUIRE(Sent<EpisodeToCompare>(watching.workers).size() == 1);
  CHECK(Sent<EpisodeToCompare>(watching.workers)[0].scene->header->id == EpisodeId{1});
  CHECK(Sent<FinishVersionComparison>(watching.workers).empty());
  REQUIRE(watching.View().versions != nullptr);
  CHECK(watching.View().versions->measuring);
  CHECK(watching.View().versions->fraction == doctest::Approx(0.5));

  watching.session.OnEpisodeLoaded(SceneOf(9), {Steps(9, 0, 50)});
  watching.Frame();
  CHECK(Sent<EpisodeToCompare>(watching.workers).size() == 2);
  CHECK(Sent<FinishVersionComparison>(watching.workers).size() == 1);
  for (int i = 0; i < 3; ++i) watching.Frame();
  CHECK(Sent<FinishVersionComparison>(watching.workers).size() == 1);
}

TEST_CASE("a model from a file takes the second place, and is read by the worker") {
  Watching watching;
  watching.Do(ui::WindowCommand{ui::CompareVersions{CostModelId{2}, {}, "nowhere.costmodel"}});
  REQUIRE(Sent<BeginVersionComparison>(watching.workers).size() == 1);
  const auto begin = Sent<BeginVersionComparison>(watching.workers)[0];
  CHECK(begin.models[0] == CostModelId{2});
  REQUIRE(begin.make_second);
  const auto missing = begin.make_second();
  REQUIRE_FALSE(missing.ok());
  CHECK(missing.error().message.find("nowhere.costmodel") != std::string::npos);
  CHECK(watching.View().versions->file == "nowhere.costmodel");
  watching.Do(ui::WindowCommand{ui::CompareVersions{CostModelId{2}, CostModelId{5}}});
  CHECK_FALSE(Sent<BeginVersionComparison>(watching.workers)[1].make_second);
}

TEST_CASE("an episode that cannot be loaded does not keep the others waiting") {
  Watching watching;
  watching.session.AddStoredEpisode({.id = EpisodeId{9}, .environment = "toy", .steps = 50});
  watching.Do(ui::WindowCommand{ui::CompareVersions{CostModelId{2}, CostModelId{5}}});
  watching.session.OnLoadFailed(EpisodeId{9}, "It is damaged.");
  watching.Frame();
  CHECK(Sent<FinishVersionComparison>(watching.workers).size() == 1);
}

TEST_CASE("what was being compared is abandoned by another comparison, and by a person") {
  Watching watching;
  watching.Do(ui::WindowCommand{ui::CompareVersions{CostModelId{2}, CostModelId{5}}});
  watching.Do(ui::WindowCommand{ui::CompareVersions{CostModelId{3}, CostModelId{5}}});
  const std::int64_t newest = Sent<BeginVersionComparison>(watching.workers)[1].number;
  watching.session.OnVersions({.number = newest - 1, .compared = Compared(), .problem = {}});
  CHECK(watching.View().versions->measuring);
  watching.session.OnVersions({.number = newest, .compared = Compared(), .problem = {}});
  CHECK_FALSE(watching.View().versions->measuring);
  CHECK(watching.View().versions->result != nullptr);
  watching.Do(ui::WindowCommand{ui::EndVersionComparison{}});
  CHECK(watching.View().versions == nullptr);
  CHECK(Sent<AbandonVersionComparison>(watching.workers).back().next_number > newest);
}

TEST_CASE("a file that is no cost model is told, and nothing is compared") {
  Watching watching;
  watching.Do(ui::WindowCommand{ui::CompareVersions{CostModelId{2}, {}, "none.costmodel"}});
  REQUIRE(watching.View().versions != nullptr);
  const std::int64_t number = Sent<BeginVersionComparison>(watching.workers)[0].number;
  watching.session.OnVersions(
      {.number = number, .compared = nullptr, .problem = "none.costmodel cannot be read."});
  watching.Frame();
  CHECK(watching.View().versions == nullptr);
  REQUIRE_FALSE(watching.View().notices.empty());
  CHECK(watching.View().notices.back().text == "none.costmodel cannot be read.");
}

TEST_CASE("a jump goes from difference to difference, and loads an episode if it must") {
  Watching watching;
  watching.session.AddStoredEpisode({.id = EpisodeId{9}, .environment = "toy", .steps = 50});
  watching.Do(ui::WindowCommand{ui::GoToVersionDifference{+1}});
  CHECK_FALSE(watching.View().notices.empty());  // there is none yet
  watching.Do(ui::WindowCommand{ui::CompareVersions{CostModelId{2}, CostModelId{5}}});
  const std::int64_t number = Sent<BeginVersionComparison>(watching.workers)[0].number;
  watching.session.OnVersions({.number = number, .compared = Compared(), .problem = {}});
  watching.Do(ui::WindowCommand{ui::GoToVersionDifference{+1}});
  CHECK_FALSE(watching.View().playhead.live);
  CHECK(watching.View().playhead.step == 40);
  watching.Do(ui::WindowCommand{ui::GoToVersionDifference{+1}});
  CHECK(watching.View().playhead.step == 70);
  CHECK(watching.View().versions->shown == 1U);
  watching.Do(ui::WindowCommand{ui::ShowVersionDifference{2}});
  CHECK(watching.View().playhead.step == 70);  // that episode is on its way
  watching.session.OnEpisodeLoaded(SceneOf(9), {Steps(9, 0, 50)});
  watching.Frame();
  CHECK(watching.View().playhead.episode == EpisodeId{9});
  CHECK(watching.View().playhead.step == 5);
  watching.Do(ui::WindowCommand{ui::GoToVersionDifference{+1}});
  CHECK(watching.View().playhead.step == 40);  // and round again
}

}  // namespace
}  // namespace lookout::app
