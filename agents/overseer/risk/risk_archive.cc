#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "agents/learning/archive.h"
#include "agents/learning/fields_archive.h"
#include "agents/overseer/risk/risk_critic.h"

namespace lookout::agents {
namespace {

constexpr std::string_view kRiskKind = "risk critic";
constexpr std::uint32_t kRiskVersion = 2;

RiskReport ReadRiskReport(ArchiveReader& reader) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  RiskReport report;
  report.episodes = reader.Integer("episodes", 0, kMost);
  report.rows = reader.Integer("rows", 0, kMost);
  report.violations = reader.Integer("violations", 0, kMost);
  report.horizon_steps = static_cast<int>(reader.Integer("horizon_steps", 0, 1'000'000));
  report.auc = reader.RealOrNan("auc");
  report.consequences = DecodeFields<BlockerConsequences>("consequences", reader);
  if (const std::string_view wrong = WrongWith(report.consequences);
      reader.ok() && !wrong.empty()) {
    reader.Reject(fmt::format("it {}", wrong));
  }
  return report;
}

// In [0, 1].
double ReadShare(std::string_view name, ArchiveReader& reader) {
  const double share = reader.Real(name);
  if (reader.ok() && !(share >= 0.0 && share <= 1.0)) {
    reader.Reject(fmt::format("field '{}' is {}, expected 0 to 1.", name, share));
  }
  return share;
}

}  // namespace

std::string EncodeRiskCritic(const RiskCritic& critic) {
  ArchiveWriter writer(kRiskKind, kRiskVersion);
  writer.Text("environment", critic.environment);
  critic.networks.Encode(writer);
  writer.Real("gamma", critic.gamma);
  writer.Real("epsilon", critic.epsilon);
  writer.Floats("quantiles",
                {critic.quantiles.data(), static_cast<std::size_t>(critic.quantiles.size())});
  const RiskReport& report = critic.report;
  writer.Integer("episodes", report.episodes);
  writer.Integer("rows", report.rows);
  writer.Integer("violations", report.violations);
  writer.Integer("horizon_steps", report.horizon_steps);
  writer.Real("auc", report.auc);
  EncodeFields(report.consequences, "consequences", writer);
  return writer.Finish();
}

Result<RiskCriticPtr> DecodeRiskCritic(std::string_view bytes) {
  auto opened = ArchiveReader::Open(bytes, kRiskKind, kRiskVersion, "The risk critic");
  if (!opened) return opened.error();
  ArchiveReader& reader = *opened;
  RiskCritic critic;
  critic.environment = reader.Text("environment");
  critic.networks = ActionNetworks::Decode(reader);
  critic.gamma = ReadShare("gamma", reader);
  critic.epsilon = ReadShare("epsilon", reader);
  critic.quantiles = reader.Floats("quantiles", 101);
  if (reader.ok() && !std::ranges::is_sorted(critic.quantiles)) {
    reader.Reject("field 'quantiles' does not ascend.");
  }
  critic.report = ReadRiskReport(reader);
  if (const Status status = reader.Finish(); !status) return status.error();
  return std::make_shared<const RiskCritic>(std::move(critic));
}

bool IsRiskCritic(std::string_view bytes) { return ArchiveReader::IsKind(bytes, kRiskKind); }

}  // namespace lookout::agents
