// A cost model that has nothing but a report, for panels that show it. Any thread.
#pragma once

#include <string>

#include "agents/feedback/models/cost_model.h"

namespace lookout::ui {

class ReportedModel : public agents::CostModel {
 public:
  CostModelId id() const override { return CostModelId{3}; }
  int observation_dim() const override { return 60; }
  const agents::CostModelReport& report() const override { return report_; }
  void Predict(const agents::Transitions&, Eigen::Ref<Eigen::VectorXf> probability,
               Eigen::Ref<Eigen::VectorXf> spread) const override {
    probability.setZero();
    spread.setZero();
  }
  std::string Encode() const override { return {}; }

 protected:
  agents::CostModelReport report_;
};

}  // namespace lookout::ui
