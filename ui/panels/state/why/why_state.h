// What the panel that says why keeps from frame to frame: what is asked, words and numbers that are
// made anew when what they are about changes, and the question that is being asked. Window thread
// only.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ui/inspection.h"
#include "ui/inspection_commands.h"
#include "ui/panels/state/why/proof_form.h"
#include "ui/sensor_attack.h"

namespace lookout::ui {

// One object, one input or one thing that was checked, in words.
struct WhyObject {
  int object = 0;  // in scene.objects
  std::string id;  // "hazard3"
  std::string name, where, value, help;
  double contribution = 0.0;  // what the bar shows, in WhyWords::unit
  double removal = 0.0;       // what taking it away alone changes
};
struct WhyInput {
  std::string name, value;
  std::vector<double> bins;  // of a lidar, from straight behind over the left and ahead; else none
};
struct WhyMove {
  std::string name, words;
};
struct WhyLabel {
  std::string moment, by, model;
  bool unsafe = false;
  bool marked = true;
};
struct WhyCheck {
  std::string text;
  bool passed = false;
};

struct WhyWords {
  std::int64_t number = -1;  // of the moment that they are about
  LabelsKnown labels_known = LabelsKnown::kComing;
  int shown_number = 0;   // likewise, see MomentExplained::ShownOf
  bool is_danger = true;  // the more, the worse
  std::string unit;       // "log-odds of unsafe", "forward"
  std::string verdict;    // "Unsafe"
  std::string moment;     // "Episode 3, step 412"
  std::string smallest;   // "0.11 m back would make it safe."
  std::string because;    // of all objects together
  std::string together;   // of those that hide each other; empty: none do
  std::string residual;
  std::string took;
  bool residual_is_small = true;
  double largest = 0.0;      // contribution
  double largest_bin = 0.0;  // of all inputs
  std::vector<WhyObject> objects;
  int silent = 0;  // objects that contribute nothing worth telling
  std::vector<WhyMove> moves;
  std::vector<WhyInput> inputs;
  std::vector<WhyLabel> labels;
};

struct WhyChecks {
  std::shared_ptr<const agents::SanityReport> of;
  bool passed = false;
  std::vector<WhyCheck> lines;
};

// The answer to a question, in words.
struct ProofWords {
  std::shared_ptr<const QuestionAnswered> of;
  std::string answer, about, counts, statistics, at, limits;
};

// What came of an attack on the sensors of a moment, in words.
struct SensorWords {
  struct Value {
    std::string name, change, effect;
  };
  std::int64_t number = -1;  // of the attack that they are about
  std::string smallest, noise;
  std::vector<std::string> limits;
  std::vector<Value> values;
};

// What is attacked.
enum class AttackTarget : std::uint8_t {
  kModel,    // moments in which the cost model is wrong
  kSensors,  // what the sensors say at the moment on screen
  kAgent,    // worlds that hurt who plays
};

struct WhyState {
  WhySubject subject = WhySubject::kCostModel;
  int number = 0;           // of a policy that is shown; 0 of a cost model
  int pointed_object = -1;  // the mouse is on it in the panel; in scene.objects
  WhyWords words;
  WhyChecks checks;
  ProofForm form;
  std::string claim;  // of the form, in words; made anew when it changes
  ProofForm claim_of;
  ProofWords proof;
  FindBlindSpots attack;       // as it is asked for next
  FindHardWorlds hard_worlds;  // likewise
  AttackTarget target = AttackTarget::kModel;
  float sensor_budget_percent = 2.0F;
  SensorWords sensor_words;
  // How far below the panel's top its section stays while it is used, whatever comes and goes above
  // it; none: it scrolls freely.
  std::optional<float> attack_top_px;
};

}  // namespace lookout::ui
