// The new-ways worker in a real environment, with agents that go different ways.
#include "app/workers/new_ways/new_ways_worker.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

#include "app/platform/files.h"
#include "sim/config/config_file.h"
#include "tests/app/workers/worker_support.h"
#include "tests/support/contains.h"

namespace lookout::app {
namespace {

struct Ways {
  PublishedPtr<TrainedPolicy> newest;
  NewWaysWorker worker{{newest,
                        [](const std::string& name) -> Result<std::string> {
                          return BadInput("There is no policy '" + name + "'.");
                        }},
                       {}};
  std::vector<NewWaysNews> told;

  void Ask(std::int64_t number, ui::SetAgent before, ui::SetAgent after) {
    auto config = sim::LoadConfig(FindAsset("environments/three_ways.json")->string());
    REQUIRE(config.ok());
    worker.Ask({.number = number,
                .environment = std::move(*config),
                .before = std::move(before),
                .after = std::move(after),
                .model = nullptr,
                .labels = {},
                .episodes = 6});
  }
  // The last word of that number.
  const NewWaysNews* End(std::int64_t number) {
    std::vector<NewWaysNews> news;
    const auto has_ended = [&] {
      worker.news().Take(news);
      std::ranges::move(news, std::back_inserter(told));
      return !told.empty() && told.back().number == number &&
             (told.back().found != nullptr || !told.back().problem.empty());
    };
    // It yields to all else on the machine.
    const bool ended = Eventually(has_ended, std::chrono::minutes(3));
    return ended ? &told.back() : nullptr;
  }
};

const ui::SetAgent kCareful{ui::AgentKind::kCareful, {}};
const ui::SetAgent kGoTo{ui::AgentKind::kGoToGoal, {}};

TEST_CASE_FIXTURE(Ways, "who drives through what was kept clear of is told, with its episodes") {
  Ask(1, kCareful, kGoTo);
  const NewWaysNews* end = End(1);
  REQUIRE(end != nullptr);
  REQUIRE_MESSAGE(end->found != nullptr, end->problem);
  CHECK(told.size() > 2);  // and how far it had come
  const ui::NewWays& ways = *end->found;
  CHECK(ways.before_episodes == 6);
  REQUIRE_FALSE(ways.report.ways.empty());
  CHECK(Contains(ways.places[0], "Near hazards"));
  for (const agents::NewClip& clip : ways.report.ways[0].clips) {
    CHECK(std::ranges::any_of(end->recorded, [&](const RecordedEpisode& episode) {
      return episode.header.seed == clip.seed;
    }));
  }
}

TEST_CASE_FIXTURE(Ways, "who cannot play is named plainly") {
  Ask(1, kCareful, {ui::AgentKind::kNamedPolicy, "nobody"});
  REQUIRE(End(1) != nullptr);
  CHECK(Contains(told.back().problem, "nobody"));
  Ask(2, {ui::AgentKind::kHuman, {}}, kGoTo);
  REQUIRE(End(2) != nullptr);
  CHECK(Contains(told.back().problem, "person"));
}

TEST_CASE_FIXTURE(Ways, "another question takes the place of the one before, and abandons it") {
  Ask(1, kCareful, kGoTo);
  Ask(2, kGoTo, {ui::AgentKind::kNamedPolicy, "nobody"});
  REQUIRE(End(2) != nullptr);
  CHECK(std::ranges::none_of(
      told, [](const NewWaysNews& news) { return news.number == 1 && news.found != nullptr; }));
  worker.Abandon(3);
}

}  // namespace
}  // namespace lookout::app
