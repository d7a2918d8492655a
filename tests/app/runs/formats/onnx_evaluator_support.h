// Reads an ONNX model and computes it, operator by operator, apart from the program's writer. Knows
// only the operators that a policy or a cost model may use. For tests.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace lookout::app {

// A tensor of rank 0, 1 or 2, row-major; indices as floats, too.
struct OnnxTensor {
  std::vector<long> shape;
  std::vector<float> values;
};

struct OnnxPort {
  std::string name;
  std::vector<std::string> shape;  // a number or a name for each dimension
};

struct OnnxNode {
  std::string type;
  std::vector<std::string> inputs;
  std::string output;
  std::map<std::string, long> attributes;  // a number, or a list of one
};

struct OnnxModel {
  long ir_version = 0;
  long opset = 0;
  std::map<std::string, std::string> metadata;
  std::vector<OnnxPort> inputs;
  std::vector<OnnxPort> outputs;
  std::vector<OnnxNode> nodes;
  std::map<std::string, OnnxTensor> constants;

  // Every named value after running the nodes in order. Fails the test on a name used before it is
  // made, or shapes that do not fit.
  std::map<std::string, OnnxTensor> Run(const std::map<std::string, OnnxTensor>& inputs) const;
};

// Fails the test on anything that is not such a model.
OnnxModel ParseOnnx(std::string_view bytes);

}  // namespace lookout::app
