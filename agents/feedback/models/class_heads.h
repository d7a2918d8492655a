// Classes of danger as heads of a cost model, beside the total. Values; any thread.
//
// Let p(x) be the total, the probability that a person would call x unsafe, and q_k(x) that of
// their naming class k of danger, given that they call it unsafe and name any class. A head
// predicts q_k; what is shown and measured is
//
//   p_k(x) = p(x) q_k(x),
//
// the probability of "unsafe, as class k" as far as dangers have a name. So
//  - the total is what it is without heads, bit for bit: they are further networks on the same
//    inputs, which are fitted after it;
//  - p_k <= p always, while the sum over k may be more than p, as several dangers may be named of
//    one step (one sigmoid for each class, no softmax);
//  - a head learns from the unsafe steps that name a class, and from nothing else: a step that is
//    unsafe without a name is none of class k and none of another, and a safe one is known to be
//    safe by p. False alarms of annotators lie mostly where p is small, and there q_k hardly
//    counts;
//  - the prior of the stream and the slips of annotators move p alone: of what is unsafe, a class
//    has the same share in what was marked as in what was viewed. A wrong class is taken at its
//    word, though: how often an annotator mixes classes up is not estimated.
// A class that nothing or everything unsafe is named needs no head: it is never, or always, the
// total.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "agents/feedback/kinds/danger_classes.h"
#include "agents/feedback/models/calibration.h"
#include "agents/learning/archive.h"
#include "agents/learning/mlp.h"

namespace lookout::agents {

// A class has a head if so many marks with so many steps name it, and as many name another one: a
// mark's steps are nearly copies, so that it takes several marks to tell one danger from another.
inline constexpr std::int64_t kLeastMarksOfClass = 5;
inline constexpr std::int64_t kLeastStepsOfClass = 50;

// How a model knows one class of danger that the labels name. Figures of what is held out are NaN
// where nothing could be measured, and where there is no head.
struct ClassReport {
  static constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

  DangerClass danger = 0;
  bool has_head = false;           // else too few labels name it, or too few name another
  std::int64_t rows = 0;           // unsafe steps that it is named of
  std::int64_t marks = 0;          // that name it
  std::int64_t held_out_rows = 0;  // of the rows
  double auc = kUnknown;           // of p_k: those against what is safe or another danger
  double auc_among = kUnknown;     // the same against other dangers alone
  double miss_rate = kUnknown;     // share of those with p_k below kUnsafeFrom
  double learned_cost = kUnknown;  // per held-out episode, as CostModelReport has them: the sum of
  double true_cost = kUnknown;     // p_k, and what the rule charged for the kind of thing that the
                                   // class is usually called by; set by who has the recordings
};

// Whether the costs of a head can be said of it: they were measured, and the class still has its
// usual name, which is that of the kind of thing that the rule charged for.
bool HasRuleCost(const ClassReport& report, const DangerClasses& names);

// "Vase: AUC 0.981, 0.997 among dangers, 12 % missed of 80 steps held out; learned / true
// cost 1.10; 320 steps of 14 marks", or why it has no head.
std::string ClassInWords(const ClassReport& report, const DangerClasses& names);

struct ClassHeads {
  std::vector<DangerClass> classes;       // ascending; empty: no heads
  std::vector<Mlp> members;               // beside each of the ensemble, an output for each class
  std::vector<Calibration> calibrations;  // of each class

  bool empty() const { return classes.empty(); }
  // Which output it is; -1: it has no head.
  int IndexOf(DangerClass danger) const;
};

// Fields "classes", "class<c>. ..." and "class_member<i>".
void EncodeClasses(std::span<const ClassReport> reports, const ClassHeads& heads,
                   ArchiveWriter& writer);
// members, inputs: networks of the ensemble and what they take. Rejects what does not fit them.
void ReadClasses(ArchiveReader& reader, std::size_t members, int inputs,
                 std::vector<ClassReport>& reports, ClassHeads& heads);

}  // namespace lookout::agents
