// The window's fonts: Inter for text, Fork Awesome for icons, the built-in font when a file is
// missing or broken. Window thread only.
#pragma once

#include <imgui.h>

#include <string>

namespace lookout::ui {

// Where Debian's fonts-inter and fonts-fork-awesome put them.
struct FontFiles {
  std::string regular = "/usr/share/fonts/opentype/inter/Inter-Regular.otf";
  std::string strong = "/usr/share/fonts/opentype/inter/Inter-SemiBold.otf";
  std::string icons = "/usr/share/fonts/truetype/fork-awesome/forkawesome-webfont.ttf";
};

struct Fonts {
  ImFont* body = nullptr;    // 17 px lines at 100 %: an em of 14 px
  ImFont* strong = nullptr;  // the same, semi-bold
  ImFont* small = nullptr;   // 15 px lines
  ImFont* title = nullptr;   // 24 px lines, semi-bold
  std::string warning;       // not empty: what is missing and what to do; text is still drawn
};

// Clears the atlas and builds it anew; digits get one common width, so that meters do not jitter.
// scale: 1 is 100 %; density: framebuffer pixels per window unit (2 on a Retina screen).
Fonts LoadFonts(ImFontAtlas& atlas, float scale, float density = 1.0F, const FontFiles& files = {});

}  // namespace lookout::ui
