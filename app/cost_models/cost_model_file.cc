#include "app/cost_models/cost_model_file.h"

#include <utility>

#include "app/platform/files.h"
#include "sim/base/fingerprint.h"

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

}  // namespace lookout::app
