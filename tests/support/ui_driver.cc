#include "tests/support/ui_driver.h"

#include <doctest/doctest.h>
#include <imgui_internal.h>

#include <algorithm>

#include "app/platform/thread_time.h"

namespace lookout::ui {

UiDriver::UiDriver(ImVec2 display) : context_(ImGui::CreateContext()) {
  ImGui::SetCurrentContext(context_);
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.DisplaySize = display;
  io.DeltaTime = 1.0F / 60.0F;
  // As the OpenGL 3 backend says of itself.
  io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
  io.KeyMap[ImGuiKey_Tab] = static_cast<int>(Key::kTab);
  io.KeyMap[ImGuiKey_Enter] = static_cast<int>(Key::kEnter);
  io.KeyMap[ImGuiKey_Backspace] = static_cast<int>(Key::kBackspace);
  io.KeyMap[ImGuiKey_Escape] = static_cast<int>(Key::kEscape);
  io.KeyMap[ImGuiKey_A] = static_cast<int>(Key::kA);
  io.KeyMap[ImGuiKey_Space] = static_cast<int>(Key::kSpace);
  io.KeyMap[ImGuiKey_UpArrow] = static_cast<int>(Key::kUp);
  io.KeyMap[ImGuiKey_DownArrow] = static_cast<int>(Key::kDown);
}

UiDriver::~UiDriver() { ImGui::DestroyContext(context_); }

void UiDriver::set_ui(UiContext& ui) { ui.set_recorder(this); }

void UiDriver::Frames(int count) {
  for (int i = 0; i < count; ++i) {
    items_.clear();
    ImGui::NewFrame();
    draw_();
    ImGui::Render();
    ImGui::GetIO().MouseWheel = 0.0F;
    ImGui::GetIO().ClearInputCharacters();
  }
}

double UiDriver::FrameSeconds(int count) {
  const double before_s = app::ThreadSeconds();
  Frames(count);
  return (app::ThreadSeconds() - before_s) / count;
}

void UiDriver::Resize(ImVec2 display) { ImGui::GetIO().DisplaySize = display; }

void UiDriver::OnItem(std::string_view label, ImVec2 min, ImVec2 max, bool enabled) {
  const ImGuiWindow& window = *context_->CurrentWindow;
  bool scrolls = false;
  for (const ImGuiWindow* at = &window; at != nullptr; at = at->ParentWindow) {
    scrolls = scrolls || at->ScrollMax.y > 0.0F;
  }
  items_.push_back(
      {std::string(label), min, max, window.ClipRect.Min, window.ClipRect.Max, enabled, scrolls});
}

const RecordedItem* UiDriver::Find(std::string_view label) const {
  const auto found = std::find_if(items_.begin(), items_.end(), [label](const RecordedItem& item) {
    return item.label == label;
  });
  return found == items_.end() ? nullptr : &*found;
}

ImVec2 UiDriver::MiddleOf(std::string_view label) const {
  const RecordedItem* item = Find(label);
  REQUIRE_MESSAGE(item != nullptr, "no item is called " << std::string(label));
  const float left = std::max(item->min.x, item->clip_min.x);
  const float right = std::min(item->max.x, item->clip_max.x);
  const float top = std::max(item->min.y, item->clip_min.y);
  const float bottom = std::min(item->max.y, item->clip_max.y);
  return {(left + right) * 0.5F, (top + bottom) * 0.5F};
}

void UiDriver::MoveTo(ImVec2 position) {
  ImGui::GetIO().MousePos = position;
  Frames(2);
}

void UiDriver::Press(int button) {
  ImGui::GetIO().MouseDown[button] = true;
  Frames();
}

void UiDriver::Release(int button) {
  ImGui::GetIO().MouseDown[button] = false;
  Frames();
}

void UiDriver::ClickAt(ImVec2 position) {
  MoveTo(position);
  Press();
  Release();
  Frames(30);  // longer than a double click may take
}

void UiDriver::Click(std::string_view label) { ClickAt(MiddleOf(label)); }

void UiDriver::Drag(ImVec2 from, ImVec2 to, int moves) {
  MoveTo(from);
  Press();
  for (int i = 1; i <= moves; ++i) {
    const float share = static_cast<float>(i) / static_cast<float>(moves);
    ImGui::GetIO().MousePos = {from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share};
    Frames();
  }
  Release();
  Frames(30);
}

void UiDriver::Wheel(float ticks) {
  ImGui::GetIO().MouseWheel = ticks;
  Frames();
}

void UiDriver::SetModifiers(const Chord& chord, bool down) {
  ImGuiIO& io = ImGui::GetIO();
  io.KeyCtrl = chord.ctrl && down;
  io.KeyShift = chord.shift && down;
  io.KeyAlt = chord.alt && down;
}

void UiDriver::KeyDown(const Chord& chord) {
  SetModifiers(chord, true);
  ImGui::GetIO().KeysDown[static_cast<int>(chord.key)] = true;
  Frames();
}

void UiDriver::KeyUp(const Chord& chord) {
  ImGui::GetIO().KeysDown[static_cast<int>(chord.key)] = false;
  SetModifiers(chord, false);
  Frames();
}

void UiDriver::Tap(const Chord& chord) {
  KeyDown(chord);
  KeyUp(chord);
}

void UiDriver::Type(std::string_view text) {
  for (const char character : text) {
    ImGui::GetIO().AddInputCharacter(static_cast<unsigned char>(character));
  }
  Frames();
}

}  // namespace lookout::ui
