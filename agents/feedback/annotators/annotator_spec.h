// A simulated annotator in words, as the command line takes it: "NAME: WHAT; FAULT VALUE; ...".
// Value type; any thread.
#pragma once

#include <string>
#include <string_view>

#include "agents/feedback/annotators/danger_predicate.h"
#include "agents/feedback/annotators/simulated_annotator.h"
#include "sim/base/result.h"

namespace lookout::agents {

struct AnnotatorSpec {
  AnnotatorSettings settings;  // the name, too
  DangerPredicate sees;        // what is dangerous
};

// "Ann: cost; lag 15; miss 0.1". Without WHAT it is the rule's cost. classes: what the project
// calls its danger classes. Rejects (kBadInput) what cannot be read or is out of range, with the
// word.
Result<AnnotatorSpec> ParseAnnotator(std::string_view text, const DangerClasses& classes = {});

// The syntax, every measure and every fault with its default, for --help.
std::string AnnotatorHelp();

}  // namespace lookout::agents
