// Calibrates an ensemble on rows that its members have not learned from, and measures it on rows
// that nothing has seen. Any thread.
#pragma once

#include <cstdint>
#include <vector>

#include "agents/feedback/fitting/member_training.h"
#include "agents/feedback/models/cost_ensemble.h"
#include "agents/feedback/models/data_split.h"
#include "agents/feedback/models/support.h"
#include "agents/feedback/targets/label_set.h"

namespace lookout::agents {

// Of fewer groups of training rows what members stopped on is calibrated on as well: a curve
// through a handful of episodes would be further off than the choice of an epoch among some tens
// can mislead.
inline constexpr std::int64_t kLeastGroupsToNest = 30;

// Sets the calibration and the report's figures. rows: of each member. A training row is judged by
// the members that neither learned it nor stopped on it; the slips are estimated on those they
// stopped on as well, and with few episodes so is the calibration. What is reported is about the
// words of the annotators: of a row of somebody who slips, the probability that they say unsafe.
// Then the calibration moves from the share of unsafe among what was marked to that in what was
// viewed, if that is known and its unmarked steps are not among the rows: as many are unsafe as are
// held for it among the marked ones (the prior shift of Saerens et al. 2002 with a share that is
// counted, not estimated). That is for whoever marks what looks unsafe. Clips that were asked about
// were chosen by their sight alone, which leaves the meaning of a sight as it is, so that their
// share of unsafe moves nothing; but those among them that were drawn by chance tell by how much
// the predictions are off in the mean, and the calibration moves by that.
void Judge(const LabelSet& labels, const TrainingData& data, const std::vector<MemberRows>& rows,
           CostEnsemble& ensemble);

// Of all that was labelled, held out or not: it is known. Points and steps of pairs have an equal
// say, however many more the one are.
Support SupportOf(const TrainingData& data);

}  // namespace lookout::agents
