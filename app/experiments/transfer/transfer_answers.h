// The answers of one place of an experiment on transfer, and the cost models that are made of them,
// in files. Pure functions of their arguments and of the files; any thread.
#pragma once

#include <vector>

#include "agents/feedback/models/cost_model.h"
#include "agents/feedback/queries/query.h"
#include "agents/feedback/targets/label_set.h"
#include "app/experiments/keep_going.h"
#include "app/experiments/transfer/transfer_world.h"
#include "sim/base/result.h"
#include "sim/environment/observation_signature.h"

namespace lookout::app {

// What was asked; who asks the same again is answered the same.
struct PlaceAnswers {
  std::vector<agents::Query> asked;
  int unsafe_answers = 0;
};

// Plays, asks and fits the models of that place at home, the full and the world one, if somebody
// said both safe and unsafe; leaves their files, the answers' one last. Where that is there
// already, only reads it. Rejects (kBadInput) answers that were given with other settings, and
// fewer clips than answers. Fails if it is stopped.
Result<PlaceAnswers> AnswersOf(const TransferWorld& world, const PlaceKey& key,
                               const KeepGoing& keep_going);

// What the answers say for training, the first `count` of them. Plays the episodes again. Rejects
// (kBadInput) answers about clips that are none of theirs.
Result<agents::LabelSet> LabelsOf(const TransferWorld& world, const PlaceKey& key,
                                  const PlaceAnswers& answers, int count,
                                  const KeepGoing& keep_going);

// Fits a cost model of those inputs, which are not kFull if the labels are of two places. labels:
// of both verdicts, in the terms of the place.
Result<agents::CostModelPtr> FitTransferModel(const TransferWorld& world, const PlaceKey& key,
                                              TransferInputs inputs, const agents::LabelSet& labels,
                                              const KeepGoing& keep_going);

// The labels of a source and the few of a target, all in the target's terms: parts of the source's
// observation that the target has under the same name. Rejects (kBadInput) a source that lacks a
// part of the world around that the target has, other than a lidar, which sees nothing.
Result<agents::LabelSet> JoinLabels(const sim::ObservationSignature& source,
                                    const agents::LabelSet& of_source,
                                    const sim::ObservationSignature& target,
                                    const agents::LabelSet& of_target);

}  // namespace lookout::app
