// A texture that MuJoCo's offscreen picture is copied into, for ImGui to show. Window thread only.
#pragma once

#include "ui/viewport/painting/gl_handles.h"
#include "ui/viewport/painting/rgb_image.h"

namespace lookout::ui {

class RenderTarget {
 public:
  // Makes the texture `size` large; keeps it if it is already.
  void Resize(SizePx size);
  // Copies the lower left corner of a framebuffer, resolving multisamples.
  void CopyFrom(GLuint framebuffer);
  // For screenshots: rows from the top.
  RgbImage Read() const;

  GLuint texture() const { return texture_.get(); }
  SizePx size() const { return size_; }

 private:
  GlTexture texture_;
  GlFramebuffer framebuffer_;
  SizePx size_;
};

}  // namespace lookout::ui
