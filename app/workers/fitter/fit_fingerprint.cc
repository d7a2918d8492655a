#include "app/workers/fitter/fit_fingerprint.h"

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
void AddAll(std::string& bytes, const void* data, std::size_t size) {
  bytes += Fingerprint({static_cast<const char*>(data), size});
}

template <typename T>
void AddAll(std::string& bytes, const std::vector<T>& values) {
  AddAll(bytes, values.data(), values.size() * sizeof(T));
}

}  // namespace

std::string FitFingerprint(const agents::LabelSet& labels,
                           const agents::CostModelSettings& settings) {
  std::string bytes;
  AddAll(bytes, labels.observations.data(),
         static_cast<std::size_t>(labels.observations.size()) * sizeof(float));
  AddAll(bytes, labels.unsafe);
  AddAll(bytes, labels.episodes);
  AddAll(bytes, labels.steps);
  for (const int value : {settings.members, settings.hidden, settings.batch, settings.max_epochs,
                          settings.patience}) {
    Add(bytes, value);
  }
  for (const double value :
       {settings.learning_rate, settings.weight_decay, settings.held_out_fraction}) {
    Add(bytes, value);
  }
  Add(bytes, settings.balance_classes);
  Add(bytes, settings.seed);
  bytes += settings.signature.Text();
  return Fingerprint(bytes);
}

}  // namespace lookout::app
