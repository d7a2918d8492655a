#include "agents/inspect/unblocked/novelty.h"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/agents/inspect/unblocked/planted_support.h"

namespace lookout::agents {
namespace {

using test::PlantedAll;

TEST_CASE("clips cover an episode, and a short rest joins the last one") {
  std::vector<BehaviourEpisode> episodes;
  for (const int steps : {50, 60, 65, 5, 0}) {
    episodes.push_back({.observations = Eigen::MatrixXf::Zero(1, steps)});
  }
  const std::vector<Clip> clips = CutClips(episodes, 25);
  REQUIRE(clips.size() == 8);
  CHECK(clips[1].last == 50);
  CHECK(clips[3].first == 26);
  CHECK(clips[3].last == 60);  // 10 steps more
  CHECK(clips[6].first == 51);
  CHECK(clips[6].last == 65);  // 15 are enough
  CHECK(clips[7].episode == 3);
  CHECK(clips[7].last == 5);
}

TEST_CASE("the distance to the k-th nearest, by hand") {
  Eigen::MatrixXf columns(2, 3);
  columns << 3, 0, 6, 4, 1, 8;
  const Eigen::Vector2f origin = Eigen::Vector2f::Zero();
  CHECK(NeighbourDistance(origin, columns, 1) == doctest::Approx(1.0));
  CHECK(NeighbourDistance(origin, columns, 2) == doctest::Approx(5.0));
  CHECK(NeighbourDistance(origin, columns, 9) == doctest::Approx(10.0));
  CHECK(std::isinf(NeighbourDistance(origin, Eigen::MatrixXf(2, 0), 1)));
}

TEST_CASE("what never changed before and does now is new, what never changes says nothing") {
  const auto before = PlantedAll(1, 8, {{.at = 0.0F, .steps = 50}});
  auto after = PlantedAll(51, 4, {{.at = 0.0F, .steps = 50}});
  const std::vector<Clip> clips = CutClips(after, 25);
  const Novelty same(before, after, {});
  for (const double distance : same.Of(after, clips)) CHECK(distance < 2.0 * same.threshold());
  for (BehaviourEpisode& episode : after) episode.observations.row(2).setConstant(9.0F);
  const Novelty novelty(before, after, {});
  for (const double distance : novelty.Of(after, clips)) CHECK(distance > novelty.threshold());
}

TEST_CASE("the threshold is what the stated share of the held-out clips exceeds") {
  const auto before = PlantedAll(1, 80, {{.at = 0.0F, .steps = 100}});
  std::vector<BehaviourEpisode> held_out;
  for (std::size_t k = 1; k < before.size(); k += 2) held_out.push_back(before[k]);
  NoveltySettings settings;
  settings.false_share = 0.05;
  const Novelty novelty(before, {}, settings);
  int above = 0;
  const std::vector<Clip> clips = CutClips(held_out, settings.clip_steps);
  for (const double distance : novelty.Of(held_out, clips)) {
    above += distance > novelty.threshold() ? 1 : 0;
  }
  CHECK(clips.size() == 160);
  CHECK(above == 8);
}

}  // namespace
}  // namespace lookout::agents
