// Bytes of a recorded chunk: as they are, and once more packed as the writer would pack them.
#include <zlib.h>

#include <cstring>
#include <string>

#include "sim/base/check.h"
#include "sim/recording.h"

namespace {

constexpr std::size_t kSealedHead = 12;  // magic and version
constexpr std::size_t kHead = 60;

void Decode(std::string_view bytes) {
  using namespace lookout;
  const auto chunk = sim::DecodeChunk(bytes);
  if (!chunk.ok()) return;
  const std::string again = sim::EncodeChunk(*chunk);
  const auto copy = sim::DecodeChunk(again);
  LOOKOUT_CHECK(copy.ok() && sim::EncodeChunk(*copy) == again, "a decoded chunk encodes again");
}

// The input as the head's fields and the bytes of the rows, deflated, under a right checksum.
std::string Packed(const std::uint8_t* data, std::size_t size) {
  std::string bytes = lookout::sim::EncodeChunk({});
  bytes.resize(kHead);
  const std::size_t fields = std::min(size, kHead - kSealedHead);
  std::memcpy(bytes.data() + kSealedHead, data, fields);
  uLongf packed_size = compressBound(size - fields);
  std::string packed(packed_size, '\0');
  compress2(reinterpret_cast<Bytef*>(packed.data()), &packed_size, data + fields, size - fields, 1);
  bytes.append(packed, 0, packed_size);
  const auto checksum = static_cast<std::uint32_t>(
      crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
  return bytes.append(reinterpret_cast<const char*>(&checksum), sizeof(checksum));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Decode({reinterpret_cast<const char*>(data), size});
  Decode(Packed(data, size));
  return 0;
}
