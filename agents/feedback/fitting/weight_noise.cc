#include "agents/feedback/fitting/weight_noise.h"

#include <cmath>

namespace lookout::agents {

void AddWeightNoise(const std::vector<int>& sizes, double deviation, RandomState& random,
                    Eigen::VectorXf& parameters) {
  Eigen::Index place = 0;
  for (std::size_t layer = 0; layer + 1 < sizes.size(); ++layer) {
    const auto in = static_cast<double>(sizes[layer]);
    const Eigen::Index weights = Eigen::Index{sizes[layer]} * sizes[layer + 1];
    const double scale = deviation / std::sqrt(in);
    for (Eigen::Index i = 0; i < weights; ++i) {
      parameters[place + i] += static_cast<float>(scale * random.Normal());
    }
    place += weights + sizes[layer + 1];
  }
}

}  // namespace lookout::agents
