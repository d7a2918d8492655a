#include "ui/viewport/pair_view.h"

#include <imgui.h>

#include <array>
#include <cmath>

#include "ui/theme/ui_context.h"
#include "ui/viewport/view_mouse_input.h"
#include "ui/widgets/halves.h"

namespace lookout::ui {
namespace {

// Neither the rule's cost nor the learned one.
ViewOptions WithoutCosts(ViewOptions options) {
  options.overlays.contact = false;
  options.overlays.trail = false;
  options.overlays.field = false;
  options.overlays.ghost = false;
  options.light = CurrentTheme().is_light;
  return options;
}

// From where the one is seen, but about what the other one shows: each follows its own robot.
void Match(const ViewCamera& from, ViewCamera& to) {
  const mjvCamera before = *to.get();
  to = from;
  if (from.view() != CameraView::kFollow) return;
  for (int i = 0; i < 3; ++i) to.get()->lookat[i] = before.lookat[i];
  to.get()->trackbodyid = before.trackbodyid;
}

bool Moves(const MouseInput& input) {
  return input.wheel != 0.0F ||
         ((input.left || input.right || input.middle) && (input.dx != 0.0F || input.dy != 0.0F));
}

}  // namespace

PairView::PairView(RenderQuality quality, const ViewCamera& camera)
    : first_(quality), second_(quality) {
  // A camera that was moved freely in another arena may see nothing of these.
  const bool free = camera.view() == CameraView::kFree;
  Show(free ? CameraView::kWholeArena : camera.view());
}

void PairView::Show(CameraView view) {
  first_.camera().Show(view);
  second_.camera().Show(view);
}

void PairView::Cycle(int direction) {
  first_.camera().Cycle(direction);
  second_.camera().Cycle(direction);
}

void PairView::Align() {
  first_.camera().Align();
  second_.camera().Align();
}

void PairView::Draw(const Snapshots& snapshots, const ViewOptions& options) {
  const ImVec2 min = ImGui::GetCursorScreenPos();
  const ImVec2 size = ImGui::GetContentRegionAvail();
  const auto halves = HalvesOf({min, {min.x + size.x, min.y + size.y}}, Px(2));
  const ViewOptions seen = WithoutCosts(options);
  const PairOnScreen& pair = *snapshots.pair;
  ImGui::SetCursorScreenPos(halves[0].min);
  ImGui::PushID("first");
  ImGui::BeginChild("clip", halves[0].size(), false, ImGuiWindowFlags_NoScrollWithMouse);
  DrawClip(snapshots, seen, pair.first, first_, second_);
  ImGui::EndChild();
  ImGui::PopID();
  ImGui::SetCursorScreenPos(halves[1].min);
  ImGui::PushID("second");
  ImGui::BeginChild("clip", halves[1].size(), false, ImGuiWindowFlags_NoScrollWithMouse);
  DrawClip(snapshots, seen, pair.second, second_, first_);
  ImGui::EndChild();
  ImGui::PopID();
}

void PairView::DrawClip(const Snapshots& snapshots, const ViewOptions& options,
                        const agents::Segment& clip, SceneView& view, SceneView& other) {
  const ImVec2 available = ImGui::GetContentRegionAvail();
  const SizePx size = PixelsOf(available);
  if (size.empty()) return;
  const ImVec2 min = ImGui::GetCursorScreenPos();
  const ViewRect rect{min, {min.x + available.x, min.y + available.y}};
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(rect.min, rect.max, CurrentTheme().background);
  const EpisodeTrack* track = snapshots.episodes.Find(clip.episode);
  if (track == nullptr || track->scene().model == nullptr || !snapshots.pair->loaded) return;
  const sim::StepRecord& step = track->step(snapshots.pair->StepOf(clip));
  if (!step.state) return;
  ViewInput input;
  input.scene = track->scene_ptr();
  input.step = &step;
  input.track = track;
  input.playhead = snapshots.pair->StepOf(clip);
  input.field = &snapshots.field;
  view.Render(input, options, size);
  list.AddImage(reinterpret_cast<ImTextureID>(static_cast<std::intptr_t>(view.texture())), rect.min,
                rect.max, {0.0F, 1.0F}, {1.0F, 0.0F});
  ImGui::InvisibleButton("view", available,
                         ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonRight |
                             ImGuiButtonFlags_MouseButtonMiddle);
  // Only the camera is moved: nothing is selected or pushed in what is past.
  MouseInput mouse = MouseOver(rect);
  mouse.ctrl = mouse.double_left = mouse.double_right = false;
  (void)view.HandleMouse(mouse, true);
  if (Moves(mouse)) Match(view.camera(), other.camera());
}

}  // namespace lookout::ui
