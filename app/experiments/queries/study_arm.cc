#include "app/experiments/queries/study_arm.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "agents/feedback/agreement/verdict_counts.h"
#include "agents/feedback/models/evaluation.h"
#include "agents/feedback/models/unsafe_threshold.h"
#include "agents/feedback/queries/choose_spans.h"
#include "agents/feedback/queries/labelling_value.h"
#include "agents/feedback/queries/stop_set.h"
#include "app/experiments/episode_figures.h"
#include "app/experiments/simulated_sitting.h"

namespace lookout::app {
namespace {

class Arm {
 public:
  Arm(const StudySettings& settings, const agents::AnnotatorSpec& annotator,
      const StudyMaterial& material, Strategy strategy, std::uint32_t seed,
      const KeepGoing& keep_going)
      : settings_(settings),
        material_(material),
        strategy_(strategy),
        seed_(seed),
        keep_going_(keep_going),
        sitting_(material.signature, annotator,
                 {.clip_steps = settings.clip_steps,
                  .answers = settings.labels,
                  .seed = seed ^ 0xA5A5A5A5U}) {}

  Result<std::vector<RoundFigures>> Run() {
    if (Status added = sitting_.Add(material_.pool); !added) return added.error();
    while (now_.labels < settings_.labels) {
      const std::vector<agents::Query> batch = NextBatch();
      if (batch.empty() && rounds_.empty()) return TooFewClips(0, "--pool-episodes", "--labels");
      if (batch.empty()) break;
      for (const agents::Query& query : batch) Answer(query);
      if (Status fitted = Fit(); !fitted) return fitted.error();
      Measure();
      rounds_.push_back(now_);
    }
    return std::move(rounds_);
  }

 private:
  std::vector<agents::Query> NextBatch() {
    const agents::QueryCandidates candidates = sitting_.Candidates();
    stop_set_ = candidates.stop_set;
    const agents::ChoiceSettings choice{
        .batch = std::min(settings_.batch, settings_.labels - now_.labels),
        .seed = (seed_ + 1U) * 10'007U + static_cast<std::uint32_t>(now_.labels)};
    return strategy_ == Strategy::kQueue ? ChooseSpans(candidates, choice)
                                         : DrawSpans(candidates, choice);
  }

  void Answer(const agents::Query& query) {
    const bool unsafe = sitting_.Ask(query);
    now_.labels = sitting_.answers();
    if (!unsafe) return;
    ++now_.unsafe_clips;
    if (query.chance == 0.0 || !query.highest) return;
    ++now_.audited_unsafe;
    if (*query.highest < agents::kUnsafeFrom) ++now_.audited_missed;
  }

  Status Fit() {
    before_.assign(sitting_.predicted().begin(), sitting_.predicted().end());
    if (Status fitted = sitting_.Fit(seed_ + 1U, keep_going_); !fitted) return fitted;
    if (sitting_.model() && !std::isnan(sitting_.model()->report().brier)) {
      fits_.push_back({now_.labels, sitting_.model()->report().brier});
    }
    return {};
  }

  void Measure() {
    if (!sitting_.model()) return;
    MeasureHeldOut();
    if (!before_.empty()) {
      now_.agreement = AgreementWith(before_);
      agreement_.push_back(now_.agreement);
    }
    now_.enough = agents::MeasureLabellingValue(
                      {.fits = fits_,
                       .successive_agreement = agreement_,
                       .audited = {.unsafe = now_.audited_unsafe, .missed = now_.audited_missed}})
                      .is_enough;
  }

  void MeasureHeldOut() {
    const agents::CostModel& model = *sitting_.model();
    const StepScores steps = ScoreSteps(material_.held_out, model);
    const EpisodeSums sums = SumsOf(material_.held_out, &model);
    double predicted = 0.0;
    double truth = 0.0;
    double off = 0.0;
    for (std::size_t i = 0; i < sums.learned_cost.size(); ++i) {
      predicted += sums.learned_cost[i];
      truth += sums.meant_cost[i];
      off += std::abs(sums.learned_cost[i] - sums.meant_cost[i]);
    }
    now_.auc = agents::RocAuc(steps.predicted, steps.unsafe);
    now_.cost_ratio = predicted / truth;
    now_.cost_error = off / truth;
  }

  double AgreementWith(const std::vector<PredictedSteps>& before) const {
    agents::VerdictCounts counts;
    for (const agents::Segment& clip : stop_set_) {
      const auto episode = std::ranges::find(material_.pool, clip.episode, &StudyEpisode::id);
      const auto index = static_cast<std::size_t>(episode - material_.pool.begin());
      agents::AddVerdicts(clip, sitting_.predicted()[index].cost, before[index].cost,
                          double(agents::kUnsafeFrom), counts);
    }
    return agents::Kappa(counts);
  }

  const StudySettings& settings_;
  const StudyMaterial& material_;
  Strategy strategy_;
  std::uint32_t seed_;
  const KeepGoing& keep_going_;
  SimulatedSitting sitting_;
  std::vector<PredictedSteps> before_;  // by the model of the batch before
  std::vector<agents::Segment> stop_set_;
  std::vector<agents::FitPoint> fits_;
  std::vector<double> agreement_;
  RoundFigures now_;
  std::vector<RoundFigures> rounds_;
};

}  // namespace

Result<std::vector<RoundFigures>> RunArm(const StudySettings& settings,
                                         const agents::AnnotatorSpec& annotator,
                                         const StudyMaterial& material, Strategy strategy,
                                         std::uint32_t seed, const KeepGoing& keep_going) {
  return Arm(settings, annotator, material, strategy, seed, keep_going).Run();
}

}  // namespace lookout::app
