// The window's memory of what happened: every episode it may draw or scrub, as immutable chunks
// plus flat per-step series for the timeline. Window thread only.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "sim/engine/safety_gym.h"
#include "sim/recording/acting.h"
#include "sim/recording/recording.h"

namespace lookout::ui {

// What drawing an episode needs besides its steps; made by the player, shared read-only.
struct EpisodeScene {
  sim::EpisodeHeaderPtr header;
  sim::EnvironmentSpec spec;
  sim::SceneDescription scene;
  sim::ModelPtr model;  // null: the episode was recorded without the simulator's state
};
using EpisodeScenePtr = std::shared_ptr<const EpisodeScene>;

// Steps of which the same one decided, from `first` to the next of these.
struct ActorSpan {
  StepIndex first = 0;
  std::string name;
  sim::ActionSource source = sim::ActionSource::kAgent;
  bool overseen = false;  // by who did not simply let the proposed action pass
};

// One episode: steps 0 .. steps()-1, where step 0 is the state after the reset.
class EpisodeTrack {
 public:
  explicit EpisodeTrack(EpisodeScenePtr scene);

  const EpisodeScene& scene() const { return *scene_; }
  const EpisodeScenePtr& scene_ptr() const { return scene_; }
  const sim::EpisodeHeader& header() const { return *scene_->header; }
  EpisodeId id() const { return header().id; }

  StepIndex steps() const { return static_cast<StepIndex>(reward.size()); }
  const sim::StepRecord& step(StepIndex index) const;  // 0 <= index < steps()
  bool finished() const;                               // its last step IsDone

  // Appends the next chunk; chunks must come in order (our bug otherwise).
  void Append(sim::ChunkPtr chunk);
  const std::vector<sim::ChunkPtr>& chunks() const { return chunks_; }
  // Bytes that the episode holds, with what the heap adds to each vector.
  std::size_t bytes() const { return bytes_; }

  // Who decided what was done, in order; nothing before the first action.
  const std::vector<ActorSpan>& actors() const { return actors_; }
  // The one at that step; nullptr at step 0 and outside.
  const ActorSpan* ActorAt(StepIndex step) const;
  // "Go to goal, then You": the header's agent and whoever took over from it.
  std::string agents_in_words() const { return sim::AgentsInWords(header().agent, hand_overs_); }

  // Per-step series, all of length steps(), for plots that must not touch whole records.
  std::vector<float> reward;
  std::vector<float> cost;            // the rule's total
  std::vector<float> predicted_cost;  // NaN where no model predicted
  std::vector<float> predicted_spread;
  std::vector<float> return_so_far;  // running sums from step 0
  std::vector<float> cost_so_far;
  std::vector<float> predicted_so_far;  // NaN counted as 0
  std::vector<std::array<float, sim::kCostKindCount>> cost_by_kind_so_far;
  // Costs under names of their own, which are no CostKind, in the order in which they came up.
  struct OtherCost {
    std::string name;
    std::vector<float> so_far;  // [steps()]
  };
  std::vector<OtherCost> other_costs;

 private:
  void AppendSeries(const sim::StepRecord& record);
  void AppendOtherCosts(const sim::RecordingChunk& chunk);

  EpisodeScenePtr scene_;
  std::vector<sim::ChunkPtr> chunks_;
  std::vector<StepIndex> chunk_first_;
  std::vector<ActorSpan> actors_;
  std::vector<sim::HandOver> hand_overs_;
  std::size_t bytes_ = 0;
};

// A row of the episode list, also for episodes that are in the project but not in memory.
struct EpisodeSummary {
  EpisodeId id;
  std::string environment;
  std::uint64_t observation_hash = 0;  // of its signature; 0: the file does not say
  std::string agent;
  std::uint32_t seed = 0;
  StepIndex steps = 0;
  double episode_return = 0.0;
  double cost = 0.0;
  double predicted_cost = 0.0;
  std::int64_t started_unix_ms = 0;
  EpisodeId branched_from;
  StepIndex branched_at = 0;
  double step_duration_s = 0.02;
  bool imported = false;  // stays in the project, whatever comes after it
  bool finished = false;  // it came to its end
  bool in_memory = false;
};

class EpisodeStore {
 public:
  // Starts (or replaces) an episode that will be appended to.
  EpisodeTrack& Begin(EpisodeScenePtr scene);
  void Append(sim::ChunkPtr chunk);  // chunks of unknown episodes are ignored

  EpisodeTrack* Find(EpisodeId id);
  const EpisodeTrack* Find(EpisodeId id) const;

  // Rows for episodes, newest first: those in memory and those that the project reported.
  const std::vector<EpisodeSummary>& summaries() const { return summaries_; }
  // Null if it has none.
  const EpisodeSummary* FindSummary(EpisodeId id) const;
  // Simulated seconds of each of its steps; those of most environments if it is not listed.
  double StepDuration(EpisodeId id) const;
  // From the project file; what is in memory is newer and wins.
  void AddSummary(const EpisodeSummary& summary);

  // Forgets the oldest episodes until at most `bytes` are held, never those in `keep` (the live
  // one, the shown one). They stay listed and can be loaded again from the project, which keeps
  // those in `listed` (with marks) and the newest `rows` of the others: older rows go, too.
  void Trim(std::size_t bytes, std::size_t rows, const std::set<EpisodeId>& keep,
            const std::set<EpisodeId>& listed);
  // Of all episodes in memory.
  std::size_t bytes() const;

 private:
  EpisodeSummary& SummaryOf(EpisodeId id);  // its row, inserted in order if new
  void UpdateSummary(const EpisodeTrack& track);

  std::map<EpisodeId, std::unique_ptr<EpisodeTrack>> tracks_;
  std::vector<EpisodeSummary> summaries_;
};

}  // namespace lookout::ui
