// Reads Protocol Buffers messages back, written apart from the program's writer. For tests.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lookout::app {

struct ProtobufField {
  int number = 0;
  std::uint64_t integer = 0;  // of a varint, or the bits of a fixed number
  std::string_view bytes;     // of a length-delimited field

  double AsDouble() const;
  float AsFloat() const;
};

class ProtobufMessage {
 public:
  // Fails the test if the bytes are not a message. Looks into `bytes`.
  explicit ProtobufMessage(std::string_view bytes);

  std::vector<ProtobufField> All(int number) const;
  // The only field of that number; fails the test if there is another number of them.
  ProtobufField One(int number) const;
  ProtobufMessage Message(int number) const { return ProtobufMessage(One(number).bytes); }
  std::string Text(int number) const { return std::string(One(number).bytes); }

 private:
  std::vector<ProtobufField> fields_;
};

}  // namespace lookout::app
