// The new-ways worker: the thread that plays two agents and finds what the second does newly. It
// rests while nobody asks. Its methods may be called by any thread, its news is read by one.
#pragma once

#include <cstdint>
#include <utility>

#include "app/unblocked/measure_unblocked.h"
#include "app/workers/new_ways/new_ways_request.h"
#include "app/workers/player/agent_finder.h"
#include "app/workers/runtime/answering_thread.h"
#include "sim/environment/camera_renderer.h"

namespace lookout::app {

class NewWaysWorker {
 public:
  // cameras: what draws for robots that observe through their camera.
  NewWaysWorker(AgentFinder agents, sim::CameraFactory cameras);

  // See AnsweringThread.
  void Ask(NewWaysRequest request) { thread_.Ask(std::move(request)); }
  void Abandon(std::int64_t next_number) { thread_.Abandon(next_number); }
  Mailbox<NewWaysNews>& news() { return thread_.news(); }
  void RequestStop() { thread_.RequestStop(); }

 private:
  using Thread = AnsweringThread<NewWaysRequest, NewWaysNews>;
  Result<UnblockedQuestion> QuestionOf(const NewWaysRequest& request) const;
  NewWaysNews Answer(const NewWaysRequest& request, const Thread::Watch& watch) const;

  AgentFinder agents_;
  sim::CameraFactory cameras_;
  Thread thread_;  // last: joins first
};

}  // namespace lookout::app
