#include "app/runs/formats/protobuf_writer.h"

#include <bit>

namespace lookout::app {
namespace {

enum WireType : unsigned { kVarint = 0, kFixed64 = 1, kLengthDelimited = 2, kFixed32 = 5 };

template <typename Unsigned>
void AppendBytes(Unsigned value, std::string& out) {
  for (unsigned shift = 0; shift < 8 * sizeof(value); shift += 8) {
    out += static_cast<char>(value >> shift & 0xffU);
  }
}

}  // namespace

void AppendLittleEndian(std::uint32_t value, std::string& out) { AppendBytes(value, out); }
void AppendLittleEndian(std::uint64_t value, std::string& out) { AppendBytes(value, out); }

void ProtobufWriter::Varint(std::uint64_t value) {
  // Seven bits to a byte, the lowest first; the top bit says that more follow.
  for (; value >= 0x80; value >>= 7U) bytes_ += static_cast<char>((value & 0x7fU) | 0x80U);
  bytes_ += static_cast<char>(value);
}

void ProtobufWriter::Key(int field, unsigned wire_type) {
  Varint(static_cast<std::uint64_t>(field) << 3U | wire_type);
}

void ProtobufWriter::Integer(int field, std::int64_t value) {
  Key(field, kVarint);
  Varint(static_cast<std::uint64_t>(value));
}

void ProtobufWriter::Float(int field, float value) {
  Key(field, kFixed32);
  AppendLittleEndian(std::bit_cast<std::uint32_t>(value), bytes_);
}

void ProtobufWriter::Double(int field, double value) {
  Key(field, kFixed64);
  AppendLittleEndian(std::bit_cast<std::uint64_t>(value), bytes_);
}

void ProtobufWriter::Bytes(int field, std::string_view bytes) {
  Key(field, kLengthDelimited);
  Varint(bytes.size());
  bytes_ += bytes;
}

}  // namespace lookout::app
