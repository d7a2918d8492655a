#include "agents/learning/adam.h"

#include <cmath>
#include <limits>
#include <string>

namespace lookout::agents {

Adam::Adam(int parameter_count, const AdamSettings& settings) : settings_(settings) {
  first_.setZero(parameter_count);
  second_.setZero(parameter_count);
}

void Adam::Step(Eigen::Ref<Eigen::VectorXf> parameters,
                const Eigen::Ref<const Eigen::VectorXf>& gradient) {
  LOOKOUT_CHECK(parameters.size() == first_.size() && gradient.size() == first_.size(),
                "parameters or gradient do not fit the optimiser");
  ++steps_;
  const auto beta1 = static_cast<float>(settings_.beta1);
  const auto beta2 = static_cast<float>(settings_.beta2);
  first_ = beta1 * first_ + (1.0F - beta1) * gradient;
  second_ = beta2 * second_ + (1.0F - beta2) * gradient.cwiseAbs2();
  const auto t = static_cast<double>(steps_);
  const auto rate =
      static_cast<float>(settings_.learning_rate * std::sqrt(1.0 - std::pow(settings_.beta2, t)) /
                         (1.0 - std::pow(settings_.beta1, t)));
  const auto epsilon = static_cast<float>(settings_.epsilon);
  if (settings_.weight_decay > 0.0) {
    parameters *= static_cast<float>(1.0 - settings_.learning_rate * settings_.weight_decay);
  }
  parameters.array() -= rate * first_.array() / (second_.array().sqrt() + epsilon);
}

void Adam::Encode(ArchiveWriter& writer, std::string_view name) const {
  const std::string prefix(name);
  writer.Integer(prefix + ".steps", steps_);
  writer.Floats(prefix + ".first", {first_.data(), std::size_t(first_.size())});
  writer.Floats(prefix + ".second", {second_.data(), std::size_t(second_.size())});
}

void Adam::Decode(ArchiveReader& reader, std::string_view name) {
  const std::string prefix(name);
  const std::int64_t steps =
      reader.Integer(prefix + ".steps", 0, std::numeric_limits<std::int64_t>::max());
  Eigen::VectorXf first = reader.Floats(prefix + ".first", first_.size());
  Eigen::VectorXf second = reader.Floats(prefix + ".second", second_.size());
  if (reader.ok() && second.size() > 0 && second.minCoeff() < 0.0F) {
    reader.Reject("field '" + prefix + ".second' holds a negative mean square.");
  }
  if (!reader.ok()) return;
  steps_ = steps;
  first_ = std::move(first);
  second_ = std::move(second);
}

}  // namespace lookout::agents
