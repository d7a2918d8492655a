// Fits a cost model to labels. Runs on the caller's thread (the fitter) and some of its own; about
// a second for some thousands of rows, or for many more where it goes on from a model before.
#pragma once

#include <functional>
#include <vector>

#include "agents/feedback/fitting/lessons.h"
#include "agents/feedback/models/cost_inputs.h"
#include "agents/feedback/models/cost_model.h"
#include "agents/feedback/targets/label_set.h"
#include "agents/feedback/transitions/transition.h"
#include "sim/base/fields.h"

namespace lookout::agents {

struct CostModelSettings {
  int members = 5;
  int hidden = 64;              // width of the two hidden layers
  double learning_rate = 3e-3;  // Adam
  int batch = 256;
  int max_epochs = 60;
  int patience = 10;               // epochs without a better held-out loss
  double weight_decay = 0.01;      // share of the weights that an epoch takes away
  double held_out_fraction = 0.2;  // of episodes
  bool slips = true;               // whether annotators may err, and how often is estimated
  bool balance_classes = true;     // where nobody slips
  std::uint32_t seed = 1;
  int workers = 2;                                             // threads; never changes the result
  AnnotatorWeighting annotators = AnnotatorWeighting::kEqual;  // of the labels that are fitted to
  double unmarked_weight = 0.0;  // see LabelRule; of the labels that are fitted to
  bool noise = true;             // whether it learns from other sights of the same danger
  // Whether classes of danger that labels name get heads beside the total, which stays as it is.
  bool classes = true;
  // Of the environment that was marked; what the model will fit. Without it a lidar is just
  // numbers, many times the marks are needed, and the model fits by length alone.
  sim::ObservationSignature signature;
  InputChoice inputs = InputChoice::kFull;  // that the model looks at
  int history = 0;           // and how many observations before them, which the labels have to have
  bool with_action = false;  // and the executed action that led there, likewise
  int traces = 0;            // and traces of all before, likewise; see PastInputs
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
  visit(F("weight-decay", "share of the weights that an epoch takes away").Within(0, 1),
        s.weight_decay);
  visit(F("held-out-fraction", "of episodes").Within(0, 0.5), s.held_out_fraction);
  visit(F("slips", "estimate how often each annotator errs"), s.slips);
  visit(F("balance-classes", "weigh unsafe and safe rows alike, where nobody errs"),
        s.balance_classes);
  visit(F("seed", "of weights and draws"), s.seed);
  visit(F("workers", "threads; never changes the result").Within(1, 256).NoIdentity(), s.workers);
  visit(F("inputs", "what the model looks at: the full observation, or the world around alone"),
        s.inputs);
  visit(F("history", "observations before a step that the model looks at as well")
            .Within(0, PastInputs::kMostHistory),
        s.history);
  visit(F("with-action", "whether it looks at the executed action that led to a step as well"),
        s.with_action);
  visit(F("traces", "means of all before a step, forgetting half in 10, 50 and 250 steps")
            .Within(0, PastInputs::kMostTraces),
        s.traces);
  visit(F("annotators", "how those who disagree are weighed: alike, or by how often each errs"),
        s.annotators);
  visit(F("unmarked", "what a viewed step counts as safe that nobody marked; 0: nothing")
            .Within(0, 1),
        s.unmarked_weight);
  visit(F("noise", "also learn other sights of a danger: mirrored, turned, without what is far"),
        s.noise);
  visit(F("classes", "also tell apart the classes of danger that the marks name"), s.classes);
}

// Called on the caller's thread with the fraction done: at the start, and then every few
// milliseconds; returning false abandons the fit.
using FitProgress = std::function<bool(double fraction)>;

// Normalises inputs, trains every member on its own bootstrap of the training episodes (Lakshmi-
// narayanan et al. 2017), stops early on some of those that it did not draw, and calibrates the
// ensemble on the others with a temperature and a bias, which also takes back what balancing the
// classes did to the prior; what is held out is for the report alone. An annotator's point is taken
// for a slip with rates that are estimated beside the networks (slip_estimate.h), and the
// probability is calibrated to the share of unsafe in what was viewed (judging.h). Points
// count by their weights, graded targets as partly unsafe and partly safe (in the figures, as
// unsafe from 1/2 on); pairs are learned beside them, and alone if there are no points. With a
// previous model, every episode stays held out or trained on as it was. Same labels, settings,
// previous model and id: same bytes, whatever the number of workers. Rejects (kBadInput) an empty
// set or a single class, with the counts, settings out of range, labels of another length than
// the signature's and labels without the past that the settings want; an abandoned
// fit is an error (kFailure). lessons: what else is learned from, every member from all of it;
// settings.classes
// adds heads for classes of danger (class_head_fit.h) that learn from labels alone, without noise;
// settings.noise adds OtherSights and noise on the weights to lessons without a noise.
Result<CostModelPtr> FitCostModel(const LabelSet& labels, const CostModelSettings& settings,
                                  CostModelId id, const FitProgress& progress = {},
                                  const Lessons& lessons = {});

}  // namespace lookout::agents
