#include "agents/learning/archive.h"

#include <bit>
#include <cmath>
#include <cstring>

#include "sim/base/fingerprint.h"

namespace lookout::agents {
namespace {

static_assert(std::endian::native == std::endian::little, "archives are little endian");

constexpr std::string_view kMagic = "LOOKOUT\x1a";
constexpr std::size_t kKindBytes = 16;
constexpr std::size_t kHeaderBytes = 8 + kKindBytes + 4 + 4 + 8 + 8;

template <typename T>
void Append(std::string& out, const T& value) {
  out.append(reinterpret_cast<const char*>(&value), sizeof(T));
}

template <typename T>
T Take(std::string_view& rest) {
  T value;
  std::memcpy(&value, rest.data(), sizeof(T));
  rest.remove_prefix(sizeof(T));
  return value;
}

std::string PaddedKind(std::string_view kind) {
  LOOKOUT_CHECK(kind.size() <= kKindBytes, "archive kind too long");
  std::string padded(kind);
  padded.resize(kKindBytes, '\0');
  return padded;
}

std::string Quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

// What a foreign name may look like in a message.
std::string Printable(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\0') break;
    out += (c >= 0x20 && c < 0x7f) ? c : '?';
  }
  return out;
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
  bytes.reserve(kHeaderBytes + payload_.size());
  bytes += kMagic;
  bytes += kind_;
  Append(bytes, version_);
  Append(bytes, std::uint32_t{0});
  Append(bytes, static_cast<std::uint64_t>(payload_.size()));
  Append(bytes, Fnv1a(payload_));
  bytes += payload_;
  return bytes;
}

bool ArchiveReader::IsKind(std::string_view bytes, std::string_view kind) {
  return bytes.size() >= kHeaderBytes && bytes.starts_with(kMagic) &&
         bytes.substr(kMagic.size(), kKindBytes) == PaddedKind(kind);
}

std::uint32_t ArchiveReader::VersionOf(std::string_view bytes, std::string_view kind) {
  if (!IsKind(bytes, kind)) return 0;
  std::string_view rest = bytes.substr(kMagic.size() + kKindBytes);
  return Take<std::uint32_t>(rest);
}

Result<ArchiveReader> ArchiveReader::Open(std::string_view bytes, std::string_view kind,
                                          std::uint32_t version, std::string_view what) {
  const std::string name(what);
  if (bytes.size() < kHeaderBytes) {
    return BadInput(name + " is cut short: expected at least " + std::to_string(kHeaderBytes) +
                    " bytes, found " + std::to_string(bytes.size()) +
                    ". Use a file written by Lookout.");
  }
  if (!bytes.starts_with(kMagic)) {
    return BadInput(name + " was not written by Lookout: its first bytes are foreign.");
  }
  if (!IsKind(bytes, kind)) {
    return BadInput(name + " holds something else: expected " + Quoted(kind) + ", found " +
                    Quoted(Printable(bytes.substr(kMagic.size(), kKindBytes))) + ".");
  }
  std::string_view rest = bytes.substr(kMagic.size() + kKindBytes);
  const auto found_version = Take<std::uint32_t>(rest);
  rest.remove_prefix(sizeof(std::uint32_t));
  if (found_version != version) {
    return BadInput(name + " has format version " + std::to_string(found_version) +
                    ", this program reads version " + std::to_string(version) + ".");
  }
  const auto size = Take<std::uint64_t>(rest);
  const auto checksum = Take<std::uint64_t>(rest);
  if (rest.size() != size) {
    return BadInput(name + " is cut short or has bytes added: expected " + std::to_string(size) +
                    " bytes after the header, found " + std::to_string(rest.size()) + ".");
  }
  if (Fnv1a(rest) != checksum) {
    return BadInput(name + " is damaged: its checksum does not match. Use another copy.");
  }
  return ArchiveReader(rest, what);
}

void ArchiveReader::Reject(std::string message) {
  rest_ = {};
  if (status_.ok()) status_ = BadInput(what_ + ": " + std::move(message));
}

std::string_view ArchiveReader::Field(std::string_view name, char type, std::size_t item_bytes) {
  if (!ok()) return {};
  const std::string field = "field " + Quoted(name);
  std::string_view rest = rest_;
  const std::size_t head = 1 + (rest.empty() ? 0 : static_cast<unsigned char>(rest[0])) + 1 + 8;
  if (rest.size() < head) {
    Reject(field + " is missing.");
    return {};
  }
  const auto name_size = Take<std::uint8_t>(rest);
  const std::string_view found_name = rest.substr(0, name_size);
  rest.remove_prefix(name_size);
  const char found_type = Take<char>(rest);
  const auto count = Take<std::uint64_t>(rest);
  if (found_name != name || found_type != type) {
    Reject("expected " + field + " of type " + type + ", found " + Quoted(Printable(found_name)) +
           " of type " + Printable(std::string_view(&found_type, 1)) + ".");
    return {};
  }
  if (count > rest.size() / item_bytes) {
    Reject(field + " claims " + std::to_string(count) + " values, more than the file holds.");
    return {};
  }
  const std::string_view data = rest.substr(0, count * item_bytes);
  rest_ = rest.substr(data.size());
  return data;
}

std::int64_t ArchiveReader::Integer(std::string_view name, std::int64_t least, std::int64_t most) {
  const std::string_view data = Field(name, 'i', sizeof(std::int64_t));
  if (!ok()) return least;
  std::int64_t value = 0;
  if (data.size() == sizeof(value)) std::memcpy(&value, data.data(), sizeof(value));
  if (data.size() != sizeof(value) || value < least || value > most) {
    Reject("field " + Quoted(name) + " is " + std::to_string(value) + ", expected " +
           (least == most ? std::to_string(least)
                          : std::to_string(least) + " to " + std::to_string(most)) +
           ".");
    return least;
  }
  return value;
}

double ArchiveReader::RealOrNan(std::string_view name) {
  const std::string_view data = Field(name, 'd', sizeof(double));
  if (!ok()) return 0.0;
  double value = 0.0;
  if (data.size() != sizeof(value)) {
    Reject("field " + Quoted(name) + " is not a single number.");
    return 0.0;
  }
  std::memcpy(&value, data.data(), sizeof(value));
  return value;
}

double ArchiveReader::Real(std::string_view name) {
  const double value = RealOrNan(name);
  if (std::isfinite(value)) return value;
  Reject("field " + Quoted(name) + " is not a finite number.");
  return 0.0;
}

std::string ArchiveReader::Text(std::string_view name, std::size_t most_bytes) {
  const std::string_view data = Field(name, 't', 1);
  if (data.size() > most_bytes) {
    Reject("field " + Quoted(name) + " has " + std::to_string(data.size()) +
           " bytes, expected at most " + std::to_string(most_bytes) + ".");
    return {};
  }
  return std::string(data);
}

namespace {

template <typename Vector>
Vector FiniteValues(ArchiveReader& reader, std::string_view name, std::string_view data,
                    std::int64_t expected) {
  using Scalar = typename Vector::Scalar;
  const auto found = static_cast<std::int64_t>(data.size() / sizeof(Scalar));
  if (reader.ok() && found != expected) {
    reader.Reject("field " + Quoted(name) + " has " + std::to_string(found) + " values, expected " +
                  std::to_string(expected) + ".");
  }
  if (!reader.ok()) return Vector();
  Vector values(expected);
  if (!data.empty()) std::memcpy(values.data(), data.data(), data.size());
  if (!values.allFinite()) {
    reader.Reject("field " + Quoted(name) + " holds a value that is not finite.");
    return Vector();
  }
  return values;
}

}  // namespace

Eigen::VectorXf ArchiveReader::Floats(std::string_view name, std::int64_t expected) {
  return FiniteValues<Eigen::VectorXf>(*this, name, Field(name, 'f', sizeof(float)), expected);
}

Eigen::VectorXd ArchiveReader::Doubles(std::string_view name, std::int64_t expected) {
  return FiniteValues<Eigen::VectorXd>(*this, name, Field(name, 'd', sizeof(double)), expected);
}

std::vector<std::int64_t> ArchiveReader::Integers(std::string_view name, std::int64_t most) {
  const std::string_view data = Field(name, 'i', sizeof(std::int64_t));
  std::vector<std::int64_t> values(data.size() / sizeof(std::int64_t));
  if (static_cast<std::int64_t>(values.size()) > most) {
    Reject("field " + Quoted(name) + " has " + std::to_string(values.size()) +
           " values, expected at most " + std::to_string(most) + ".");
    return {};
  }
  if (!data.empty()) std::memcpy(values.data(), data.data(), data.size());
  return values;
}

Status ArchiveReader::Finish() {
  if (ok() && !rest_.empty()) {
    Reject(std::to_string(rest_.size()) + " bytes are left over after the last field.");
  }
  return status_;
}

}  // namespace lookout::agents
