#include "app/desktop/imgui_platform.h"

#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_opengl3.h>
#include <glad/gl.h>
// GLFW after glad, so that it brings no GL header of its own.
#include <GLFW/glfw3.h>
#include <imgui.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "sim/base/check.h"
#include "sim/base/log.h"

namespace lookout::app {
namespace {

constexpr const char* kShaderVersion = "#version 130";
// ImGui refuses a frame that took no time.
constexpr double kShortestFrame_s = 1e-4;

// A GL error that nobody looks at shows as a blank window much later. What was left by others is
// no fault of the panels and is only told.
void TellEarlierGlErrors() {
#ifndef NDEBUG
  if (const GLenum error = glGetError(); error != GL_NO_ERROR) {
    LogWarning("OpenGL error " + std::to_string(error) + " before the panels were drawn.");
  }
#endif
}

void CheckGl() {
#ifndef NDEBUG
  const GLenum error = glGetError();
  LOOKOUT_CHECK(error == GL_NO_ERROR, ("OpenGL error " + std::to_string(error)).c_str());
#endif
}

}  // namespace

void ImGuiPlatform::ContextDeleter::operator()(ImGuiContext* context) const {
  ImGui::DestroyContext(context);
}

ImGuiPlatform::ImGuiPlatform(GlContext& gl) : gl_(gl), context_(ImGui::CreateContext()) {
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;  // a malformed imgui.ini can crash; the layout has a file of its own
  io.LogFilename = nullptr;
  if (gl_.window() != nullptr) {
    ImGui_ImplGlfw_InitForOpenGL(gl_.window(), true);
    glfwSetInputMode(gl_.window(), GLFW_STICKY_KEYS, GLFW_TRUE);
  }
  ImGui_ImplOpenGL3_Init(kShaderVersion);
}

ImGuiPlatform::~ImGuiPlatform() {
  ImGui_ImplOpenGL3_Shutdown();
  if (gl_.window() != nullptr) ImGui_ImplGlfw_Shutdown();
}

float ImGuiPlatform::pixel_density() const {
  const ui::SizePx pixels = gl_.framebuffer_size();
  const ui::SizePx window = gl_.window_size();
  if (window.empty() || pixels.empty()) return 1.0F;
  return static_cast<float>(pixels.width) / static_cast<float>(window.width);
}

float ImGuiPlatform::monitor_scale() const {
  return std::max(1.0F, gl_.content_scale() / pixel_density());
}

// ImGui before 1.87 forgets a key that goes down and up between two frames. GLFW's sticky keys
// remember it for one look. Here every key also gets the meaning that is printed on it.
void ImGuiPlatform::ReadKeys(GLFWwindow* window) {
#if IMGUI_VERSION_NUM < 18700
  ImGuiIO& io = ImGui::GetIO();
  layout_changed_ |= layout_.Read([](int key) { return glfwGetKeyName(key, 0); });
  const auto either = [window](int left, int right) {
    return glfwGetKey(window, left) == GLFW_PRESS || glfwGetKey(window, right) == GLFW_PRESS;
  };
  io.KeyCtrl = either(GLFW_KEY_LEFT_CONTROL, GLFW_KEY_RIGHT_CONTROL);
  io.KeyShift = either(GLFW_KEY_LEFT_SHIFT, GLFW_KEY_RIGHT_SHIFT);
  io.KeyAlt = either(GLFW_KEY_LEFT_ALT, GLFW_KEY_RIGHT_ALT);
  std::fill(std::begin(io.KeysDown), std::end(io.KeysDown), false);
  for (int position = GLFW_KEY_SPACE; position <= GLFW_KEY_LAST; ++position) {
    const auto key = static_cast<std::size_t>(layout_.At(position));
    if (key != 0 && glfwGetKey(window, position) == GLFW_PRESS) io.KeysDown[key] = true;
  }
#else
  static_cast<void>(window);
#endif
}

const ui::KeyLabels* ImGuiPlatform::TakeNewLabels() {
  return std::exchange(layout_changed_, false) ? &layout_.labels() : nullptr;
}

void ImGuiPlatform::BeginFrame(double elapsed_s) {
  ImGui_ImplOpenGL3_NewFrame();
  // Only the texture: ImGui 1.86 uses handles of the shaders that went with its device objects.
  if (std::exchange(fonts_changed_, false)) {
    ImGui_ImplOpenGL3_DestroyFontsTexture();
    ImGui_ImplOpenGL3_CreateFontsTexture();
  }
  if (gl_.window() != nullptr) {
    ImGui_ImplGlfw_NewFrame();
    ReadKeys(gl_.window());
  } else {
    const ui::SizePx size = gl_.framebuffer_size();
    ImGui::GetIO().DisplaySize = {static_cast<float>(size.width), static_cast<float>(size.height)};
    ImGui::GetIO().DeltaTime = static_cast<float>(std::max(kShortestFrame_s, elapsed_s));
  }
  ImGui::NewFrame();
}

void ImGuiPlatform::EndFrame() {
  ImGui::Render();
  TellEarlierGlErrors();
  gl_.BindScreen();
  const ui::SizePx size = gl_.framebuffer_size();
  glViewport(0, 0, size.width, size.height);
  const ImVec4 background = ImGui::GetStyle().Colors[ImGuiCol_WindowBg];
  glClearColor(background.x, background.y, background.z, 1.0F);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  CheckGl();
}

}  // namespace lookout::app
