// Where the robot was in the episodes that a fit learns from. One thread.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "agents/feedback/facts/episode_facts.h"
#include "agents/feedback/targets/episode_places.h"
#include "sim/recording/recording.h"

namespace lookout::app {

// How many steps there are, the reset included.
StepIndex StepCount(const std::vector<sim::ChunkPtr>& chunks);
// The recorded step; null if there is none. chunks: in order from step 0.
const sim::StepRecord* FindStep(const std::vector<sim::ChunkPtr>& chunks, StepIndex step);

// What was found out about episodes, by id and number of steps, so that the next fit need not
// replay them. Holds the newest 64.
class EpisodeFactsCache {
 public:
  // With geometry; null if it cannot be known (the episode was recorded without the state).
  std::shared_ptr<const agents::EpisodeFacts> Of(const sim::EpisodeHeader& header,
                                                 const std::vector<sim::ChunkPtr>& chunks);

 private:
  struct Known {
    StepIndex steps = 0;
    std::int64_t used = 0;
    std::shared_ptr<const agents::EpisodeFacts> facts;
  };
  std::map<EpisodeId, Known> known_;
  std::int64_t uses_ = 0;
};

class RecordedPlaces : public agents::EpisodePlaces {
 public:
  explicit RecordedPlaces(EpisodeFactsCache& facts) : facts_(facts) {}

  // Both must outlive it.
  void Add(const sim::EpisodeHeaderPtr& header, const std::vector<sim::ChunkPtr>& chunks);

  std::string_view Layout(EpisodeId episode) override;
  Point RobotAt(EpisodeId episode, StepIndex step) override;
  double DistanceTo(EpisodeId episode, StepIndex step, std::string_view kind) override;

 private:
  struct Recorded {
    sim::EpisodeHeaderPtr header;
    const std::vector<sim::ChunkPtr>* chunks = nullptr;
    std::string layout;
    bool asked = false;  // for facts
    std::shared_ptr<const agents::EpisodeFacts> facts;
  };

  EpisodeFactsCache& facts_;
  std::map<EpisodeId, Recorded> episodes_;
};

}  // namespace lookout::app
