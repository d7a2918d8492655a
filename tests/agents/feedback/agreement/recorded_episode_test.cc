#include "agents/feedback/agreement/recorded_episode.h"

#include <doctest/doctest.h>

#include <memory>

namespace lookout::agents {
namespace {

// Three steps of 30 ms, the second of which costs 2.
sim::RecordingChunk ThreeSteps(bool with_state) {
  sim::RecordingChunk chunk{.episode = {7}};
  for (int i = 0; i < 3; ++i) {
    sim::StepRecord& step = chunk.steps.emplace_back();
    step.costs.total = i == 1 ? 2.0 : 0.0;
    auto state = std::make_shared<sim::SimState>();
    state->time_s = 0.03 * i;
    if (with_state) step.state = std::move(state);
  }
  return chunk;
}

TEST_CASE("an episode's steps, their duration and the rule's cost come from its recording") {
  const auto chunk = std::make_shared<const sim::RecordingChunk>(ThreeSteps(true));
  const RecordedEpisode episode = DescribeRecorded({.id = {7}}, {{chunk}});
  CHECK(episode.id == EpisodeId{7});
  CHECK(episode.steps == 3);
  CHECK(episode.step_duration_s == doctest::Approx(0.03));
  CHECK(episode.rule_costs == std::vector<float>{0.0F, 2.0F, 0.0F});
}

TEST_CASE("an imported episode without any cost has no rule to agree with") {
  sim::RecordingChunk steps = ThreeSteps(false);
  const sim::EpisodeHeader header{.id = {7},
                                  .imported = sim::ImportedEpisode{.step_duration_s = 0.1}};
  const auto charged = std::make_shared<const sim::RecordingChunk>(steps);
  CHECK(DescribeRecorded(header, {{charged}}).rule_costs.size() == 3);
  steps.steps[1].costs.total = 0.0;
  const auto free_of_cost = std::make_shared<const sim::RecordingChunk>(steps);
  const RecordedEpisode episode = DescribeRecorded(header, {{free_of_cost}});
  CHECK(episode.rule_costs.empty());
  CHECK(episode.steps == 3);
  CHECK(episode.step_duration_s == 0.1);
}

}  // namespace
}  // namespace lookout::agents
