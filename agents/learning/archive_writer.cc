#include <bit>

#include "agents/learning/archive.h"
#include "agents/learning/archive_format.h"
#include "sim/base/fingerprint.h"

namespace lookout::agents {
namespace {

static_assert(std::endian::native == std::endian::little, "archives are little endian");

template <typename T>
void Append(std::string& out, const T& value) {
  out.append(reinterpret_cast<const char*>(&value), sizeof(T));
}

}  // namespace

ArchiveWriter::ArchiveWriter(std::string_view kind, std::uint32_t version)
    : kind_(PaddedKind(kind)), version_(version) {}

void ArchiveWriter::Field(std::string_view name, char type, std::uint64_t count, const void* data,
                          std::size_t bytes) {
  LOOKOUT_CHECK(!name.empty() && name.size() < 256, "archive field name of 1 to 255 characters");
  Append(payload_, static_cast<std::uint8_t>(name.size()));
  payload_ += name;
  payload_ += type;
  Append(payload_, count);
  if (bytes > 0) payload_.append(static_cast<const char*>(data), bytes);
}

void ArchiveWriter::Integer(std::string_view name, std::int64_t value) {
  Field(name, 'i', 1, &value, sizeof(value));
}

void ArchiveWriter::Real(std::string_view name, double value) {
  Field(name, 'd', 1, &value, sizeof(value));
}

void ArchiveWriter::Text(std::string_view name, std::string_view value) {
  Field(name, 't', value.size(), value.data(), value.size());
}

void ArchiveWriter::Floats(std::string_view name, std::span<const float> values) {
  Field(name, 'f', values.size(), values.data(), values.size_bytes());
}

void ArchiveWriter::Doubles(std::string_view name, std::span<const double> values) {
  Field(name, 'd', values.size(), values.data(), values.size_bytes());
}

void ArchiveWriter::Integers(std::string_view name, std::span<const std::int64_t> values) {
  Field(name, 'i', values.size(), values.data(), values.size_bytes());
}

std::string ArchiveWriter::Finish() {
  std::string bytes;
  bytes.reserve(kArchiveHeaderBytes + payload_.size());
  bytes += kArchiveMagic;
  bytes += kind_;
  Append(bytes, version_);
  Append(bytes, std::uint32_t{0});
  Append(bytes, static_cast<std::uint64_t>(payload_.size()));
  Append(bytes, Fnv1a(payload_));
  bytes += payload_;
  return bytes;
}

}  // namespace lookout::agents
