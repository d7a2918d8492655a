// The inspector: the thread that explains why a cost model judges the moment on screen as it does,
// or why a policy acts there as it does. It rests while nobody asks. Its methods may be called by
// any thread, its answers are read by one.
#pragma once

#include <atomic>
#include <cstdint>
#include <stop_token>
#include <string>
#include <thread>

#include "app/workers/inspector/moment_explainer.h"
#include "app/workers/runtime/mailbox.h"

namespace lookout::app {

class Inspector {
 public:
  explicit Inspector(EnvironmentFactory factory);

  // Returns at once, as all here. A moment to be explained, or an episode to be prepared for,
  // abandons all that was asked before. A moment is told twice where there are labels: without them
  // as soon as that is done, then with them.
  void Ask(InspectorMessage message);
  // What is under way is abandoned, and all that has a smaller number; of it nothing is told.
  void Abandon(std::int64_t next_number) { wanted_ = next_number; }
  Mailbox<InspectorAnswer>& answers() { return answers_; }
  // Asks the thread to end, which the destructor waits for.
  void RequestStop() { thread_.request_stop(); }

 private:
  void Run(const std::stop_token& stop, EnvironmentFactory factory);
  void On(const ExplainRequest& request, const agents::KeepGoing& keep_going,
          MomentExplainer& explainer);
  void On(const CheckRequest& request, const agents::KeepGoing& keep_going,
          MomentExplainer& explainer);
  void On(const SensorRequest& request, const agents::KeepGoing& keep_going,
          MomentExplainer& explainer);
  void On(const PrepareRequest& request, const agents::KeepGoing& keep_going,
          MomentExplainer& explainer);

  std::atomic<std::int64_t> wanted_ = 0;  // the least number that is
  Mailbox<InspectorMessage> messages_;
  Mailbox<InspectorAnswer> answers_;
  std::jthread thread_;  // last: joins first
};

}  // namespace lookout::app
