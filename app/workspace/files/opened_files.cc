#include "app/workspace/files/opened_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <string_view>
#include <utility>

#include "agents/rl/runs/checkpoint.h"
#include "app/cost_models/cost_model_file.h"
#include "app/platform/files.h"
#include "sim/config/config_file.h"

namespace lookout::app {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kDatabase = "SQLite format 3";
constexpr std::size_t kHead = 512;
constexpr std::size_t kMostRefusalsTold = 3;
constexpr std::size_t kMostNamesTold = 3;

const char* NameOf(fs::file_type type) {
  switch (type) {
    case fs::file_type::directory:
      return "a folder";
    case fs::file_type::fifo:
      return "a pipe";
    case fs::file_type::socket:
      return "a socket";
    case fs::file_type::block:
    case fs::file_type::character:
      return "a device";
    default:
      return "no file";
  }
}

// The first bytes; empty if the file cannot be read.
std::string HeadOf(const fs::path& path) {
  std::string head(kHead, '\0');
  std::ifstream stream(path, std::ios::binary);
  stream.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(stream.gcount()));
  return head;
}

Result<sim::EnvironmentConfig> Configuration(const fs::path& path,
                                             const EnvironmentFactory& factory) {
  Result<sim::EnvironmentConfig> config = sim::LoadConfigFile(path);
  if (!config) return config;
  const Result<EnvironmentFactory::Gym> gym = factory.create(*config);
  if (!gym) return BadInput(path.string() + ": " + gym.error().message);
  const Status laid_out = (*gym)->Reset(0);
  if (!laid_out) return BadInput(path.string() + ": " + laid_out.error().message);
  return config;
}

bool IsPolicy(std::string_view head) {
  return agents::ArchiveReader::IsKind(head, agents::kPolicyKind) ||
         agents::ArchiveReader::IsKind(head, agents::kCheckpointKind);
}

bool IsOfRun(const fs::path& path) {
  const fs::path file = path.filename();
  return file == agents::kPolicyFileName || file == agents::kCheckpointFileName;
}

std::string PolicyName(const fs::path& path) {
  std::error_code ignored;
  const fs::path folder =
      IsOfRun(path) ? fs::absolute(path, ignored).parent_path().filename() : fs::path();
  return (folder.empty() ? path.stem() : folder).string();
}

// What can be told without a world: the rest is checked when it takes the seat.
void LookAtPolicy(const fs::path& path, const fs::path& opened, OpenedFiles& out) {
  Result<std::string> bytes = ReadWholeFile(path, agents::kMostCheckpointBytes);
  if (!bytes) {
    out.refused.push_back({path, bytes.error().message});
    return;
  }
  Result<agents::PolicyOrigin> origin = agents::OriginOfPolicy(*bytes);
  if (!origin) {
    out.refused.push_back({path, path.string() + ": " + origin.error().message});
    return;
  }
  out.policies.push_back(
      {path, PolicyName(path), std::move(*bytes), std::move(origin->environment_id), opened});
}

// Its curves. The policy that it has left, if there is one, says for both why there are none.
void LookAtRun(const fs::path& folder, OpenedFiles::Policy* policy, OpenedFiles& out) {
  if (!HasRunLog(folder)) return;
  Result<OpenedRun> run = OpenRunFolder(folder);
  if (run) {
    out.runs.push_back(std::move(*run));
  } else if (policy != nullptr) {
    policy->without_run = run.error().message;
  } else {
    out.refused.push_back({folder, run.error().message});
  }
}

// The policy of a run's folder, if it has come so far: with its critics, where they are there to be
// asked what they expect.
void LookAtPolicyOfRun(const fs::path& folder, OpenedFiles& out) {
  std::error_code ignored;
  const fs::path policy = folder / agents::kPolicyFileName;
  if (!fs::is_regular_file(policy, ignored)) return;
  const fs::path checkpoint = folder / agents::kCheckpointFileName;
  OpenedFiles with_critics;
  if (fs::is_regular_file(checkpoint, ignored)) LookAtPolicy(checkpoint, folder, with_critics);
  if (with_critics.policies.empty()) return LookAtPolicy(policy, folder, out);
  out.policies.push_back(std::move(with_critics.policies.front()));
}

void LookAtRunFolder(const fs::path& folder, OpenedFiles& out) {
  const std::size_t before = out.policies.size();
  LookAtPolicyOfRun(folder, out);
  LookAtRun(folder, out.policies.size() > before ? &out.policies.back() : nullptr, out);
}

// A policy or checkpoint file, with the curves of the run that it lies beside.
void LookAtPolicyFile(const fs::path& path, OpenedFiles& out) {
  std::error_code ignored;
  const std::size_t before = out.policies.size();
  LookAtPolicy(path, path, out);
  if (!IsOfRun(path)) return;
  OpenedFiles::Policy* policy = out.policies.size() > before ? &out.policies.back() : nullptr;
  LookAtRun(fs::absolute(path, ignored).parent_path(), policy, out);
}

void LookAtCostModel(const fs::path& path, OpenedFiles& out) {
  Result<CostModelFile> file = LoadCostModelFile(path);
  if (file) {
    out.cost_models.push_back(
        {path.stem().string(), std::move(file->model), std::move(file->fingerprint)});
  } else {
    out.refused.push_back({path, file.error().message});
  }
}

void LookAtTransfer(const fs::path& path, OpenedFiles& out) {
  Result<OpenedTransfer> transfer = OpenTransfer(path);
  if (transfer) {
    out.transfers.push_back(std::move(*transfer));
  } else {
    out.refused.push_back({path, transfer.error().message});
  }
}

std::string More(std::size_t count) { return count == 0 ? "" : fmt::format(" and {} more", count); }

}  // namespace

void LookAtFile(const fs::path& path, const EnvironmentFactory& factory, OpenedFiles& out) {
  std::error_code ignored;
  const fs::file_type type = fs::status(path, ignored).type();
  const bool holds_policy = fs::is_regular_file(path / agents::kPolicyFileName, ignored);
  if (type == fs::file_type::directory && (holds_policy || HasRunLog(path))) {
    return LookAtRunFolder(path, out);
  }
  if (type == fs::file_type::not_found) {
    out.refused.push_back({path, path.string() + " does not exist: check the path."});
    return;
  }
  if (type != fs::file_type::regular) {
    out.skipped.push_back({path, NameOf(type)});
    return;
  }
  const std::string head = HeadOf(path);
  if (head.starts_with(kDatabase)) {
    out.projects.push_back(path);
    return;
  }
  if (IsPolicy(head)) return LookAtPolicyFile(path, out);
  if (IsCostModelFile(path)) return LookAtCostModel(path, out);
  if (IsTransfer(head)) return LookAtTransfer(path, out);
  if (head.find('\0') != std::string::npos) {
    out.refused.push_back({path, path.string() +
                                     " is no policy, cost model, project or configuration: drop "
                                     "one of these, a run's folder or a JSON file of environment "
                                     "options."});
    return;
  }
  Result<sim::EnvironmentConfig> config = Configuration(path, factory);
  if (config) {
    out.configurations.push_back({path, std::move(*config)});
  } else {
    out.refused.push_back({path, config.error().message});
  }
}

std::vector<std::string> ComplaintsAbout(const OpenedFiles& files) {
  std::vector<std::string> complaints;
  for (const OpenedFiles::Rejected& refused : files.refused) {
    if (complaints.size() == kMostRefusalsTold) break;
    complaints.push_back(refused.reason);
  }
  if (files.refused.size() > kMostRefusalsTold) {
    complaints.push_back(
        fmt::format("{} more files could not be opened: drop fewer at once to see why.",
                    files.refused.size() - kMostRefusalsTold));
  }
  if (files.skipped.empty()) return complaints;
  std::string names;
  for (std::size_t i = 0; i < std::min(files.skipped.size(), kMostNamesTold); ++i) {
    const OpenedFiles::Skipped& skipped = files.skipped[i];
    names += (i == 0 ? "" : ", ") + skipped.path.string() + " (" + skipped.what + ")";
  }
  complaints.push_back("Only regular files and folders of runs are opened. Skipped: " + names +
                       More(files.skipped.size() - std::min(files.skipped.size(), kMostNamesTold)) +
                       ".");
  return complaints;
}

}  // namespace lookout::app
