#include "app/workers/runtime/cost_model_registry.h"

#include <algorithm>
#include <utility>

namespace lookout::app {

void CostModelRegistry::Add(agents::CostModelPtr model) {
  const std::scoped_lock lock(mutex_);
  const auto after = std::ranges::upper_bound(models_, model->id(), {}, &agents::CostModel::id);
  models_.insert(after, std::move(model));
  changes_.fetch_add(1, std::memory_order_release);
}

void CostModelRegistry::Use(const sim::ObservationSignature& observed, CostModelId id) {
  const std::scoped_lock lock(mutex_);
  std::erase_if(choices_, [&](const Choice& choice) { return choice.observed == observed; });
  const agents::CostModelPtr model = FindLocked(id);
  if (model && model->Fits(observed)) choices_.push_back({observed, id});
  changes_.fetch_add(1, std::memory_order_release);
}

void CostModelRegistry::Remove(CostModelId id) {
  const std::scoped_lock lock(mutex_);
  std::erase_if(models_, [id](const agents::CostModelPtr& model) { return model->id() == id; });
  std::erase_if(choices_, [id](const Choice& choice) { return choice.id == id; });
  changes_.fetch_add(1, std::memory_order_release);
}

agents::CostModelPtr CostModelRegistry::For(const sim::ObservationSignature& observed) const {
  const std::scoped_lock lock(mutex_);
  const auto choice = std::ranges::find(choices_, observed, &Choice::observed);
  if (choice != choices_.end()) return FindLocked(choice->id);
  for (auto model = models_.rbegin(); model != models_.rend(); ++model) {
    if ((*model)->Fits(observed)) return *model;
  }
  return nullptr;
}

agents::CostModelPtr CostModelRegistry::Find(CostModelId id) const {
  const std::scoped_lock lock(mutex_);
  return FindLocked(id);
}

agents::CostModelPtr CostModelRegistry::FindLocked(CostModelId id) const {
  for (const agents::CostModelPtr& model : models_) {
    if (model->id() == id) return model;
  }
  return nullptr;
}

}  // namespace lookout::app
