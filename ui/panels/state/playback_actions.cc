#include "ui/panels/state/playback_actions.h"

#include "ui/commands.h"
#include "ui/panels/state/inputs/speeds.h"

namespace lookout::ui {
namespace {

void Forward(const ActionContext& c, StepIndex steps) {
  if (c.snapshots.playhead.live) {
    c.sender.Send(StepForward{steps});
  } else {
    c.sender.Send(SeekBy{steps});
  }
}

}  // namespace

void PlayPause(const ActionContext& c) { c.sender.Send(SetPlaying{!c.snapshots.playing()}); }

void OneForward(const ActionContext& c) { Forward(c, 1); }
void TenForward(const ActionContext& c) { Forward(c, 10); }
void OneBack(const ActionContext& c) { c.sender.Send(SeekBy{-1}); }
void TenBack(const ActionContext& c) { c.sender.Send(SeekBy{-10}); }

std::string WhyNotForward(const ActionContext& c) {
  const bool runs = c.snapshots.playhead.live && c.snapshots.player.playing;
  return runs ? "The episode is running: pause it to step forward" : "";
}

void Reset(const ActionContext& c) { c.sender.Send(ResetEpisode{ResetEpisode::Seed::kSame}); }
void NextSeed(const ActionContext& c) { c.sender.Send(ResetEpisode{ResetEpisode::Seed::kNext}); }

void Faster(const ActionContext& c) {
  c.sender.Send(SetSpeed{NextSpeed(c.snapshots.player.target_speed, +1)});
}
void Slower(const ActionContext& c) {
  c.sender.Send(SetSpeed{NextSpeed(c.snapshots.player.target_speed, -1)});
}

void ToStart(const ActionContext& c) {
  const Playhead& playhead = c.snapshots.playhead;
  if (playhead.episode) c.sender.Send(Seek{playhead.episode, 0});
}

void ToEnd(const ActionContext& c) {
  const Playhead& playhead = c.snapshots.playhead;
  if (playhead.live) return;
  const EpisodeTrack* track = c.snapshots.shown_episode();
  const StepIndex last = track != nullptr ? track->steps() - 1 : 0;
  if (playhead.episode != c.snapshots.player.episode && playhead.step < last) {
    c.sender.Send(Seek{playhead.episode, last});
  } else {
    c.sender.Send(GoLive{});
  }
}

void BackToLive(const ActionContext& c) { c.sender.Send(GoLive{}); }

void ContinueHere(const ActionContext& c) {
  c.sender.Send(ContinueFrom{c.snapshots.playhead.episode, c.snapshots.playhead.step});
}

std::string WhyNotFromPast(const ActionContext& c) {
  return c.snapshots.playhead.live ? "The live moment is on screen: scrub back first" : "";
}

std::string WhyNotBackToLive(const ActionContext& c) {
  return c.snapshots.playhead.live ? "The live moment is on screen already" : "";
}

void SwapCompared(const ActionContext& c) { c.sender.Send(SwapComparison{}); }

std::string WhyNotSwap(const ActionContext& c) {
  return c.snapshots.comparison ? "" : "No two agents are compared: play both in Training first";
}

}  // namespace lookout::ui
