#include "app/runs/progress_log.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <limits>

namespace lookout::app {
namespace {

using agents::IterationReport;

struct Column {
  const char* name;
  double (*value)(const IterationReport&);
};

// Names down to Penalty are those of the 2019 agents.
constexpr std::array kColumns{
    Column{"Epoch", [](const IterationReport& r) { return double(r.iteration); }},
    Column{"AverageEpRet", [](const IterationReport& r) { return r.mean_return; }},
    Column{"AverageEpCost", [](const IterationReport& r) { return r.mean_true_cost; }},
    Column{"EpLen", [](const IterationReport& r) { return r.mean_length; }},
    Column{"CumulativeCost",
           [](const IterationReport& r) { return r.true_cost_rate * double(r.steps); }},
    Column{"CostRate", [](const IterationReport& r) { return r.true_cost_rate; }},
    Column{"LossPi", [](const IterationReport& r) { return r.policy_loss; }},
    Column{"LossV", [](const IterationReport& r) { return r.value_loss; }},
    Column{"LossVC", [](const IterationReport& r) { return r.cost_value_loss; }},
    Column{"KL", [](const IterationReport& r) { return r.kl; }},
    Column{"Entropy", [](const IterationReport& r) { return r.entropy; }},
    Column{"StopIter", [](const IterationReport& r) { return double(r.policy_passes); }},
    Column{"Penalty", [](const IterationReport& r) { return r.multiplier; }},
    Column{"ClipFraction", [](const IterationReport& r) { return r.clip_fraction; }},
    Column{"LearnedEpCost", [](const IterationReport& r) { return r.mean_learned_cost; }},
    Column{"ConstrainedEpCost", [](const IterationReport& r) { return r.constrained_cost; }},
    Column{"CostModel", [](const IterationReport& r) { return double(r.cost_model.value); }},
    Column{"Episodes", [](const IterationReport& r) { return double(r.episodes); }},
    Column{"DivergedEpisodes",
           [](const IterationReport& r) { return double(r.diverged_episodes); }},
    Column{"SampleTime", [](const IterationReport& r) { return r.sample_seconds; }},
    Column{"UpdateTime", [](const IterationReport& r) { return r.update_seconds; }},
    Column{"TotalEnvInteracts", [](const IterationReport& r) { return double(r.steps); }},
};

std::vector<std::string_view> Split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

double NumberOrNan(std::string_view text) {
  double value = 0.0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = result.ec == std::errc() && result.ptr == text.data() + text.size();
  return whole ? value : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

std::string ProgressHeader() {
  std::string line;
  for (const Column& column : kColumns) line += std::string(column.name) + "\t";
  return line + "Time\n";
}

std::string ProgressRow(const IterationReport& report, double seconds) {
  std::string line;
  char text[32];
  for (const Column& column : kColumns) {
    std::snprintf(text, sizeof(text), "%.8g\t", column.value(report));
    line += text;
  }
  std::snprintf(text, sizeof(text), "%.8g\n", seconds);
  return line + text;
}

const std::vector<double>& ProgressTable::operator[](std::string_view name) const {
  static const std::vector<double> kNone;
  const auto found = columns.find(name);
  return found == columns.end() ? kNone : found->second;
}

Result<ProgressTable> ParseProgress(std::string_view text, std::string_view what) {
  std::vector<std::string_view> lines = Split(text, '\n');
  if (lines.back().empty()) lines.pop_back();
  const auto names = lines.empty() ? std::vector<std::string_view>() : Split(lines[0], '\t');
  if (names.size() < 2) {
    return BadInput(std::string(what) + " has no header line of tab-separated column names.");
  }
  ProgressTable table;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const auto fields = Split(lines[i], '\t');
    if (fields.size() != names.size()) {
      return BadInput(std::string(what) + ", line " + std::to_string(i + 1) + ": expected " +
                      std::to_string(names.size()) + " fields, found " +
                      std::to_string(fields.size()) + ".");
    }
    for (std::size_t k = 0; k < names.size(); ++k) {
      table.columns[std::string(names[k])].push_back(NumberOrNan(fields[k]));
    }
  }
  table.rows = lines.size() - 1;
  return table;
}

std::string KeepEpochs(std::string_view text, int last_epoch) {
  std::string kept;
  for (const std::string_view line : Split(text, '\n')) {
    const double epoch = NumberOrNan(line.substr(0, line.find('\t')));
    const bool is_header = kept.empty();
    if (is_header || epoch <= last_epoch) kept += std::string(line) + "\n";
  }
  return kept;
}

}  // namespace lookout::app
