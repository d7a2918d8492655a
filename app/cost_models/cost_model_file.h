// A cost model in a file of its own, as `lookout fit` writes it, and where it can be used. Any
// thread.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "agents/feedback/models/cost_model.h"
#include "sim/environment/camera_renderer.h"

namespace lookout::app {

struct CostModelFile {
  agents::CostModelPtr model;
  std::string fingerprint;  // of the bytes
};

// Rejects (kBadInput) what cannot be read or is no cost model, naming the file.
Result<CostModelFile> LoadCostModelFile(const std::filesystem::path& path);

// Whether the file begins like a cost model; false also for what is no file. For telling files
// apart.
bool IsCostModelFile(const std::filesystem::path& path);

// CostModel::CheckFits for a model from that file, which the error (kBadInput) names.
Status CheckFileFits(const std::filesystem::path& path, const agents::CostModel& model,
                     const sim::EnvironmentSpec& spec);

// The ids of the registered environments that it fits. Makes each of them for a moment: a second or
// so. cameras: of the robots that see; without, environments that need one are left out.
std::vector<std::string> EnvironmentsThatFit(const agents::CostModel& model,
                                             const sim::CameraFactory& cameras = {});

}  // namespace lookout::app
