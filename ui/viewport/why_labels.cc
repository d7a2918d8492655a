#include "ui/viewport/why_labels.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string>

#include "ui/inspection_words.h"
#include "ui/theme/ui_context.h"
#include "ui/viewport/overlays/why_overlay.h"
#include "ui/viewport/pill.h"

namespace lookout::ui {
namespace {

constexpr std::size_t kMostLabels = 24;

// Draws labels at points of the world as long as they have room: what comes first stays, and what
// would cover it is left out.
class Labels {
 public:
  Labels(const DecorInput& input, const ViewRect& rect, ImDrawList& list)
      : input_(input), rect_(rect), list_(list) {}

  // Centred above the point (pivot_y 1) or below it (0); nothing if that is not in the picture.
  void DrawAt(const Eigen::Vector3d& at, float pivot_y, const std::string& text,
              const PillLook& look) {
    const Eigen::Vector3f point = at.cast<float>();
    const auto place = input_.view.matrices().Project({point.x(), point.y(), point.z()});
    if (!place || place->minCoeff() < 0.0F || place->maxCoeff() > 1.0F) return;
    const ImVec2 anchor(std::floor(rect_.min.x + place->x() * rect_.width()),
                        std::floor(rect_.min.y + place->y() * rect_.height() - Px(4.0F)));
    const ImVec2 size = PillSize(text);
    const ImVec2 min(anchor.x - 0.5F * size.x, anchor.y - pivot_y * size.y);
    const ViewRect own{min, {min.x + size.x, min.y + size.y}};
    if (count_ == kMostLabels || IsTaken(own)) return;
    taken_[count_++] = own;
    DrawPill(list_, anchor, {0.5F, pivot_y}, text, look);
  }

 private:
  bool IsTaken(const ViewRect& own) const {
    return std::any_of(taken_.begin(), taken_.begin() + static_cast<std::ptrdiff_t>(count_),
                       [&](const ViewRect& other) {
                         return own.min.x < other.max.x && other.min.x < own.max.x &&
                                own.min.y < other.max.y && other.min.y < own.max.y;
                       });
  }

  const DecorInput& input_;
  const ViewRect& rect_;
  ImDrawList& list_;
  std::array<ViewRect, kMostLabels> taken_ = {};
  std::size_t count_ = 0;
};

PillLook Look(ImU32 text, ImU32 border) {
  PillLook look = PlainPill();
  look.text = text;
  look.border = border;
  look.background = WithAlpha(CurrentTheme().panel, 0.90F);
  return look;
}

// pointed: only the object that the mouse is on in the panel; else all others, the greatest first.
void DrawContributions(const DecorInput& input, const MomentExplained& why, bool pointed,
                       Labels& labels) {
  const ViewWorld& world = input.view.world();
  const auto& objects = world.scene().scene.objects;
  const ContributionsShown shown = why.ShownOf(input.options.explained_number);
  const double largest = LargestContribution(shown.objects);
  for (const agents::ObjectContribution& one : shown.objects.objects) {
    if ((one.object == input.options.pointed_object) != pointed) continue;
    const double contribution = ContributionShown(one);
    if (!pointed && !IsWorthDrawing(contribution, largest)) continue;
    const auto index = static_cast<std::size_t>(one.object);
    if (index >= objects.size()) continue;
    Eigen::Vector3d top = world.BodyPosition(objects[index].body);
    top.z() = double(ColumnHeight(contribution, largest)) + 0.04;
    std::string text = Signed(contribution);
    if (pointed) text = NameOfObject(one) + "  " + text;
    const ImU32 colour = CurrentTheme().ContributionColour(contribution, shown.is_danger);
    labels.DrawAt(top, 1.0F, text, Look(shown.is_danger ? colour : CurrentTheme().text, colour));
  }
}

void DrawMove(const MomentExplained& why, Labels& labels) {
  const agents::Explanation& found = why.explanation;
  if (!found.any_move.found) return;
  // Below its foot, where no column stands.
  const Eigen::Vector3d foot(found.any_move.pose.x_m, found.any_move.pose.y_m, -0.16);
  const ImU32 colour = found.is_unsafe ? CurrentTheme().safe_mark : CurrentTheme().unsafe_mark;
  labels.DrawAt(foot, 0.0F, MoveInShort(found.any_move), Look(colour, colour));
}

}  // namespace

void DrawWhyLabels(const DecorInput& input, const ViewRect& rect, ImDrawList& list) {
  const ExplanationOnScreen* explanation = input.snapshots.explanation;
  const MomentExplained* why = explanation != nullptr ? explanation->in_view() : nullptr;
  if (why == nullptr) return;
  Labels labels(input, rect, list);
  DrawContributions(input, *why, /*pointed=*/true, labels);
  DrawMove(*why, labels);
  DrawContributions(input, *why, /*pointed=*/false, labels);
}

}  // namespace lookout::ui
