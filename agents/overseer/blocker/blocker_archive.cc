#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "agents/learning/archive.h"
#include "agents/learning/fields_archive.h"
#include "agents/overseer/blocker/blocker_model.h"

namespace lookout::agents {
namespace {

constexpr std::string_view kBlockerKind = "blocker";
constexpr std::uint32_t kBlockerVersion = 2;
constexpr std::int64_t kMostTableRows = 100;

void EncodeCounts(const BlockerReport& report, ArchiveWriter& writer) {
  writer.Integer("episodes", report.episodes);
  writer.Integer("fit_rows", report.fit_rows);
  writer.Integer("fit_blocks", report.fit_blocks);
  writer.Integer("threshold_rows", report.threshold_rows);
  writer.Integer("threshold_blocks", report.threshold_blocks);
  writer.Integer("threshold_runs", report.threshold_runs);
  writer.Integer("threshold_episodes", report.threshold_episodes);
  writer.Integer("report_rows", report.report_rows);
  writer.Integer("report_blocks", report.report_blocks);
  writer.Real("alpha", report.alpha);
  writer.Real("auc", report.auc);
  writer.Real("unknown_share", report.unknown_share);
}

void EncodeReport(const BlockerReport& report, ArchiveWriter& writer) {
  EncodeCounts(report, writer);
  writer.Integer("rules", std::ssize(report.rules));
  for (std::size_t i = 0; i < report.rules.size(); ++i) {
    const RuleReport& rule = report.rules[i];
    writer.Text(fmt::format("rule{}", i), ChoiceName(rule.rule));
    writer.Text(fmt::format("rule{}.refusal", i), rule.refusal);
    EncodeFields(rule.consequences, fmt::format("rule{}", i), writer);
  }
  writer.Integer("table", std::ssize(report.table));
  for (std::size_t i = 0; i < report.table.size(); ++i) {
    EncodeFields(report.table[i], fmt::format("table{}", i), writer);
  }
}

void ReadCounts(ArchiveReader& reader, BlockerReport& report) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  report.episodes = reader.Integer("episodes", 0, kMost);
  report.fit_rows = reader.Integer("fit_rows", 0, kMost);
  report.fit_blocks = reader.Integer("fit_blocks", 0, kMost);
  report.threshold_rows = reader.Integer("threshold_rows", 0, kMost);
  report.threshold_blocks = reader.Integer("threshold_blocks", 0, kMost);
  if (reader.version() >= 2) {
    report.threshold_runs = reader.Integer("threshold_runs", 0, report.threshold_blocks);
    report.threshold_episodes = reader.Integer("threshold_episodes", 0, report.threshold_runs);
  }
  report.report_rows = reader.Integer("report_rows", 0, kMost);
  report.report_blocks = reader.Integer("report_blocks", 0, kMost);
  report.alpha = reader.Real("alpha");
  report.auc = reader.RealOrNan("auc");
  report.unknown_share = reader.RealOrNan("unknown_share");
}

BlockerConsequences ReadConsequences(const std::string& prefix, ArchiveReader& reader) {
  const auto read = DecodeFields<BlockerConsequences>(prefix, reader);
  if (const std::string_view wrong = WrongWith(read); reader.ok() && !wrong.empty()) {
    reader.Reject(fmt::format("{} {}", prefix, wrong));
  }
  return read;
}

ThresholdRule ReadRule(const std::string& name, ArchiveReader& reader) {
  const std::string found = reader.Text(name, 100);
  if (!reader.ok()) return {};
  const auto rule = ParseChoice<ThresholdRule>(found, "rule of a threshold");
  if (!rule.ok()) reader.Reject(rule.error().message);
  return rule.ok() ? *rule : ThresholdRule{};
}

BlockerReport ReadReport(ArchiveReader& reader) {
  BlockerReport report;
  ReadCounts(reader, report);
  const std::int64_t rules = reader.Integer("rules", 0, kMostTableRows);
  for (std::int64_t i = 0; i < rules && reader.ok(); ++i) {
    const std::string name = fmt::format("rule{}", i);
    RuleReport rule{.rule = ReadRule(name, reader), .refusal = reader.Text(name + ".refusal")};
    rule.consequences = ReadConsequences(name, reader);
    report.rules.push_back(std::move(rule));
  }
  const std::int64_t table = reader.Integer("table", 0, kMostTableRows);
  for (std::int64_t i = 0; i < table && reader.ok(); ++i) {
    report.table.push_back(ReadConsequences(fmt::format("table{}", i), reader));
  }
  return report;
}

Eigen::VectorXf ReadQuantiles(std::string_view name, ArchiveReader& reader) {
  Eigen::VectorXf quantiles = reader.Floats(name, ScoreQuantiles::kCount);
  if (reader.ok() && !std::ranges::is_sorted(quantiles)) {
    reader.Reject(fmt::format("field '{}' does not ascend.", name));
  }
  return quantiles;
}

Calibration ReadBlockerCalibration(ArchiveReader& reader) {
  const Calibration read{.temperature = reader.Real("temperature"), .bias = reader.Real("bias")};
  if (reader.ok() && !(read.temperature >= Calibration::kLeastTemperature &&
                       read.temperature <= Calibration::kMostTemperature)) {
    reader.Reject(fmt::format("its temperature is {}, expected {} to {}.", read.temperature,
                              Calibration::kLeastTemperature, Calibration::kMostTemperature));
  }
  return read;
}

}  // namespace

std::string EncodeBlocker(const BlockerModel& model) {
  ArchiveWriter writer(kBlockerKind, kBlockerVersion);
  writer.Text("teacher", model.teacher);
  writer.Text("environment", model.environment);
  model.networks.Encode(writer);
  writer.Real("temperature", model.calibration.temperature);
  writer.Real("bias", model.calibration.bias);
  writer.Text("rule", ChoiceName(model.rule));
  writer.Real("threshold", model.threshold);
  const ScoreQuantiles& quantiles = model.quantiles;
  writer.Floats("score_quantiles", {quantiles.score.data(), std::size_t(ScoreQuantiles::kCount)});
  writer.Floats("spread_quantiles", {quantiles.spread.data(), std::size_t(ScoreQuantiles::kCount)});
  EncodeReport(model.report, writer);
  return writer.Finish();
}

Result<BlockerModelPtr> DecodeBlocker(std::string_view bytes) {
  auto opened = ArchiveReader::Open(bytes, kBlockerKind, kBlockerVersion, "The blocker");
  if (!opened) return opened.error();
  ArchiveReader& reader = *opened;
  BlockerModel model;
  model.teacher = reader.Text("teacher");
  model.environment = reader.Text("environment");
  model.networks = ActionNetworks::Decode(reader);
  model.calibration = ReadBlockerCalibration(reader);
  model.rule = ReadRule("rule", reader);
  model.threshold = reader.Real("threshold");
  if (reader.ok() && !(model.threshold >= 0.0 && model.threshold <= 1.0)) {
    reader.Reject(fmt::format("its threshold is {}, expected 0 to 1.", model.threshold));
  }
  model.quantiles.score = ReadQuantiles("score_quantiles", reader);
  model.quantiles.spread = ReadQuantiles("spread_quantiles", reader);
  model.report = ReadReport(reader);
  if (const Status status = reader.Finish(); !status) return status.error();
  return std::make_shared<const BlockerModel>(std::move(model));
}

bool IsBlocker(std::string_view bytes) { return ArchiveReader::IsKind(bytes, kBlockerKind); }

}  // namespace lookout::agents
