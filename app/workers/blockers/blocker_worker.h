// The blocker worker: the thread that measures learned blockers on recorded steps. It rests while
// nobody asks. Its methods may be called by any thread, its outputs are read by one.
#pragma once

#include <stop_token>
#include <thread>
#include <utility>

#include "app/workers/blockers/measure_blocker.h"
#include "app/workers/runtime/mailbox.h"

namespace lookout::app {

class BlockerWorker {
 public:
  BlockerWorker();

  // Returns at once; only the newest of several requests is answered.
  void Ask(BlockerRequest request) { requests_.Put(std::move(request)); }
  Mailbox<ui::BlockerOnScreen>& measured() { return measured_; }
  // Asks the thread to end, which the destructor waits for.
  void RequestStop() { thread_.request_stop(); }

 private:
  void Run(const std::stop_token& stop);

  Mailbox<BlockerRequest> requests_;
  Mailbox<ui::BlockerOnScreen> measured_;
  std::jthread thread_;  // last: joins first
};

}  // namespace lookout::app
