#include "agents/feedback/models/cost_inputs_archive.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "agents/feedback/models/cost_ensemble.h"

namespace lookout::agents {
namespace {

// Nothing in files of versions without it, and of models that look at states alone.
PastInputs ReadPast(ArchiveReader& reader) {
  PastInputs past;
  if (!reader.Has("history")) return past;
  past.history = static_cast<int>(reader.Integer("history", 0, PastInputs::kMostHistory));
  past.action_dim = static_cast<int>(reader.Integer("action_dim", 0, CostEnsemble::kMaxWidth));
  if (reader.Has("traces")) {
    past.traces = static_cast<int>(reader.Integer("traces", 0, PastInputs::kMostTraces));
    past.peaks = reader.Has("peaks") && reader.Integer("peaks", 0, 1) == 1;
  }
  return past;
}

}  // namespace

void EncodeInputs(const CostInputs& inputs, ArchiveWriter& writer) {
  std::vector<std::int64_t> lidars;
  for (const LidarInput& lidar : inputs.lidars()) {
    lidars.insert(lidars.end(), {lidar.offset, lidar.bins});
  }
  writer.Integer("observation_dim", inputs.observation_dim());
  writer.Integers("lidars", lidars);
  const std::vector<std::int64_t> left_out(inputs.left_out().begin(), inputs.left_out().end());
  writer.Integers("left_out", left_out);
  if (inputs.past() == PastInputs{}) return;
  writer.Integer("history", inputs.past().history);
  writer.Integer("action_dim", inputs.past().action_dim);
  if (inputs.past().traces == 0) return;
  writer.Integer("traces", inputs.past().traces);
  if (inputs.past().peaks) writer.Integer("peaks", 1);
}

CostInputs ReadInputs(ArchiveReader& reader, bool has_left_out) {
  const std::int64_t dim = reader.Integer("observation_dim", 1, CostEnsemble::kMaxWidth);
  const std::vector<std::int64_t> values = reader.Integers("lidars", 2 * CostEnsemble::kMaxWidth);
  const auto fits = [&](std::int64_t value) { return value >= 0 && value <= dim; };
  if (values.size() % 2 != 0 || !std::ranges::all_of(values, fits)) {
    reader.Reject(fmt::format("its lidars do not fit an observation of {} values.", dim));
    return {};
  }
  std::vector<LidarInput> lidars;
  for (std::size_t i = 0; i < values.size(); i += 2) {
    lidars.push_back({static_cast<int>(values[i]), static_cast<int>(values[i + 1])});
  }
  std::vector<std::int64_t> places;
  if (has_left_out) places = reader.Integers("left_out", CostEnsemble::kMaxWidth);
  if (!std::ranges::all_of(places, fits)) {
    reader.Reject(fmt::format("what it leaves out does not fit an observation of {} values.", dim));
    return {};
  }
  Result<CostInputs> inputs =
      CostInputs::Create(static_cast<int>(dim), std::move(lidars),
                         std::vector<int>(places.begin(), places.end()), ReadPast(reader));
  if (inputs.ok()) return std::move(*inputs);
  reader.Reject(inputs.error().message);
  return {};
}

}  // namespace lookout::agents
