#include "agents/feedback/student/student_fit.h"

#include <utility>

#include "agents/feedback/fitting/other_sights.h"

namespace lookout::agents {
namespace {

// Of the k-th of so many fits.
FitProgress PartOf(const FitProgress& progress, int k, int fits) {
  if (!progress) return {};
  return [&progress, k, fits](double fraction) { return progress((k + fraction) / fits); };
}

}  // namespace

Result<CostModelPtr> FitStudent(const LabelSet& labels, std::span<const RecordedSteps> recorded,
                                const CostModelSettings& settings, const StudentSettings& student,
                                CostModelId id, const FitProgress& progress) {
  if (Status status = CheckRanges(student, "The student's setting "); !status) {
    return status.error();
  }
  const int fits = 1 + student.rounds;
  auto model = FitCostModel(labels, settings, id, PartOf(progress, 0, fits));
  CostModelSettings anew = settings;
  anew.previous = nullptr;
  Lessons lessons{.taught = {}, .noise = {}, .weight_noise = student.weight_noise};
  if (student.input_noise) lessons.noise = OtherSights(settings.signature);
  for (int round = 1; round <= student.rounds && model; ++round) {
    const auto seed = settings.seed * 1009U + static_cast<std::uint32_t>(round);
    lessons.taught = PseudoLabels(**model, recorded, labels, student, seed);
    model = FitCostModel(labels, anew, id, PartOf(progress, round, fits), lessons);
  }
  return model;
}

}  // namespace lookout::agents
