#include "app/runs/formats/event_file.h"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <cmath>
#include <fstream>

#include "app/runs/formats/protobuf_writer.h"

namespace lookout::app {
namespace {

namespace fs = std::filesystem;

// Field numbers of tensorflow/core/util/event.proto and framework/summary.proto.
namespace event_field {
constexpr int kWallTime = 1;
constexpr int kStep = 2;
constexpr int kFileVersion = 3;
constexpr int kSummary = 5;
constexpr int kSessionLog = 7;
}  // namespace event_field
constexpr int kSummaryValue = 1;
constexpr int kValueTag = 1;
constexpr int kValueSimpleValue = 2;
constexpr int kSessionLogStatus = 1;
constexpr int kSessionStart = 1;

constexpr std::array<std::uint32_t, 256> MakeCrcTable() {
  constexpr std::uint32_t kReversedPolynomial = 0x82f63b78;
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    std::uint32_t crc = byte;
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1U ^ ((crc & 1U) != 0 ? kReversedPolynomial : 0);
    table[byte] = crc;
  }
  return table;
}

// Record files mask their checksums, so that a checksum of data that holds checksums stays good.
std::uint32_t MaskedCrc(std::string_view bytes) {
  const std::uint32_t crc = Crc32c(bytes);
  return (crc >> 15U | crc << 17U) + 0xa282ead8U;
}

double WallTime_s() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration<double>(now).count();
}

ProtobufWriter NewEvent(std::int64_t step) {
  ProtobufWriter event;
  event.Double(event_field::kWallTime, WallTime_s());
  event.Integer(event_field::kStep, step);
  return event;
}

std::string ScalarsEvent(std::int64_t step, std::span<const Scalar> scalars) {
  ProtobufWriter summary;
  for (const Scalar& scalar : scalars) {
    if (!std::isfinite(scalar.value)) continue;
    ProtobufWriter value;
    value.Bytes(kValueTag, scalar.tag);
    value.Float(kValueSimpleValue, static_cast<float>(scalar.value));
    summary.Message(kSummaryValue, value);
  }
  ProtobufWriter event = NewEvent(step);
  event.Message(event_field::kSummary, summary);
  return event.bytes();
}

// What a file opens with: its version, and from which step on earlier files are void.
std::string Opening(std::int64_t first_step) {
  ProtobufWriter version = NewEvent(0);
  version.Bytes(event_field::kFileVersion, "brain.Event:2");
  ProtobufWriter session;
  session.Integer(kSessionLogStatus, kSessionStart);
  ProtobufWriter start = NewEvent(first_step);
  start.Message(event_field::kSessionLog, session);
  return EventRecord(version.bytes()) + EventRecord(start.bytes());
}

// TensorBoard takes the files in the order of their names: a moment, then a counter.
fs::path NewFileName(const fs::path& folder) {
  for (int k = 0;; ++k) {
    fs::path path = folder / fmt::format("events.out.tfevents.{:010.0f}.lookout.{}",
                                         std::floor(WallTime_s()), k);
    std::error_code error;
    if (!fs::exists(path, error)) return path;
  }
}

}  // namespace

std::uint32_t Crc32c(std::string_view bytes) {
  static constexpr auto kTable = MakeCrcTable();
  std::uint32_t crc = ~0U;
  for (const char c : bytes)
    crc = crc >> 8U ^ kTable[(crc ^ static_cast<unsigned char>(c)) & 0xffU];
  return ~crc;
}

std::string EventRecord(std::string_view event) {
  std::string record;
  AppendLittleEndian(std::uint64_t{event.size()}, record);
  AppendLittleEndian(MaskedCrc(record), record);
  record += event;
  AppendLittleEndian(MaskedCrc(event), record);
  return record;
}

Result<EventFile> EventFile::Create(const fs::path& folder, std::int64_t first_step) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return Error{"Cannot create " + folder.string() + ": " + error.message() + "."};
  EventFile file(NewFileName(folder));
  if (Status status = file.Write(Opening(first_step)); !status.ok()) return status.error();
  return file;
}

Status EventFile::Append(std::int64_t step, std::span<const Scalar> scalars) const {
  return Write(EventRecord(ScalarsEvent(step, scalars)));
}

Status EventFile::Write(std::string_view records) const {
  std::ofstream stream(path_, std::ios::app | std::ios::binary);
  stream << records << std::flush;
  if (stream) return {};
  return Error{"Cannot write " + path_.string() + "; is the disk full?"};
}

}  // namespace lookout::app
