// Drives the window's panels without GL or a display: an ImGui context with a font atlas, frames
// that are drawn into nothing, injected mouse and keys, and a list of every item by its label.
#pragma once

#include <imgui.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "ui/commands.h"
#include "ui/panels/state/keys/chord.h"
#include "ui/theme/ui_context.h"

namespace lookout::ui {

struct RecordedItem {
  std::string label;
  ImVec2 min, max;            // as drawn
  ImVec2 clip_min, clip_max;  // of the region it is drawn in
  bool enabled = true;
  bool scrolls = false;  // its region can be scrolled vertically
};

// Keeps what panels asked for.
class CommandLog : public CommandSender {
 public:
  void Send(Command command) override { commands.push_back(std::move(command)); }

  // The last command of that kind, or nullptr.
  template <typename Wish>
  const Wish* Last() const {
    for (auto command = commands.rbegin(); command != commands.rend(); ++command) {
      if (const Wish* found = Find<Wish>(*command)) return found;
    }
    return nullptr;
  }
  template <typename Wish>
  int Count() const {
    int count = 0;
    for (const Command& command : commands) count += Find<Wish>(command) != nullptr ? 1 : 0;
    return count;
  }

  std::vector<Command> commands;

 private:
  template <typename Wish>
  static const Wish* Find(const Command& command) {
    const auto pick = [](const auto& one) -> const Wish* {
      if constexpr (std::is_same_v<std::decay_t<decltype(one)>, Wish>) {
        return &one;
      } else {
        return nullptr;
      }
    };
    return std::visit([&pick](const auto& group) { return std::visit(pick, group); }, command);
  }
};

class UiDriver : public ItemRecorder {
 public:
  using DrawFrame = std::function<void()>;

  // draw is called once per frame, between NewFrame and Render. The context is made first and is
  // current, so that a MainWindow or UiContext can be made after the driver.
  explicit UiDriver(ImVec2 display = {1280, 720});
  ~UiDriver() override;
  UiDriver(const UiDriver&) = delete;
  UiDriver& operator=(const UiDriver&) = delete;

  void set_ui(UiContext& ui);
  void set_draw(DrawFrame draw) { draw_ = std::move(draw); }

  // Draws so many frames, 1/60 s apart.
  void Frames(int count = 1);
  // How long one of so many frames takes of this thread's processor time, which other programs on a
  // busy machine do not count in.
  double FrameSeconds(int count);
  void Resize(ImVec2 display);

  // --- Items of the newest frame.
  const std::vector<RecordedItem>& items() const { return items_; }
  const RecordedItem* Find(std::string_view label) const;
  // Its visible middle; fails the test if there is no such item.
  ImVec2 MiddleOf(std::string_view label) const;

  // --- The mouse; each takes the frames that it needs.
  void MoveTo(ImVec2 position);
  void Press(int button = 0);
  void Release(int button = 0);
  void Click(std::string_view label);
  void ClickAt(ImVec2 position);
  void Drag(ImVec2 from, ImVec2 to, int moves = 6);
  void Wheel(float ticks);

  // --- Keys.
  void KeyDown(const Chord& chord);
  void KeyUp(const Chord& chord);
  void Tap(const Chord& chord);
  void Tap(Key key) { Tap(Chord{key}); }
  void Type(std::string_view text);

  // Vertices of the newest frame, as a sign of life.
  int vertices() const { return ImGui::GetDrawData()->TotalVtxCount; }

 private:
  void OnItem(std::string_view label, ImVec2 min, ImVec2 max, bool enabled) override;
  void SetModifiers(const Chord& chord, bool down);

  ImGuiContext* context_;
  DrawFrame draw_;
  std::vector<RecordedItem> items_;
};

}  // namespace lookout::ui
