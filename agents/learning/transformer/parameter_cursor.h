// Cuts one flat vector of parameters, or of their derivatives, into the matrices that it is made
// of. A view; any thread.
#pragma once

#include <Eigen/Core>
#include <type_traits>

namespace lookout::agents {

// Float: float or const float.
template <typename Float>
class ParameterCursor {
 public:
  template <typename Plain>
  using MapOf = Eigen::Map<std::conditional_t<std::is_const_v<Float>, const Plain, Plain>>;
  using Matrix = MapOf<Eigen::MatrixXf>;
  using Vector = MapOf<Eigen::VectorXf>;

  explicit ParameterCursor(Float* data) : next_(data) {}

  // The next rows * columns values, by columns.
  Matrix TakeMatrix(Eigen::Index rows, Eigen::Index columns) {
    return Matrix(Take(rows * columns), rows, columns);
  }
  Vector TakeVector(Eigen::Index size) { return Vector(Take(size), size); }

 private:
  Float* Take(Eigen::Index count) {
    Float* const taken = next_;
    next_ += count;
    return taken;
  }
  Float* next_;
};

}  // namespace lookout::agents
