// The cost_field_worker: the thread that computes the cost field on the floor for the newest moment
// shown, and what the present cost model predicts for an episode that is reviewed. It rests while
// nobody asks. Its methods may be called by any thread, its outputs are read by one.
#pragma once

#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <variant>

#include "app/workers/cost_field/cost_field_sampler.h"
#include "app/workers/cost_field/episode_prediction.h"
#include "app/workers/runtime/cost_model_registry.h"
#include "app/workers/runtime/latest_value.h"
#include "app/workers/runtime/mailbox.h"
#include "app/workers/runtime/notice.h"

namespace lookout::app {

class CostFieldWorker {
 public:
  CostFieldWorker(EnvironmentFactory factory, const CostModelRegistry& cost_models,
                  NoticeBoard& notices);

  // Asks for the field at this moment with the newest cost model; replaces what was asked before.
  // Asking the same again costs next to nothing.
  void Ask(CostFieldRequest request) { requests_.Put(std::move(request)); }
  // Asks for what a model predicts for an episode; every such question is answered, in order.
  void Ask(PredictRequest request) { requests_.Put(std::move(request)); }
  // Asks the thread to end.
  void RequestStop() { thread_.request_stop(); }
  // Ends the thread; what it said stays to be read. The destructor does so too.
  void Join();

  LatestValue<ui::FieldSnapshot>& snapshot() { return snapshot_; }
  Mailbox<EpisodePredictions>& predictions() { return predictions_; }

 private:
  using Request = std::variant<CostFieldRequest, PredictRequest>;

  void Run(const std::stop_token& stop, EnvironmentFactory factory);
  void Predict(const PredictRequest& request);
  // Publishes the answer; says once what is in the way of one.
  void RequestCostField(CostFieldSampler& survey, const CostFieldRequest& request,
                        const agents::CostModel* model, const agents::CostModel* total);

  const CostModelRegistry& cost_models_;
  NoticeBoard& notices_;
  Mailbox<Request> requests_;
  LatestValue<ui::FieldSnapshot> snapshot_;
  Mailbox<EpisodePredictions> predictions_;
  agents::CostModelWorkspace workspace_;  // of the cost_field_worker's own thread
  std::string last_problem_;              // of the cost_field_worker's own thread
  std::jthread thread_;                   // last: joins first
};

}  // namespace lookout::app
