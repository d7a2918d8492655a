#include "ui/panels/why/blind_spots_section.h"

#include <array>
#include <cmath>
#include <cstdint>

#include "ui/panels/why/attack_parts.h"
#include "ui/panels/why/why_figures.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/draw.h"
#include "ui/widgets/scopes.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

constexpr std::int64_t kMostLayouts = 100;
constexpr double kMostSpeed_m_s = 5.0;
constexpr double kMostPush_n = 10'000.0;

bool SeeksMisses(agents::ModelError error) { return error == agents::ModelError::kMiss; }

void DrawForm(FindBlindSpots& form) {
  const std::array<Segment, 2> errors{{{"attack/miss", kIconUnsafe, "Dangers missed"},
                                       {"attack/false_alarm", kIconSafe, "False alarms"}}};
  if (const auto chosen =
          Segmented(errors, SeeksMisses(form.error) ? 0 : 1, ImGui::GetContentRegionAvail().x)) {
    form.error = *chosen == 0 ? agents::ModelError::kMiss : agents::ModelError::kFalseAlarm;
  }
  LayoutFields(form.layouts, kMostLayouts, form.seed,
               "Each is searched around: some ten seconds of a core");
  NamedField("Speed up to, m/s", "Of the robot, ahead or back; 0: it is put there at rest",
             [&](float width) {
               NumberField("attack/speed", form.speed_m_s, 0.0, kMostSpeed_m_s, "%.4g", width);
             });
  NamedField("Push up to, N", "On the robot in the step that is judged, along each axis",
             [&](float width) {
               NumberField("attack/push", form.push_n, 0.0, kMostPush_n, "%.4g", width);
             });
}

void DrawStart(const PanelContext& context) {
  WhyState& state = context.window.why;
  const bool has_model = context.snapshots.fit.model != nullptr;
  if (Button({.id = "attack/start",
              .icon = kIconAdjust,
              .text = "Look for its blind spots",
              .look = ButtonLook::kPrimary,
              .width = -1.0F,
              .tooltip = "Puts robot and things where the model is most wrong, in layouts that the "
                         "environment itself could have drawn. Meanwhile everything else goes on",
              .disabled_because = has_model ? "" : "There is no cost model yet"})) {
    context.sender.Send(InspectionCommand(state.attack));
    state.attack_top_px = TopInSight();
  }
}

Short PlaceInWords(const BlindSpotsFound& found, const agents::AttackedMoment& moment) {
  const double cm = 100.0 * std::abs(moment.clearance_m);
  return SeeksMisses(found.error) ? Short("%.0f cm inside a danger", cm)
                                  : Short("%.0f cm from all dangers", cm);
}

Short JudgementInWords(const BlindSpotsFound& found, std::size_t index) {
  const agents::BlindSpot& spot = found.spots[index];
  const double probability = spot.worst->probability;
  return Short("called %s, %.2f%s; seed %u", probability < found.threshold ? "safe" : "unsafe",
               probability, found.IsWrong(index) ? "" : ": right", spot.seed);
}

// Why the search around a layout has nothing to show.
Short NoneInWords(const BlindSpotsFound& found, const agents::BlindSpot& spot) {
  const double cm = 100.0 * found.depth_m;
  return SeeksMisses(found.error)
             ? Short("Seed %u: none of %d tries got %.0f cm into a hazard, or touched what costs.",
                     spot.seed, spot.candidates, cm)
             : Short("Seed %u: none of %d tries stayed %.0f cm away from all that costs.",
                     spot.seed, spot.candidates, cm);
}

void DrawSpot(const PanelContext& context, const BlindSpotsOnScreen& spots, std::size_t index,
              float section_top_px) {
  const BlindSpotsFound& found = *spots.result;
  const agents::BlindSpot& spot = found.spots[index];
  const Short name("attack/spot/%zu", index);
  const ScopedId id(name.c_str());
  if (!spot.worst) {
    SmallLines(NoneInWords(found, spot));
    return NoteItem(Short("attack/none/%zu", index));
  }
  const bool wrong = found.IsWrong(index);
  const Short first = PlaceInWords(found, *spot.worst), second = JudgementInWords(found, index);
  const RowState row =
      FindRow(name, {.is_failure = wrong, .first = first, .second = second}, spots.shown == index);
  Tooltip(wrong ? "Click to see it" : "The worst that was found, and the model is right about it");
  if (!row.clicked || !wrong) return;
  context.sender.Send(InspectionCommand(ShowBlindSpot{index}));
  context.window.why.attack_top_px = section_top_px;
}

// How seldom what the search finds is come by without it.
Short EvenInWords(const BlindSpotsFound& found) {
  agents::EvenSample even;
  for (const agents::BlindSpot& spot : found.spots) {
    even.clear += spot.even.clear;
    even.wrong += spot.even.wrong;
  }
  if (even.clear == 0) return Short("Of as many drawn evenly, none was such a case either.");
  return Short("Drawn evenly, %lld of %lld clear cases are wrong (%.1f %%).",
               static_cast<long long>(even.wrong), static_cast<long long>(even.clear),
               100.0 * static_cast<double>(even.wrong) / static_cast<double>(even.clear));
}

void DrawAsk(const PanelContext& context, const BlindSpotsOnScreen& spots) {
  const BlindSpotsFound& found = *spots.result;
  std::size_t left = 0;
  for (std::size_t i = 0; i < found.spots.size(); ++i) left += found.IsWrong(i) && !spots.asked[i];
  if (Button({.id = "attack/ask",
              .icon = kIconUnsure,
              .text = "Ask me about these",
              .width = -1.0F,
              .tooltip = "Keeps them as episodes of the project. What you have not judged of them "
                         "comes first in the queue of queries",
              .disabled_because = context.snapshots.project.read_only ? "The project is read-only"
                                  : left == 0 ? "They are in the project; N asks about the next one"
                                              : ""})) {
    context.sender.Send(InspectionCommand(AskAboutBlindSpots{}));
  }
}

void DrawFound(const PanelContext& context, const BlindSpotsOnScreen& spots, float section_top_px) {
  const Theme& theme = CurrentTheme();
  const BlindSpotsFound& found = *spots.result;
  const std::size_t wrong = found.wrong();
  const Short verdict("%zu of %zu searches fooled it", wrong, found.spots.size());
  Badge(verdict, wrong > 0 ? theme.error : theme.warning, wrong > 0 ? kIconClose : kIconUnsure);
  NoteItem("attack/verdict");
  const bool same_model =
      context.snapshots.fit.model != nullptr && context.snapshots.fit.model->id() == found.model;
  if (!same_model) SmallLines("Of a cost model that is no longer in use.", theme.warning);
  SmallLines(Short("%s in %s.", SeeksMisses(found.error) ? "Dangers missed" : "False alarms",
                   found.environment.c_str()));
  SmallLines(EvenInWords(found));
  {
    const ScopedStyle tight(ImGuiStyleVar_ItemSpacing, ImVec2(Px(4), Px(2)));
    for (std::size_t i = 0; i < found.spots.size(); ++i) {
      DrawSpot(context, spots, i, section_top_px);
    }
  }
  if (wrong > 0) {
    DrawAsk(context, spots);
  } else {
    SmallLines("A search that finds nothing proves nothing: Prove does.");
  }
}

}  // namespace

void DrawBlindSpots(const PanelContext& context, float section_top_px) {
  const BlindSpotsOnScreen* spots = context.snapshots.blind_spots;
  if (spots != nullptr && spots->searching) {
    if (DrawSearching(spots->layouts, spots->fraction, spots->seconds_left)) {
      context.sender.Send(InspectionCommand(StopBlindSpots{}));
    }
  } else {
    DrawForm(context.window.why.attack);
    DrawStart(context);
  }
  if (spots == nullptr) return;
  if (!spots->problem.empty()) {
    SmallLines(spots->problem, CurrentTheme().warning);
    NoteItem("attack/problem");
  }
  if (spots->result != nullptr) DrawFound(context, *spots, section_top_px);
}

}  // namespace lookout::ui
