#include "tests/app/runs/formats/protobuf_reader_support.h"

#include <doctest/doctest.h>

#include <cstring>

namespace lookout::app {
namespace {

std::uint64_t TakeVarint(std::string_view& rest) {
  std::uint64_t value = 0;
  int place = 0;
  bool more = true;
  while (more) {
    REQUIRE(!rest.empty());
    REQUIRE(place < 64);
    const auto byte = static_cast<unsigned char>(rest.front());
    rest.remove_prefix(1);
    value += std::uint64_t{byte % 128U} << place;
    place += 7;
    more = byte >= 128;
  }
  return value;
}

std::string_view TakeBytes(std::string_view& rest, std::uint64_t size) {
  REQUIRE(size <= rest.size());
  const std::string_view taken = rest.substr(0, size);
  rest.remove_prefix(size);
  return taken;
}

}  // namespace

double ProtobufField::AsDouble() const {
  double value = 0.0;
  std::memcpy(&value, &integer, sizeof(value));
  return value;
}

float ProtobufField::AsFloat() const {
  float value = 0.0F;
  std::memcpy(&value, &integer, sizeof(value));
  return value;
}

ProtobufMessage::ProtobufMessage(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::uint64_t key = TakeVarint(bytes);
    ProtobufField field{.number = static_cast<int>(key / 8)};
    switch (key % 8) {
      case 0:
        field.integer = TakeVarint(bytes);
        break;
      case 1:
        std::memcpy(&field.integer, TakeBytes(bytes, 8).data(), 8);
        break;
      case 2:
        field.bytes = TakeBytes(bytes, TakeVarint(bytes));
        break;
      case 5:
        std::memcpy(&field.integer, TakeBytes(bytes, 4).data(), 4);
        break;
      default:
        FAIL("no such wire type: " << key % 8);
    }
    fields_.push_back(field);
  }
}

std::vector<ProtobufField> ProtobufMessage::All(int number) const {
  std::vector<ProtobufField> found;
  for (const ProtobufField& field : fields_) {
    if (field.number == number) found.push_back(field);
  }
  return found;
}

ProtobufField ProtobufMessage::One(int number) const {
  const std::vector<ProtobufField> found = All(number);
  REQUIRE_MESSAGE(found.size() == 1,
                  "field " << number << " is there " << found.size() << " times");
  return found.front();
}

}  // namespace lookout::app
