// Distinct integer types for things that must not be mixed up. Any thread.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace lookout {

// A 64-bit id; the Tag keeps ids of different things apart. 0 means "none".
template <typename Tag>
struct Id {
  std::int64_t value = 0;
  auto operator<=>(const Id&) const = default;
  explicit operator bool() const { return value != 0; }
};

using EpisodeId = Id<struct EpisodeTag>;      // a recorded episode, unique in a project
using MarkId = Id<struct MarkTag>;            // a mark a person (or oracle) made
using CostModelId = Id<struct CostModelTag>;  // version of a learned cost model, from 1
using RunId = Id<struct RunTag>;              // a training run

// Index of a step in its episode. Step 0 is the state after the reset; step t is after t actions.
using StepIndex = std::int32_t;

}  // namespace lookout

template <typename Tag>
struct std::hash<lookout::Id<Tag>> {
  std::size_t operator()(const lookout::Id<Tag>& id) const {
    return std::hash<std::int64_t>{}(id.value);
  }
};
