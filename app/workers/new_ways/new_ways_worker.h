// The new-ways worker: the thread that plays two agents and finds what the second does newly. It
// rests while nobody asks. Its methods may be called by any thread, its news is read by one.
#pragma once

#include <atomic>
#include <cstdint>
#include <stop_token>
#include <thread>

#include "app/unblocked/measure_unblocked.h"
#include "app/workers/new_ways/new_ways_request.h"
#include "app/workers/player/agent_finder.h"
#include "app/workers/runtime/mailbox.h"
#include "sim/environment/camera_renderer.h"

namespace lookout::app {

class NewWaysWorker {
 public:
  // cameras: what draws for robots that observe through their camera.
  NewWaysWorker(AgentFinder agents, sim::CameraFactory cameras);

  // Returns at once; what was asked before is abandoned, and nothing more is told of it.
  void Ask(NewWaysRequest request);
  // What has a smaller number is abandoned.
  void Abandon(std::int64_t next_number) { wanted_ = next_number; }
  Mailbox<NewWaysNews>& news() { return news_; }
  // Asks the thread to end, which the destructor waits for.
  void RequestStop() { thread_.request_stop(); }

 private:
  void Run(const std::stop_token& stop);
  Result<UnblockedQuestion> QuestionOf(const NewWaysRequest& request) const;
  void Answer(const NewWaysRequest& request, const std::stop_token& stop);

  AgentFinder agents_;
  sim::CameraFactory cameras_;
  std::atomic<std::int64_t> wanted_ = 0;  // the least number that is
  Mailbox<NewWaysRequest> requests_;
  Mailbox<NewWaysNews> news_;
  std::jthread thread_;  // last: joins first
};

}  // namespace lookout::app
