// Asks the cost model itself about points of a question. One per thread.
#pragma once

#include <Eigen/Core>
#include <optional>
#include <span>
#include <vector>

#include "agents/inspect/verification/scene.h"
#include "sim/base/random_state.h"

namespace lookout::agents {

class PointProbe {
 public:
  // Both have to outlive it.
  PointProbe(const Scene& scene, const CostModel& model);

  // What the model predicts at each point; valid until the next call.
  std::span<const float> Predict(std::span<const Point> points);

 private:
  const Scene& scene_;
  const CostModel& model_;
  CostModelWorkspace workspace_;
  Eigen::MatrixXf observations_;
  Eigen::VectorXf probability_;
  Eigen::VectorXf spread_;
};

// A point of the question in that box, a part of the root, uniform; none if that many tries were
// all outside of the question.
inline constexpr int kMostTries = 1000;
std::optional<Point> DrawPoint(const Scene& scene, const Box& box, std::size_t root,
                               RandomState& random, int tries = kMostTries);

// The centre and, of up to five variables, the corners; those that belong to the question.
std::vector<Point> MarkedPoints(const Scene& scene, const Box& box, std::size_t root);

// Of each variable, how much the prediction's logit hangs on it over the whole of a root: the root
// mean square of its change where that variable alone is drawn anew, over the square root of 2
// (Jansen 1999, total effect). No less than a fiftieth of the largest. `tried` gets the points that
// belong to the question, with their predictions.
struct TriedPoint {
  Point point;
  std::size_t root = 0;
  float probability = 0.0F;
};
std::vector<double> Effects(const Scene& scene, PointProbe& probe, RandomState& random,
                            std::vector<TriedPoint>& tried);

// The product of the sides that have a length.
double Volume(const Box& box);

}  // namespace lookout::agents
