#include "app/runs/formats/onnx_file.h"

#include <fmt/format.h>

#include <bit>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>
#include <vector>

#include "app/runs/formats/protobuf_writer.h"

namespace lookout::app {
namespace {

using agents::GaussianActor;
using agents::Mlp;
using agents::Normaliser;
using nlohmann::ordered_json;

constexpr int kIrVersion = 7;  // of the year of opset 13
constexpr int kOpset = 13;
constexpr int kFloat = 1;  // TensorProto.DataType

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
}  // namespace node_field
namespace tensor_field {
constexpr int kDimensions = 1;
constexpr int kDataType = 2;
constexpr int kName = 8;
constexpr int kRawData = 9;
}  // namespace tensor_field

// A float tensor's name and shape. A dimension of 0 is the batch, of any size.
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

// Builds the chain of operators that leads from the observation to the action.
class GraphBuilder {
 public:
  // values: row-major, of that shape; no dimension: a scalar.
  void Constant(const std::string& name, std::initializer_list<int> shape,
                const Eigen::Ref<const Eigen::VectorXf>& values) {
    ProtobufWriter tensor;
    for (const int size : shape) tensor.Integer(tensor_field::kDimensions, size);
    tensor.Integer(tensor_field::kDataType, kFloat);
    tensor.Bytes(tensor_field::kName, name);
    std::string raw;
    for (const float value : values) {
      AppendLittleEndian(std::bit_cast<std::uint32_t>(value), raw);
    }
    tensor.Bytes(tensor_field::kRawData, raw);
    graph_.Message(graph_field::kInitializer, tensor);
  }

  void Node(std::string_view type, std::initializer_list<std::string> inputs,
            const std::string& output) {
    ProtobufWriter node;
    for (const std::string& input : inputs) node.Bytes(node_field::kInput, input);
    node.Bytes(node_field::kOutput, output);
    node.Bytes(node_field::kName, "make_" + output);
    node.Bytes(node_field::kOperator, type);
    graph_.Message(graph_field::kNode, node);
  }

  void Input(std::string_view name, std::initializer_list<int> shape) {
    graph_.Message(graph_field::kInput, ValueInfo(name, shape));
  }
  void Output(std::string_view name, std::initializer_list<int> shape) {
    graph_.Message(graph_field::kOutput, ValueInfo(name, shape));
  }
  void Name(std::string_view name) { graph_.Bytes(graph_field::kName, name); }

  const ProtobufWriter& graph() const { return graph_; }

 private:
  ProtobufWriter graph_;
};

// As Normaliser::Apply: (observation - shift) * scale, clipped.
void AddNormaliser(const Normaliser& normaliser, GraphBuilder& graph) {
  const int dim = normaliser.dim();
  graph.Constant("shift", {dim}, normaliser.shift());
  graph.Constant("scale", {dim}, normaliser.scale());
  graph.Constant("least", {}, Eigen::VectorXf::Constant(1, -Normaliser::kClip));
  graph.Constant("most", {}, Eigen::VectorXf::Constant(1, Normaliser::kClip));
  graph.Node("Sub", {"observation", "shift"}, "centred");
  graph.Node("Mul", {"centred", "scale"}, "scaled");
  graph.Node("Clip", {"scaled", "least", "most"}, "normalised");
}

// tanh layers, the last one linear. An Mlp's column-major [out x in] weights are, read by rows, the
// [in x out] matrix that Gemm multiplies a row of inputs by.
void AddLayers(const Mlp& mlp, std::string input, GraphBuilder& graph) {
  const std::vector<int>& sizes = mlp.layer_sizes();
  Eigen::Index offset = 0;
  for (std::size_t k = 0; k + 1 < sizes.size(); ++k) {
    const int in = sizes[k];
    const int out = sizes[k + 1];
    const bool is_last = k + 2 == sizes.size();
    const std::string number = fmt::to_string(k);
    graph.Constant("weights_" + number, {in, out}, mlp.parameters().segment(offset, in * out));
    offset += in * out;
    graph.Constant("bias_" + number, {out}, mlp.parameters().segment(offset, out));
    offset += out;
    const std::string sum = is_last ? "action" : "sum_" + number;
    graph.Node("Gemm", {input, "weights_" + number, "bias_" + number}, sum);
    input = "hidden_" + number;
    if (!is_last) graph.Node("Tanh", {sum}, input);
  }
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

std::string ActionParts(const std::vector<std::string>& meaning) {
  return meaning.empty() ? std::string() : ordered_json(meaning).dump();
}

ProtobufWriter Metadata(std::string_view key, std::string_view value) {
  ProtobufWriter entry;
  entry.Bytes(1, key);
  entry.Bytes(2, value);
  return entry;
}

}  // namespace

Result<std::string> EncodeOnnx(const GaussianActor& actor) {
  const Mlp* const mean = actor.mean.mlp();
  if (mean == nullptr) {
    return BadInput("The policy has a memory (" + actor.mean.SizesText() +
                    "), which the ONNX model has no place for; export one without.");
  }
  GraphBuilder graph;
  graph.Name("policy");
  graph.Input("observation", {0, actor.observation_dim()});
  graph.Output("action", {0, actor.action_dim()});
  graph.Output("log_std", {actor.action_dim()});
  const bool normalises = actor.normaliser && actor.normaliser->count() > 0;
  if (normalises) AddNormaliser(*actor.normaliser, graph);
  AddLayers(*mean, normalises ? "normalised" : "observation", graph);
  graph.Constant("log_std_value", {actor.action_dim()}, actor.log_std);
  graph.Node("Identity", {"log_std_value"}, "log_std");

  ProtobufWriter opset;
  opset.Bytes(1, "");  // domain: ONNX's own operators
  opset.Integer(2, kOpset);
  ProtobufWriter model;
  model.Integer(model_field::kIrVersion, kIrVersion);
  model.Bytes(model_field::kProducerName, "lookout");
  model.Bytes(model_field::kProducerVersion, LOOKOUT_VERSION);
  model.Message(model_field::kOpsetImport, opset);
  const auto describe = [&model](std::string_view key, const std::string& value) {
    if (!value.empty()) model.Message(model_field::kMetadata, Metadata(key, value));
  };
  describe("lookout.policy", actor.name);
  describe("lookout.environment", actor.origin.environment_id);
  describe("lookout.iteration", fmt::to_string(actor.iteration));
  describe("lookout.action_repeat", fmt::to_string(actor.action_repeat));
  describe("lookout.configuration", actor.origin.configuration);
  describe("lookout.observation", ObservationParts(actor.origin.signature));
  describe("lookout.action", ActionParts(actor.origin.action_meaning));
  model.Message(model_field::kGraph, graph.graph());
  return model.bytes();
}

}  // namespace lookout::app
