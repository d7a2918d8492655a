#include "tests/support/allocation_counter.h"

#include <cerrno>
#include <cstddef>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(__GLIBC__)
#define LOOKOUT_COUNTS_ALLOCATIONS 0
#else
#define LOOKOUT_COUNTS_ALLOCATIONS 1
#endif

namespace {

thread_local std::int64_t t_allocations = 0;

}  // namespace

#if LOOKOUT_COUNTS_ALLOCATIONS
// glibc's own functions under the names by which it lets them be replaced.
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* block, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);

void* malloc(std::size_t size) {
  ++t_allocations;
  return __libc_malloc(size);
}

void* calloc(std::size_t count, std::size_t size) {
  ++t_allocations;
  return __libc_calloc(count, size);
}

void* realloc(void* block, std::size_t size) {
  ++t_allocations;
  return __libc_realloc(block, size);
}

void* memalign(std::size_t alignment, std::size_t size) {
  ++t_allocations;
  return __libc_memalign(alignment, size);
}

void* aligned_alloc(std::size_t alignment, std::size_t size) { return memalign(alignment, size); }

int posix_memalign(void** block, std::size_t alignment, std::size_t size) {
  *block = memalign(alignment, size);
  return *block == nullptr ? ENOMEM : 0;
}
}
#endif

namespace lookout::test {

bool CountsAllocations() { return LOOKOUT_COUNTS_ALLOCATIONS != 0; }

std::int64_t AllocationCount() { return t_allocations; }

}  // namespace lookout::test
