// Explanations, checks of them and answers to questions in the panel's words, made once for each.
// Window thread only.
#pragma once

#include "ui/panels/state/why/why_state.h"

namespace lookout::ui {

WhyWords WordsOf(const MomentExplained& moment);
WhyChecks ChecksOf(std::shared_ptr<const agents::SanityReport> report);
ProofWords WordsOf(std::shared_ptr<const QuestionAnswered> answered);

}  // namespace lookout::ui
