#include "agents/feedback/models/cost_reading.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace lookout::agents {
namespace {

class ReadCostModel : public CostModel {
 public:
  ReadCostModel(CostModelPtr model, const CostUse& use) : model_(std::move(model)), use_(use) {}

  CostModelId id() const override { return model_->id(); }
  int observation_dim() const override { return model_->observation_dim(); }
  PastInputs past_inputs() const override { return model_->past_inputs(); }
  const CostModelReport& report() const override { return model_->report(); }
  const sim::ObservationSignature& signature() const override { return model_->signature(); }
  bool Fits(const sim::ObservationSignature& observed) const override {
    return model_->Fits(observed);
  }
  const CostEnsemble* ensemble() const override { return model_->ensemble(); }
  bool knows_support() const override { return model_->knows_support(); }
  void Support(const Transitions& transitions, Eigen::Ref<Eigen::VectorXf> support) const override {
    model_->Support(transitions, support);
  }
  std::string Encode() const override { return model_->Encode(); }

  void Predict(const Transitions& transitions, Eigen::Ref<Eigen::VectorXf> probability,
               Eigen::Ref<Eigen::VectorXf> spread) const override {
    CostModelWorkspace workspace;
    PredictWith(workspace, transitions, probability, spread);
  }

  void PredictWith(CostModelWorkspace& workspace, const Transitions& transitions,
                   Eigen::Ref<Eigen::VectorXf> probability,
                   Eigen::Ref<Eigen::VectorXf> spread) const override {
    if (use_.danger == 0) {
      model_->PredictWith(workspace, transitions, probability, spread);
    } else {
      model_->PredictClassWith(workspace, use_.danger, transitions, probability, spread);
    }
    Eigen::VectorXf support = Eigen::VectorXf::Ones(probability.size());
    if (use_.reading == CostReading::kUnknownUnsafe) model_->Support(transitions, support);
    for (Eigen::Index i = 0; i < probability.size(); ++i) {
      probability[i] = CostUsed(use_, {probability[i], spread[i]}, support[i]);
    }
  }

 private:
  CostModelPtr model_;
  CostUse use_;
};

}  // namespace

std::span<const Choice<CostReading>> Choices(CostReading /*kind*/) {
  static constexpr std::array<Choice<CostReading>, 3> kChoices{
      {{CostReading::kMean, "mean"},
       {CostReading::kCautious, "cautious"},
       {CostReading::kUnknownUnsafe, "unknown-unsafe"}}};
  return kChoices;
}

float CostUsed(const CostUse& use, const CostPrediction& prediction, float support) {
  const float mean = prediction.probability;
  if (!(mean >= 0.0F)) return mean;
  switch (use.reading) {
    case CostReading::kCautious:
      return std::min(1.0F, mean + static_cast<float>(use.caution) * prediction.spread);
    case CostReading::kUnknownUnsafe:
      return std::max(mean, 1.0F - support / kUnknownBelow);
    case CostReading::kMean:
      break;
  }
  return mean;
}

bool HasHead(const CostModel& model, DangerClass danger) {
  return danger == 0 || std::ranges::find(model.classes(), danger) != model.classes().end();
}

Result<CostModelPtr> ReadWith(CostModelPtr model, const CostUse& use) {
  if (!model || (use.reading == CostReading::kMean && use.danger == 0)) return model;
  if (!HasHead(*model, use.danger)) {
    return BadInput(
        fmt::format("The cost model knows no class {} of danger by itself; mark more of it, and of "
                    "another one, "
                    "and fit it again, or read its total.",
                    use.danger));
  }
  if (use.reading == CostReading::kUnknownUnsafe && !model->knows_support()) {
    return BadInput(
        "The cost model does not say where it knows nothing, so that cannot count as unsafe; fit "
        "it again, or use the reading mean or cautious.");
  }
  return CostModelPtr(std::make_shared<ReadCostModel>(std::move(model), use));
}

}  // namespace lookout::agents
