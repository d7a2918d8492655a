// The nearest unblocked strategy: who is held off one way takes the next that nobody marked. What
// an agent does now that it did not do before, or not nearly as often, in groups, those first that
// cost most where nothing was marked unsafe or blocked. Pure functions; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "agents/feedback/agreement/episode_bootstrap.h"
#include "agents/feedback/audit/exact_interval.h"
#include "agents/inspect/unblocked/behaviour.h"
#include "agents/inspect/unblocked/frequency.h"
#include "agents/inspect/unblocked/novelty.h"

namespace lookout::agents {

struct UnblockedSettings {
  NoveltySettings novelty;
  FrequencySettings frequency;
  std::size_t most_groups = 8;
  std::size_t least_clips = 3;  // a group of fewer is left out; so is one of a single episode,
                                // where there are more
  int bootstrap = 1000;
};

// A clip that is new or of a kind that is more frequent than it was, and how it stands to what was
// judged.
struct NewClip {
  std::uint32_t seed = 0;
  EpisodeId episode;              // of a project; 0: it is in none
  StepIndex first = 0, last = 0;  // steps, from 1 on
  double novelty = 0.0;           // in thresholds: 1 is as new as anything the agent did before
  double times_as_often = 1.0;    // as before, around it; see ClipFrequency
  double to_unsafe = 0.0;         // distance to what was marked unsafe or blocked, in thresholds;
                                  // infinite without any
  double to_judged = 0.0;         // to what was judged at all, likewise
  double true_cost = 0.0;
  double predicted = 0.0;  // NaN without a model

  // Nothing like it was marked unsafe or blocked. Marks are fewer than the steps that the threshold
  // is of, so that what is alike lies a little farther from them.
  static constexpr double kAlike = 1.5;
  bool outside() const { return to_unsafe > kAlike; }
  bool is_new() const { return novelty > 1.0; }
};

struct NewWay {
  std::vector<NewClip> clips;  // the most typical first
  double new_share = 0.0;      // of them, is as unlike all that the agent did before as that
  WayFrequency frequency;
  ExactInterval step_share;     // of all steps of the agent; over episodes, see clustered_share.h
  ExactInterval episode_share;  // of its episodes
  double cost_per_step = 0.0;   // of its own steps
  Estimate cost;                // true, per episode of the agent
  Estimate cost_outside;        // the same, of clips that nothing like was marked or blocked of
  std::array<double, sim::kCostKindCount> cost_by_kind{};  // per episode
  Estimate predicted;                                      // per episode; NaN without a model
  double to_unsafe = 0.0;                                  // the median of its clips'
  double to_judged = 0.0;
  double outside_share = 0.0;  // of its clips
  std::int64_t blocked = 0;    // of its steps
  // The nearest kind of thing, of those that its cost comes from if there is any; no distance is
  // known: infinite.
  sim::SceneObjectKind near = sim::SceneObjectKind::kHazard;
  double near_m = 0.0;  // the median over its clips of the least in each

  bool was_marked() const { return outside_share < 0.5; }
  // Its clips are unlike all that the agent did before, and hardly anything lay as near to them as
  // they lie to each other.
  bool is_new() const {
    constexpr double kHardly = 0.1;  // of how often it is done now
    return new_share >= 0.5 && frequency.before <= kHardly * frequency.after;
  }
  // Much that lies as near to them was done before, and about as often, but each of them is unlike
  // it.
  bool is_done_otherwise() const {
    return new_share >= 0.5 && !is_new() && frequency.times.low <= 1.0;
  }
};

struct UnblockedReport {
  std::vector<NewWay> ways;      // the greatest cost_outside first, then the most frequent
  double threshold = 0.0;        // of novelty
  double often_threshold = 0.0;  // times as often as before; infinite: too few episodes to say
  std::size_t clips = 0;         // of the agent's episodes
  std::size_t new_clips = 0;
  std::size_t found_clips = 0;  // new, or more often than that threshold
  ExactInterval new_share;      // of its clips, over episodes
  ExactInterval found_share;
  std::size_t left_out = 0;  // found clips in no group
  Estimate cost, predicted;  // per episode, of everything that it does
};

// before: at least two episodes with steps, after: at least one, all of the same observations.
// judged: of none: no columns. Same input: same report, whatever the number of workers.
UnblockedReport FindUnblocked(std::span<const BehaviourEpisode> before,
                              std::span<const BehaviourEpisode> after, const JudgedStates& judged,
                              const UnblockedSettings& settings);

// "new", "done otherwise" or "5.1 times as often".
std::string OftenInWords(const NewWay& way);
// "near vases, 0.12 m".
std::string PlaceInWords(const NewWay& way);
// "near vases, 0.12 m; 5.1 times as often as before; 21.3 of true cost per episode, predicted 0.4;
// nothing like it was marked unsafe". blocked: there was an overseer.
std::string WordsOf(const NewWay& way, bool blocked = false);

}  // namespace lookout::agents
