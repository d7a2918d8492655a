#include "tests/app/runs/formats/event_reader_support.h"

#include <doctest/doctest.h>

#include <cstring>

#include "tests/app/runs/formats/protobuf_reader_support.h"

namespace lookout::app {
namespace {

template <typename Number>
Number Take(std::string_view& rest) {
  REQUIRE(rest.size() >= sizeof(Number));
  Number number = 0;
  std::memcpy(&number, rest.data(), sizeof(number));
  rest.remove_prefix(sizeof(number));
  return number;
}

// Undoes the mask of record files.
std::uint32_t Unmasked(std::uint32_t masked) {
  const std::uint32_t rotated = masked - 0xa282ead8U;
  return rotated << 15U | rotated >> 17U;
}

EventRead ParseEvent(std::string_view bytes) {
  const ProtobufMessage message(bytes);
  EventRead event{.wall_time_s = message.One(1).AsDouble(),
                  .step = static_cast<std::int64_t>(message.One(2).integer)};
  if (!message.All(3).empty()) event.file_version = message.Text(3);
  if (!message.All(7).empty()) event.starts_session = message.Message(7).One(1).integer == 1;
  if (message.All(5).empty()) return event;
  const ProtobufMessage summary = message.Message(5);
  for (const ProtobufField& field : summary.All(1)) {
    const ProtobufMessage value(field.bytes);
    CHECK(event.scalars.emplace(value.Text(1), value.One(2).AsFloat()).second);
  }
  return event;
}

}  // namespace

std::uint32_t SlowCrc32c(std::string_view bytes) {
  std::uint32_t crc = 0xffffffff;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = crc % 2 == 1 ? crc / 2 ^ 0x82f63b78 : crc / 2;
  }
  return crc ^ 0xffffffff;
}

std::vector<EventRead> ReadEvents(std::string_view file) {
  std::vector<EventRead> events;
  while (!file.empty()) {
    const std::string_view length_bytes = file.substr(0, 8);
    const auto length = Take<std::uint64_t>(file);
    CHECK(Unmasked(Take<std::uint32_t>(file)) == SlowCrc32c(length_bytes));
    REQUIRE(length <= file.size());
    const std::string_view data = file.substr(0, length);
    file.remove_prefix(length);
    CHECK(Unmasked(Take<std::uint32_t>(file)) == SlowCrc32c(data));
    events.push_back(ParseEvent(data));
  }
  return events;
}

std::map<std::int64_t, float> ShownValues(const std::vector<std::string>& files,
                                          const std::string& tag) {
  std::map<std::int64_t, float> shown;
  for (const std::string& file : files) {
    for (const EventRead& event : ReadEvents(file)) {
      if (event.starts_session) shown.erase(shown.lower_bound(event.step), shown.end());
      const auto found = event.scalars.find(tag);
      if (found != event.scalars.end()) shown[event.step] = found->second;
    }
  }
  return shown;
}

}  // namespace lookout::app
