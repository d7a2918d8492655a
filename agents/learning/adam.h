// Adam (Kingma and Ba 2015) on a flat parameter vector. One owner, one thread.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <string_view>

#include "agents/learning/archive.h"

namespace lookout::agents {

struct AdamSettings {
  double learning_rate = 1e-3;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double epsilon = 1e-8;
  double weight_decay = 0.0;  // decoupled (Loshchilov and Hutter 2019), per step times the rate
};

class Adam {
 public:
  Adam() = default;
  Adam(int parameter_count, const AdamSettings& settings);

  // Moves the parameters against the gradient of a loss to be made smaller; both
  // [parameter_count]. Does not allocate. In the form at the end of section 2 of the paper, which
  // is TensorFlow's.
  void Step(Eigen::Ref<Eigen::VectorXf> parameters,
            const Eigen::Ref<const Eigen::VectorXf>& gradient);

  std::int64_t steps() const { return steps_; }
  void set_learning_rate(double learning_rate) { settings_.learning_rate = learning_rate; }

  // Fields "<name>.steps", "<name>.first" and "<name>.second"; the settings are the owner's.
  void Encode(ArchiveWriter& writer, std::string_view name) const;
  // Keeps its own settings and size; refuses moments of another size through the reader.
  void Decode(ArchiveReader& reader, std::string_view name);

 private:
  AdamSettings settings_;
  std::int64_t steps_ = 0;
  Eigen::VectorXf first_;   // moving average of the gradient
  Eigen::VectorXf second_;  // moving average of its square
};

}  // namespace lookout::agents
