#include "app/experiments/queries/study_arm.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "agents/feedback/agreement/verdict_counts.h"
#include "agents/feedback/annotators/simulated_annotator.h"
#include "agents/feedback/fitting/cost_model_fit.h"
#include "agents/feedback/models/cost_inputs.h"
#include "agents/feedback/models/evaluation.h"
#include "agents/feedback/models/unsafe_threshold.h"
#include "agents/feedback/queries/choose_spans.h"
#include "agents/feedback/queries/labelling_value.h"
#include "agents/feedback/queries/query_candidate.h"
#include "agents/feedback/queries/stop_set.h"
#include "agents/feedback/targets/label_set.h"

namespace lookout::app {
namespace {

// What a model says of every step of an episode. Step 0, which nothing led to, is safe.
struct Predicted {
  std::vector<float> cost;
  std::vector<float> spread;
};

Predicted Predict(const StudyEpisode& episode, const agents::CostModel& model,
                  agents::CostModelWorkspace& workspace) {
  const auto steps = static_cast<std::size_t>(episode.steps());
  Predicted predicted{std::vector<float>(steps, 0.0F), std::vector<float>(steps, 0.0F)};
  const Eigen::Index count = episode.steps() - 1;
  model.PredictWith(workspace, episode.transitions(),
                    Eigen::Map<Eigen::VectorXf>(predicted.cost.data() + 1, count),
                    Eigen::Map<Eigen::VectorXf>(predicted.spread.data() + 1, count));
  return predicted;
}

class Arm {
 public:
  Arm(const StudySettings& settings, const agents::AnnotatorSpec& annotator,
      const StudyMaterial& material, Strategy strategy, std::uint32_t seed,
      const KeepGoing& keep_going)
      : settings_(settings),
        annotator_(annotator),
        material_(material),
        strategy_(strategy),
        seed_(seed),
        keep_going_(keep_going),
        faults_(seed ^ 0xA5A5A5A5U) {}

  Result<std::vector<RoundFigures>> Run() {
    if (Status read = ReadInputs(); !read) return read.error();
    while (now_.labels < settings_.labels) {
      const std::vector<agents::Query> batch = NextBatch();
      if (batch.empty()) break;
      for (const agents::Query& query : batch) Answer(query);
      if (Status fitted = Fit(); !fitted) return fitted.error();
      Measure();
      rounds_.push_back(now_);
    }
    return std::move(rounds_);
  }

 private:
  // What cost models see of the pool, which stays the same.
  Status ReadInputs() {
    const int dim = material_.signature.observation_dim();
    const auto inputs = agents::CostInputs::Create(dim, agents::LidarInputs(material_.signature));
    if (!inputs) return inputs.error();
    for (const StudyEpisode& episode : material_.pool) {
      Eigen::MatrixXf seen(inputs->dim(), episode.steps());
      inputs->Write(episode.observations, seen);
      inputs_.push_back(std::move(seen));
    }
    return {};
  }

  std::vector<agents::Query> NextBatch() {
    agents::ClipCutter cutter({.clip_steps = settings_.clip_steps});
    for (std::size_t i = 0; i < inputs_.size(); ++i) {
      agents::EpisodeToAsk episode{
          .episode = material_.pool[i].id, .inputs = inputs_[i], .predicted = {}, .spread = {}};
      if (model_) {
        episode.predicted = pool_[i].cost;
        episode.spread = pool_[i].spread;
      }
      cutter.Add(episode);
    }
    const agents::QueryCandidates candidates =
        std::move(cutter).Finish(agents::JudgedSegments(feedback_));
    stop_set_ = candidates.stop_set;
    const agents::ChoiceSettings choice{
        .batch = std::min(settings_.batch, settings_.labels - now_.labels),
        .seed = (seed_ + 1U) * 10'007U + static_cast<std::uint32_t>(now_.labels)};
    return strategy_ == Strategy::kQueue ? ChooseSpans(candidates, choice)
                                         : DrawSpans(candidates, choice);
  }

  void Answer(const agents::Query& query) {
    const auto episode = std::ranges::find(material_.pool, query.first.episode, &StudyEpisode::id);
    const double session = double(now_.labels) / double(settings_.labels);
    bool unsafe = false;
    for (const agents::Mark& mark :
         JudgeClip(query.first, episode->seen, annotator_.settings, session, faults_)) {
      unsafe = unsafe || mark.verdict == agents::Verdict::kUnsafe;
      feedback_.push_back(RecordOf(mark));
      feedback_.back().id = MarkId{std::ssize(feedback_)};
    }
    ++now_.labels;
    if (!unsafe) return;
    ++now_.unsafe_clips;
    if (query.chance == 0.0 || !query.highest) return;
    ++now_.audited_unsafe;
    if (*query.highest < agents::kUnsafeFrom) ++now_.audited_missed;
  }

  Result<agents::DerivedLabels> Labels() const {
    std::vector<std::pair<EpisodeId, StepIndex>> lengths;
    for (const StudyEpisode& episode : material_.pool) {
      lengths.emplace_back(episode.id, static_cast<StepIndex>(episode.steps()));
    }
    const auto observation_of = [&](EpisodeId id, StepIndex step) -> std::span<const float> {
      const auto episode = std::ranges::find(material_.pool, id, &StudyEpisode::id);
      const auto column = episode->observations.col(step);
      return {column.data(), static_cast<std::size_t>(column.size())};
    };
    return agents::DeriveLabels(feedback_, {}, lengths, material_.signature.observation_dim(),
                                observation_of);
  }

  Status Fit() {
    const auto derived = Labels();
    if (!derived) return derived.error();
    if (derived->counts.unsafe == 0 || derived->counts.safe == 0) return {};  // nothing to learn
    agents::CostModelSettings settings;
    settings.signature = material_.signature;
    settings.seed = seed_ + 1U;
    auto model = agents::FitCostModel(derived->labels, settings, CostModelId{now_.labels},
                                      [this](double) { return keep_going_(); });
    if (!model) return model.error();
    model_ = std::move(model).value();
    if (!std::isnan(model_->report().brier)) {
      fits_.push_back({now_.labels, model_->report().brier});
    }
    return {};
  }

  void Measure() {
    if (!model_) return;
    MeasureHeldOut();
    std::vector<Predicted> before = std::exchange(pool_, {});
    for (const StudyEpisode& episode : material_.pool) {
      pool_.push_back(Predict(episode, *model_, workspace_));
    }
    if (!before.empty()) {
      now_.agreement = AgreementWith(before);
      agreement_.push_back(now_.agreement);
    }
    now_.enough = agents::MeasureLabellingValue(
                      {.fits = fits_,
                       .successive_agreement = agreement_,
                       .audited = {.unsafe = now_.audited_unsafe, .missed = now_.audited_missed}})
                      .is_enough;
  }

  void MeasureHeldOut() {
    std::vector<float> scores;
    std::vector<std::uint8_t> unsafe;
    double predicted = 0.0;
    double truth = 0.0;
    double off = 0.0;
    for (const StudyEpisode& episode : material_.held_out) {
      const Predicted of_episode = Predict(episode, *model_, workspace_);
      double predicted_here = 0.0;
      double truth_here = 0.0;
      for (std::size_t step = 1; step < episode.seen.size(); ++step) {
        const bool is_unsafe = episode.seen[step].margin > 0.0F;
        scores.push_back(of_episode.cost[step]);
        unsafe.push_back(is_unsafe ? 1 : 0);
        predicted_here += double(of_episode.cost[step]);
        truth_here += is_unsafe ? 1.0 : 0.0;
      }
      predicted += predicted_here;
      truth += truth_here;
      off += std::abs(predicted_here - truth_here);
    }
    now_.auc = agents::RocAuc(scores, unsafe);
    now_.cost_ratio = predicted / truth;
    now_.cost_error = off / truth;
  }

  double AgreementWith(const std::vector<Predicted>& before) const {
    agents::VerdictCounts counts;
    for (const agents::Segment& clip : stop_set_) {
      const auto episode = std::ranges::find(material_.pool, clip.episode, &StudyEpisode::id);
      const auto index = static_cast<std::size_t>(episode - material_.pool.begin());
      agents::AddVerdicts(clip, pool_[index].cost, before[index].cost, double(agents::kUnsafeFrom),
                          counts);
    }
    return agents::Kappa(counts);
  }

  const StudySettings& settings_;
  const agents::AnnotatorSpec& annotator_;
  const StudyMaterial& material_;
  Strategy strategy_;
  std::uint32_t seed_;
  const KeepGoing& keep_going_;
  RandomState faults_;
  std::vector<Eigen::MatrixXf> inputs_;  // of each episode of the pool
  std::vector<agents::FeedbackRecord> feedback_;
  agents::CostModelPtr model_;
  agents::CostModelWorkspace workspace_;
  std::vector<Predicted> pool_;  // by the newest model; empty without one
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
