// Who marks in a project, as the text of one of its settings. Any thread (values only).
#pragma once

#include <string>
#include <string_view>

#include "ui/model/annotators.h"

namespace lookout::app {

// The setting's name.
inline constexpr char kAnnotatorsSetting[] = "annotators";
// In which projects of before kept the reaction lag of "me" by itself.
inline constexpr char kLagOfMeSetting[] = "reaction_lag/me";

// Seconds; the usual lag if the text is no number.
double LagOfMeFromText(std::string_view text);

std::string AnnotatorsText(const ui::Annotators& annotators);

// "me" alone if the text is of none, as in projects of before; `lag_of_me_s` is the reaction lag
// that those kept by itself. What is missing, of a wrong type or out of range has its default.
ui::Annotators AnnotatorsFromText(std::string_view text, double lag_of_me_s);

}  // namespace lookout::app
