#include "app/experiments/transfer/transfer_settings.h"

namespace lookout::app {

std::span<const Choice<TransferInputs>> Choices(TransferInputs /*inputs*/) {
  static constexpr std::array<Choice<TransferInputs>, kTransferInputs> kChoices{
      {{TransferInputs::kFull, "full"},
       {TransferInputs::kWorld, "world"},
       {TransferInputs::kWorldAndAnswers, "world+answers"}}};
  return kChoices;
}

TransferSeeds TransferSeedsOf(std::uint32_t seed) {
  constexpr std::uint32_t kPool = 6'000'000;
  constexpr std::uint32_t kSelection = 7'000'000;
  constexpr std::uint32_t kEvaluation = 8'000'000;
  const std::uint32_t at = seed * TransferSeeds::kEach;
  return {kPool + at, kSelection + at, kEvaluation + at};
}

}  // namespace lookout::app
