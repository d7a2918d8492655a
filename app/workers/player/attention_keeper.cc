#include "app/workers/player/attention_keeper.h"

#include <algorithm>
#include <utility>

namespace lookout::app {

void AttentionKeeper::Begin(EpisodeId episode) {
  track_ = {.episode = episode, .moments = {}};
  shared_.reset();
}

void AttentionKeeper::Add(StepIndex step, agents::Attention attention) {
  if (attention.weights.cols() == 0) return;
  auto moment = std::make_shared<ui::AttentionMoment>();
  // Of its own decisions alone it is known when they were made.
  const auto known =
      std::min<Eigen::Index>(attention.weights.cols(), std::ssize(track_.moments) + 1);
  moment->step = step;
  moment->attention = {attention.layers, attention.weights.rightCols(known)};
  for (auto i = std::ssize(track_.moments) - known + 1; i < std::ssize(track_.moments); ++i) {
    moment->attended.push_back(track_.moments[static_cast<std::size_t>(i)]->step);
  }
  moment->attended.push_back(step);
  track_.moments.push_back(std::move(moment));
}

std::shared_ptr<const ui::AttentionTrack> AttentionKeeper::Share() {
  if (track_.moments.empty()) return nullptr;
  if (!shared_ || shared_->moments.size() != track_.moments.size()) {
    shared_ = std::make_shared<const ui::AttentionTrack>(track_);
  }
  return shared_;
}

}  // namespace lookout::app
