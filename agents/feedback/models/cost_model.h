// The learned cost: an ensemble of small networks from a transition to the probability that a
// person would call the state it leads to unsafe. Immutable once fitted; any thread may predict.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "agents/feedback/models/class_heads.h"
#include "agents/feedback/transitions/transition.h"
#include "sim/base/ids.h"
#include "sim/base/result.h"
#include "sim/environment/environment.h"

namespace lookout::agents {

// Held-out rows whose predicted probability falls into one tenth of [0, 1].
struct ReliabilityBin {
  float mean_predicted = 0.0F;
  float fraction_unsafe = 0.0F;
  std::int64_t count = 0;
};

// How often an annotator errs, as the fit estimates it; see
// agents/feedback/fitting/slip_estimate.h.
struct AnnotatorSlips {
  std::string annotator;
  std::int64_t rows = 0;          // of theirs that are sure
  double false_alarm_rate = 0.0;  // P(says unsafe | it is safe)
  double miss_rate = 0.0;         // P(says safe, or nothing where that counts | it is unsafe)
};

// How well a fitted model does on episodes it has not seen: the held-out rows are for this alone.
// Without any (too few rows), the figures are NaN. They are about what the annotators say, slips
// and all.
struct CostModelReport {
  std::int64_t train_rows = 0;
  std::int64_t held_out_rows = 0;
  std::int64_t unsafe_rows = 0;
  std::int64_t safe_rows = 0;
  std::int64_t episodes = 0;
  bool held_out_by_episode = false;  // false: too few episodes, held out by contiguous blocks
  double auc = 0.0;                  // area under the ROC curve, held out; NaN if one class only
  double brier = 0.0;                // mean squared error of the probability, held out
  double expected_calibration_error = 0.0;
  double temperature = 1.0;                 // of the calibration (Guo et al. 2017), with
  double bias = 0.0;                        // sigmoid(logit / temperature + bias), Platt 1999
  std::vector<ReliabilityBin> reliability;  // 10 bins, held out
  std::vector<AnnotatorSlips> annotators;   // by name; empty: all are taken at their word
  std::int64_t viewed_rows = 0;             // steps that annotators had before them; 0: not known
  double unsafe_share = std::numeric_limits<double>::quiet_NaN();  // of them, calibrated to
  // Per held-out episode, of the whole recordings: the sum of predictions, and what the rule
  // charged. NaN where that is not known; set by who has the recordings.
  double learned_cost = std::numeric_limits<double>::quiet_NaN();
  double true_cost = std::numeric_limits<double>::quiet_NaN();
  std::vector<ClassReport> classes;  // of danger that labels name, ascending; see class_heads.h
  bool adapted = false;              // to another observation than all this is of
  int epochs = 0;                    // best epoch of early stopping, mean over members
  bool went_on = false;              // from the model before; false: fitted anew
  double seconds = 0.0;              // wall time of the fit; not in the encoded bytes
};

// "Calibrated to 3.1 % unsafe of 24000 viewed steps. By the estimate, Ann calls 9 % of what is safe
// unsafe, and 12 % of what is unsafe not so." Empty if neither is known.
std::string SlipsInWords(const CostModelReport& report);

struct CostPrediction {
  float probability = 0.0F;  // of the ensemble's mean logit, calibrated
  float spread = 0.0F;       // standard deviation of the members' calibrated probabilities
};

// Scratch memory for predicting often; one per thread, fits any model, grows on first use.
class CostModelWorkspace {
 public:
  CostModelWorkspace();
  ~CostModelWorkspace();
  CostModelWorkspace(CostModelWorkspace&&) noexcept;
  CostModelWorkspace& operator=(CostModelWorkspace&&) noexcept;

  struct Buffers;
  Buffers& buffers() { return *buffers_; }

 private:
  std::unique_ptr<Buffers> buffers_;
};

struct CostEnsemble;

class CostModel {
 public:
  virtual ~CostModel() = default;

  virtual CostModelId id() const = 0;
  virtual int observation_dim() const = 0;
  virtual const CostModelReport& report() const = 0;

  // What it was fitted on; empty if that is not known (see DecodeCostModel).
  virtual const sim::ObservationSignature& signature() const;
  // Whether it can predict from such observations. Without a signature of its own it goes by the
  // observation's length, and an ensemble also by the places of the lidars.
  virtual bool Fits(const sim::ObservationSignature& observed) const;
  // What it looks at besides a state. Who asks it about a transition has to have its history, see
  // transition.h; of a state alone it takes that nothing moved and nothing was done.
  virtual PastInputs past_inputs() const { return {}; }
  // Rejects (kBadInput) an environment that it does not fit, naming the entries that differ, and
  // one with actions of another length than it looks at. Allocates.
  Status CheckFits(const sim::EnvironmentSpec& spec) const;

  // transitions: n of them; a matrix [observation_dim x n] will do, see transition.h. probability,
  // spread: [n]; NaN where what the model looks at is not finite, or where the action is of another
  // length than it looks at. Allocates its scratch memory.
  virtual void Predict(const Transitions& transitions, Eigen::Ref<Eigen::VectorXf> probability,
                       Eigen::Ref<Eigen::VectorXf> spread) const = 0;
  // The same; an ensemble does not allocate once the workspace has been used with it.
  virtual void PredictWith(CostModelWorkspace& /*workspace*/, const Transitions& transitions,
                           Eigen::Ref<Eigen::VectorXf> probability,
                           Eigen::Ref<Eigen::VectorXf> spread) const {
    Predict(transitions, probability, spread);
  }
  // Classes of danger that it has heads for, ascending; see class_heads.h.
  virtual std::span<const DangerClass> classes() const { return {}; }
  // As PredictWith, of the danger of one of those classes alone: at most what the total is.
  virtual void PredictClassWith(CostModelWorkspace& workspace, DangerClass danger,
                                const Transitions& transitions,
                                Eigen::Ref<Eigen::VectorXf> probability,
                                Eigen::Ref<Eigen::VectorXf> spread) const;
  // Whether it says where it knows something; files of versions 1 and 2 do not.
  virtual bool knows_support() const { return false; }
  // How well each of n transitions is covered by what was labelled, in [0, 1]; see support.h. NaN
  // where what the model looks at is not finite. Only if knows_support(). Allocates.
  virtual void Support(const Transitions& transitions, Eigen::Ref<Eigen::VectorXf> support) const;
  // Of a state alone, as if nothing had moved and nothing been done.
  CostPrediction PredictOne(const Eigen::VectorXf& observation) const;
  CostPrediction PredictOne(const Eigen::VectorXf& observation,
                            CostModelWorkspace& workspace) const;

  // What a fit can go on from; null if it is no ensemble of networks.
  virtual const CostEnsemble* ensemble() const { return nullptr; }

  // Self-describing bytes with a checksum: signature, sizes, weights, calibration, report.
  virtual std::string Encode() const = 0;

 private:
  Status CheckFitsActions(const sim::EnvironmentSpec& spec) const;
};
using CostModelPtr = std::shared_ptr<const CostModel>;

// Files of version 1 do not say what they were fitted on: their signature is empty. Those of up to
// version 3 look at states alone, those of up to version 5 have no heads.
// Rejects (kBadInput) wrong sizes, NaN, truncated or foreign bytes: expected against found.
Result<CostModelPtr> DecodeCostModel(std::string_view bytes);

}  // namespace lookout::agents
