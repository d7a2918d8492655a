// Owners of OpenGL names. Window thread only, with the context current.
#pragma once

#include <glad/gl.h>

#include <utility>

namespace lookout::ui {

// Owns one GL name; Traits say how to make and delete it. Empty (0) until Create.
template <typename Traits>
class GlName {
 public:
  GlName() = default;
  ~GlName() { Reset(); }
  GlName(const GlName&) = delete;
  GlName& operator=(const GlName&) = delete;

  void Create() {
    Reset();
    name_ = Traits::Make();
  }
  void Reset() {
    if (name_ != 0) Traits::Delete(std::exchange(name_, 0));
  }
  GLuint get() const { return name_; }
  explicit operator bool() const { return name_ != 0; }

 private:
  GLuint name_ = 0;
};

struct TextureTraits {
  static GLuint Make() {
    GLuint name = 0;
    glGenTextures(1, &name);
    return name;
  }
  static void Delete(GLuint name) { glDeleteTextures(1, &name); }
};
using GlTexture = GlName<TextureTraits>;

struct FramebufferTraits {
  static GLuint Make() {
    GLuint name = 0;
    glGenFramebuffers(1, &name);
    return name;
  }
  static void Delete(GLuint name) { glDeleteFramebuffers(1, &name); }
};
using GlFramebuffer = GlName<FramebufferTraits>;

struct BufferTraits {
  static GLuint Make() {
    GLuint name = 0;
    glGenBuffers(1, &name);
    return name;
  }
  static void Delete(GLuint name) { glDeleteBuffers(1, &name); }
};
using GlBuffer = GlName<BufferTraits>;

struct VertexArrayTraits {
  static GLuint Make() {
    GLuint name = 0;
    glGenVertexArrays(1, &name);
    return name;
  }
  static void Delete(GLuint name) { glDeleteVertexArrays(1, &name); }
};
using GlVertexArray = GlName<VertexArrayTraits>;

struct ProgramTraits {
  static GLuint Make() { return glCreateProgram(); }
  static void Delete(GLuint name) { glDeleteProgram(name); }
};
using GlProgram = GlName<ProgramTraits>;

}  // namespace lookout::ui
