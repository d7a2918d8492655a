#include "app/workers/player/account_keeper.h"

namespace lookout::app {

agents::LedgerCounts AccountKeeper::Side::Total() const {
  agents::LedgerCounts total = before;
  return total += ledger.Total();
}

void AccountKeeper::Add(EpisodeId episode, const agents::OverseenStep& step, bool overseen) {
  if (episode != episode_) {
    for (Side& side : sides_) side = {.before = side.Total(), .ledger = {}, .begun = false};
    episode_ = episode;
  }
  Side& side = sides_[overseen ? 1 : 0];
  if (!side.begun) side.ledger.BeginEpisode();
  side.begun = true;
  side.ledger.Add(step);
  changed_ = true;
}

const std::shared_ptr<const ui::OversightAccount>& AccountKeeper::Newest(SteadyTime now,
                                                                         bool whole) {
  if (!changed_) return newest_;
  if (!whole && newest_ && SecondsOf(now - copied_at_) < kInterval_s) return newest_;
  changed_ = false;
  copied_at_ = now;
  newest_ = std::make_shared<const ui::OversightAccount>(
      ui::OversightAccount{.alone = sides_[0].Total(), .overseen = sides_[1].Total()});
  return newest_;
}

}  // namespace lookout::app
