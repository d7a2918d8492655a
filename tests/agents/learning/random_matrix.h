// Numbers to try networks on.
#pragma once

#include <Eigen/Core>

#include "sim/base/random_state.h"

namespace lookout::agents {

// Independent standard normals.
inline Eigen::MatrixXf RandomMatrix(int rows, int columns, RandomState& random) {
  Eigen::MatrixXf matrix(rows, columns);
  for (float& value : matrix.reshaped()) value = static_cast<float>(random.Normal());
  return matrix;
}

}  // namespace lookout::agents
