// A cost model whose answers are known: the first number of what is observed after the step. Any
// thread.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "agents/feedback/models/cost_model.h"

namespace lookout::test {

class FirstValueModel : public agents::CostModel {
 public:
  FirstValueModel(int observation_dim, float spread) : dim_(observation_dim), spread_(spread) {}
  explicit FirstValueModel(sim::ObservationSignature signature)
      : dim_(signature.observation_dim()), signature_(std::move(signature)) {}

  CostModelId id() const override { return CostModelId{1}; }
  int observation_dim() const override { return dim_; }
  const agents::CostModelReport& report() const override { return report_; }
  const sim::ObservationSignature& signature() const override { return signature_; }
  void Predict(const agents::Transitions& transitions, Eigen::Ref<Eigen::VectorXf> probability,
               Eigen::Ref<Eigen::VectorXf> spread) const override {
    probability = transitions.next_observations.row(0).transpose();
    spread.setConstant(spread_);
  }
  std::string Encode() const override { return {}; }

 private:
  int dim_;
  float spread_ = 0.0F;
  sim::ObservationSignature signature_;
  agents::CostModelReport report_;
};

}  // namespace lookout::test
