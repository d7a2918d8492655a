// What all searches of the section that attacks have in common: the fields of where they search,
// how far one has come, a row of what one found. Window thread only.
#pragma once

#include <cstdint>
#include <string_view>

#include "ui/theme/ui_context.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {

// How far below the panel's top the section stands when all of it is to be in sight, its heading
// with it.
inline float TopInSight() { return Px(30); }

// So many layouts, up to `most`, from which seed on. help: what each layout costs.
void LayoutFields(int& layouts, std::int64_t most, std::uint32_t& seed, std::string_view help);

// True when it is cancelled. fraction: done, in [0, 1]. seconds_left: 0: not known.
bool DrawSearching(int layouts, double fraction, double seconds_left);

// "3 s", "2 min", "1.5 h": about so long.
Short DurationInWords(double seconds);

// Two lines beside a cross, if it is a failure, or a tick.
struct FindWords {
  bool is_failure = false;
  std::string_view first, second;
};
RowState FindRow(std::string_view name, const FindWords& words, bool selected);

}  // namespace lookout::ui
