// What the window shows of a cost model or a policy that was asked why, and of where the cost model
// fails. Values; written by
// the workspace, read by panels and the view.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agents/inspect/explanations/explanation.h"
#include "agents/inspect/explanations/sanity.h"
#include "agents/inspect/verification/proof_search.h"
#include "sim/recording/recording.h"
#include "ui/why_subject.h"

namespace lookout::ui {

// Which labels stand beside an explanation.
enum class LabelsKnown : std::uint8_t {
  kComing,   // they are being read
  kNone,     // nothing of this observation is labelled
  kThere,    // Explanation::labels are the nearest
  kUnknown,  // they cannot be told, see MomentExplained::labels_problem
};

// Why a policy makes that number of a moment.
struct NumberExplained {
  std::string name;        // "forward", "cost"
  std::string meaning;     // in a few words more; may be empty
  bool is_danger = false;  // the more, the worse
  agents::ExplainedNumber found;
};

// What adds up to the log-odds of unsafe, or to a number of a policy. Borrowed.
struct ContributionsShown {
  const agents::ObjectContributions& objects;
  const agents::IntegratedGradients& inputs;
  bool is_danger = false;
};

// Why a cost model judges one moment as it does, or a policy acts or expects as it does there.
// Immutable once it is shared.
struct MomentExplained {
  std::int64_t number = 0;  // no two have the same
  EpisodeId episode;
  StepIndex step = 0;
  WhySubject subject = WhySubject::kCostModel;
  std::string agent = {};                     // of a policy: its name
  std::vector<NumberExplained> numbers = {};  // likewise, at least one
  // What follows is of a cost model, but for the time.
  CostModelId model;
  agents::Explanation explanation;
  sim::SimStatePtr moved;  // after explanation.any_move; null: none was found
  LabelsKnown labels = LabelsKnown::kComing;
  std::string labels_problem;
  double milliseconds = 0.0;  // that it took, without the labels

  // Null of a cost model. which: of the numbers of a policy, the last one if there are fewer.
  const NumberExplained* NumberAt(int which) const {
    if (numbers.empty()) return nullptr;
    const auto place = static_cast<std::size_t>(std::max(which, 0));
    return &numbers[std::min(place, numbers.size() - 1)];
  }
  // What is drawn of it, or of the log-odds of unsafe.
  ContributionsShown ShownOf(int which) const {
    const NumberExplained* one = NumberAt(which);
    if (one == nullptr) return {explanation.contributions, explanation.gradients, true};
    return {one->found.contributions, one->found.gradients, one->is_danger};
  }
};

struct ExplanationOnScreen {
  bool working = false;
  std::shared_ptr<const MomentExplained> moment;  // the newest; null: none yet
  bool is_of_this_moment = false;                 // that on screen, by the model or policy in use
  bool is_looked_at = true;                       // by somebody who asks why
  std::string problem;                            // why this moment has none; empty: it may

  bool checking = false;                               // sanity, on this moment
  std::size_t checked_number = 0;                      // see CheckExplanation
  std::shared_ptr<const agents::SanityReport> sanity;  // of this moment; null: nobody asked
  std::string sanity_problem;

  // What the view draws: nothing of another moment, nor once nobody asks any more.
  const MomentExplained* in_view() const {
    return is_of_this_moment && is_looked_at ? moment.get() : nullptr;
  }
};

// What came of a question about a cost model. Immutable once it is shared.
struct QuestionAnswered {
  std::int64_t number = 0;
  std::string environment;
  std::uint32_t seed = 0;
  EpisodeId episode;
  CostModelId model;
  agents::Question question;
  agents::ProofResult result;
  std::vector<agents::Variable> variables;
  std::vector<agents::Interval> ranges;    // of the variables, over the whole question
  std::vector<std::string> fixed_sensors;  // what they read
  // Of a counterexample in a layout: the environment that begins there, as a file has it, and the
  // state of the episode with the robot put there.
  std::string world;
  sim::SimStatePtr state;
};

struct ProofOnScreen {
  bool searching = false;
  agents::ProofProgress progress;
  std::shared_ptr<const QuestionAnswered> answer;  // the newest; null: none yet
  std::string problem;          // why there is none; empty: there is, or nobody asked
  bool in_view = false;         // the counterexample is drawn, where its episode is on screen
  EpisodeId episode_on_screen;  // to which it would be drawn

  const sim::SimState* counterexample_in_view() const {
    const bool shown = in_view && answer != nullptr && answer->episode == episode_on_screen;
    return shown ? answer->state.get() : nullptr;
  }
};

}  // namespace lookout::ui
