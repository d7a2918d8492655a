#include "agents/feedback/agreement/disagreements.h"

#include <algorithm>
#include <limits>

namespace lookout::agents {
namespace {

// Whether anybody calls the step unsafe and anybody else safe.
bool Disagree(const EpisodeOpinions& episode, std::size_t step, bool unmarked_is_safe) {
  bool unsafe = false;
  bool safe = false;
  for (const OpinionTrack& track : episode.tracks) {
    if (track.verdicts.empty()) continue;
    const StepVerdict said = track.verdicts[step];
    unsafe = unsafe || said == StepVerdict::kUnsafe;
    safe =
        safe || said == StepVerdict::kSafe || (unmarked_is_safe && said == StepVerdict::kUnmarked);
  }
  return unsafe && safe;
}

StepVerdict SaidAt(const OpinionTrack& track, std::size_t step) {
  return track.verdicts.empty() ? StepVerdict::kUnmarked : track.verdicts[step];
}

bool SameAsBefore(const EpisodeOpinions& episode, std::size_t step) {
  return step > 0 && std::ranges::all_of(episode.tracks, [step](const OpinionTrack& track) {
           return SaidAt(track, step) == SaidAt(track, step - 1);
         });
}

double RuleShare(const std::vector<float>& costs, const Disagreement& stretch) {
  if (costs.empty()) return std::numeric_limits<double>::quiet_NaN();
  const auto first = costs.begin() + stretch.first_step;
  const auto end = costs.begin() + stretch.last_step + 1;
  const auto charged = std::count_if(first, end, [](float cost) { return cost > 0.0F; });
  return static_cast<double>(charged) / static_cast<double>(end - first);
}

void AddOf(const EpisodeOpinions& episode, bool unmarked_is_safe,
           std::vector<Disagreement>& found) {
  bool inside = false;
  for (std::size_t i = 0; i < static_cast<std::size_t>(episode.recorded.steps); ++i) {
    const auto step = static_cast<StepIndex>(i);
    const bool same = SameAsBefore(episode, i);
    if (same && inside) found.back().last_step = step;
    if (same) continue;
    inside = Disagree(episode, i, unmarked_is_safe);
    if (!inside) continue;
    Disagreement& stretch = found.emplace_back();
    stretch.episode = episode.recorded.id;
    stretch.first_step = stretch.last_step = step;
    for (const OpinionTrack& track : episode.tracks) stretch.verdicts.push_back(SaidAt(track, i));
  }
}

}  // namespace

std::vector<Disagreement> FindDisagreements(const AnnotatorOpinions& opinions,
                                            bool unmarked_is_safe) {
  std::vector<Disagreement> all;
  for (const EpisodeOpinions& episode : opinions.episodes) {
    const std::size_t before = all.size();
    AddOf(episode, unmarked_is_safe, all);
    for (std::size_t i = before; i < all.size(); ++i) {
      all[i].rule_unsafe_share = RuleShare(episode.recorded.rule_costs, all[i]);
    }
  }
  std::ranges::stable_sort(all, [](const Disagreement& a, const Disagreement& b) {
    return a.last_step - a.first_step > b.last_step - b.first_step;
  });
  return all;
}

}  // namespace lookout::agents
