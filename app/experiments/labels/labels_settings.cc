#include "app/experiments/labels/labels_settings.h"

#include <array>

namespace lookout::app {

std::span<const Choice<CostRow>> Choices(CostRow /*row*/) {
  static constexpr std::array<Choice<CostRow>, 7> kChoices{{{CostRow::kRule, "rule"},
                                                            {CostRow::kStump, "stump"},
                                                            {CostRow::kRlsf, "rlsf"},
                                                            {CostRow::kPlain, "plain"},
                                                            {CostRow::kSlips, "slips"},
                                                            {CostRow::kQueue, "queue"},
                                                            {CostRow::kSights, "sights"}}};
  return kChoices;
}

std::span<const Choice<Asking>> Choices(Asking /*asking*/) {
  static constexpr std::array<Choice<Asking>, 4> kChoices{{{Asking::kChance, "chance"},
                                                           {Asking::kNovelty, "novelty"},
                                                           {Asking::kQueue, "queue"},
                                                           {Asking::kSights, "sights"}}};
  return kChoices;
}

Asking AskingOf(CostRow row) {
  if (row == CostRow::kRlsf) return Asking::kNovelty;
  if (row == CostRow::kSights) return Asking::kSights;
  return row == CostRow::kPlain || row == CostRow::kSlips ? Asking::kChance : Asking::kQueue;
}

}  // namespace lookout::app
