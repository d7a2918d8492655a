// What of an agent can be explained at a moment: the components of its mean action, and, of a
// checkpoint, what its value networks expect. The caller's thread.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "agents/inspect/explanations/explained_output.h"
#include "agents/policies/learned/gaussian_actor.h"
#include "agents/rl/runs/checkpoint.h"
#include "app/explanations/explained_moment.h"

namespace lookout::app {

struct ExplainedAgent {
  agents::GaussianActor actor;
  sim::EnvironmentConfig environment;      // that it was trained in, or the one asked for
  std::optional<agents::Critics> critics;  // a policy's file has none
};

// Whether the path is of an agent: the folder of a run, a checkpoint or a policy's file.
bool IsAgent(const std::filesystem::path& path);

// id_or_file: as LoadSavedPolicy takes it, which rejects the same; a checkpoint that is damaged.
Result<ExplainedAgent> LoadExplainedAgent(const std::filesystem::path& path,
                                          const std::string& id_or_file,
                                          const sim::CameraFactory& cameras = {});

// One number that the agent makes of an observation.
struct AgentNumber {
  std::string name;  // "action 0: force of \"x\"", "expected reward", "expected cost"
  agents::ExplainedOutput function;
};

// Of that moment: an agent with memory remembers what it would have acted on up to there, whoever
// did act. Costs are only expected by critics that learned to.
std::vector<AgentNumber> NumbersOf(const ExplainedAgent& agent, const ExplainedMoment& moment);

}  // namespace lookout::app
