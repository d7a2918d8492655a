#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "agents/feedback/models/cost_ensemble.h"
#include "agents/feedback/models/cost_inputs_archive.h"
#include "agents/learning/archive.h"

namespace lookout::agents {
namespace {

constexpr std::string_view kKind = "cost model";
constexpr std::uint32_t kVersion = 8;             // with traces' peaks
constexpr std::uint32_t kVersionWithTraces = 7;   // of the past
constexpr std::uint32_t kVersionWithClasses = 6;  // of danger
constexpr std::uint32_t kVersionWithSlips = 5;    // and what was viewed, and the rule's cost
// What it looks at besides a state, and lidars that an observation lacks.
constexpr std::uint32_t kVersionWithPast = 4;
constexpr std::uint32_t kVersionWithEpisodes = 3;  // and what it leaves out of its inputs
constexpr std::uint32_t kVersionWithSignature = 2;
constexpr int kMaxBins = 100;

// What files of version 5 have more: who errs how often, what was viewed, and the rule's cost.
bool HasSlips(const CostModelReport& report) {
  return !report.annotators.empty() || report.viewed_rows > 0 || !std::isnan(report.true_cost);
}

void EncodeSlips(const CostModelReport& report, ArchiveWriter& writer) {
  writer.Integer("annotators", std::ssize(report.annotators));
  for (std::size_t i = 0; i < report.annotators.size(); ++i) {
    const AnnotatorSlips& of = report.annotators[i];
    writer.Text(fmt::format("annotator{}", i), of.annotator);
    writer.Integer(fmt::format("annotator{}.rows", i), of.rows);
    writer.Real(fmt::format("annotator{}.false_alarms", i), of.false_alarm_rate);
    writer.Real(fmt::format("annotator{}.misses", i), of.miss_rate);
  }
  writer.Integer("viewed_rows", report.viewed_rows);
  writer.Real("unsafe_share", report.unsafe_share);
  writer.Real("learned_cost", report.learned_cost);
  writer.Real("true_cost", report.true_cost);
}

void EncodeReport(const CostModelReport& report, ArchiveWriter& writer) {
  writer.Integer("train_rows", report.train_rows);
  writer.Integer("held_out_rows", report.held_out_rows);
  writer.Integer("unsafe_rows", report.unsafe_rows);
  writer.Integer("safe_rows", report.safe_rows);
  writer.Integer("episodes", report.episodes);
  writer.Integer("held_out_by_episode", report.held_out_by_episode ? 1 : 0);
  writer.Real("auc", report.auc);
  writer.Real("brier", report.brier);
  writer.Real("calibration_error", report.expected_calibration_error);
  writer.Integer("epochs", report.epochs);
  writer.Integer("went_on", report.went_on ? 1 : 0);
  if (HasSlips(report)) EncodeSlips(report, writer);
  if (report.adapted) writer.Integer("adapted", 1);
  std::vector<std::int64_t> counts;
  std::vector<float> frequencies;
  for (const ReliabilityBin& bin : report.reliability) {
    counts.push_back(bin.count);
    frequencies.insert(frequencies.end(), {bin.mean_predicted, bin.fraction_unsafe});
  }
  writer.Integers("bin_counts", counts);
  writer.Floats("bin_frequencies", frequencies);
}

// A figure in [0, 1], or NaN where there was nothing to measure it on.
double ReadFigure(ArchiveReader& reader, std::string_view name) {
  const double value = reader.RealOrNan(name);
  if (value < 0.0 || value > 1.0) {
    reader.Reject(fmt::format("field '{}' is {}, expected 0 to 1.", name, value));
  }
  return value;
}

void ReadReliability(ArchiveReader& reader, CostModelReport& report) {
  const std::vector<std::int64_t> counts = reader.Integers("bin_counts", kMaxBins);
  const auto values = static_cast<std::int64_t>(2 * counts.size());
  const Eigen::VectorXf frequencies = reader.Floats("bin_frequencies", values);
  if (!reader.ok()) return;
  const bool legal =
      std::ranges::all_of(counts, [](std::int64_t count) { return count >= 0; }) &&
      std::ranges::all_of(frequencies, [](float value) { return value >= 0 && value <= 1; });
  if (!legal) reader.Reject("its reliability bins hold impossible values.");
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const auto at = static_cast<Eigen::Index>(2 * i);
    report.reliability.push_back({frequencies[at], frequencies[at + 1], counts[i]});
  }
}

void ReadSlips(ArchiveReader& reader, CostModelReport& report) {
  constexpr std::int64_t kMostAnnotators = 10'000;
  constexpr std::size_t kMostNameBytes = 4096;
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  const std::int64_t annotators = reader.Integer("annotators", 0, kMostAnnotators);
  for (std::int64_t i = 0; i < annotators && reader.ok(); ++i) {
    AnnotatorSlips of{.annotator = reader.Text(fmt::format("annotator{}", i), kMostNameBytes)};
    of.rows = reader.Integer(fmt::format("annotator{}.rows", i), 0, kMost);
    of.false_alarm_rate = ReadFigure(reader, fmt::format("annotator{}.false_alarms", i));
    of.miss_rate = ReadFigure(reader, fmt::format("annotator{}.misses", i));
    report.annotators.push_back(std::move(of));
  }
  report.viewed_rows = reader.Integer("viewed_rows", 0, kMost);
  report.unsafe_share = ReadFigure(reader, "unsafe_share");
  report.learned_cost = reader.RealOrNan("learned_cost");
  report.true_cost = reader.RealOrNan("true_cost");
}

CostModelReport ReadReport(ArchiveReader& reader) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  CostModelReport report;
  report.train_rows = reader.Integer("train_rows", 0, kMost);
  report.held_out_rows = reader.Integer("held_out_rows", 0, kMost);
  report.unsafe_rows = reader.Integer("unsafe_rows", 0, kMost);
  report.safe_rows = reader.Integer("safe_rows", 0, kMost);
  report.episodes = reader.Integer("episodes", 0, kMost);
  report.held_out_by_episode = reader.Integer("held_out_by_episode", 0, 1) == 1;
  report.auc = ReadFigure(reader, "auc");
  report.brier = ReadFigure(reader, "brier");
  report.expected_calibration_error = ReadFigure(reader, "calibration_error");
  report.epochs = static_cast<int>(reader.Integer("epochs", 0, std::numeric_limits<int>::max()));
  if (reader.version() >= kVersionWithEpisodes) {
    report.went_on = reader.Integer("went_on", 0, 1) == 1;
  }
  if (reader.Has("annotators")) ReadSlips(reader, report);
  report.adapted = reader.Has("adapted") && reader.Integer("adapted", 0, 1) == 1;
  ReadReliability(reader, report);
  return report;
}

// Of the inputs that were read before.
sim::ObservationSignature ReadSignature(ArchiveReader& reader, int observation_dim) {
  const std::string text = reader.Text("signature", sim::ObservationSignature::kMostTextBytes);
  if (!reader.ok()) return {};
  auto signature = sim::ObservationSignature::FromText(text);
  if (!signature) {
    reader.Reject(signature.error().message);
    return {};
  }
  if (!signature->empty() && signature->observation_dim() != observation_dim) {
    reader.Reject(fmt::format("its signature has {} values, its observation {}.",
                              signature->observation_dim(), observation_dim));
    return {};
  }
  return std::move(*signature);
}

Calibration ReadCalibration(ArchiveReader& reader) {
  Calibration calibration;
  calibration.temperature = reader.Real("temperature");
  calibration.bias = reader.Real("bias");
  if (reader.ok() && !(calibration.temperature > 0.0)) {
    reader.Reject(
        fmt::format("its temperature is {}, expected more than 0.", calibration.temperature));
  }
  return calibration;
}

void EncodeEpisodes(const std::vector<EpisodeId>& episodes, std::string_view name,
                    ArchiveWriter& writer) {
  std::vector<std::int64_t> ids;
  for (const EpisodeId id : episodes) ids.push_back(id.value);
  writer.Integers(name, ids);
}

std::vector<EpisodeId> ReadEpisodes(ArchiveReader& reader, std::string_view name) {
  constexpr std::int64_t kMostEpisodes = 1'000'000;
  std::vector<EpisodeId> episodes;
  for (const std::int64_t id : reader.Integers(name, kMostEpisodes)) episodes.push_back({id});
  if (!std::ranges::is_sorted(episodes)) {
    reader.Reject(fmt::format("its '{}' are out of order.", name));
  }
  return episodes;
}

Mlp ReadMember(ArchiveReader& reader, const CostEnsemble& ensemble, std::size_t index) {
  const std::string name = fmt::format("member{}", index);
  Mlp member = Mlp::Decode(reader, name);
  if (!reader.ok()) return member;
  const bool alike =
      ensemble.members.empty() || member.layer_sizes() == ensemble.members[0].layer_sizes();
  if (member.input_dim() != ensemble.normaliser.dim() || member.output_dim() != 1 || !alike) {
    reader.Reject(
        fmt::format("network '{}' takes {} values and gives {}, expected a network like the "
                    "others, from {} values to 1.",
                    name, member.input_dim(), member.output_dim(), ensemble.normaliser.dim()));
  }
  return member;
}

}  // namespace

std::string EncodeCostEnsemble(const CostEnsemble& ensemble) {
  // Whoever reads version 3 can read what has nothing newer in it.
  const bool is_newer = ensemble.inputs.past() != PastInputs{} || ensemble.report.adapted;
  std::uint32_t version = is_newer ? kVersionWithPast : kVersionWithEpisodes;
  if (HasSlips(ensemble.report)) version = kVersionWithSlips;
  const bool has_classes = !ensemble.report.classes.empty();
  if (has_classes) version = kVersionWithClasses;
  const PastInputs& past = ensemble.inputs.past();
  if (past.traces > 0) version = past.peaks ? kVersion : kVersionWithTraces;
  ArchiveWriter writer(kKind, version);
  writer.Integer("id", ensemble.id.value);
  EncodeInputs(ensemble.inputs, writer);
  writer.Text("signature", ensemble.signature.Text());
  writer.Integer("members", static_cast<std::int64_t>(ensemble.members.size()));
  ensemble.normaliser.Encode(writer, "normaliser");
  for (std::size_t i = 0; i < ensemble.members.size(); ++i) {
    ensemble.members[i].Encode(writer, fmt::format("member{}", i));
  }
  writer.Real("temperature", ensemble.calibration.temperature);
  writer.Real("bias", ensemble.calibration.bias);
  EncodeReport(ensemble.report, writer);
  if (has_classes) EncodeClasses(ensemble.report.classes, ensemble.heads, writer);
  ensemble.support.Encode(writer, "support");
  EncodeEpisodes(ensemble.episodes.training, "training_episodes", writer);
  EncodeEpisodes(ensemble.episodes.held_out, "held_out_episodes", writer);
  return writer.Finish();
}

Result<CostModelPtr> DecodeCostModel(std::string_view bytes) {
  Result<ArchiveReader> opened = ArchiveReader::Open(bytes, kKind, kVersion, "The cost model");
  if (!opened) return opened.error();
  ArchiveReader& reader = *opened;
  CostEnsemble ensemble;
  ensemble.id = {reader.Integer("id", 0, std::numeric_limits<std::int64_t>::max())};
  ensemble.inputs = ReadInputs(reader, reader.version() >= kVersionWithEpisodes);
  if (reader.version() >= kVersionWithSignature) {
    ensemble.signature = ReadSignature(reader, ensemble.inputs.observation_dim());
  }
  const auto members =
      static_cast<std::size_t>(reader.Integer("members", 1, CostEnsemble::kMaxMembers));
  ensemble.normaliser = Normaliser::Decode(reader, "normaliser", ensemble.inputs.dim());
  for (std::size_t i = 0; i < members && reader.ok(); ++i) {
    ensemble.members.push_back(ReadMember(reader, ensemble, i));
  }
  ensemble.calibration = ReadCalibration(reader);
  ensemble.report = ReadReport(reader);
  if (reader.Has("classes")) {
    ReadClasses(reader, members, ensemble.inputs.dim(), ensemble.report.classes, ensemble.heads);
  }
  if (reader.version() >= kVersionWithEpisodes) {
    ensemble.support = Support::Decode(reader, "support", ensemble.inputs.dim());
    ensemble.episodes.training = ReadEpisodes(reader, "training_episodes");
    ensemble.episodes.held_out = ReadEpisodes(reader, "held_out_episodes");
  }
  if (const Status status = reader.Finish(); !status) return status.error();
  return MakeCostModel(std::move(ensemble));
}

}  // namespace lookout::agents
