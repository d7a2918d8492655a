// The cost models in use: every version, and for each observation the one that predicts from it.
// The fitter puts them here; whoever predicts takes the one that fits. Any number of threads.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <vector>

#include "agents/feedback/models/cost_model.h"
#include "sim/base/ids.h"
#include "sim/environment/observation_signature.h"

namespace lookout::app {

class CostModelRegistry {
 public:
  // One more version; the newest is that with the greatest id.
  void Add(agents::CostModelPtr model);
  // For such observations that version is in use, whichever is newer; 0: the newest is, again.
  void Use(const sim::ObservationSignature& observed, CostModelId id);
  // Where it was in use, the newest is.
  void Remove(CostModelId id);

  // The model in use for such observations: the one chosen, or the newest that fits (see
  // CostModel::Fits); null if none does.
  agents::CostModelPtr For(const sim::ObservationSignature& observed) const;
  // That version; null if it is not here.
  agents::CostModelPtr Find(CostModelId id) const;
  // Rises whenever For may have another answer.
  std::int64_t changes() const { return changes_.load(std::memory_order_acquire); }

 private:
  struct Choice {
    sim::ObservationSignature observed;
    CostModelId id;
  };

  agents::CostModelPtr FindLocked(CostModelId id) const;

  mutable std::mutex mutex_;
  std::vector<agents::CostModelPtr> models_;  // by id
  std::vector<Choice> choices_;
  std::atomic<std::int64_t> changes_{0};
};

}  // namespace lookout::app
