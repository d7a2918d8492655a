// The prover: the thread that searches for proofs and counterexamples of claims about a cost model,
// apart from the inspector's so that a moment is explained meanwhile. It rests while nobody asks.
// Its methods may be called by any thread, its news is read by one.
#pragma once

#include <atomic>
#include <cstdint>
#include <stop_token>
#include <thread>
#include <utility>

#include "app/workers/inspector/proof_request.h"
#include "app/workers/runtime/mailbox.h"

namespace lookout::app {

class Prover {
 public:
  explicit Prover(EnvironmentFactory factory);

  // Returns at once; what was asked before is abandoned, and nothing more is told of it.
  void Ask(ProofRequest request);
  // What has up to that number ends with what is known by then.
  void Stop(std::int64_t number) { stopped_ = number; }
  Mailbox<ProofNews>& news() { return news_; }
  // Asks the thread to end, which the destructor waits for.
  void RequestStop() { thread_.request_stop(); }

 private:
  void Run(const std::stop_token& stop, const EnvironmentFactory& factory);
  void Answer(const ProofRequest& request, const std::stop_token& stop,
              const EnvironmentFactory& factory);

  std::atomic<std::int64_t> wanted_ = 0;    // the least number that is
  std::atomic<std::int64_t> stopped_ = -1;  // the greatest that is to end
  Mailbox<ProofRequest> requests_;
  Mailbox<ProofNews> news_;
  std::jthread thread_;  // last: joins first
};

}  // namespace lookout::app
