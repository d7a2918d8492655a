// Writes Protocol Buffers messages, as far as event files and ONNX need them. A value; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace lookout::app {

// Fields are numbered as in the message's .proto file and written in the order of the calls. Wire
// format: protobuf.dev/programming-guides/encoding.
class ProtobufWriter {
 public:
  void Integer(int field, std::int64_t value);  // int32, int64 and enumerations
  void Float(int field, float value);
  void Double(int field, double value);
  void Bytes(int field, std::string_view bytes);  // bytes, strings and packed numbers
  void Message(int field, const ProtobufWriter& message) { Bytes(field, message.bytes()); }

  const std::string& bytes() const { return bytes_; }

 private:
  void Key(int field, unsigned wire_type);
  void Varint(std::uint64_t value);

  std::string bytes_;
};

// Appends the value's bytes, little endian.
void AppendLittleEndian(std::uint32_t value, std::string& out);
void AppendLittleEndian(std::uint64_t value, std::string& out);

}  // namespace lookout::app
