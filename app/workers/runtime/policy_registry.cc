#include "app/workers/runtime/policy_registry.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace lookout::app {

std::string PolicyRegistry::Put(Entry entry, std::string bytes) {
  const std::lock_guard lock(mutex_);
  const std::string wanted = entry.name;
  for (int number = 2;; ++number) {
    const Item* taken = FindItem(entry.name);
    if (taken == nullptr) break;
    if (taken->bytes == bytes) return entry.name;
    entry.name = fmt::format("{} ({})", wanted, number);
  }
  if (items_.size() >= kMost) {
    const auto oldest =
        std::ranges::find_if(items_, [](const Item& item) { return !item.entry.shipped; });
    if (oldest != items_.end()) items_.erase(oldest);
  }
  std::string name = entry.name;
  items_.push_back({std::move(entry), std::move(bytes)});
  ++version_;
  return name;
}

Result<std::string> PolicyRegistry::Find(const std::string& name) const {
  const std::lock_guard lock(mutex_);
  const Item* item = FindItem(name);
  if (item != nullptr) return item->bytes;
  return BadInput("There is no policy '" + name + "': choose one of the list of agents.");
}

std::vector<PolicyRegistry::Entry> PolicyRegistry::Entries() const {
  const std::lock_guard lock(mutex_);
  std::vector<Entry> entries;
  for (const Item& item : items_) entries.push_back(item.entry);
  return entries;
}

std::int64_t PolicyRegistry::version() const {
  const std::lock_guard lock(mutex_);
  return version_;
}

const PolicyRegistry::Item* PolicyRegistry::FindItem(const std::string& name) const {
  const auto found =
      std::ranges::find_if(items_, [&](const Item& item) { return item.entry.name == name; });
  return found == items_.end() ? nullptr : &*found;
}

}  // namespace lookout::app
