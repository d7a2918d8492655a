// Explanations, checks of them and answers to questions in the panel's words, made once for each.
// Window thread only.
#pragma once

#include "ui/panels/state/why/why_state.h"

namespace lookout::ui {

// shown_number: see MomentExplained::ShownOf.
WhyWords WordsOf(const MomentExplained& moment, int shown_number = 0);
WhyChecks ChecksOf(std::shared_ptr<const agents::SanityReport> report);
ProofWords WordsOf(std::shared_ptr<const QuestionAnswered> answered);

}  // namespace lookout::ui
