#include "app/experiments/transfer/other_view.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

namespace lookout::app {
namespace {

using Entry = sim::ObservationSignature::Entry;

bool IsLidar(const Entry& entry) { return entry.key.ends_with("_lidar"); }

// Where an entry of that key begins; -1 if it is not there.
int PlaceOf(const Entry& entry, const sim::ObservationSignature& signature, Entry& found) {
  int place = 0;
  for (const Entry& other : signature.entries()) {
    if (other.key == entry.key) {
      found = other;
      return place;
    }
    place += other.size;
  }
  return -1;
}

bool AreUnneeded(int place, int size, const std::vector<int>& unneeded) {
  for (int i = 0; i < size; ++i) {
    if (!std::ranges::binary_search(unneeded, place + i)) return false;
  }
  return true;
}

class ElsewhereMemory : public agents::PolicyMemory {
 public:
  ElsewhereMemory(std::unique_ptr<agents::PolicyMemory> at_home, int dim)
      : own(std::move(at_home)), observation(Eigen::VectorXd::Zero(dim)) {}
  std::unique_ptr<agents::PolicyMemory> own;
  Eigen::VectorXd observation;
};

class AwayPolicy : public agents::Policy {
 public:
  AwayPolicy(agents::PolicyPtr policy, OtherView view)
      : policy_(std::move(policy)), view_(std::move(view)) {}

  std::string name() const override { return policy_->name(); }
  std::int64_t version() const override { return policy_->version(); }
  int action_repeat() const override { return policy_->action_repeat(); }
  bool has_memory() const override { return policy_->has_memory(); }
  std::unique_ptr<agents::PolicyMemory> NewMemory() const override {
    return std::make_unique<ElsewhereMemory>(policy_->NewMemory(), view_.to_dim());
  }
  void Act(const Eigen::VectorXd& observation, agents::PolicyMemory& memory, RandomState& random,
           Eigen::VectorXd& action) const override {
    auto& own = dynamic_cast<ElsewhereMemory&>(memory);
    view_.Write(observation, own.observation);
    policy_->Act(own.observation, *own.own, random, action);
  }

 private:
  agents::PolicyPtr policy_;
  OtherView view_;
};

}  // namespace

Result<OtherView> OtherView::Create(const sim::ObservationSignature& from,
                                    const sim::ObservationSignature& to,
                                    const std::vector<int>& unneeded) {
  OtherView view;
  view.from_dim_ = from.observation_dim();
  view.to_dim_ = to.observation_dim();
  std::vector<std::string> missing;
  int place = 0;
  for (const Entry& entry : to.entries()) {
    Entry found;
    const int at = PlaceOf(entry, from, found);
    if (at >= 0 && found == entry) {
      view.parts_.push_back({.from = at, .to = place, .size = entry.size});
    } else if ((at >= 0 || !IsLidar(entry)) && !AreUnneeded(place, entry.size, unneeded)) {
      missing.push_back(at < 0 ? fmt::format("{} ({})", entry.key, entry.size)
                               : fmt::format("{} as it is there", entry.key));
    }
    place += entry.size;
  }
  if (missing.empty()) return view;
  return BadInput(fmt::format("lacks {}", fmt::join(missing, ", ")));
}

Result<agents::PolicyPtr> PolicyElsewhere(agents::PolicyPtr policy,
                                          const sim::EnvironmentSpec& home,
                                          const sim::EnvironmentSpec& elsewhere) {
  const std::string who =
      fmt::format("The policy of {} cannot act in {}: ", sim::ShortEnvironmentName(home.id),
                  sim::ShortEnvironmentName(elsewhere.id));
  if (home.action_dim != elsewhere.action_dim || home.action_meaning != elsewhere.action_meaning) {
    return BadInput(fmt::format("{}it acts by {}, which takes {}.", who,
                                fmt::join(home.action_meaning, ", "),
                                fmt::join(elsewhere.action_meaning, ", ")));
  }
  auto view = OtherView::Create(elsewhere.signature(), home.signature());
  if (!view) return BadInput(who + "the observation there " + view.error().message + ".");
  return agents::PolicyPtr(
      std::make_shared<AwayPolicy>(std::move(policy), std::move(view).value()));
}

}  // namespace lookout::app
