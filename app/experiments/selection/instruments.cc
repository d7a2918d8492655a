#include "app/experiments/selection/instruments.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "agents/feedback/models/unsafe_threshold.h"
#include "agents/inspect/explanations/explained_model.h"
#include "agents/inspect/explanations/object_contributions.h"
#include "app/experiments/simulated_audit.h"
#include "app/experiments/simulated_sitting.h"
#include "sim/engine/safety_gym.h"

namespace lookout::app {
namespace {

using Episodes = std::span<const StudyEpisode>;

bool IsUnsafe(const StudyEpisode& episode, StepIndex step) {
  return episode.seen[static_cast<std::size_t>(step)].margin > 0.0F;
}

double UnsafeSteps(Episodes episodes) {
  double sum = 0.0;
  for (const StudyEpisode& episode : episodes) sum += episode.unsafe_steps();
  return sum;
}

// NaN of nothing.
double Share(double part, double whole) {
  return whole > 0.0 ? part / whole : std::numeric_limits<double>::quiet_NaN();
}

// Explains every so many steps while an episode is played.
class BlameWatch {
 public:
  BlameWatch(const agents::CostModel& model, const SelectionSettings& settings)
      : model_(model), settings_(settings) {}

  Status See(EpisodeId id, StepIndex step, const sim::SafetyGym& world) {
    std::vector<Explained>& episode = episodes_[id];
    if (step == 0) episode.clear();
    if (step == 0 || step % settings_.explain_every != 0) return {};
    const auto removals = agents::RemovalsOf(model_, world);
    if (!removals) return removals.error();
    const Eigen::VectorXf observation = world.observation().cast<float>();
    const double log_odds = model_.Values(observation)[0];
    const double without = log_odds - removals->maxCoeff();
    const double blamed = agents::ProbabilityOf(log_odds) - agents::ProbabilityOf(without);
    episode.push_back({step, blamed >= settings_.blame});
    return {};
  }

  // Of the steps that were explained, to those of the whole episodes.
  void Write(Episodes episodes, Readings& readings) const {
    double alarms = 0.0;
    double unsafe = 0.0;
    double missed = 0.0;
    for (const StudyEpisode& episode : episodes) {
      const std::vector<Explained>& explained = episodes_.at(episode.id);
      double here = 0.0;
      for (const Explained& one : explained) {
        here += one.alarm ? 1.0 : 0.0;
        if (!IsUnsafe(episode, one.step)) continue;
        ++unsafe;
        missed += one.alarm ? 0.0 : 1.0;
      }
      if (explained.empty()) continue;
      alarms += here * double(episode.steps() - 1) / double(explained.size());
    }
    readings.reads.of(Instrument::kExplanations) = alarms / double(episodes.size());
    readings.unseen.of(Instrument::kExplanations) = Share(missed, unsafe);
  }

 private:
  struct Explained {
    StepIndex step;
    bool alarm;
  };

  agents::ExplainedModel model_;
  const SelectionSettings& settings_;
  std::map<EpisodeId, std::vector<Explained>> episodes_;
};

void ReadModel(Episodes episodes, const agents::CostModel& model, Readings& readings) {
  agents::CostModelWorkspace workspace;
  double expected = 0.0;
  double alarms = 0.0;
  double unseen = 0.0;
  double missed = 0.0;
  for (const StudyEpisode& episode : episodes) {
    const PredictedSteps predicted = PredictSteps(episode, model, workspace);
    for (StepIndex step = 1; step < episode.steps(); ++step) {
      const double cost = predicted.cost[static_cast<std::size_t>(step)];
      const bool alarm = cost >= agents::kUnsafeFrom;
      expected += cost;
      alarms += alarm ? 1.0 : 0.0;
      if (!IsUnsafe(episode, step)) continue;
      unseen += 1.0 - cost;
      missed += alarm ? 0.0 : 1.0;
    }
  }
  const double unsafe = UnsafeSteps(episodes);
  readings.reads.of(Instrument::kModel) = expected / double(episodes.size());
  readings.reads.of(Instrument::kVerdicts) = alarms / double(episodes.size());
  readings.unseen.of(Instrument::kModel) = Share(unseen, unsafe);
  readings.unseen.of(Instrument::kVerdicts) = Share(missed, unsafe);
}

// The share of verdicts that the annotator reverses is known to who audits.
double Audit(Episodes episodes, const agents::CostModel& model, const SelectionSettings& settings,
             const agents::AnnotatorSpec& annotator, std::uint32_t seed) {
  AuditOrder order{.clips = settings.audit_clips * static_cast<int>(episodes.size()),
                   .clip_steps = settings.audit_clip_steps,
                   .seed = seed,
                   .looks = settings.audit_looks};
  const double flips = annotator.settings.flip_rate;
  if (flips > 0.0 && flips < 0.5) order.slips = agents::SlipRates{flips, flips};
  return AuditBySimulation(episodes, &model, annotator, order).audited.value;
}

}  // namespace

Result<Readings> InstrumentPanel::Read(const agents::Policy& policy, const WatchOrder& order,
                                       std::span<const Instrument> instruments,
                                       const KeepGoing& keep_going) const {
  const auto asks = [&](Instrument instrument) {
    return std::ranges::find(instruments, instrument) != instruments.end();
  };
  BlameWatch blame(model_, settings_);
  PlayOrder play{
      .episodes = order.episodes, .first_seed = order.first_seed, .first_id = EpisodeId{1}};
  if (asks(Instrument::kExplanations)) {
    play.watch = [&](EpisodeId id, StepIndex step, const sim::SafetyGym& world) {
      return blame.See(id, step, world);
    };
  }
  const auto episodes = PlayStudyEpisodes(stage_.environment, stage_.cameras, policy,
                                          stage_.annotator.sees, play, keep_going);
  if (!episodes) return episodes.error();
  Readings readings;
  for (const StudyEpisode& episode : *episodes) readings.total_reward += episode.total_reward;
  readings.total_reward /= double(episodes->size());
  readings.true_cost = UnsafeSteps(*episodes) / double(episodes->size());
  readings.reads.of(Instrument::kTruth) = readings.true_cost;
  readings.unseen.of(Instrument::kTruth) = Share(0.0, readings.true_cost);
  if (asks(Instrument::kModel) || asks(Instrument::kVerdicts))
    ReadModel(*episodes, model_, readings);
  if (asks(Instrument::kExplanations)) blame.Write(*episodes, readings);
  if (asks(Instrument::kAudit)) {
    readings.reads.of(Instrument::kAudit) =
        Audit(*episodes, model_, settings_, stage_.annotator, order.audit_seed);
  }
  return readings;
}

}  // namespace lookout::app
