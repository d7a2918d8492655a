// The hard-worlds worker: the thread that searches for worlds in which an agent comes to harm. It
// rests while nobody asks. Its methods may be called by any thread, its news is read by one.
#pragma once

#include <cstdint>
#include <utility>

#include "app/workers/hard_worlds/hard_worlds_request.h"
#include "app/workers/runtime/answering_thread.h"
#include "sim/environment/camera_renderer.h"

namespace lookout::app {

class HardWorldsWorker {
 public:
  // cameras: what draws for robots that observe through their camera.
  explicit HardWorldsWorker(sim::CameraFactory cameras);

  // See AnsweringThread.
  void Ask(HardWorldsRequest request) { thread_.Ask(std::move(request)); }
  void Abandon(std::int64_t next_number) { thread_.Abandon(next_number); }
  Mailbox<HardWorldsNews>& news() { return thread_.news(); }
  void RequestStop() { thread_.RequestStop(); }

 private:
  AnsweringThread<HardWorldsRequest, HardWorldsNews> thread_;
};

}  // namespace lookout::app
