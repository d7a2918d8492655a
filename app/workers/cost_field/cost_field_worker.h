// The cost_field_worker: the thread that computes the cost field on the floor for the newest moment
// shown. It rests while nobody asks. Its methods may be called by any thread, its output is read by
// one.
#pragma once

#include <stop_token>
#include <string>
#include <thread>
#include <utility>

#include "app/workers/cost_field/cost_field_sampler.h"
#include "app/workers/runtime/cost_model_registry.h"
#include "app/workers/runtime/latest_value.h"
#include "app/workers/runtime/notice.h"

namespace lookout::app {

class CostFieldWorker {
 public:
  CostFieldWorker(EnvironmentFactory factory, const CostModelRegistry& cost_models,
                  NoticeBoard& notices);

  // Asks for the field at this moment with the newest cost model; replaces what was asked before.
  // Asking the same again costs next to nothing.
  void Ask(CostFieldRequest request) { requests_.Put(std::move(request)); }
  // Asks the thread to end.
  void RequestStop() { thread_.request_stop(); }
  // Ends the thread; what it said stays to be read. The destructor does so too.
  void Join();

  LatestValue<ui::FieldSnapshot>& snapshot() { return snapshot_; }

 private:
  void Run(const std::stop_token& stop, EnvironmentFactory factory);
  // Publishes the answer; says once what is in the way of one.
  void RequestCostField(CostFieldSampler& survey, const CostFieldRequest& request,
                        const agents::CostModel* model);

  const CostModelRegistry& cost_models_;
  NoticeBoard& notices_;
  Mailbox<CostFieldRequest> requests_;
  LatestValue<ui::FieldSnapshot> snapshot_;
  std::string last_problem_;  // of the cost_field_worker's own thread
  std::jthread thread_;       // last: joins first
};

}  // namespace lookout::app
