// Builds ONNX models (opset 13) operator by operator. One owner, one thread.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "agents/learning/mlp.h"
#include "agents/learning/normaliser.h"
#include "app/runs/formats/protobuf_writer.h"
#include "sim/environment/observation_signature.h"

namespace lookout::app {

class OnnxGraph {
 public:
  explicit OnnxGraph(std::string_view name);

  // Float tensors of that name and shape; a dimension of 0 is the batch, of any size.
  void Input(std::string_view name, std::initializer_list<int> shape);
  void Output(std::string_view name, std::initializer_list<int> shape);

  // values: row-major, of that shape; no dimension: a scalar.
  void Constant(const std::string& name, std::initializer_list<int> shape,
                const Eigen::Ref<const Eigen::VectorXf>& values);
  // A list, as indices and axes are given.
  void Integers(const std::string& name, std::initializer_list<std::int64_t> values);

  // A whole number, or a list, as the operator demands it.
  struct Attribute {
    std::string_view name;
    std::int64_t value = 0;
    bool is_list = false;
    std::vector<std::int64_t> list = {};  // empty: of the value alone
  };
  void Node(std::string_view type, const std::vector<std::string>& inputs,
            const std::string& output, std::initializer_list<Attribute> attributes = {});

  // weights [out x in], as what a row of inputs is multiplied by: [in x out].
  void Matrix(const std::string& name, const Eigen::Ref<const Eigen::MatrixXf>& weights);
  // output = weights input + bias, of each row.
  void Linear(const std::string& output, const std::string& input,
              const Eigen::Ref<const Eigen::MatrixXf>& weights,
              const Eigen::Ref<const Eigen::VectorXf>& bias);
  // Columns from `begin` to before `end` of each row.
  void Columns(const std::string& input, std::int64_t begin, std::int64_t end,
               const std::string& output);
  // As Normaliser::Apply: (input - shift) * scale, clipped. Names begin with `prefix`.
  void Normalise(const agents::Normaliser& normaliser, const std::string& input,
                 const std::string& output, const std::string& prefix = {});
  // tanh layers, the last one linear.
  void Layers(const agents::Mlp& mlp, std::string input, const std::string& output,
              const std::string& prefix = {});

  // An entry of the model's metadata; nothing if the value is empty.
  void Describe(std::string_view key, std::string_view value);

  // The bytes of the model.
  std::string Model() const;

 private:
  ProtobufWriter graph_;
  ProtobufWriter metadata_;
};

// The parts of an observation as a JSON list of name, first index, length and meaning; empty if
// they are not known.
std::string ObservationParts(const sim::ObservationSignature& signature);

}  // namespace lookout::app
