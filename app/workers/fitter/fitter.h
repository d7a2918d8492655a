// The fitter: the thread that turns marks into cost models. Fits by itself a second after the last
// change (unless told not to) and on request. Its methods may be called by any thread, its outputs
// are read by one (the models by any).
#pragma once

#include <functional>
#include <stop_token>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include "agents/feedback/fitting/cost_model_fit.h"
#include "app/workers/fitter/fit_job.h"
#include "app/workers/fitter/fit_request.h"
#include "app/workers/runtime/cost_model_registry.h"

namespace lookout::app {

class Fitter {
 public:
  Fitter(FitterOptions options, CostModelRegistry& cost_models, NoticeBoard& notices);

  void Send(FitterMessage message) { messages_.Put(std::move(message)); }
  // Asks the thread to end.
  void RequestStop() { thread_.request_stop(); }
  // Ends the thread; what it said stays to be read. The destructor does so too.
  void Join();

  LatestValue<ui::FitSnapshot>& snapshot() { return snapshot_; }
  Mailbox<FitterEvent>& events() { return events_; }

 private:
  void Run(const std::stop_token& stop, FitJob& job);

  Mailbox<FitterMessage> messages_;
  LatestValue<ui::FitSnapshot> snapshot_;
  Mailbox<FitterEvent> events_;
  std::jthread thread_;  // last: joins first
};

}  // namespace lookout::app
