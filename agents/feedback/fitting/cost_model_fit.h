// Fits a cost model to labels. Runs on the caller's thread (the fitter) and some of its own; about
// a second for some thousands of rows, or for many more where it goes on from a model before.
#pragma once

#include <functional>
#include <vector>

#include "agents/feedback/models/cost_inputs.h"
#include "agents/feedback/models/cost_model.h"
#include "agents/feedback/targets/label_set.h"
#include "sim/base/fields.h"

namespace lookout::agents {

struct CostModelSettings {
  int members = 5;
  int hidden = 64;              // width of the two hidden layers
  double learning_rate = 1e-3;  // Adam
  int batch = 256;
  int max_epochs = 60;
  int patience = 6;  // epochs without a better held-out loss
  double weight_decay = 1e-4;
  double held_out_fraction = 0.2;  // of episodes
  bool balance_classes = true;
  std::uint32_t seed = 1;
  int workers = 2;                                             // threads; never changes the result
  AnnotatorWeighting annotators = AnnotatorWeighting::kEqual;  // of the labels that are fitted to
  // Of the environment that was marked; what the model will fit. Without it a lidar is just
  // numbers, many times the marks are needed, and the model fits by length alone.
  sim::ObservationSignature signature;
  InputChoice inputs = InputChoice::kFull;  // that the model looks at
  // The model that the fit goes on from, if that is one of the same signature, inputs and sizes:
  // few epochs are enough then. Null: anew.
  CostModelPtr previous;
};

// See sim/base/fields.h. Without the signature, which comes with the labels, and the model before.
template <FieldsOf<CostModelSettings> Self, typename Visit>
void VisitFields(Self& s, Visit&& visit) {
  using F = Field<CostModelSettings>;
  visit(F("members", "networks in the ensemble").Within(1, 64), s.members);
  visit(F("hidden", "width of the two hidden layers").Within(1, 4096), s.hidden);
  visit(F("learning-rate", "of Adam").Within(1e-9, 1), s.learning_rate);
  visit(F("batch", "rows of a minibatch").Within(1, 1 << 20), s.batch);
  visit(F("max-epochs", "over the data, at most").Within(1, 10'000), s.max_epochs);
  visit(F("patience", "epochs without a better held-out loss").Within(1, 10'000), s.patience);
  visit(F("weight-decay", "of Adam").Within(0, 1), s.weight_decay);
  visit(F("held-out-fraction", "of episodes").Within(0, 0.5), s.held_out_fraction);
  visit(F("balance-classes", "weigh unsafe and safe rows alike"), s.balance_classes);
  visit(F("seed", "of weights and draws"), s.seed);
  visit(F("workers", "threads; never changes the result").Within(1, 256).NoIdentity(), s.workers);
  visit(F("inputs", "what the model looks at: the full observation, or the world around alone"),
        s.inputs);
  visit(F("annotators", "how those who disagree are weighed: alike, or by how often each errs"),
        s.annotators);
}

// Called on the caller's thread with the fraction done: at the start, and then every few
// milliseconds; returning false abandons the fit.
using FitProgress = std::function<bool(double fraction)>;

// Normalises inputs, trains every member on its own bootstrap of the training episodes (Lakshmi-
// narayanan et al. 2017), stops early on the held-out ones, and calibrates the ensemble with a
// temperature and a bias, which also takes back what balancing the classes did to the prior. Points
// count by their weights, graded targets as partly unsafe and partly safe (in the figures, as
// unsafe from 1/2 on); pairs are learned beside them, and alone if there are no points. With a
// previous model, every episode stays held out or trained on as it was. Same labels, settings,
// previous model and id: same bytes, whatever the number of workers. Rejects (kBadInput) an empty
// set or a single class, with the counts, settings out of range and labels of another length than
// the signature's; an abandoned fit is an error (kFailure).
Result<CostModelPtr> FitCostModel(const LabelSet& labels, const CostModelSettings& settings,
                                  CostModelId id, const FitProgress& progress = {});

}  // namespace lookout::agents
