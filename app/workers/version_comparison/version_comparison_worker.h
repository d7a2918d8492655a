// The version comparison worker: the thread that compares two versions of the cost model. It rests
// while nobody asks. Its methods may be called by any thread, its outputs are read by one.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <variant>

#include "app/workers/runtime/cost_model_registry.h"
#include "app/workers/runtime/mailbox.h"
#include "app/workers/version_comparison/version_comparer.h"

namespace lookout::app {

// What came of a comparison.
struct VersionsMeasured {
  std::int64_t number = 0;
  std::shared_ptr<const ui::VersionsCompared> compared;  // null: there is a problem
  std::string problem;
};

// From that number on comparisons are wanted; what is under way is abandoned.
struct AbandonVersionComparison {
  std::int64_t next_number = 0;
};

using VersionMessage = std::variant<BeginVersionComparison, EpisodeToCompare,
                                    FinishVersionComparison, AbandonVersionComparison>;

class VersionComparisonWorker {
 public:
  explicit VersionComparisonWorker(const CostModelRegistry& cost_models);

  // Returns at once. The beginning of a comparison abandons those with smaller numbers.
  void Tell(VersionMessage message);
  Mailbox<VersionsMeasured>& measured() { return measured_; }
  // Asks the thread to end, which the destructor waits for.
  void RequestStop() { thread_.request_stop(); }

 private:
  void Run(const std::stop_token& stop);
  void On(const BeginVersionComparison& begin);
  void On(const EpisodeToCompare& episode);
  void On(const FinishVersionComparison& finish);
  void On(const AbandonVersionComparison& /*abandon*/) { comparer_.reset(); }
  void Fail(std::int64_t number, std::string problem);

  const CostModelRegistry& cost_models_;
  std::atomic<std::int64_t> wanted_ = 0;  // the least number that is
  Mailbox<VersionMessage> messages_;
  Mailbox<VersionsMeasured> measured_;
  std::optional<VersionComparer> comparer_;  // of the worker's own thread
  std::jthread thread_;                      // last: joins first
};

}  // namespace lookout::app
