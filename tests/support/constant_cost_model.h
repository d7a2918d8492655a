// A cost model that says the same of every step. Any thread.
#pragma once

#include <string>
#include <utility>

#include "agents/feedback/models/cost_model.h"

namespace lookout::test {

class ConstantCostModel : public agents::CostModel {
 public:
  ConstantCostModel(sim::ObservationSignature signature, float probability, float spread)
      : signature_(std::move(signature)), probability_(probability), spread_(spread) {}

  CostModelId id() const override { return CostModelId{1}; }
  int observation_dim() const override { return signature_.observation_dim(); }
  const agents::CostModelReport& report() const override { return report_; }
  const sim::ObservationSignature& signature() const override { return signature_; }
  void Predict(const agents::Transitions& /*transitions*/, Eigen::Ref<Eigen::VectorXf> probability,
               Eigen::Ref<Eigen::VectorXf> spread) const override {
    probability.setConstant(probability_);
    spread.setConstant(spread_);
  }
  std::string Encode() const override { return {}; }

 private:
  sim::ObservationSignature signature_;
  agents::CostModelReport report_;
  float probability_;
  float spread_;
};

}  // namespace lookout::test
