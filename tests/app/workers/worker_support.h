// What the tests of the workers share: waiting for threads, putting recordings together, comparing
// them bit for bit, and a cost model whose answer is known.
#pragma once

#include <Eigen/Core>
#include <chrono>
#include <functional>
#include <map>
#include <vector>

#include "agents/feedback/models/cost_model.h"
#include "app/workers/player/player_event.h"

namespace lookout::app {

// Looks every millisecond until it holds; false after the limit.
bool Eventually(const std::function<bool()>& holds,
                std::chrono::milliseconds limit = std::chrono::seconds(20));

// A listener that puts together what the player says, and checks that nothing is lost on the way.
class Recordings {
 public:
  void Take(Mailbox<PlayerEvent>& events);
  void Add(const PlayerEvent& event);

  struct Episode {
    ui::EpisodeScenePtr scene;
    std::vector<sim::StepRecord> steps;
    std::vector<sim::ChunkPtr> chunks;
    bool finished() const { return !steps.empty() && sim::IsDone(steps.back().status); }
  };
  const std::map<EpisodeId, Episode>& episodes() const { return episodes_; }
  const Episode& At(std::int64_t id) const { return episodes_.at(EpisodeId{id}); }
  bool Has(std::int64_t id, std::size_t steps) const;
  bool Finished(std::int64_t id) const;
  bool in_order() const { return in_order_; }
  std::size_t total_steps() const;
  const std::vector<std::vector<EpisodeId>>& played_through() const { return played_through_; }

 private:
  std::map<EpisodeId, Episode> episodes_;
  std::vector<std::vector<EpisodeId>> played_through_;
  bool in_order_ = true;  // every chunk continued its episode, which was announced before
};

// Everything that the simulation decided is the same, to the last bit.
bool SameStep(const sim::StepRecord& left, const sim::StepRecord& right);
bool SameSteps(const std::vector<sim::StepRecord>& left, const std::vector<sim::StepRecord>& right);

// Calls a state unsafe with the probability that its first number says.
class KnownCostModel : public agents::CostModel {
 public:
  KnownCostModel(std::int64_t id, int observation_dim, sim::ObservationSignature signature = {})
      : id_{id}, observation_dim_(observation_dim), signature_(std::move(signature)) {}
  CostModelId id() const override { return id_; }
  int observation_dim() const override { return observation_dim_; }
  const sim::ObservationSignature& signature() const override { return signature_; }
  const agents::CostModelReport& report() const override { return report_; }
  void Predict(const agents::Transitions& transitions, Eigen::Ref<Eigen::VectorXf> probability,
               Eigen::Ref<Eigen::VectorXf> spread) const override {
    probability = transitions.next_observations.row(0).transpose();
    spread.setConstant(0.25F);
  }
  std::string Encode() const override { return "known"; }

 private:
  CostModelId id_;
  int observation_dim_;
  sim::ObservationSignature signature_;
  agents::CostModelReport report_;
};

}  // namespace lookout::app
