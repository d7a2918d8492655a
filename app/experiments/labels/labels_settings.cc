#include "app/experiments/labels/labels_settings.h"

#include <array>

namespace lookout::app {

std::span<const Choice<CostRow>> Choices(CostRow /*row*/) {
  static constexpr std::array<Choice<CostRow>, 6> kChoices{{{CostRow::kRule, "rule"},
                                                            {CostRow::kStump, "stump"},
                                                            {CostRow::kRlsf, "rlsf"},
                                                            {CostRow::kPlain, "plain"},
                                                            {CostRow::kSlips, "slips"},
                                                            {CostRow::kQueue, "queue"}}};
  return kChoices;
}

std::span<const Choice<Asking>> Choices(Asking /*asking*/) {
  static constexpr std::array<Choice<Asking>, 3> kChoices{
      {{Asking::kChance, "chance"}, {Asking::kNovelty, "novelty"}, {Asking::kQueue, "queue"}}};
  return kChoices;
}

Asking AskingOf(CostRow row) {
  if (row == CostRow::kRlsf) return Asking::kNovelty;
  return row == CostRow::kPlain || row == CostRow::kSlips ? Asking::kChance : Asking::kQueue;
}

}  // namespace lookout::app
