#include <fmt/format.h>

#include <cmath>
#include <cstring>

#include "agents/learning/archive.h"
#include "agents/learning/archive_format.h"
#include "sim/base/fingerprint.h"

namespace lookout::agents {
namespace {

// Many times what any kind has; the index of a foreign file must not outgrow the file.
constexpr std::size_t kMostFields = 10'000;

template <typename T>
T Take(std::string_view& rest) {
  T value;
  std::memcpy(&value, rest.data(), sizeof(T));
  rest.remove_prefix(sizeof(T));
  return value;
}

std::string Quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

// Of one value of a type; 0: there is no such type.
std::size_t ItemBytes(char type) {
  switch (type) {
    case 'i':
    case 'd':
      return 8;
    case 'f':
      return 4;
    case 't':
      return 1;
    default:
      return 0;
  }
}

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

bool ArchiveReader::IsKind(std::string_view bytes, std::string_view kind) {
  return bytes.size() >= kArchiveHeaderBytes && bytes.starts_with(kArchiveMagic) &&
         bytes.substr(kArchiveMagic.size(), kArchiveKindBytes) == PaddedKind(kind);
}

std::uint32_t ArchiveReader::VersionOf(std::string_view bytes, std::string_view kind) {
  if (!IsKind(bytes, kind)) return 0;
  std::string_view rest = bytes.substr(kArchiveMagic.size() + kArchiveKindBytes);
  return Take<std::uint32_t>(rest);
}

Result<ArchiveReader> ArchiveReader::Open(std::string_view bytes, std::string_view kind,
                                          std::uint32_t newest, std::string_view what) {
  const std::string name(what);
  if (bytes.size() < kArchiveHeaderBytes) {
    return BadInput(fmt::format(
        "{} is cut short: expected at least {} bytes, found {}. Use a file written by Lookout.",
        name, kArchiveHeaderBytes, bytes.size()));
  }
  if (!bytes.starts_with(kArchiveMagic)) {
    return BadInput(name + " was not written by Lookout: its first bytes are foreign.");
  }
  if (!IsKind(bytes, kind)) {
    return BadInput(name + " holds something else: expected " + Quoted(kind) + ", found " +
                    Quoted(Printable(bytes.substr(kArchiveMagic.size(), kArchiveKindBytes))) + ".");
  }
  std::string_view rest = bytes.substr(kArchiveMagic.size() + kArchiveKindBytes);
  const auto version = Take<std::uint32_t>(rest);
  rest.remove_prefix(sizeof(std::uint32_t));
  if (version > newest) {
    return BadInput(
        fmt::format("{} was written by a newer version of Lookout: its format is {}, this program "
                    "reads up to {}. Update Lookout.",
                    name, version, newest));
  }
  const auto size = Take<std::uint64_t>(rest);
  const auto checksum = Take<std::uint64_t>(rest);
  if (rest.size() != size) {
    return BadInput(fmt::format(
        "{} is cut short or has bytes added: expected {} bytes after the header, found {}.", name,
        size, rest.size()));
  }
  if (Fnv1a(rest) != checksum) {
    return BadInput(name + " is damaged: its checksum does not match. Use another copy.");
  }
  ArchiveReader reader(what, version, newest);
  reader.Index(rest);
  if (!reader.ok()) return reader.status().error();
  return reader;
}

void ArchiveReader::Reject(std::string message) {
  fields_.clear();
  if (status_.ok()) status_ = BadInput(what_ + ": " + std::move(message));
}

void ArchiveReader::Index(std::string_view payload) {
  while (!payload.empty() && IndexNext(payload)) {
    if (fields_.size() > kMostFields) {
      Reject(fmt::format("it holds more than {} fields.", kMostFields));
      return;
    }
  }
}

bool ArchiveReader::IndexNext(std::string_view& rest) {
  const auto name_size = Take<std::uint8_t>(rest);
  if (rest.size() < name_size + 1U + sizeof(std::uint64_t)) {
    Reject("it ends amid a field's name.");
    return false;
  }
  const std::string_view name = rest.substr(0, name_size);
  rest.remove_prefix(name_size);
  const char type = Take<char>(rest);
  const auto count = Take<std::uint64_t>(rest);
  const auto reject = [&](const std::string& cause) {
    Reject("field " + Quoted(Printable(name)) + cause);
    return false;
  };
  const std::size_t item_bytes = ItemBytes(type);
  if (item_bytes == 0) return reject(" is of a type that does not exist.");
  if (count > rest.size() / item_bytes) {
    return reject(fmt::format(" claims {} values, more than the file holds.", count));
  }
  const std::string_view data = rest.substr(0, count * item_bytes);
  rest.remove_prefix(data.size());
  if (!fields_.emplace(name, Field{type, data}).second) return reject(" is there twice.");
  return true;
}

bool ArchiveReader::Has(std::string_view name) const { return fields_.contains(name); }

std::string_view ArchiveReader::DataOf(std::string_view name, char type) {
  if (!ok()) return {};
  const auto found = fields_.find(name);
  if (found == fields_.end()) {
    Reject("field " + Quoted(name) + " is missing.");
    return {};
  }
  Field& field = found->second;
  if (field.type != type) {
    Reject("field " + Quoted(name) + " is of type " + field.type + ", expected " + type + ".");
    return {};
  }
  field.read = true;
  return field.data;
}

std::int64_t ArchiveReader::Integer(std::string_view name, std::int64_t least, std::int64_t most) {
  const std::string_view data = DataOf(name, 'i');
  if (!ok()) return least;
  std::int64_t value = 0;
  if (data.size() == sizeof(value)) std::memcpy(&value, data.data(), sizeof(value));
  if (data.size() != sizeof(value) || value < least || value > most) {
    Reject(
        fmt::format("field {} is {}, expected {}.", Quoted(name), value,
                    least == most ? fmt::to_string(least) : fmt::format("{} to {}", least, most)));
    return least;
  }
  return value;
}

double ArchiveReader::RealOrNan(std::string_view name) {
  const std::string_view data = DataOf(name, 'd');
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
  const std::string_view data = DataOf(name, 't');
  if (data.size() > most_bytes) {
    Reject(fmt::format("field {} has {} bytes, expected at most {}.", Quoted(name), data.size(),
                       most_bytes));
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
    reader.Reject(
        fmt::format("field {} has {} values, expected {}.", Quoted(name), found, expected));
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
  return FiniteValues<Eigen::VectorXf>(*this, name, DataOf(name, 'f'), expected);
}

Eigen::VectorXd ArchiveReader::Doubles(std::string_view name, std::int64_t expected) {
  return FiniteValues<Eigen::VectorXd>(*this, name, DataOf(name, 'd'), expected);
}

std::vector<std::int64_t> ArchiveReader::Integers(std::string_view name, std::int64_t most) {
  const std::string_view data = DataOf(name, 'i');
  std::vector<std::int64_t> values(data.size() / sizeof(std::int64_t));
  if (static_cast<std::int64_t>(values.size()) > most) {
    Reject(fmt::format("field {} has {} values, expected at most {}.", Quoted(name), values.size(),
                       most));
    return {};
  }
  if (!data.empty()) std::memcpy(values.data(), data.data(), data.size());
  return values;
}

Status ArchiveReader::Finish() {
  if (!ok() || is_older_) return status_;
  for (const auto& [name, field] : fields_) {
    if (field.read) continue;
    Reject("field " + Quoted(Printable(name)) + " is left over; nothing reads it.");
    break;
  }
  return status_;
}

}  // namespace lookout::agents
