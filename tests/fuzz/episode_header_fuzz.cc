// The JSON header of a recorded episode.
#include <cstdint>
#include <string_view>

#include "sim/base/check.h"
#include "sim/recording.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace lookout::sim;
  const auto header = DecodeHeader({reinterpret_cast<const char*>(data), size});
  if (header.ok()) {
    LOOKOUT_CHECK(DecodeHeader(EncodeHeader(*header)).ok(), "a decoded header encodes again");
  }
  return 0;
}
