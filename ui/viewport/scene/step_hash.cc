#include "ui/viewport/scene/step_hash.h"

#include <cstddef>

namespace lookout::ui {
namespace {

// FNV-1a over whatever of a step moves something in the picture.
class PoseHash {
 public:
  void Add(const void* bytes, std::size_t count) {
    const auto* byte = static_cast<const unsigned char*>(bytes);
    for (std::size_t i = 0; i < count; ++i) hash_ = (hash_ ^ byte[i]) * 0x100000001b3U;
  }
  template <typename Vector>
  void Add(const Vector& vector) {
    Add(vector.data(), static_cast<std::size_t>(vector.size()) * sizeof(*vector.data()));
  }
  std::uint64_t value() const { return hash_; }

 private:
  std::uint64_t hash_ = 0xcbf29ce484222325U;
};

}  // namespace

std::uint64_t HashOfStep(const sim::StepRecord& step) {
  PoseHash hash;
  hash.Add(step.state->qpos);
  hash.Add(step.state->qvel);
  hash.Add(step.state->mocap_pos);
  hash.Add(step.state->goal_position_in_world);
  hash.Add(step.observation);
  hash.Add(step.executed_action);
  hash.Add(step.proposed_action);
  hash.Add(&step.source, sizeof step.source);
  const bool overseen = step.overseer != nullptr;
  hash.Add(&overseen, sizeof overseen);
  hash.Add(&step.costs.total, sizeof step.costs.total);
  hash.Add(&step.state->goal_button, sizeof step.state->goal_button);
  hash.Add(&step.state->button_timer, sizeof step.state->button_timer);
  return hash.value();
}

std::uint64_t HashOfWarning(const BlockWarning* warning) {
  if (warning == nullptr) return 0;
  PoseHash hash;
  hash.Add(warning->proposed);
  hash.Add(warning->planned);
  return hash.value();
}

}  // namespace lookout::ui
