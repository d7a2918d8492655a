#include "agents/feedback/models/cost_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "agents/feedback/models/cost_ensemble.h"

namespace lookout::agents {

struct CostModelWorkspace::Buffers {
  std::vector<int> sizes;        // layer sizes and members that the rest fits
  MlpWorkspace mlp;              // for kColumnBlock columns
  Eigen::MatrixXf inputs;        // [inputs x kColumnBlock], normalised
  Eigen::MatrixXf outputs;       // [members x kColumnBlock], logits, then probabilities
  std::vector<int> head_sizes;   // layer sizes of the heads that the rest fits
  MlpWorkspace heads;            // for kColumnBlock columns
  Eigen::MatrixXf head_outputs;  // as `outputs`, of one class
};

CostModelWorkspace::CostModelWorkspace() : buffers_(std::make_unique<Buffers>()) {}
CostModelWorkspace::~CostModelWorkspace() = default;
CostModelWorkspace::CostModelWorkspace(CostModelWorkspace&&) noexcept = default;
CostModelWorkspace& CostModelWorkspace::operator=(CostModelWorkspace&&) noexcept = default;

CostPrediction CostModel::PredictOne(const Eigen::VectorXf& observation) const {
  CostModelWorkspace workspace;
  return PredictOne(observation, workspace);
}

CostPrediction CostModel::PredictOne(const Eigen::VectorXf& observation,
                                     CostModelWorkspace& workspace) const {
  const Eigen::Map<const Eigen::MatrixXf> column(observation.data(), observation.size(), 1);
  CostPrediction prediction;
  PredictWith(workspace, column, Eigen::Map<Eigen::VectorXf>(&prediction.probability, 1),
              Eigen::Map<Eigen::VectorXf>(&prediction.spread, 1));
  return prediction;
}

const sim::ObservationSignature& CostModel::signature() const {
  static const sim::ObservationSignature kUnknown;
  return kUnknown;
}

bool CostModel::Fits(const sim::ObservationSignature& observed) const {
  return signature().empty() ? observation_dim() == observed.observation_dim()
                             : signature() == observed;
}

void CostModel::Support(const Transitions& /*transitions*/,
                        Eigen::Ref<Eigen::VectorXf> /*support*/) const {
  LOOKOUT_CHECK(knows_support(), "a cost model is asked for what it does not know");
}

void CostModel::PredictClassWith(CostModelWorkspace& /*workspace*/, DangerClass danger,
                                 const Transitions& /*transitions*/,
                                 Eigen::Ref<Eigen::VectorXf> /*probability*/,
                                 Eigen::Ref<Eigen::VectorXf> /*spread*/) const {
  LOOKOUT_CHECK(std::ranges::find(classes(), danger) != classes().end(),
                "a cost model is asked for a class that it has no head for");
}

Status CostModel::CheckFitsActions(const sim::EnvironmentSpec& spec) const {
  const int actions = past_inputs().action_dim;
  if (actions == 0 || actions == spec.action_dim) return {};
  return BadInput(
      fmt::format("The cost model does not fit {}: it looks at actions of {} values, not of {}. "
                  "Fit a cost model to this environment.",
                  spec.id, actions, spec.action_dim));
}

Status CostModel::CheckFits(const sim::EnvironmentSpec& spec) const {
  const sim::ObservationSignature observed = spec.signature();
  if (Fits(observed)) return CheckFitsActions(spec);
  std::string difference = "has its lidars in other places";
  if (!signature().empty()) {
    difference = SignatureDifference(signature(), observed);
  } else if (observation_dim() != spec.observation_dim) {
    difference = fmt::format("has {} values, expected {}", observation_dim(), spec.observation_dim);
  }
  return BadInput("The cost model does not fit " + spec.id + ": its observation " + difference +
                  ". Fit a cost model to this environment.");
}

std::string SlipsInWords(const CostModelReport& report) {
  std::string text;
  if (!std::isnan(report.unsafe_share)) {
    text = fmt::format("Calibrated to {:.1f} % unsafe of {} viewed steps.",
                       100.0 * report.unsafe_share, report.viewed_rows);
  }
  const char* separator = text.empty() ? "By the estimate, " : " By the estimate, ";
  for (const AnnotatorSlips& of : report.annotators) {
    text += fmt::format(
        "{}{} calls {:.0f} % of what is safe unsafe, and {:.0f} % of what is unsafe not so",
        separator, of.annotator, 100.0 * of.false_alarm_rate, 100.0 * of.miss_rate);
    separator = "; ";
  }
  return report.annotators.empty() ? text : text + ".";
}

namespace {

class EnsembleCostModel : public CostModel {
 public:
  explicit EnsembleCostModel(CostEnsemble ensemble) : ensemble_(std::move(ensemble)) {
    LOOKOUT_CHECK(!ensemble_.members.empty(), "an ensemble has members");
    for (const Mlp& member : ensemble_.members) {
      LOOKOUT_CHECK(member.layer_sizes() == ensemble_.members[0].layer_sizes() &&
                        member.input_dim() == ensemble_.inputs.dim() &&
                        ensemble_.normaliser.dim() == ensemble_.inputs.dim() &&
                        member.output_dim() == 1,
                    "the members of an ensemble are alike");
    }
    LOOKOUT_CHECK(ensemble_.support.empty() || ensemble_.support.dim() == ensemble_.inputs.dim(),
                  "an ensemble's support is of its inputs");
    LOOKOUT_CHECK(ensemble_.signature.empty() ||
                      ensemble_.signature.observation_dim() == ensemble_.inputs.observation_dim(),
                  "an ensemble's signature is that of its inputs");
    CheckHeads();
  }

  CostModelId id() const override { return ensemble_.id; }
  int observation_dim() const override { return ensemble_.inputs.observation_dim(); }
  PastInputs past_inputs() const override { return ensemble_.inputs.past(); }
  const CostModelReport& report() const override { return ensemble_.report; }
  const sim::ObservationSignature& signature() const override { return ensemble_.signature; }

  bool Fits(const sim::ObservationSignature& observed) const override {
    if (!CostModel::Fits(observed) || !signature().empty()) return CostModel::Fits(observed);
    const std::vector<LidarInput>& lidars = ensemble_.inputs.lidars();
    return lidars.empty() || lidars == LidarInputs(observed);
  }

  void Predict(const Transitions& transitions, Eigen::Ref<Eigen::VectorXf> probability,
               Eigen::Ref<Eigen::VectorXf> spread) const override {
    CostModelWorkspace workspace;
    PredictWith(workspace, transitions, probability, spread);
  }

  void PredictWith(CostModelWorkspace& workspace, const Transitions& transitions,
                   Eigen::Ref<Eigen::VectorXf> probability,
                   Eigen::Ref<Eigen::VectorXf> spread) const override {
    PredictBlocks(workspace.buffers(), kTotal, transitions, probability, spread);
  }

  std::span<const DangerClass> classes() const override { return ensemble_.heads.classes; }
  void PredictClassWith(CostModelWorkspace& workspace, DangerClass danger,
                        const Transitions& transitions, Eigen::Ref<Eigen::VectorXf> probability,
                        Eigen::Ref<Eigen::VectorXf> spread) const override {
    const int head = ensemble_.heads.IndexOf(danger);
    LOOKOUT_CHECK(head >= 0, "a cost model is asked for a class that it has no head for");
    PredictBlocks(workspace.buffers(), head, transitions, probability, spread);
  }

  bool knows_support() const override { return !ensemble_.support.empty(); }
  void Support(const Transitions& transitions, Eigen::Ref<Eigen::VectorXf> support) const override {
    LOOKOUT_CHECK(knows_support() && support.size() == transitions.count(),
                  "results do not fit the transitions");
    Eigen::MatrixXf inputs(ensemble_.inputs.dim(), transitions.count());
    ensemble_.inputs.Write(transitions, inputs);
    ensemble_.normaliser.Apply(inputs);
    support = ensemble_.support.Scores(inputs);
    for (Eigen::Index i = 0; i < support.size(); ++i) {
      if (!ensemble_.inputs.CanTell(transitions, i)) {
        support[i] = std::numeric_limits<float>::quiet_NaN();
      }
    }
  }

  const CostEnsemble* ensemble() const override { return &ensemble_; }
  std::string Encode() const override { return EncodeCostEnsemble(ensemble_); }

 private:
  static constexpr int kTotal = -1;  // in place of a head

  void CheckHeads() const {
    const ClassHeads& heads = ensemble_.heads;
    LOOKOUT_CHECK(heads.members.size() == (heads.empty() ? 0 : ensemble_.members.size()) &&
                      heads.calibrations.size() == heads.classes.size(),
                  "every member of an ensemble has its heads");
    for (const Mlp& member : heads.members) {
      LOOKOUT_CHECK(member.layer_sizes() == heads.members[0].layer_sizes() &&
                        member.input_dim() == ensemble_.inputs.dim() &&
                        member.output_dim() == static_cast<int>(heads.classes.size()),
                    "the heads of an ensemble are alike");
    }
  }

  // head: kTotal, or an output of the heads.
  void PredictBlocks(CostModelWorkspace::Buffers& buffers, int head, const Transitions& transitions,
                     Eigen::Ref<Eigen::VectorXf> probability,
                     Eigen::Ref<Eigen::VectorXf> spread) const {
    const Eigen::Index n = transitions.count();
    LOOKOUT_CHECK(probability.size() == n && spread.size() == n,
                  "results do not fit the transitions");
    Prepare(buffers);
    if (head != kTotal) PrepareHeads(buffers);
    for (Eigen::Index begin = 0; begin < n; begin += kColumnBlock) {
      const Eigen::Index columns = std::min<Eigen::Index>(kColumnBlock, n - begin);
      PredictBlock(transitions.Middle(begin, columns), buffers, head,
                   probability.segment(begin, columns), spread.segment(begin, columns));
    }
  }

  void PrepareHeads(CostModelWorkspace::Buffers& buffers) const {
    const Mlp& head = ensemble_.heads.members[0];
    if (buffers.head_sizes != head.layer_sizes()) {
      buffers.head_sizes = head.layer_sizes();
      buffers.heads = MlpWorkspace(head, kColumnBlock);
    }
    buffers.head_outputs.resize(std::ssize(ensemble_.members), kColumnBlock);
  }

  void Prepare(CostModelWorkspace::Buffers& buffers) const {
    const std::vector<int>& sizes = ensemble_.members[0].layer_sizes();
    const auto members = static_cast<int>(ensemble_.members.size());
    if (!buffers.sizes.empty() && buffers.sizes.back() == members &&
        std::equal(sizes.begin(), sizes.end(), buffers.sizes.begin(), buffers.sizes.end() - 1)) {
      return;
    }
    buffers.sizes = sizes;
    buffers.sizes.push_back(members);
    buffers.mlp = MlpWorkspace(ensemble_.members[0], kColumnBlock);
    buffers.inputs.resize(ensemble_.inputs.dim(), kColumnBlock);
    buffers.outputs.resize(members, kColumnBlock);
  }

  void PredictBlock(const Transitions& transitions, CostModelWorkspace::Buffers& buffers, int head,
                    Eigen::Ref<Eigen::VectorXf> probability,
                    Eigen::Ref<Eigen::VectorXf> spread) const {
    const Eigen::Index n = transitions.count();
    auto inputs = buffers.inputs.leftCols(n);
    ensemble_.inputs.Write(transitions, inputs);
    ensemble_.normaliser.Apply(inputs);
    for (std::size_t i = 0; i < ensemble_.members.size(); ++i) {
      buffers.outputs.row(static_cast<Eigen::Index>(i)).leftCols(n) =
          ensemble_.members[i].Forward(inputs, buffers.mlp);
      if (head == kTotal) continue;
      buffers.head_outputs.row(static_cast<Eigen::Index>(i)).leftCols(n) =
          ensemble_.heads.members[i].Forward(inputs, buffers.heads).row(head);
    }
    for (Eigen::Index i = 0; i < n; ++i) {
      const CostPrediction one =
          head == kTotal ? Combine(buffers.outputs.col(i))
                         : CombineClass(head, buffers.outputs.col(i), buffers.head_outputs.col(i));
      const bool known = ensemble_.inputs.CanTell(transitions, i);
      probability[i] = known ? one.probability : std::numeric_limits<float>::quiet_NaN();
      spread[i] = known ? one.spread : std::numeric_limits<float>::quiet_NaN();
    }
  }

  CostPrediction Combine(Eigen::Ref<Eigen::VectorXf> logits) const {
    const float probability = ensemble_.calibration.Probability(logits.mean());
    for (float& value : logits) value = ensemble_.calibration.Probability(value);
    const float mean = logits.mean();
    const float variance = (logits.array() - mean).square().mean();
    return {probability, std::sqrt(variance)};
  }

  CostPrediction CombineClass(int head, Eigen::Ref<Eigen::VectorXf> logits,
                              const Eigen::Ref<const Eigen::VectorXf>& head_logits) const {
    const Calibration& named = ensemble_.heads.calibrations[static_cast<std::size_t>(head)];
    const float probability =
        ensemble_.calibration.Probability(logits.mean()) * named.Probability(head_logits.mean());
    for (Eigen::Index i = 0; i < logits.size(); ++i) {
      logits[i] = ensemble_.calibration.Probability(logits[i]) * named.Probability(head_logits[i]);
    }
    const float variance = (logits.array() - logits.mean()).square().mean();
    return {probability, std::sqrt(variance)};
  }

  CostEnsemble ensemble_;
};

}  // namespace

CostModelPtr MakeCostModel(CostEnsemble ensemble) {
  ensemble.report.temperature = ensemble.calibration.temperature;
  ensemble.report.bias = ensemble.calibration.bias;
  return std::make_shared<EnsembleCostModel>(std::move(ensemble));
}

}  // namespace lookout::agents
