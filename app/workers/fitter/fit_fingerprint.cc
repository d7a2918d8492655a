#include "app/workers/fitter/fit_fingerprint.h"

#include <fmt/format.h>

#include <type_traits>
#include <vector>

#include "sim/base/fingerprint.h"

namespace lookout::app {
namespace {

template <typename T>
void Add(std::string& bytes, const T& value) {
  static_assert(std::is_arithmetic_v<T>);
  bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
}

// Long material goes in piece by piece: each is replaced by its fingerprint.
void AddAll(std::string& bytes, const Eigen::MatrixXf& values) {
  bytes += Fingerprint({reinterpret_cast<const char*>(values.data()),
                        static_cast<std::size_t>(values.size()) * sizeof(float)});
}

// What is said, not which record says so.
std::string BytesOf(const std::vector<agents::TargetPoint>& points, bool classes) {
  std::string bytes;
  for (const agents::TargetPoint& point : points) {
    Add(bytes, point.target);
    Add(bytes, point.weight);
    Add(bytes, point.episode.value);
    Add(bytes, point.step);
    Add(bytes, point.annotator);
    Add(bytes, point.stands_for);
    Add(bytes, point.audit_chance);
    if (classes && point.dangers != 0) Add(bytes, point.dangers);
  }
  return bytes;
}

std::string BytesOf(const std::vector<agents::TargetPair>& pairs) {
  std::string bytes;
  for (const agents::TargetPair& pair : pairs) {
    for (const agents::TargetPair::Steps& steps : {pair.first, pair.second}) {
      Add(bytes, steps.begin);
      Add(bytes, steps.count);
    }
    Add(bytes, pair.first_is_safer);
    Add(bytes, pair.strength);
  }
  return bytes;
}

}  // namespace

std::string FitFingerprint(const agents::LabelSet& labels,
                           const agents::CostModelSettings& settings) {
  std::string bytes;
  AddAll(bytes, labels.observations);
  AddAll(bytes, labels.pair_observations);
  for (const agents::LabelledPast* past : {&labels.past, &labels.pair_past}) {
    if (past->observations.rows() > 0) AddAll(bytes, past->observations);
    if (past->actions.rows() > 0) AddAll(bytes, past->actions);
  }
  bytes += Fingerprint(BytesOf(labels.points, settings.classes));
  bytes += Fingerprint(BytesOf(labels.pairs));
  for (const int value : {settings.members, settings.hidden, settings.batch, settings.max_epochs,
                          settings.patience}) {
    Add(bytes, value);
  }
  for (const double value :
       {settings.learning_rate, settings.weight_decay, settings.held_out_fraction}) {
    Add(bytes, value);
  }
  Add(bytes, settings.balance_classes);
  Add(bytes, settings.slips);
  Add(bytes, labels.viewed_steps);
  Add(bytes, settings.seed);
  bytes += settings.signature.Text();
  if (settings.inputs != agents::InputChoice::kFull) bytes += ChoiceName(settings.inputs);
  if (settings.history > 0) bytes += fmt::format("history {}", settings.history);
  if (settings.traces > 0) bytes += fmt::format("traces {}", settings.traces);
  if (settings.with_action) bytes += "with the action";
  if (settings.noise) bytes += "with noise";
  if (!settings.classes) bytes += "without classes";
  return Fingerprint(bytes);
}

}  // namespace lookout::app
