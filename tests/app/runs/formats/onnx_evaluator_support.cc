#include "tests/app/runs/formats/onnx_evaluator_support.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "tests/app/runs/formats/protobuf_reader_support.h"

namespace lookout::app {
namespace {

using Values = std::map<std::string, OnnxTensor>;

OnnxTensor ParseTensor(const ProtobufMessage& message) {
  OnnxTensor tensor;
  std::size_t count = 1;
  for (const ProtobufField& dimension : message.All(1)) {
    tensor.shape.push_back(static_cast<long>(dimension.integer));
    count *= dimension.integer;
  }
  REQUIRE(message.One(2).integer == 1);  // float
  const std::string_view raw = message.One(9).bytes;
  REQUIRE(raw.size() == count * sizeof(float));
  tensor.values.resize(count);
  std::memcpy(tensor.values.data(), raw.data(), raw.size());
  return tensor;
}

OnnxPort ParsePort(const ProtobufMessage& message) {
  OnnxPort port{.name = message.Text(1)};
  const ProtobufMessage tensor = message.Message(2).Message(1);
  CHECK(tensor.One(1).integer == 1);  // float
  for (const ProtobufField& field : tensor.Message(2).All(1)) {
    const ProtobufMessage dimension(field.bytes);
    port.shape.push_back(dimension.All(2).empty() ? fmt::to_string(dimension.One(1).integer)
                                                  : dimension.Text(2));
  }
  return port;
}

const OnnxTensor& Get(const Values& values, const std::string& name) {
  const auto found = values.find(name);
  REQUIRE_MESSAGE(found != values.end(), "nothing has made " << name);
  return found->second;
}

// The second operand is a row for every row of the first.
template <typename Operation>
OnnxTensor ByRow(const OnnxTensor& a, const OnnxTensor& row, Operation operation) {
  REQUIRE(a.shape.size() == 2);
  REQUIRE(row.shape == std::vector<long>{a.shape[1]});
  OnnxTensor result = a;
  for (std::size_t i = 0; i < a.values.size(); ++i) {
    result.values[i] = operation(a.values[i], row.values[i % row.values.size()]);
  }
  return result;
}

OnnxTensor Gemm(const OnnxTensor& a, const OnnxTensor& b, const OnnxTensor& c) {
  REQUIRE(a.shape.size() == 2);
  REQUIRE(b.shape.size() == 2);
  REQUIRE(a.shape[1] == b.shape[0]);
  const long rows = a.shape[0];
  const long inner = a.shape[1];
  const long columns = b.shape[1];
  OnnxTensor product{.shape = {rows, columns}, .values = {}};
  for (long i = 0; i < rows; ++i) {
    for (long j = 0; j < columns; ++j) {
      double sum = 0.0;
      for (long k = 0; k < inner; ++k) {
        sum += double(a.values[i * inner + k]) * double(b.values[k * columns + j]);
      }
      product.values.push_back(static_cast<float>(sum));
    }
  }
  return ByRow(product, c, [](float x, float y) { return x + y; });
}

OnnxTensor Clip(OnnxTensor x, const OnnxTensor& least, const OnnxTensor& most) {
  REQUIRE(least.shape.empty());
  REQUIRE(most.shape.empty());
  for (float& value : x.values) value = std::clamp(value, least.values[0], most.values[0]);
  return x;
}

OnnxTensor Compute(const OnnxNode& node, const Values& values) {
  const auto input = [&](std::size_t i) -> const OnnxTensor& {
    REQUIRE(i < node.inputs.size());
    return Get(values, node.inputs[i]);
  };
  if (node.type == "Sub") return ByRow(input(0), input(1), [](float x, float y) { return x - y; });
  if (node.type == "Mul") return ByRow(input(0), input(1), [](float x, float y) { return x * y; });
  if (node.type == "Clip") return Clip(input(0), input(1), input(2));
  if (node.type == "Gemm") return Gemm(input(0), input(1), input(2));
  OnnxTensor result = input(0);
  if (node.type == "Identity") return result;
  REQUIRE_MESSAGE(node.type == "Tanh", "unknown operator " << node.type);
  for (float& value : result.values) value = std::tanh(value);
  return result;
}

}  // namespace

Values OnnxModel::Run(const Values& given) const {
  Values values = constants;
  values.insert(given.begin(), given.end());
  for (const OnnxNode& node : nodes) {
    CHECK(values.emplace(node.output, Compute(node, values)).second);
  }
  return values;
}

OnnxModel ParseOnnx(std::string_view bytes) {
  const ProtobufMessage message(bytes);
  const ProtobufMessage graph = message.Message(7);
  OnnxModel model{.ir_version = static_cast<long>(message.One(1).integer),
                  .opset = static_cast<long>(message.Message(8).One(2).integer)};
  for (const ProtobufField& field : message.All(14)) {
    const ProtobufMessage entry(field.bytes);
    model.metadata[entry.Text(1)] = entry.Text(2);
  }
  for (const ProtobufField& field : graph.All(1)) {
    const ProtobufMessage node(field.bytes);
    CHECK(node.All(5).empty());  // no attributes: Gemm's defaults
    OnnxNode& parsed = model.nodes.emplace_back();
    parsed.type = node.Text(4);
    parsed.output = node.Text(2);
    for (const ProtobufField& input : node.All(1)) parsed.inputs.emplace_back(input.bytes);
  }
  for (const ProtobufField& field : graph.All(5)) {
    const ProtobufMessage tensor(field.bytes);
    model.constants[tensor.Text(8)] = ParseTensor(tensor);
  }
  for (const ProtobufField& field : graph.All(11)) {
    model.inputs.push_back(ParsePort(ProtobufMessage(field.bytes)));
  }
  for (const ProtobufField& field : graph.All(12)) {
    model.outputs.push_back(ParsePort(ProtobufMessage(field.bytes)));
  }
  return model;
}

}  // namespace lookout::app
