#include "tests/app/runs/formats/onnx_evaluator_support.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <functional>
#include <numeric>
#include <span>

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
  const std::string_view raw = message.One(9).bytes;
  if (message.One(2).integer == 7) {  // int64
    std::vector<std::int64_t> integers(count);
    REQUIRE(raw.size() == count * sizeof(std::int64_t));
    std::memcpy(integers.data(), raw.data(), raw.size());
    tensor.values.assign(integers.begin(), integers.end());
    return tensor;
  }
  REQUIRE(message.One(2).integer == 1);  // float
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

// The second operand is of the same shape, a row for every row, a column for every column or one
// number.
template <typename Operation>
OnnxTensor Broadcast(const OnnxTensor& a, const OnnxTensor& b, Operation operation) {
  REQUIRE(a.shape.size() == 2);
  const auto columns = static_cast<std::size_t>(a.shape[1]);
  const bool is_column = b.shape == std::vector<long>{a.shape[0], 1};
  REQUIRE((is_column || b.shape.empty() || b.shape == a.shape ||
           b.shape == std::vector<long>{a.shape[1]}));
  OnnxTensor result = a;
  for (std::size_t i = 0; i < a.values.size(); ++i) {
    const std::size_t at = is_column ? i / columns : i % b.values.size();
    result.values[i] = operation(a.values[i], b.values[at]);
  }
  return result;
}

// What `of` makes of each row, [rows x 1].
template <typename Reduction>
OnnxTensor ByRow(const OnnxTensor& a, Reduction of) {
  REQUIRE(a.shape.size() == 2);
  const auto columns = static_cast<std::size_t>(a.shape[1]);
  OnnxTensor result{.shape = {a.shape[0], 1}, .values = {}};
  for (std::size_t begin = 0; begin < a.values.size(); begin += columns) {
    result.values.push_back(of(std::span(a.values).subspan(begin, columns)));
  }
  return result;
}

float Sum(std::span<const float> row) { return std::accumulate(row.begin(), row.end(), 0.0F); }

// Columns `begin` to `end` of each row.
OnnxTensor Slice(const OnnxTensor& a, const OnnxTensor& begin, const OnnxTensor& end) {
  const auto first = static_cast<long>(begin.values.at(0));
  const auto last = static_cast<long>(end.values.at(0));
  REQUIRE((0 <= first && first < last && last <= a.shape.at(1)));
  OnnxTensor result{.shape = {a.shape[0], last - first}, .values = {}};
  for (long row = 0; row < a.shape[0]; ++row) {
    const auto at = a.values.begin() + row * a.shape[1];
    result.values.insert(result.values.end(), at + first, at + last);
  }
  return result;
}

// Beside each other, row by row.
OnnxTensor Concat(const std::vector<const OnnxTensor*>& parts) {
  OnnxTensor result{.shape = {parts.at(0)->shape[0], 0}, .values = {}};
  for (const OnnxTensor* part : parts) result.shape[1] += part->shape.at(1);
  for (long row = 0; row < result.shape[0]; ++row) {
    for (const OnnxTensor* part : parts) {
      REQUIRE(part->shape[0] == result.shape[0]);
      const auto at = part->values.begin() + row * part->shape[1];
      result.values.insert(result.values.end(), at, at + part->shape[1]);
    }
  }
  return result;
}

OnnxTensor Gather(const OnnxTensor& list, OnnxTensor indices) {
  for (float& index : indices.values) index = list.values.at(static_cast<std::size_t>(index));
  return indices;
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
  return Broadcast(product, c, std::plus());
}

OnnxTensor Clip(OnnxTensor x, const OnnxTensor& least, const OnnxTensor& most) {
  REQUIRE(least.shape.empty());
  REQUIRE(most.shape.empty());
  for (float& value : x.values) value = std::clamp(value, least.values[0], most.values[0]);
  return x;
}

OnnxTensor Reduce(const OnnxNode& node, const OnnxTensor& a) {
  CHECK(node.attributes.at("keepdims") == 1);
  if (node.type != "ReduceSum") {
    CHECK(node.attributes.at(node.type == "ArgMax" ? "axis" : "axes") == 1);
  }
  return ByRow(a, [&](std::span<const float> row) {
    const auto largest = std::ranges::max_element(row);  // the first of equal ones
    if (node.type == "ReduceMax") return *largest;
    if (node.type == "ArgMax") return static_cast<float>(largest - row.begin());
    return node.type == "ReduceMean" ? Sum(row) / static_cast<float>(row.size()) : Sum(row);
  });
}

OnnxTensor ComputeEach(const std::string& type, OnnxTensor values) {
  for (float& value : values.values) {
    if (type == "Tanh") {
      value = std::tanh(value);
    } else if (type == "Sigmoid") {
      value = 1.0F / (1.0F + std::exp(-value));
    } else if (type == "Sqrt") {
      value = std::sqrt(value);
    } else {
      REQUIRE_MESSAGE(type == "Identity", "unknown operator " << type);
    }
  }
  return values;
}

OnnxTensor Compute(const OnnxNode& node, const Values& values) {
  const auto input = [&](std::size_t i) -> const OnnxTensor& {
    REQUIRE(i < node.inputs.size());
    return Get(values, node.inputs[i]);
  };
  if (node.type == "Add") return Broadcast(input(0), input(1), std::plus());
  if (node.type == "Sub") return Broadcast(input(0), input(1), std::minus());
  if (node.type == "Mul") return Broadcast(input(0), input(1), std::multiplies());
  if (node.type == "Div") return Broadcast(input(0), input(1), std::divides());
  if (node.type == "Clip") return Clip(input(0), input(1), input(2));
  if (node.type == "Gemm") return Gemm(input(0), input(1), input(2));
  if (node.type == "Slice") return Slice(input(0), input(1), input(2));
  if (node.type == "Gather") return Gather(input(0), input(1));
  if (node.type == "ArgMax" || node.type.starts_with("Reduce")) return Reduce(node, input(0));
  if (node.type == "Concat") {
    CHECK(node.attributes.at("axis") == 1);
    std::vector<const OnnxTensor*> parts;
    for (std::size_t i = 0; i < node.inputs.size(); ++i) parts.push_back(&input(i));
    return Concat(parts);
  }
  return ComputeEach(node.type, input(0));
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
    OnnxNode& parsed = model.nodes.emplace_back();
    for (const ProtobufField& field_of_node : node.All(5)) {
      const ProtobufMessage attribute(field_of_node.bytes);
      const bool is_list = attribute.One(20).integer == 7;  // INTS, else INT
      parsed.attributes[attribute.Text(1)] =
          static_cast<long>(attribute.One(is_list ? 8 : 3).integer);
    }
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
