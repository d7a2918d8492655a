// What every widget may ask of the window it is drawn in: theme, fonts, scale. One per ImGui
// context, found through ImGui's user pointer, so that there is no global. Window thread only.
#pragma once

#include <imgui.h>

#include <string_view>

#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"

namespace lookout::ui {

// Hears of every item a person can click; tests find and click them by label.
class ItemRecorder {
 public:
  virtual ~ItemRecorder() = default;
  virtual void OnItem(std::string_view label, ImVec2 min_px, ImVec2 max_px, bool enabled) = 0;
};

class UiContext {
 public:
  // Installs itself in the current ImGui context, which must outlive it.
  UiContext();
  ~UiContext();
  UiContext(const UiContext&) = delete;
  UiContext& operator=(const UiContext&) = delete;

  // Outside of a frame. Restyles; true if the font atlas was rebuilt, so that the renderer must
  // upload it again. scale is clamped to [0.5, 4]; density as in LoadFonts.
  bool Apply(ThemeKind kind, float scale, float density = 1.0F);

  const Theme& theme() const { return *theme_; }
  const Fonts& fonts() const { return fonts_; }
  float scale() const { return scale_; }

  void set_recorder(ItemRecorder* recorder) { recorder_ = recorder; }
  ItemRecorder* recorder() const { return recorder_; }

 private:
  const Theme* theme_ = &GetTheme(ThemeKind::kDark);
  Fonts fonts_;
  float scale_ = 0.0F;
  float density_ = 0.0F;
  bool warned_ = false;
  ItemRecorder* recorder_ = nullptr;
};

// Of the current ImGui context; our bug if it has none.
const UiContext& CurrentUi();
inline const Theme& CurrentTheme() { return CurrentUi().theme(); }
inline const Fonts& CurrentFonts() { return CurrentUi().fonts(); }
// Pixels of a length that is `px` at 100 %.
inline float Px(float px) { return px * CurrentUi().scale(); }

}  // namespace lookout::ui
