#include "agents/feedback/models/adapted_model.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "agents/feedback/models/cost_ensemble.h"

namespace lookout::agents {
namespace {

using Entry = sim::ObservationSignature::Entry;

constexpr char kWayOut[] = " Mark in that environment and fit a model to it.";

bool IsLidar(const Entry& entry) { return entry.key.ends_with("_lidar"); }

bool HasKey(const sim::ObservationSignature& signature, const std::string& key) {
  return std::ranges::find(signature.entries(), key, &Entry::key) != signature.entries().end();
}

// Where an entry begins; -1 if it is not there.
int PlaceOf(const Entry& entry, const sim::ObservationSignature& signature) {
  int place = 0;
  for (const Entry& other : signature.entries()) {
    if (other == entry) return place;
    place += other.size;
  }
  return -1;
}

// Finds what a model looks at in another observation, part by part.
class Finder {
 public:
  Finder(const CostInputs& inputs, const sim::ObservationSignature& there)
      : inputs_(inputs), there_(there), looked_at_(static_cast<std::size_t>(Dim()), false) {}

  // A part of the model's own observation, which begins at `place`; in order.
  Status Add(const Entry& entry, int place) {
    const bool as_lidar =
        std::ranges::find(inputs_.lidars(), place, &LidarInput::offset) != inputs_.lidars().end();
    if (!as_lidar && AllLeftOut(entry, place)) return {};
    const int found = PlaceOf(entry, there_);
    if (found >= 0 && found < next_) {
      return BadInput(fmt::format("has {} in another place among the others.", entry.key));
    }
    if (found < 0) {
      if (!as_lidar || HasKey(there_, entry.key)) {
        missing_.push_back(fmt::format("{} ({})", entry.key, entry.size));
      } else {
        lidars_.push_back({.offset = next_, .bins = 0});
        absent_.push_back(entry.key);
      }
      return {};
    }
    if (as_lidar) lidars_.push_back({found, entry.size});
    for (int i = 0; i < entry.size; ++i) {
      if (as_lidar || !IsLeftOut(place + i)) LookAt(found + i);
    }
    next_ = found + entry.size;
    return {};
  }

  // What the model looks at of the other observation.
  Result<CostInputs> Finish() {
    if (!missing_.empty()) {
      return BadInput(fmt::format("lacks {}, which it looks at.", fmt::join(missing_, ", ")));
    }
    std::vector<int> left_out;
    for (int place = 0; place < Dim(); ++place) {
      if (!looked_at_[static_cast<std::size_t>(place)]) left_out.push_back(place);
    }
    if (std::ssize(left_out) == Dim()) return BadInput("has nothing of what it looks at.");
    return CostInputs::Create(Dim(), std::move(lidars_), std::move(left_out), inputs_.past());
  }
  std::vector<std::string> TakeAbsent() { return std::move(absent_); }

 private:
  int Dim() const { return there_.observation_dim(); }
  bool IsLeftOut(int place) const { return std::ranges::binary_search(inputs_.left_out(), place); }
  bool AllLeftOut(const Entry& entry, int place) const {
    for (int i = 0; i < entry.size; ++i) {
      if (!IsLeftOut(place + i)) return false;
    }
    return true;
  }
  void LookAt(int place) { looked_at_[static_cast<std::size_t>(place)] = true; }

  const CostInputs& inputs_;
  const sim::ObservationSignature& there_;
  std::vector<bool> looked_at_;  // [values of the other observation]
  std::vector<LidarInput> lidars_;
  std::vector<std::string> missing_;
  std::vector<std::string> absent_;
  int next_ = 0;  // the place after what was found last
};

Status Known(const CostEnsemble* ensemble, const sim::EnvironmentSpec& spec) {
  if (ensemble == nullptr || ensemble->signature.empty()) {
    return BadInput("The cost model does not say what its observation consists of; fit it again.");
  }
  const int actions = ensemble->inputs.past().action_dim;
  if (actions != 0 && actions != spec.action_dim) {
    return BadInput(fmt::format(
        "The cost model looks at actions of {} values, {} takes {}; fit it without the action.",
        actions, spec.id, spec.action_dim));
  }
  return {};
}

}  // namespace

Result<AdaptedModel> AdaptCostModel(const CostModel& model, const sim::EnvironmentSpec& spec) {
  const CostEnsemble* const ensemble = model.ensemble();
  if (Status known = Known(ensemble, spec); !known) return known.error();
  const sim::ObservationSignature there = spec.signature();
  const auto refuse = [&spec](const Error& error) {
    return BadInput("The cost model cannot be made to fit " + spec.id + ": its observation " +
                    error.message + kWayOut);
  };
  Finder finder(ensemble->inputs, there);
  int place = 0;
  for (const Entry& entry : ensemble->signature.entries()) {
    if (Status found = finder.Add(entry, place); !found) return refuse(found.error());
    place += entry.size;
  }
  Result<CostInputs> inputs = finder.Finish();
  if (!inputs) return refuse(inputs.error());

  CostEnsemble adapted = *ensemble;
  adapted.report.adapted = adapted.report.adapted || !(there == ensemble->signature);
  adapted.signature = there;
  adapted.inputs = std::move(*inputs);
  AdaptedModel result{.absent = finder.TakeAbsent()};
  for (const Entry& entry : there.entries()) {
    if (IsLidar(entry) && !HasKey(ensemble->signature, entry.key)) {
      result.unknown.push_back(entry.key);
    }
  }
  result.model = MakeCostModel(std::move(adapted));
  return result;
}

}  // namespace lookout::agents
