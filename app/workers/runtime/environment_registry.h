// The environments that a person brought as configuration files, by name, beside the registered
// ones. A name stands for one configuration for ever, so that runs and episodes that know the name
// mean what they meant. Any thread.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "sim/config/config.h"

namespace lookout::app {

class EnvironmentRegistry {
 public:
  static constexpr std::size_t kMost = 256;

  // Keeps a configuration under its id and returns that name. A name that is registered, or that
  // another configuration has already, gets a number: "maze (2)". What is there already keeps its
  // name. Rejects the 257th.
  Result<std::string> Put(sim::EnvironmentConfig config);

  // Of one's own, or registered; other names are refused with the nearest registered ones.
  Result<sim::EnvironmentConfig> Find(std::string_view id) const;

  // In the order in which they came.
  std::vector<sim::EnvironmentConfig> Own() const;
  // Grows with every new one.
  std::int64_t version() const;

 private:
  const sim::EnvironmentConfig* FindOwn(std::string_view id) const;

  mutable std::mutex mutex_;
  std::vector<sim::EnvironmentConfig> own_;
};

// Whether two configurations ask for the same world, whatever they are called.
bool SameEnvironment(const sim::EnvironmentConfig& a, const sim::EnvironmentConfig& b);

}  // namespace lookout::app
