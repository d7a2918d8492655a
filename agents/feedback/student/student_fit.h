// Fits a cost model as a student of others: Noisy Student (Xie et al. 2020, "Self-training with
// Noisy Student improves ImageNet classification"). Runs like FitCostModel, once more per round.
#pragma once

#include <span>

#include "agents/feedback/fitting/cost_model_fit.h"
#include "agents/feedback/student/pseudo_labels.h"
#include "agents/feedback/student/student_settings.h"

namespace lookout::agents {

// The teacher is the fit to the labels by these settings. In each round it judges, without noise,
// what was recorded and not marked; a student of the same size learns that and the labels with
// noise, and becomes the teacher of the next round. Labels alone stop, calibrate and report every
// one of them, on the same split. recorded: with the episodes of the labels or without them.
// Without rounds this is FitCostModel. Same errors as there, and kBadInput for settings out of
// range.
Result<CostModelPtr> FitStudent(const LabelSet& labels, std::span<const RecordedSteps> recorded,
                                const CostModelSettings& settings, const StudentSettings& student,
                                CostModelId id, const FitProgress& progress = {});

}  // namespace lookout::agents
