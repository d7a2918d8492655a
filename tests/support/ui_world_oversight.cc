// A world in which somebody oversees. Part of ui_world.h.
#include <memory>
#include <utility>

#include "tests/support/ui_world.h"

namespace lookout::ui {

void UiWorld::Block(const std::string& overseer, const std::string& reason,
                    sim::ActionSource source, StepIndex steps) {
  const auto name = std::make_shared<const std::string>(overseer);
  const auto why = std::make_shared<const std::string>(reason);
  const EpisodeTrack* track = episodes.Find(player.episode);
  const sim::StepRecord before = track->step(track->steps() - 1);
  for (StepIndex i = 0; i < steps; ++i) {
    auto chunk = std::make_shared<sim::RecordingChunk>();
    chunk->episode = player.episode;
    chunk->first_step = ++player.step;
    chunk->steps = {before};
    sim::StepRecord& step = chunk->steps[0];
    step.overseer = name;
    step.reason = why;
    step.source = source;
    step.proposed_action = Eigen::Vector2f(1.0F, 0.25F);
    step.executed_action = Eigen::Vector2d(-0.8, 0.0);
    player.now = step;
    episodes.Append(std::move(chunk));
  }
  playhead.step = player.step;
}

}  // namespace lookout::ui
