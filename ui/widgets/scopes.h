// ImGui's push/pop and begin/end pairs as scopes, so that an early return cannot leave one open.
// Window thread only.
#pragma once

#include <imgui.h>

#include <cstdint>

#include "ui/theme/ui_context.h"

namespace lookout::ui {

class ScopedId {
 public:
  explicit ScopedId(const char* id) { ImGui::PushID(id); }
  explicit ScopedId(int id) { ImGui::PushID(id); }
  explicit ScopedId(std::int64_t id) {
    ImGui::PushID(reinterpret_cast<const char*>(&id), reinterpret_cast<const char*>(&id + 1));
  }
  ~ScopedId() { ImGui::PopID(); }
  ScopedId(const ScopedId&) = delete;
  ScopedId& operator=(const ScopedId&) = delete;
};

class ScopedFont {
 public:
  explicit ScopedFont(ImFont* font) { ImGui::PushFont(font); }
  ~ScopedFont() { ImGui::PopFont(); }
  ScopedFont(const ScopedFont&) = delete;
  ScopedFont& operator=(const ScopedFont&) = delete;
};

class ScopedColour {
 public:
  ScopedColour(ImGuiCol slot, ImU32 colour) { ImGui::PushStyleColor(slot, colour); }
  ~ScopedColour() { ImGui::PopStyleColor(); }
  ScopedColour(const ScopedColour&) = delete;
  ScopedColour& operator=(const ScopedColour&) = delete;
};

class ScopedStyle {
 public:
  ScopedStyle(ImGuiStyleVar variable, ImVec2 value) { ImGui::PushStyleVar(variable, value); }
  ScopedStyle(ImGuiStyleVar variable, float value) { ImGui::PushStyleVar(variable, value); }
  ~ScopedStyle() { ImGui::PopStyleVar(); }
  ScopedStyle(const ScopedStyle&) = delete;
  ScopedStyle& operator=(const ScopedStyle&) = delete;
};

class ScopedClip {
 public:
  ScopedClip(ImVec2 min, ImVec2 max) { ImGui::PushClipRect(min, max, true); }
  ~ScopedClip() { ImGui::PopClipRect(); }
  ScopedClip(const ScopedClip&) = delete;
  ScopedClip& operator=(const ScopedClip&) = delete;
};

// A rectangle of the window, in pixels.
struct Rect {
  ImVec2 min{0, 0};
  ImVec2 max{0, 0};
  float width() const { return max.x - min.x; }
  float height() const { return max.y - min.y; }
  ImVec2 size() const { return {width(), height()}; }
  bool empty() const { return max.x <= min.x || max.y <= min.y; }
  bool Contains(ImVec2 point) const {
    return point.x >= min.x && point.x < max.x && point.y >= min.y && point.y < max.y;
  }
};

// A fixed region of the main window: no title, no moving, its own background and padding.
class ScopedRegion {
 public:
  // Regions of the window lie side by side and stay behind cards; a sheet lies above everything.
  enum class Layer { kWindow, kSheet };
  ScopedRegion(const char* name, const Rect& rect, ImU32 background, ImVec2 padding,
               ImGuiWindowFlags flags = 0, Layer layer = Layer::kWindow);
  ~ScopedRegion();
  ScopedRegion(const ScopedRegion&) = delete;
  ScopedRegion& operator=(const ScopedRegion&) = delete;
};

// A sheet that lies over the whole window but for a margin, and takes the focus as it appears.
class ScopedSheet {
 public:
  ScopedSheet(const char* name, const Rect& window_rect);

 private:
  ScopedStyle rounding_;
  ScopedStyle border_;
  ScopedRegion region_;
};

class ScopedChild {
 public:
  ScopedChild(const char* id, ImVec2 size, ImGuiWindowFlags flags = 0)
      : visible_(ImGui::BeginChild(id, size, false, flags)) {}
  ~ScopedChild() { ImGui::EndChild(); }
  ScopedChild(const ScopedChild&) = delete;
  ScopedChild& operator=(const ScopedChild&) = delete;
  explicit operator bool() const { return visible_; }

 private:
  bool visible_;
};

class ScopedDisabled {
 public:
  explicit ScopedDisabled(bool disabled = true) { ImGui::BeginDisabled(disabled); }
  ~ScopedDisabled() { ImGui::EndDisabled(); }
  ScopedDisabled(const ScopedDisabled&) = delete;
  ScopedDisabled& operator=(const ScopedDisabled&) = delete;
};

}  // namespace lookout::ui
