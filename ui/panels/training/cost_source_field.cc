#include "ui/panels/training/cost_source_field.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agents/rl/settings/training_settings.h"
#include "sim/objects/object_kinds.h"
#include "ui/panels/state/inputs/environment_catalogue.h"
#include "ui/widgets/controls.h"

namespace lookout::ui {
namespace {

using agents::CostSource;

std::string_view SourceLabel(CostSource source) {
  switch (source) {
    case CostSource::kRule:
      return "Rule";
    case CostSource::kLearned:
      return "Learned from marks";
    case CostSource::kNone:
      return "None";
    case CostSource::kSum:
      return "Sum: rule + learned";
    case CostSource::kMaximum:
      return "Max: the larger of both";
    default:
      return sim::RuleOf(*agents::OnlyKind(source)).name;
  }
}

// Those that an environment can be held to: of the kinds of its cost only those that it charges.
std::vector<CostSource> SourcesIn(const WindowInputs& inputs, const std::string& environment) {
  const auto card = std::ranges::find(inputs.cards, environment, &EnvironmentCard::id);
  std::vector<CostSource> sources;
  for (const auto& choice : agents::Choices(CostSource{})) {
    const std::optional<sim::CostKind> kind = agents::OnlyKind(choice.value);
    const bool charged = card != inputs.cards.end() && kind &&
                         std::ranges::find(card->charged, *kind) != card->charged.end();
    if (!kind || charged) sources.push_back(choice.value);
  }
  return sources;
}

}  // namespace

void DrawCostSource(const WindowInputs& inputs, TrainingDraft& draft) {
  const std::vector<CostSource> sources = SourcesIn(inputs, draft.environment);
  CostSource& source = draft.settings.cost_source;
  auto present = std::ranges::find(sources, source);
  if (present == sources.end()) {  // chosen for another environment
    source = CostSource::kRule;
    present = std::ranges::find(sources, source);
  }
  FieldLabel("Cost");
  const auto chosen =
      DropDown({.id = "source",
                .preview = SourceLabel(source),
                .count = static_cast<int>(sources.size()),
                .selected = static_cast<int>(present - sources.begin()),
                .tooltip = "What is held to the limit; the rule's cost is always shown beside it"},
               [&](int i) { return SourceLabel(sources[static_cast<std::size_t>(i)]); });
  if (chosen) source = sources[static_cast<std::size_t>(*chosen)];
}

}  // namespace lookout::ui
