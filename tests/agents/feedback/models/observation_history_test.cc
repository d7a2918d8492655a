#include "agents/feedback/models/observation_history.h"

#include <doctest/doctest.h>

#include "agents/feedback/models/transition.h"

namespace lookout::agents {
namespace {

// [2 x steps], which name their step.
Eigen::MatrixXf Episode(int steps) {
  Eigen::MatrixXf observations(2, steps);
  for (int i = 0; i < steps; ++i) observations.col(i) << float(i), 100.0F + float(i);
  return observations;
}

// Steps 1, 2, ... of which the last `history` observations before them are the given ones.
Eigen::VectorXf Stacked(const std::vector<int>& steps) {
  Eigen::VectorXf stacked(2 * std::ssize(steps));
  Eigen::Index row = 0;
  for (const int step : steps) {
    stacked[row++] = float(step);
    stacked[row++] = 100.0F + float(step);
  }
  return stacked;
}

TEST_CASE("a history has the latest first, and the first observation where there is none before") {
  const Eigen::MatrixXf observations = Episode(6);
  ObservationHistory history(4);
  history.Begin(observations.col(0));
  CHECK(history.earlier() == Stacked({0, 0, 0}));
  history.Add(observations.col(1));
  CHECK(history.earlier() == Stacked({0, 0, 0}));  // of what comes next, 1 is just before it
  history.Add(observations.col(2));
  CHECK(history.earlier() == Stacked({1, 0, 0}));
  for (int i = 3; i < 6; ++i) history.Add(observations.col(i));
  CHECK(history.earlier() == Stacked({4, 3, 2}));
  history.Begin(observations.col(3));  // another episode
  CHECK(history.earlier() == Stacked({3, 3, 3}));
}

TEST_CASE("one observation before is the transition's own, and needs no history") {
  for (const int most : {0, 1}) {
    ObservationHistory history(most);
    history.Begin(Eigen::VectorXf(Eigen::Vector2f(1, 2)));
    history.Add(Eigen::VectorXf(Eigen::Vector2f(3, 4)));
    CHECK(history.earlier().size() == 0);
  }
}

TEST_CASE("the history of a whole episode is that of each step") {
  const Eigen::MatrixXf observations = Episode(7);
  for (const int most : {0, 1, 2, 5, 8}) {
    CAPTURE(most);
    const Eigen::MatrixXf earlier = EarlierObservations(observations, most);
    REQUIRE(earlier.cols() == 6);
    ObservationHistory history(most);
    history.Begin(observations.col(0));
    for (int step = 0; step < 6; ++step) {
      CHECK(earlier.col(step) == history.earlier());
      history.Add(observations.col(step + 1));
    }
  }
}

TEST_CASE("a transition hands out what was observed before, and knows how much it has") {
  const Eigen::MatrixXf observations = Episode(5);
  const Eigen::MatrixXf actions = Eigen::MatrixXf::Ones(1, 4);
  const Eigen::MatrixXf earlier = EarlierObservations(observations, 3);
  const Transitions steps(observations.leftCols(4), actions, observations.rightCols(4), earlier);
  CHECK(steps.HasHistory(3));
  CHECK_FALSE(steps.HasHistory(4));
  const Transitions last = steps.Middle(3, 1);
  CHECK(last.ObservationsBefore(1)(0, 0) == 3.0F);
  CHECK(last.ObservationsBefore(2)(0, 0) == 2.0F);
  CHECK(last.ObservationsBefore(3)(0, 0) == 1.0F);

  const Transitions done(observations.leftCols(4), actions, observations.rightCols(4));
  CHECK(done.HasHistory(1));
  CHECK_FALSE(done.HasHistory(2));
  const Transitions state(observations);
  CHECK(state.HasHistory(8));
  CHECK(state.ObservationsBefore(8) == observations);
}

}  // namespace
}  // namespace lookout::agents
