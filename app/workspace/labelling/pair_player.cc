#include "app/workspace/labelling/pair_player.h"

#include <cmath>

#include "ui/snapshots.h"

namespace lookout::app {
namespace {

// The longer clip rests at its end before both begin again, so that the end is seen.
constexpr StepIndex kRest_steps = 20;
constexpr double kFastest = 64.0;

}  // namespace

void PairPlayer::Show(const agents::Segment& first, const agents::Segment& second,
                      MarkId answered) {
  shown_ = ui::PairOnScreen{.first = first, .second = second, .answered = answered};
  fraction_steps_ = 0.0;
  spent_s_ = 0.0;
}

void PairPlayer::SetPlaying(bool playing) {
  if (shown_) shown_->playing = playing;
}

void PairPlayer::StepBy(StepIndex steps) {
  if (!shown_) return;
  const StepIndex length = shown_->length();
  shown_->playing = false;
  shown_->moment = ((shown_->moment + steps) % length + length) % length;
}

double PairPlayer::SpeedOf(double target_speed) {
  return target_speed == ui::kUnlimitedSpeed ? kFastest : target_speed;
}

void PairPlayer::Advance(const ui::EpisodeStore& store, double target_speed, double elapsed_s) {
  if (!shown_) return;
  const ui::EpisodeTrack* first = store.Find(shown_->first.episode);
  const ui::EpisodeTrack* second = store.Find(shown_->second.episode);
  shown_->loaded = first != nullptr && second != nullptr && shown_->first.last < first->steps() &&
                   shown_->second.last < second->steps();
  if (!shown_->loaded) return;
  spent_s_ += elapsed_s;
  if (!shown_->playing) return;
  const double steps =
      fraction_steps_ + elapsed_s * SpeedOf(target_speed) / first->scene().spec.step_duration_s;
  const double whole_steps = std::floor(steps);
  fraction_steps_ = steps - whole_steps;
  shown_->moment += static_cast<StepIndex>(whole_steps);
  if (shown_->moment >= shown_->length() + kRest_steps) shown_->moment = 0;
}

}  // namespace lookout::app
