// Counts this thread's heap allocations, by malloc, so that Eigen's and MuJoCo's are seen as well.
// Link test_allocations; the counting is in the executable's own malloc. Any thread.
#pragma once

#include <cstdint>

namespace lookout::test {

// False under sanitizers, which bring their own malloc: skip the test, saying so.
bool CountsAllocations();

// Allocations of this thread since it started.
std::int64_t AllocationCount();

template <typename Work>
std::int64_t AllocationsIn(Work&& work) {
  const std::int64_t before = AllocationCount();
  work();
  return AllocationCount() - before;
}

}  // namespace lookout::test
