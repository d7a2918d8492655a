// How the C library's heap keeps what is freed. Call before threads are started.
#pragma once

#include <malloc.h>

namespace lookout::app {

// Large blocks, such as the models of episodes, go back to the system when they are freed. By
// default the library takes the first of them as a hint to keep all later ones in its arenas, where
// they leave holes.
inline void ReturnLargeBlocks() {
  constexpr int kLargeBytes = 1 << 20;
  constexpr int kKeptBytes = 8 << 20;
  mallopt(M_MMAP_THRESHOLD, kLargeBytes);
  mallopt(M_TRIM_THRESHOLD, kKeptBytes);
}

}  // namespace lookout::app
