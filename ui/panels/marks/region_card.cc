#include "ui/panels/marks/region_card.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "ui/commands.h"
#include "ui/panels/state/window_state.h"
#include "ui/theme/icons.h"
#include "ui/theme/kinds.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

using agents::RegionShape;

// The kinds of object in the episode on screen, the robot left out, in their order.
std::vector<std::string_view> KindsThere(const EpisodeTrack& track) {
  std::vector<std::string_view> kinds;
  for (const sim::SceneObject& object : track.scene().scene.objects) {
    if (object.kind == sim::SceneObjectKind::kRobot) continue;
    const std::string_view name = sim::SceneObjectKindName(object.kind);
    if (std::ranges::find(kinds, name) == kinds.end()) kinds.push_back(name);
  }
  return kinds;
}

std::string_view Hint(RegionShape shape) {
  switch (shape) {
    case RegionShape::kDisc:
      return "Press on the floor and drag. The right button still moves the camera.";
    case RegionShape::kRectangle:
      return "Press on the floor and drag to the opposite corner.";
    case RegionShape::kPolygon:
      return "Click corner after corner; the first one again, or twice, closes it.";
    case RegionShape::kAround:
      return "Holds in the newest 24 episodes of this environment.";
  }
  return "";
}

void DrawHeading(const ActionContext& context, float width) {
  ImGui::AlignTextToFramePadding();
  Text(Short("%s  Region on the floor", kIconHazard));
  ImGui::SameLine(width - Px(12) - ButtonWidth({.icon = kIconClose}));
  if (Button({.id = "region_close",
              .icon = kIconClose,
              .look = ButtonLook::kGhost,
              .tooltip = "Puts the tool away",
              .key = "Esc"})) {
    context.window.region_shown = false;
  }
}

void DrawShapes(RegionDraft& draft, float width) {
  const std::array<Segment, 4> shapes{
      {{"region/disc", "", "Disc", "A round place on the floor"},
       {"region/rectangle", "", "Rectangle", "A rectangle along the axes of the world"},
       {"region/polygon", "", "Polygon", "Any outline, corner by corner"},
       {"region/around", "", "Rule", "A distance kept from every object of a kind"}}};
  if (const auto chosen = Segmented(shapes, static_cast<int>(draft.shape), width * 0.66F)) {
    draft.Drop();
    draft.shape = static_cast<RegionShape>(*chosen);
  }
  ImGui::SameLine(0.0F, Px(6));
  const std::array<Segment, 2> verdicts{
      {{"region/unsafe", kIconUnsafe, "Unsafe"}, {"region/safe", kIconSafe, "Safe"}}};
  if (const auto chosen =
          Segmented(verdicts, static_cast<int>(draft.verdict), ImGui::GetContentRegionAvail().x)) {
    draft.verdict = static_cast<agents::Verdict>(*chosen);
  }
}

// "within [0.50 m] of every [hazard] [Add]"
void DrawRule(const ActionContext& context, const EpisodeTrack& track, RegionDraft& draft) {
  const std::vector<std::string_view> kinds = KindsThere(track);
  if (kinds.empty()) {
    TextWrapped("There are no objects in this episode.", CurrentTheme().text_muted);
    return;
  }
  if (std::ranges::find(kinds, draft.around) == kinds.end()) draft.around = kinds.front();
  const auto selected = static_cast<int>(std::ranges::find(kinds, draft.around) - kinds.begin());
  static_cast<void>(
      SliderField("region_radius", draft.radius_m, 0.05F, 2.0F, "within %.2f m", Px(150)));
  ImGui::SameLine(0.0F, Px(6));
  const float add = ButtonWidth({.icon = kIconPlus, .text = "Add rule"});
  const Short preview("of every %s", draft.around.c_str());
  const auto chosen = DropDown({.id = "region_kind",
                                .preview = preview,
                                .count = static_cast<int>(kinds.size()),
                                .selected = selected,
                                .width = ImGui::GetContentRegionAvail().x - add - Px(6)},
                               [&](int i) { return kinds[static_cast<std::size_t>(i)]; });
  if (chosen) draft.around = kinds[static_cast<std::size_t>(*chosen)];
  ImGui::SameLine(0.0F, Px(6));
  if (!Button({.id = "region_add",
               .icon = kIconPlus,
               .text = "Add rule",
               .look = ButtonLook::kPrimary,
               .tooltip = "Writes the rule; it can be switched off in the list of marks"})) {
    return;
  }
  agents::Region region = draft.Region();
  region.episode = track.id();
  region.step = context.snapshots.playhead.step;
  context.sender.Send(DrawRegion{std::move(region)});
}

}  // namespace

void DrawRegionCard(const Rect& view, const ActionContext& context, RegionDraft& draft) {
  const EpisodeTrack* track = context.snapshots.shown_episode();
  const bool shown =
      context.window.region_shown && track != nullptr && context.snapshots.pair == nullptr;
  if (draft.shown != shown) draft.Drop();
  draft.shown = shown;
  if (!shown) return;
  const float width = std::min(Px(470), view.width() - Px(16));
  const bool rule = draft.shape == RegionShape::kAround;
  const float height = (rule ? 3.0F : 2.0F) * (ImGui::GetFrameHeight() + Px(6)) + Px(40);
  const float left = std::round((view.min.x + view.max.x - width) * 0.5F);
  const float bottom = view.max.y - Px(14);
  const ScopedRegion region("region##card", {{left, bottom - height}, {left + width, bottom}},
                            CurrentTheme().raised, {Px(12), Px(8)},
                            ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse,
                            ScopedRegion::Layer::kSheet);
  DrawHeading(context, width);
  DrawShapes(draft, ImGui::GetContentRegionAvail().x);
  if (rule) DrawRule(context, *track, draft);
  TextSmall(Hint(draft.shape));
}

}  // namespace lookout::ui
