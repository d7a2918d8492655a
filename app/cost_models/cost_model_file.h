// A cost model in a file of its own, as `lookout fit` writes it. Any thread.
#pragma once

#include <filesystem>
#include <string>

#include "agents/feedback/models/cost_model.h"

namespace lookout::app {

struct CostModelFile {
  agents::CostModelPtr model;
  std::string fingerprint;  // of the bytes
};

// Rejects (kBadInput) what cannot be read or is no cost model, naming the file.
Result<CostModelFile> LoadCostModelFile(const std::filesystem::path& path);

}  // namespace lookout::app
