// How a student is taught (Noisy Student: Xie et al. 2020). Value type; any thread.
#pragma once

#include "sim/base/fields.h"

namespace lookout::agents {

struct StudentSettings {
  int rounds = 0;             // of teacher and student; 0: the plain fit
  double unlabelled = 2.0;    // steps that the teacher judges, for each labelled one
  bool soft = true;           // targets are the teacher's probabilities; else its verdicts
  bool balanced = true;       // a quarter of them unsafe, drawn again and again if there are few
  bool asymmetric = true;     // "safe" counts only where the whole ensemble is sure and knows
  bool input_noise = true;    // see OtherSights
  double weight_noise = 0.1;  // see Lessons
};

template <FieldsOf<StudentSettings> Self, typename Visit>
void VisitFields(Self& s, Visit&& visit) {
  using F = Field<StudentSettings>;
  visit(F("student", "rounds of teacher and student on what was not marked; 0: none").Within(0, 10),
        s.rounds);
  visit(
      F("student-unlabelled", "steps that the teacher judges for each labelled one").Within(0, 100),
      s.unlabelled);
  visit(F("student-soft", "the teacher's probabilities as targets, else its verdicts").Within(0, 1),
        s.soft);
  visit(F("student-balanced", "a quarter of the judged steps unsafe").Within(0, 1), s.balanced);
  visit(
      F("student-asymmetric", "judged safe only where all networks are sure and know").Within(0, 1),
      s.asymmetric);
  visit(F("student-input-noise", "pictures mirrored, turned, without what is far").Within(0, 1),
        s.input_noise);
  visit(F("student-weight-noise", "on the weights while learning").Within(0, 1), s.weight_noise);
}

}  // namespace lookout::agents
