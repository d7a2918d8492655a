#include "app/workers/runtime/environment_registry.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "sim/recording/recording.h"

namespace lookout::app {
namespace {

std::string Numbered(const std::string& name, int number) {
  return number == 1 ? name : fmt::format("{} ({})", name, number);
}

}  // namespace

// The header's text holds every option, in one order.
bool SameEnvironment(const sim::EnvironmentConfig& a, const sim::EnvironmentConfig& b) {
  sim::EpisodeHeader first;
  sim::EpisodeHeader second;
  first.config = a;
  second.config = b;
  first.config.id = second.config.id = "";
  return sim::EncodeHeader(first) == sim::EncodeHeader(second);
}

Result<std::string> EnvironmentRegistry::Put(sim::EnvironmentConfig config) {
  const std::scoped_lock lock(mutex_);
  const std::string wanted = config.id.empty() ? "custom" : config.id;
  for (int number = 1;; ++number) {
    config.id = Numbered(wanted, number);
    if (const sim::EnvironmentConfig* own = FindOwn(config.id)) {
      if (SameEnvironment(*own, config)) return config.id;
      continue;
    }
    const auto known = sim::ConfigForId(config.id);
    if (known && known->id == config.id) continue;
    if (own_.size() == kMost) {
      return BadInput(fmt::format(
          "This project has {} environments of your own already: open another project for more.",
          kMost));
    }
    own_.push_back(config);
    return config.id;
  }
}

Result<sim::EnvironmentConfig> EnvironmentRegistry::Find(std::string_view id) const {
  {
    const std::scoped_lock lock(mutex_);
    if (const sim::EnvironmentConfig* own = FindOwn(id)) return *own;
  }
  return sim::ConfigForId(id);
}

const sim::EnvironmentConfig* EnvironmentRegistry::FindOwn(std::string_view id) const {
  const auto found = std::ranges::find(own_, id, &sim::EnvironmentConfig::id);
  return found == own_.end() ? nullptr : &*found;
}

std::vector<sim::EnvironmentConfig> EnvironmentRegistry::Own() const {
  const std::scoped_lock lock(mutex_);
  return own_;
}

std::int64_t EnvironmentRegistry::version() const {
  const std::scoped_lock lock(mutex_);
  return static_cast<std::int64_t>(own_.size());
}

}  // namespace lookout::app
