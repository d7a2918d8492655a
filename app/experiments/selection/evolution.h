// A plain evolution strategy, (mu/mu, lambda) with a step that shrinks by itself (Rechenberg 1973;
// Beyer and Schwefel 2002): candidates are drawn around a centre, and the centre moves to the mean
// of the best of them. One owner, one thread.
#pragma once

#include <Eigen/Core>
#include <cstdint>

#include "sim/base/fields.h"
#include "sim/base/random_state.h"

namespace lookout::app {

struct EvolutionSettings {
  int generations = 6;
  int population = 12;       // candidates of each generation, lambda
  int parents = 3;           // the best of them, mu <= lambda
  double step = 1.5;         // standard deviation of a change
  double step_decay = 0.85;  // by which the step is multiplied after each generation
};

template <FieldsOf<EvolutionSettings> Self, typename Visit>
void VisitFields(Self& s, Visit&& visit) {
  using F = Field<EvolutionSettings>;
  visit(F("generations", "of candidates").Within(1, 500), s.generations);
  visit(F("population", "candidates of each generation").Within(2, 1000), s.population);
  visit(F("parents", "the best of them, whose mean the next are drawn around").Within(1, 1000),
        s.parents);
  visit(F("step", "standard deviation of the changes to a reflex").Within(1e-4, 10), s.step);
  visit(F("step-decay", "of the step, from one generation to the next").Within(0.1, 1),
        s.step_decay);
}

class Evolution {
 public:
  // start: [dimensions]. Same arguments and scores: same candidates.
  Evolution(Eigen::VectorXd start, const EvolutionSettings& settings, std::uint32_t seed);

  // New candidates, [dimensions x population]; valid until the next.
  const Eigen::MatrixXd& Draw();
  // scores: of the candidates drawn last, [population], the higher the better; of equal ones the
  // first is the better, what is not a number is the worst.
  void Select(const Eigen::VectorXd& scores);

  const Eigen::VectorXd& centre() const { return centre_; }
  double step() const { return step_; }  // standard deviation of the next changes

 private:
  Eigen::VectorXd centre_;
  EvolutionSettings settings_;
  double step_;
  RandomState random_;
  Eigen::MatrixXd candidates_;
};

}  // namespace lookout::app
