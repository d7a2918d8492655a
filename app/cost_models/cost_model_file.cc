#include "app/cost_models/cost_model_file.h"

#include <fstream>
#include <utility>

#include "agents/learning/archive.h"
#include "app/platform/files.h"
#include "app/runs/saved_policy.h"
#include "sim/base/fingerprint.h"
#include "sim/config/suite.h"

namespace lookout::app {
namespace {

constexpr std::size_t kMostModelBytes = 1U << 30U;

}  // namespace

Result<CostModelFile> LoadCostModelFile(const std::filesystem::path& path) {
  const auto bytes = ReadWholeFile(path, kMostModelBytes);
  if (!bytes.ok()) return bytes.error();
  auto model = agents::DecodeCostModel(*bytes);
  if (!model.ok()) return BadInput(path.string() + ": " + model.error().message);
  return CostModelFile{std::move(*model), Fingerprint(*bytes)};
}

bool IsCostModelFile(const std::filesystem::path& path) {
  constexpr std::size_t kHeadBytes = 64;
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return false;
  std::string head(kHeadBytes, '\0');
  std::ifstream file(path, std::ios::binary);
  file.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(file.gcount()));
  return agents::ArchiveReader::IsKind(head, "cost model");
}

Status CheckFileFits(const std::filesystem::path& path, const agents::CostModel& model,
                     const sim::EnvironmentSpec& spec) {
  const Status fits = model.CheckFits(spec);
  if (fits.ok()) return {};
  return BadInput(path.string() + ": " + fits.error().message);
}

std::vector<std::string> EnvironmentsThatFit(const agents::CostModel& model,
                                             const sim::CameraFactory& cameras) {
  std::vector<std::string> ids;
  for (const sim::RegisteredEnvironment& registered : sim::RegisteredEnvironments()) {
    const auto environment = MakeEnvironment(registered.config, cameras);
    if (!environment.ok()) continue;
    if (model.CheckFits((*environment)->spec()).ok()) ids.push_back(registered.id);
  }
  return ids;
}

}  // namespace lookout::app
