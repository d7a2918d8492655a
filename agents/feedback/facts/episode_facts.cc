#include "agents/feedback/facts/episode_facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <utility>

#include "sim/engine/safety_gym.h"

namespace lookout::agents {
namespace {

constexpr double kNotKnown = std::numeric_limits<double>::quiet_NaN();

double Jolt(const sim::ObservationSignature& signature, const Eigen::VectorXf& observation) {
  int offset = 0;
  for (const sim::ObservationSignature::Entry& entry : signature.entries()) {
    const bool found = entry.key == "accelerometer" && entry.size >= 2;
    if (found && offset + 2 <= observation.size()) return observation.segment(offset, 2).norm();
    offset += entry.size;
  }
  return kNotKnown;
}

// The world of an episode, moved through its recorded states.
class Replay {
 public:
  static Result<Replay> Of(const sim::EpisodeHeader& header, const sim::SimState& first) {
    sim::EnvironmentConfig config = header.config;
    config.observe_vision = false;  // nothing has to be drawn
    auto world = sim::SafetyGym::FromEpisode(config, header.setup, first);
    if (!world) return world.error();
    return Replay(std::move(world).value());
  }

  Status Fill(const sim::SimState& state, StepFacts& facts) {
    if (Status restored = world_->Restore(state); !restored) return restored;
    facts.speed_m_s = world_->robot_velocity_in_world().head<2>().norm();
    facts.distance_m.fill(std::numeric_limits<double>::infinity());
    world_->ObjectPositions(positions_);
    const Eigen::Vector2d robot = world_->robot_position_in_world().head<2>();
    const auto& objects = world_->scene().objects;
    for (std::size_t i = 0; i < objects.size(); ++i) {
      const auto column = static_cast<Eigen::Index>(i);
      const auto kind = static_cast<std::size_t>(objects[i].kind);
      const double distance_m = (positions_.col(column).head<2>() - robot).norm();
      if (!(distance_m < facts.distance_m[kind])) continue;
      facts.distance_m[kind] = distance_m;
      facts.nearest_m[kind] = positions_.col(column).head<2>().cast<float>();
    }
    return {};
  }

 private:
  explicit Replay(std::unique_ptr<sim::SafetyGym> world) : world_(std::move(world)) {}

  std::unique_ptr<sim::SafetyGym> world_;
  Eigen::Matrix3Xd positions_;
};

}  // namespace

Result<EpisodeFacts> ReadFacts(const sim::EpisodeHeader& header,
                               std::span<const sim::ChunkPtr> chunks, bool with_geometry) {
  EpisodeFacts facts{.episode = header.id, .steps = {}};
  std::vector<const sim::StepRecord*> records;
  for (const sim::ChunkPtr& chunk : chunks) {
    for (const sim::StepRecord& step : chunk->steps) records.push_back(&step);
  }
  for (const sim::StepRecord* record : records) {
    StepFacts& step = facts.steps.emplace_back();
    step.costs = record->costs;
    step.speed_m_s = kNotKnown;
    step.jolt_m_s2 = Jolt(header.signature, record->observation);
    step.distance_m.fill(kNotKnown);
    step.nearest_m.fill(Eigen::Vector2f::Constant(std::numeric_limits<float>::quiet_NaN()));
    step.robot_m = record->robot_xy_m;
  }
  if (!with_geometry || records.empty()) return facts;
  if (records.front()->state == nullptr) {
    return BadInput(
        fmt::format("Episode {} was recorded without the simulator's state, so that speed and "
                    "where things stand are not known; leave it out, or let the annotator see "
                    "'cost' or 'jolt' alone and draw nothing.",
                    header.id.value));
  }
  auto replay = Replay::Of(header, *records.front()->state);
  if (!replay) return replay.error();
  for (std::size_t i = 0; i < records.size(); ++i) {
    if (Status done = replay->Fill(*records[i]->state, facts.steps[i]); !done) return done.error();
  }
  return facts;
}

}  // namespace lookout::agents
