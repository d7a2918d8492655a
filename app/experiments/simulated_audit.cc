#include "app/experiments/simulated_audit.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "agents/feedback/annotators/simulated_annotator.h"
#include "agents/feedback/audit/audit_estimate.h"
#include "agents/feedback/audit/audit_sample.h"
#include "agents/feedback/kinds/mark.h"
#include "app/experiments/simulated_sitting.h"
#include "sim/base/check.h"
#include "sim/base/random_state.h"

namespace lookout::app {
namespace {

// Every step after the reset lies in one.
struct Clip {
  std::size_t episode = 0;
  agents::Segment steps;
};

std::vector<Clip> Cut(std::span<const StudyEpisode> episodes, StepIndex clip_steps) {
  std::vector<Clip> clips;
  for (std::size_t i = 0; i < episodes.size(); ++i) {
    const auto last = static_cast<StepIndex>(episodes[i].steps() - 1);
    for (StepIndex first = 1; first <= last; first += clip_steps) {
      clips.push_back({i, {episodes[i].id, first, std::min(last, first + clip_steps - 1)}});
    }
  }
  return clips;
}

// Of each clip: the sum over its steps that the model can judge.
std::vector<double> PredictClips(std::span<const StudyEpisode> episodes,
                                 std::span<const Clip> clips, const agents::CostModel* model) {
  std::vector<double> predicted(clips.size(), 0.0);
  if (model == nullptr) return predicted;
  agents::CostModelWorkspace workspace;
  PredictedSteps steps;
  for (std::size_t i = 0; i < clips.size(); ++i) {
    const Clip& clip = clips[i];
    if (clip.steps.first == 1) steps = PredictSteps(episodes[clip.episode], *model, workspace);
    for (StepIndex step = clip.steps.first; step <= clip.steps.last; ++step) {
      const double cost = steps.cost[static_cast<std::size_t>(step)];
      if (std::isfinite(cost)) predicted[i] += cost;
    }
  }
  return predicted;
}

// Counts for each of the clip's steps whether a look at it calls it unsafe.
void Look(const agents::Segment& clip, std::span<const agents::SeenStep> seen,
          const agents::AnnotatorSettings& annotator, double session, RandomState& faults,
          std::vector<int>& unsafe) {
  std::vector<bool> here(unsafe.size(), false);
  for (const agents::Mark& mark : agents::JudgeClip(clip, seen, annotator, session, faults)) {
    if (mark.verdict != agents::Verdict::kUnsafe) continue;
    const agents::Segment judged = agents::JudgedSteps(mark);
    const StepIndex first = std::max(clip.first, judged.first);
    const StepIndex last = std::min(clip.last, judged.last);
    for (StepIndex step = first; step <= last; ++step) {
      here[static_cast<std::size_t>(step - clip.first)] = true;
    }
  }
  for (std::size_t i = 0; i < here.size(); ++i) unsafe[i] += here[i] ? 1 : 0;
}

// Its steps that the annotator calls unsafe; what they are not sure about they do not charge.
double Charge(const agents::Segment& clip, const StudyEpisode& episode,
              const agents::AnnotatorSettings& annotator, int looks, double session,
              RandomState& faults) {
  // The last picture stands still until the key is up.
  std::vector<agents::SeenStep> seen = episode.seen;
  const std::int32_t longest_lag =
      std::max(annotator.reaction_lag_steps, annotator.release_lag_steps);
  seen.resize(seen.size() +
              static_cast<std::size_t>(longest_lag + annotator.reaction_lag_jitter_steps + 1));
  std::vector<int> unsafe(static_cast<std::size_t>(clip.last - clip.first + 1), 0);
  for (int look = 0; look < looks; ++look) Look(clip, seen, annotator, session, faults, unsafe);
  return static_cast<double>(
      std::ranges::count_if(unsafe, [looks](int count) { return 2 * count > looks; }));
}

double MeanSteps(std::span<const StudyEpisode> episodes) {
  double sum = 0.0;
  for (const StudyEpisode& episode : episodes) sum += static_cast<double>(episode.steps() - 1);
  return sum / static_cast<double>(episodes.size());
}

}  // namespace

AuditFigures AuditBySimulation(std::span<const StudyEpisode> episodes,
                               const agents::CostModel* model,
                               const agents::AnnotatorSpec& annotator, const AuditOrder& order) {
  LOOKOUT_CHECK(!episodes.empty() && order.clip_steps > 0 && order.looks % 2 == 1,
                "an audit is of clips of episodes, each looked at an odd number of times");
  const std::vector<Clip> clips = Cut(episodes, order.clip_steps);
  std::vector<agents::AuditDraw> draws = agents::DrawAudit(
      PredictClips(episodes, clips, model), {.clips = order.clips, .seed = order.seed});
  std::ranges::sort(draws, {}, &agents::AuditDraw::clip);  // not the most dangerous ones last
  RandomState faults(order.seed ^ 0x5A5A5A5AU);
  AuditFigures figures;
  std::vector<agents::AuditAnswer> answers;
  for (const agents::AuditDraw& draw : draws) {
    const Clip& clip = clips[draw.clip];
    const double session = double(figures.clips) / static_cast<double>(draws.size());
    const double cost = Charge(clip.steps, episodes[clip.episode], annotator.settings, order.looks,
                               session, faults);
    answers.push_back({cost, draw.chance});
    ++figures.clips;
    figures.answers += order.looks;
    if (cost > 0.0) ++figures.unsafe_clips;
  }
  const double episode_steps = MeanSteps(episodes);
  figures.audited = agents::AuditedCost(answers, {.episodes = static_cast<int>(episodes.size()),
                                                  .clips = clips.size(),
                                                  .most_cost = double(order.clip_steps),
                                                  .episode_steps = episode_steps});
  if (order.slips) {
    figures.audited = agents::WithoutSlips(figures.audited, episode_steps,
                                           agents::SlipsOfMajority(*order.slips, order.looks));
  }
  return figures;
}

}  // namespace lookout::app
