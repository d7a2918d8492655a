#include "app/runs/formats/onnx_graph.h"

#include <fmt/format.h>

#include <bit>
#include <nlohmann/json.hpp>
#include <utility>

namespace lookout::app {
namespace {

using nlohmann::ordered_json;

constexpr int kIrVersion = 7;  // of the year of opset 13
constexpr int kOpset = 13;
constexpr int kFloat = 1;  // TensorProto.DataType
constexpr int kInt64 = 7;

// Field numbers of onnx/onnx.proto.
namespace model_field {
constexpr int kIrVersion = 1;
constexpr int kProducerName = 2;
constexpr int kProducerVersion = 3;
constexpr int kGraph = 7;
constexpr int kOpsetImport = 8;
constexpr int kMetadata = 14;
}  // namespace model_field
namespace graph_field {
constexpr int kNode = 1;
constexpr int kName = 2;
constexpr int kInitializer = 5;
constexpr int kInput = 11;
constexpr int kOutput = 12;
}  // namespace graph_field
namespace node_field {
constexpr int kInput = 1;
constexpr int kOutput = 2;
constexpr int kName = 3;
constexpr int kOperator = 4;
constexpr int kAttribute = 5;
}  // namespace node_field
namespace attribute_field {
constexpr int kName = 1;
constexpr int kInteger = 3;
constexpr int kIntegers = 8;
constexpr int kType = 20;
}  // namespace attribute_field
namespace tensor_field {
constexpr int kDimensions = 1;
constexpr int kDataType = 2;
constexpr int kName = 8;
constexpr int kRawData = 9;
}  // namespace tensor_field

ProtobufWriter ValueInfo(std::string_view name, std::initializer_list<int> shape) {
  ProtobufWriter dimensions;
  for (const int size : shape) {
    ProtobufWriter dimension;
    if (size == 0) {
      dimension.Bytes(2, "batch");  // dim_param
    } else {
      dimension.Integer(1, size);  // dim_value
    }
    dimensions.Message(1, dimension);
  }
  ProtobufWriter tensor;
  tensor.Integer(1, kFloat);      // elem_type
  tensor.Message(2, dimensions);  // shape
  ProtobufWriter type;
  type.Message(1, tensor);  // tensor_type
  ProtobufWriter info;
  info.Bytes(1, name);
  info.Message(2, type);
  return info;
}

ProtobufWriter Tensor(std::string_view name, const std::vector<std::int64_t>& shape, int type,
                      std::string_view raw) {
  ProtobufWriter tensor;
  for (const std::int64_t size : shape) tensor.Integer(tensor_field::kDimensions, size);
  tensor.Integer(tensor_field::kDataType, type);
  tensor.Bytes(tensor_field::kName, name);
  tensor.Bytes(tensor_field::kRawData, raw);
  return tensor;
}

ProtobufWriter Encode(const OnnxGraph::Attribute& attribute) {
  constexpr int kInteger = 2;  // AttributeProto.AttributeType
  constexpr int kIntegers = 7;
  ProtobufWriter encoded;
  encoded.Bytes(attribute_field::kName, attribute.name);
  if (!attribute.is_list) {
    encoded.Integer(attribute_field::kInteger, attribute.value);
  } else if (attribute.list.empty()) {
    encoded.Integer(attribute_field::kIntegers, attribute.value);
  }
  for (const std::int64_t value : attribute.list) {
    encoded.Integer(attribute_field::kIntegers, value);
  }
  encoded.Integer(attribute_field::kType, attribute.is_list ? kIntegers : kInteger);
  return encoded;
}

}  // namespace

OnnxGraph::OnnxGraph(std::string_view name) { graph_.Bytes(graph_field::kName, name); }

void OnnxGraph::Input(std::string_view name, std::initializer_list<int> shape) {
  graph_.Message(graph_field::kInput, ValueInfo(name, shape));
}

void OnnxGraph::Output(std::string_view name, std::initializer_list<int> shape) {
  graph_.Message(graph_field::kOutput, ValueInfo(name, shape));
}

void OnnxGraph::Constant(const std::string& name, std::initializer_list<int> shape,
                         const Eigen::Ref<const Eigen::VectorXf>& values) {
  std::string raw;
  for (const float value : values) AppendLittleEndian(std::bit_cast<std::uint32_t>(value), raw);
  graph_.Message(graph_field::kInitializer,
                 Tensor(name, {shape.begin(), shape.end()}, kFloat, raw));
}

void OnnxGraph::Integers(const std::string& name, std::initializer_list<std::int64_t> values) {
  std::string raw;
  for (const std::int64_t value : values) {
    AppendLittleEndian(std::bit_cast<std::uint64_t>(value), raw);
  }
  graph_.Message(graph_field::kInitializer,
                 Tensor(name, {static_cast<std::int64_t>(values.size())}, kInt64, raw));
}

void OnnxGraph::Node(std::string_view type, const std::vector<std::string>& inputs,
                     const std::string& output, std::initializer_list<Attribute> attributes) {
  ProtobufWriter node;
  for (const std::string& input : inputs) node.Bytes(node_field::kInput, input);
  node.Bytes(node_field::kOutput, output);
  node.Bytes(node_field::kName, "make_" + output);
  node.Bytes(node_field::kOperator, type);
  for (const Attribute& attribute : attributes) {
    node.Message(node_field::kAttribute, Encode(attribute));
  }
  graph_.Message(graph_field::kNode, node);
}

void OnnxGraph::Matrix(const std::string& name, const Eigen::Ref<const Eigen::MatrixXf>& weights) {
  const Eigen::MatrixXf by_columns = weights;
  Constant(name, {static_cast<int>(weights.cols()), static_cast<int>(weights.rows())},
           by_columns.reshaped());
}

void OnnxGraph::Linear(const std::string& output, const std::string& input,
                       const Eigen::Ref<const Eigen::MatrixXf>& weights,
                       const Eigen::Ref<const Eigen::VectorXf>& bias) {
  Matrix(output + "_weights", weights);
  Constant(output + "_bias", {static_cast<int>(bias.size())}, bias);
  Node("Gemm", {input, output + "_weights", output + "_bias"}, output);
}

void OnnxGraph::Columns(const std::string& input, std::int64_t begin, std::int64_t end,
                        const std::string& output) {
  Integers(output + "_begin", {begin});
  Integers(output + "_end", {end});
  Integers(output + "_axis", {1});
  Node("Slice", {input, output + "_begin", output + "_end", output + "_axis"}, output);
}

void OnnxGraph::Normalise(const agents::Normaliser& normaliser, const std::string& input,
                          const std::string& output, const std::string& prefix) {
  const int dim = normaliser.dim();
  Constant(prefix + "shift", {dim}, normaliser.shift());
  Constant(prefix + "scale", {dim}, normaliser.scale());
  Constant(prefix + "least", {}, Eigen::VectorXf::Constant(1, -agents::Normaliser::kClip));
  Constant(prefix + "most", {}, Eigen::VectorXf::Constant(1, agents::Normaliser::kClip));
  Node("Sub", {input, prefix + "shift"}, prefix + "centred");
  Node("Mul", {prefix + "centred", prefix + "scale"}, prefix + "scaled");
  Node("Clip", {prefix + "scaled", prefix + "least", prefix + "most"}, output);
}

// An Mlp's column-major [out x in] weights are, read by rows, the [in x out] matrix that Gemm
// multiplies a row of inputs by.
void OnnxGraph::Layers(const agents::Mlp& mlp, std::string input, const std::string& output,
                       const std::string& prefix) {
  const std::vector<int>& sizes = mlp.layer_sizes();
  Eigen::Index offset = 0;
  for (std::size_t k = 0; k + 1 < sizes.size(); ++k) {
    const int in = sizes[k];
    const int out = sizes[k + 1];
    const bool is_last = k + 2 == sizes.size();
    const std::string weights = fmt::format("{}weights_{}", prefix, k);
    const std::string bias = fmt::format("{}bias_{}", prefix, k);
    Constant(weights, {in, out}, mlp.parameters().segment(offset, in * out));
    offset += in * out;
    Constant(bias, {out}, mlp.parameters().segment(offset, out));
    offset += out;
    const std::string sum = is_last ? output : fmt::format("{}sum_{}", prefix, k);
    Node("Gemm", {input, weights, bias}, sum);
    input = fmt::format("{}hidden_{}", prefix, k);
    if (!is_last) Node("Tanh", {sum}, input);
  }
}

void OnnxGraph::Describe(std::string_view key, std::string_view value) {
  if (value.empty()) return;
  ProtobufWriter entry;
  entry.Bytes(1, key);
  entry.Bytes(2, value);
  metadata_.Message(model_field::kMetadata, entry);
}

std::string OnnxGraph::Model() const {
  ProtobufWriter opset;
  opset.Bytes(1, "");  // domain: ONNX's own operators
  opset.Integer(2, kOpset);
  ProtobufWriter model;
  model.Integer(model_field::kIrVersion, kIrVersion);
  model.Bytes(model_field::kProducerName, "lookout");
  model.Bytes(model_field::kProducerVersion, LOOKOUT_VERSION);
  model.Message(model_field::kOpsetImport, opset);
  model.Message(model_field::kGraph, graph_);
  return model.bytes() + metadata_.bytes();  // fields of one message, in whatever order
}

std::string ObservationParts(const sim::ObservationSignature& signature) {
  ordered_json parts = ordered_json::array();
  int first = 0;
  for (const sim::ObservationSignature::Entry& entry : signature.entries()) {
    ordered_json part{{"name", entry.key}, {"first", first}, {"length", entry.size}};
    if (!entry.meaning.empty()) part["meaning"] = entry.meaning;
    parts.push_back(std::move(part));
    first += entry.size;
  }
  return parts.empty() ? std::string() : parts.dump();
}

}  // namespace lookout::app
