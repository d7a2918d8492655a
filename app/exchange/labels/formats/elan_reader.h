// The documents of ELAN as a person knows them, and how they are read. Part of elan_labels.cc. Any
// thread.
#pragma once

#include <string_view>

#include "app/exchange/labels/rows/label_rows.h"

namespace lookout::app {

// The property of a document that names the episode.
inline constexpr char kElanEpisode[] = "lookout.episode";
// Between the label and the annotator in the name of a tier.
inline constexpr std::string_view kElanBeforeAnnotator = " | ";

// As LabelFormat::read.
void ReadElan(std::string_view text, std::string_view file, LabelRows& rows);

}  // namespace lookout::app
