#include "agents/feedback/fitting/settings_like.h"

#include "agents/feedback/models/cost_ensemble.h"

namespace lookout::agents {

CostModelSettings SettingsLike(const CostModel& model, const sim::ObservationSignature& signature) {
  CostModelSettings settings{.signature = signature,
                             .history = model.past_inputs().history,
                             .with_action = model.past_inputs().action_dim > 0,
                             .traces = model.past_inputs().traces};
  const CostEnsemble* const ensemble = model.ensemble();
  if (ensemble == nullptr) return settings;
  settings.members = static_cast<int>(ensemble->members.size());
  settings.hidden = ensemble->members[0].layer_sizes()[1];
  if (!ensemble->inputs.left_out().empty()) settings.inputs = InputChoice::kWorld;
  return settings;
}

}  // namespace lookout::agents
