#include "ui/panels/why/hard_worlds_section.h"

#include <cmath>

#include "ui/panels/why/attack_parts.h"
#include "ui/panels/why/why_figures.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/draw.h"
#include "ui/widgets/scopes.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

constexpr std::int64_t kMostWorldLayouts = 20;
constexpr std::int64_t kMostGenerations = 50;
constexpr std::int64_t kLeastPopulation = 4, kMostPopulation = 200;
constexpr double kLeastReach_m = 0.05, kMostReach_m = 1.0;

void SizeField(const char* id, int& size, std::int64_t least, std::int64_t most, float width) {
  std::int64_t number = size;
  NumberField(id, number, least, most, width);
  size = static_cast<int>(number);
}

// How much is played, and how long that takes if it is known.
void DrawSize(const FindHardWorlds& form, const HardWorldsOnScreen* worlds) {
  const bool knows_pace =
      worlds != nullptr && worlds->seconds_per_episode > 0.0 && !worlds->since.any();
  const int episodes = form.episodes();
  SmallLines(knows_pace
                 ? Short("%d episodes: some %s, as fast as the last search", episodes,
                         DurationInWords(worlds->seconds_per_episode * episodes).c_str())
                 : Short("%d episodes, %d of them in ordinary worlds", episodes, kOrdinaryWorlds));
  NoteItem("attack/size");
}

void DrawForm(FindHardWorlds& form, const HardWorldsOnScreen* worlds) {
  LayoutFields(form.layouts, kMostWorldLayouts, form.seed, "Each is searched around by itself");
  NamedField("Rounds of episodes",
             "So many rounds of so many episodes, each in a world of its own; a round is drawn "
             "around the best of those before",
             [&](float width) {
               const float each = 0.5F * (width - Px(4));
               SizeField("attack/generations", form.generations, 1, kMostGenerations, each);
               ImGui::SameLine(0.0F, Px(4));
               SizeField("attack/population", form.population, kLeastPopulation, kMostPopulation,
                         each);
             });
  NamedField(
      "Things move up to, m", "From where a layout has them, along both axes", [&](float width) {
        NumberField("attack/reach", form.reach_m, kLeastReach_m, kMostReach_m, "%.4g", width);
      });
  DrawSize(form, worlds);
}

std::string_view WhyNoAgent(const PlayerSnapshot& player) {
  if (player.policy != nullptr) return {};
  return player.agent == AgentKind::kHuman ? "A person drives: choose an agent to be attacked"
                                           : "No agent plays yet";
}

void DrawStartOfWorlds(const PanelContext& context) {
  WhyState& state = context.window.why;
  if (Button({.id = "attack/start_worlds",
              .icon = kIconAdjust,
              .text = "Look for worlds that hurt it",
              .look = ButtonLook::kPrimary,
              .width = -1.0F,
              .tooltip = "Moves things, within their keep-outs, so that an episode of the agent "
                         "that plays costs as much as possible, under whoever oversees it. "
                         "Meanwhile everything else goes on",
              .disabled_because = WhyNoAgent(context.snapshots.player)})) {
    context.sender.Send(InspectionCommand(state.hard_worlds));
    state.attack_top_px = TopInSight();
  }
}

Short CostInWords(const HardWorldRow& world) {
  if (world.cost > 0.0) return Short("Cost %g, return %.1f", world.cost, world.episode_return);
  return Short("No cost; nearest: %.1f cm", 100.0 * std::abs(world.clearance_m));
}

Short PlaceInWords(const HardWorldRow& world) {
  if (world.cost > 0.0) return Short("seed %u", world.seed);
  return Short("seed %u; return %.1f", world.seed, world.episode_return);
}

void DrawWorld(const PanelContext& context, const HardWorldsOnScreen& worlds, std::size_t index,
               float section_top_px) {
  const HardWorldRow& world = worlds.result->worlds[index];
  const Short name("attack/world/%zu", index);
  const ScopedId id(name.c_str());
  const Short first = CostInWords(world), second = PlaceInWords(world);
  const RowState row =
      FindRow(name, {.is_failure = world.cost > 0.0, .first = first, .second = second},
              worlds.shown == index);
  Tooltip(world.cost > 0.0 ? "Click to see it come to its first cost"
                           : "Click to see it where it is nearest to a cost");
  if (!row.clicked) return;
  context.sender.Send(InspectionCommand(ShowHardWorld{index}));
  context.window.why.attack_top_px = section_top_px;
}

void DrawComparison(const HardWorldsFound& found) {
  SmallLines(found.overseer.empty() ? Short("%s in %s, overseen by nobody.", found.agent.c_str(),
                                            found.environment.c_str())
                                    : Short("%s in %s, under %s.", found.agent.c_str(),
                                            found.environment.c_str(), found.overseer.c_str()));
  NoteItem("attack/whom");
  if (found.ordinary > 0) {
    SmallLines(found.ordinary_with_cost == 0
                   ? Short("None of %d ordinary worlds costs it anything.", found.ordinary)
                   : Short("%d of %d ordinary worlds cost it something: %.1f in the mean of all, "
                           "%g at most.",
                           found.ordinary_with_cost, found.ordinary, found.ordinary_mean_cost,
                           found.ordinary_most_cost));
    NoteItem("attack/ordinary");
  }
  SmallLines(Short("The worst of %d around each layout:", found.candidates));
}

void DrawUses(const PanelContext& context, const HardWorldsOnScreen& worlds) {
  if (Button({.id = "attack/keep",
              .icon = kIconRecord,
              .text = "Keep these episodes",
              .width = -1.0F,
              .tooltip = "In the project, to be marked. Its other episodes of this agent are told "
                         "apart from them",
              .disabled_because = context.snapshots.project.read_only ? "The project is read-only"
                                  : worlds.kept                       ? "They are in the project"
                                                                      : ""})) {
    context.sender.Send(InspectionCommand(KeepHardWorlds{}));
  }
  if (Button({.id = "attack/save",
              .icon = kIconEnvironment,
              .text = "Save as environments",
              .width = -1.0F,
              .tooltip = "Writes each world to a file beside the project: reset with its seed, it "
                         "plays the same episode again",
              .disabled_because = worlds.saved ? "They are beside the project" : ""})) {
    context.sender.Send(InspectionCommand(SaveHardWorlds{}));
  }
}

// That what was found is not about who plays now.
void DrawChange(const HardWorldsChange& since) {
  const ImU32 colour = CurrentTheme().warning;
  if (since.agent) SmallLines("Of another agent than plays now.", colour);
  if (since.policy) SmallLines("Of another policy of this agent than plays now.", colour);
  if (since.overseers) SmallLines("Other overseers watch now.", colour);
  if (since.environment) SmallLines("Of another environment than is played now.", colour);
  NoteItem("attack/of_another");
}

void DrawFound(const PanelContext& context, const HardWorldsOnScreen& worlds,
               float section_top_px) {
  const Theme& theme = CurrentTheme();
  const HardWorldsFound& found = *worlds.result;
  const std::size_t with_cost = found.with_cost();
  const Short verdict("%zu of %zu searches made it pay", with_cost, found.worlds.size());
  Badge(verdict, with_cost > 0 ? theme.error : theme.warning,
        with_cost > 0 ? kIconClose : kIconUnsure);
  NoteItem("attack/verdict");
  if (worlds.since.any()) DrawChange(worlds.since);
  DrawComparison(found);
  {
    const ScopedStyle tight(ImGuiStyleVar_ItemSpacing, ImVec2(Px(4), Px(2)));
    for (std::size_t i = 0; i < found.worlds.size(); ++i) {
      DrawWorld(context, worlds, i, section_top_px);
    }
  }
  if (with_cost == 0) SmallLines("A search that finds nothing proves nothing.");
  if (!found.worlds.empty()) DrawUses(context, worlds);
}

}  // namespace

void DrawHardWorlds(const PanelContext& context, float section_top_px) {
  const HardWorldsOnScreen* worlds = context.snapshots.hard_worlds;
  if (worlds != nullptr && worlds->searching) {
    if (DrawSearching(worlds->layouts, worlds->fraction, worlds->seconds_left)) {
      context.sender.Send(InspectionCommand(StopHardWorlds{}));
    }
  } else {
    DrawForm(context.window.why.hard_worlds, worlds);
    DrawStartOfWorlds(context);
  }
  if (worlds == nullptr) return;
  if (!worlds->problem.empty()) {
    SmallLines(worlds->problem, CurrentTheme().warning);
    NoteItem("attack/problem");
  }
  if (worlds->result != nullptr) DrawFound(context, *worlds, section_top_px);
}

}  // namespace lookout::ui
