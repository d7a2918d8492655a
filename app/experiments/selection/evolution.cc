#include "app/experiments/selection/evolution.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>
#include <vector>

#include "sim/base/check.h"

namespace lookout::app {

Evolution::Evolution(Eigen::VectorXd start, const EvolutionSettings& settings, std::uint32_t seed)
    : centre_(std::move(start)),
      settings_(settings),
      step_(settings.step),
      random_(seed),
      candidates_(centre_.size(), settings.population) {
  LOOKOUT_CHECK(settings.parents >= 1 && settings.parents <= settings.population,
                "more parents than candidates");
}

const Eigen::MatrixXd& Evolution::Draw() {
  for (double& value : candidates_.reshaped()) value = step_ * random_.Normal();
  candidates_.colwise() += centre_;
  return candidates_;
}

void Evolution::Select(const Eigen::VectorXd& scores) {
  LOOKOUT_CHECK(scores.size() == candidates_.cols(), "a score for each candidate");
  std::vector<Eigen::Index> order(static_cast<std::size_t>(scores.size()));
  std::iota(order.begin(), order.end(), Eigen::Index{0});
  const auto score_of = [&](Eigen::Index i) {
    return std::isnan(scores[i]) ? -std::numeric_limits<double>::infinity() : scores[i];
  };
  std::ranges::stable_sort(order, std::ranges::greater(), score_of);
  centre_.setZero();
  for (int i = 0; i < settings_.parents; ++i) {
    centre_ += candidates_.col(order[static_cast<std::size_t>(i)]) / double(settings_.parents);
  }
  step_ *= settings_.step_decay;
}

}  // namespace lookout::app
