#include "ui/viewport/why_labels.h"

#include <cmath>
#include <string>

#include "ui/inspection_words.h"
#include "ui/theme/ui_context.h"
#include "ui/viewport/overlays/why_overlay.h"
#include "ui/viewport/pill.h"

namespace lookout::ui {
namespace {

// Centred above a point of the world (pivot_y 1) or below it (0); nothing if that is not in the
// picture.
void DrawAt(const DecorInput& input, const ViewRect& rect, const Eigen::Vector3d& at, float pivot_y,
            const std::string& text, ImU32 colour, ImDrawList& list) {
  const Eigen::Vector3f point = at.cast<float>();
  const auto place = input.view.matrices().Project({point.x(), point.y(), point.z()});
  if (!place || place->minCoeff() < 0.0F || place->maxCoeff() > 1.0F) return;
  PillLook look = PlainPill();
  look.text = colour;
  look.border = colour;
  look.background = WithAlpha(CurrentTheme().panel, 0.90F);
  DrawPill(list,
           {std::floor(rect.min.x + place->x() * rect.width()),
            std::floor(rect.min.y + place->y() * rect.height() - Px(4.0F))},
           {0.5F, pivot_y}, text, look);
}

ImU32 VerdictColour(bool unsafe) {
  return unsafe ? CurrentTheme().unsafe_mark : CurrentTheme().safe_mark;
}

void DrawContributions(const DecorInput& input, const ViewRect& rect, const MomentExplained& why,
                       ImDrawList& list) {
  const ViewWorld& world = input.view.world();
  const auto& objects = world.scene().scene.objects;
  const agents::ObjectContributions& found = why.explanation.contributions;
  const double largest = LargestContribution(found);
  // The greatest come first, and have to lie above the others.
  for (auto place = found.objects.rbegin(); place != found.objects.rend(); ++place) {
    const agents::ObjectContribution& one = *place;
    const double contribution = ContributionShown(one);
    const bool pointed = one.object == input.options.pointed_object;
    if (!pointed && !IsWorthDrawing(contribution, largest)) continue;
    const auto index = static_cast<std::size_t>(one.object);
    if (index >= objects.size()) continue;
    Eigen::Vector3d top = world.BodyPosition(objects[index].body);
    top.z() = double(ColumnHeight(contribution, largest)) + 0.04;
    std::string text = Signed(contribution);
    if (pointed) text = NameOfObject(one) + "  " + text;
    DrawAt(input, rect, top, 1.0F, text, VerdictColour(contribution > 0.0), list);
  }
}

void DrawMove(const DecorInput& input, const ViewRect& rect, const MomentExplained& why,
              ImDrawList& list) {
  const agents::Explanation& found = why.explanation;
  if (!found.any_move.found) return;
  // Below its foot, where no column stands.
  const Eigen::Vector3d foot(found.any_move.pose.x_m, found.any_move.pose.y_m, -0.16);
  DrawAt(input, rect, foot, 0.0F, MoveInShort(found.any_move), VerdictColour(!found.is_unsafe),
         list);
}

}  // namespace

void DrawWhyLabels(const DecorInput& input, const ViewRect& rect, ImDrawList& list) {
  const ExplanationOnScreen* explanation = input.snapshots.explanation;
  const MomentExplained* why = explanation != nullptr ? explanation->in_view() : nullptr;
  if (why == nullptr) return;
  DrawContributions(input, rect, *why, list);
  DrawMove(input, rect, *why, list);
}

}  // namespace lookout::ui
