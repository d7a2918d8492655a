#include "agents/feedback/transitions/observation_history.h"

#include <doctest/doctest.h>

#include <cmath>

#include "agents/feedback/transitions/transition.h"

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
  ObservationHistory history({.history = 4});
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
    ObservationHistory history({.history = most});
    history.Begin(Eigen::VectorXf(Eigen::Vector2f(1, 2)));
    history.Add(Eigen::VectorXf(Eigen::Vector2f(3, 4)));
    CHECK(history.earlier().size() == 0);
  }
}

TEST_CASE("a trace is the mean of all before, and forgets half in its half-life") {
  constexpr int kSteps = 600;
  Eigen::MatrixXf observations = Eigen::MatrixXf::Zero(1, kSteps);
  observations.rightCols(kSteps - 1).setOnes();
  ObservationHistory history({.history = 2, .traces = PastInputs::kMostTraces});
  history.Begin(observations.col(0));
  for (int step = 1; step < kSteps; ++step) {
    history.Add(observations.col(step));
    REQUIRE(history.earlier().size() == 1 + 2 * PastInputs::kMostTraces);
    for (int i = 0; i < PastInputs::kMostTraces; ++i) {
      const double half_life = PastInputs::kHalfLives[std::size_t(i)];
      CHECK(double(history.earlier()[1 + 2 * i]) ==
            doctest::Approx(1.0 - std::exp2(-step / half_life)).epsilon(1e-4));
      CHECK(history.earlier()[2 + 2 * i] == 0.0F);  // no lidar, no peak
    }
  }
}

TEST_CASE("a trace of a lidar is the mean of what is nearest, whichever way it is") {
  // A lidar of three bins between two other values.
  const PastInputs reach{.traces = 1, .lidars = {{.offset = 1, .bins = 3}}};
  ObservationHistory history(reach);
  Eigen::VectorXf seen(5);
  seen << 1.0F, 0.2F, 0.8F, 0.1F, 2.0F;
  history.Begin(seen);
  Eigen::VectorXf expected(5);
  expected << 1.0F, 0.0F, 0.8F, 0.0F, 2.0F;
  CHECK(history.earlier().head(5) == expected);
  for (int i = 0; i < 10; ++i) {
    seen << 0.0F, 0.8F, 0.2F, 0.1F, 2.0F;  // it turns
    history.Add(seen);
  }
  CHECK(history.earlier()[0] == doctest::Approx(0.5));
  CHECK(history.earlier()[1] == doctest::Approx(0.4));
  CHECK(history.earlier()[2] == doctest::Approx(0.4));
  CHECK(history.earlier()[3] == 0.0F);
  CHECK(history.earlier()[4] == doctest::Approx(2.0));
}

TEST_CASE("a peak is the nearest thing yet, and fades by half in its half-life") {
  const PastInputs reach{.traces = 2, .lidars = {{.offset = 1, .bins = 3}}};
  ObservationHistory history(reach);
  const auto peaks = [&](int trace) {
    return Eigen::VectorXf(history.earlier().segment(5 * (2 * trace + 1), 5));
  };
  const auto see = [](float first, float second) {
    Eigen::VectorXf seen(5);
    seen << 1.0F, first, second, 0.0F, 2.0F;
    return seen;
  };
  history.Begin(see(0.2F, 0.8F));
  CHECK(peaks(0) == Eigen::VectorXf(Eigen::Vector<float, 5>(0.0F, 0.0F, 0.8F, 0.0F, 0.0F)));
  for (int i = 0; i < 10; ++i) history.Add(see(0.0F, 0.0F));  // blind
  CHECK(peaks(0)[2] == doctest::Approx(0.4));
  CHECK(peaks(1)[2] == doctest::Approx(0.8 * std::exp2(-0.2)));
  history.Add(see(0.5F, 0.1F));  // nearer than what is left of the first one, in another bin
  CHECK(peaks(0) == Eigen::VectorXf(Eigen::Vector<float, 5>(0.0F, 0.5F, 0.0F, 0.0F, 0.0F)));
  CHECK(peaks(1)[1] == 0.0F);
  CHECK(peaks(1)[2] > 0.6F);
}

TEST_CASE("the past of a whole episode is that of each step") {
  const Eigen::MatrixXf observations = Episode(7);
  for (const int traces : {0, 2}) {
    for (const int most : {0, 1, 2, 5, 8}) {
      CAPTURE(most);
      const PastInputs reach{.history = most, .traces = traces};
      const EpisodeTransitions episode(observations, Eigen::MatrixXf::Zero(0, 6), reach);
      REQUIRE(episode.steps().count() == 6);
      REQUIRE(episode.steps().earlier.rows() == reach.EarlierRows(2));
      ObservationHistory history(reach);
      history.Begin(observations.col(0));
      for (int step = 0; step < 6; ++step) {
        CHECK(episode.steps().earlier.col(step) == history.earlier());
        history.Add(observations.col(step + 1));
      }
    }
  }
}

TEST_CASE("a transition hands out what was before, and knows how much it has") {
  const Eigen::MatrixXf observations = Episode(5);
  const Eigen::MatrixXf actions = Eigen::MatrixXf::Ones(1, 4);
  const EpisodeTransitions episode(observations, actions, {.history = 3, .traces = 1});
  const Transitions& steps = episode.steps();
  CHECK(steps.Has({.history = 3, .traces = 1}));
  CHECK_FALSE(steps.Has({.history = 4}));
  CHECK_FALSE(steps.Has({.traces = 2}));
  const Transitions last = steps.Middle(3, 1);
  CHECK(last.ObservationsBefore(1)(0, 0) == 3.0F);
  CHECK(last.ObservationsBefore(2)(0, 0) == 2.0F);
  CHECK(last.ObservationsBefore(3)(0, 0) == 1.0F);
  CHECK(last.Trace(0)(0, 0) > 0.0F);
  CHECK(last.Trace(0)(0, 0) < 1.0F);

  const Transitions done(observations.leftCols(4), actions, observations.rightCols(4));
  CHECK(done.Has({.history = 1}));
  CHECK_FALSE(done.Has({.history = 2}));
  CHECK_FALSE(done.Has({.traces = 1}));
  const Transitions state(observations);
  CHECK(state.Has({.history = 8, .traces = 3}));
  CHECK(state.ObservationsBefore(8) == observations);
  CHECK(state.Trace(2) == observations);
}

}  // namespace
}  // namespace lookout::agents
