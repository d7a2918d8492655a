// Overseers that were learned, as text names them: blocker:FILE, risk:FILE and
// delegate:ADVISOR,model=FILE. Any thread.
#pragma once

#include <filesystem>

#include "agents/feedback/models/cost_model.h"
#include "agents/overseer/blocker/blocker_model.h"
#include "agents/overseer/risk/risk_critic.h"
#include "app/overseers/overseer_kind.h"

namespace lookout::app {

extern const OverseerKind kBlockerKind;
extern const OverseerKind kRiskKind;
extern const OverseerKind kDelegateKind;

// Reject (kBadInput) what cannot be read or is none, naming the file.
Result<agents::BlockerModelPtr> LoadBlockerFile(const std::filesystem::path& path);
Result<agents::RiskCriticPtr> LoadRiskCriticFile(const std::filesystem::path& path);
// Of a cost model, as `lookout fit` writes it.
Result<agents::CostModelPtr> LoadCostFile(const std::filesystem::path& path);

}  // namespace lookout::app
