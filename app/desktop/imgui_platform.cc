#include "app/desktop/imgui_platform.h"

#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_opengl3.h>
#include <glad/gl.h>
// GLFW after glad, so that it brings no GL header of its own.
#include <GLFW/glfw3.h>
#include <imgui.h>

#include <algorithm>

namespace lookout::app {
namespace {

constexpr const char* kShaderVersion = "#version 130";
// ImGui refuses a frame that took no time.
constexpr double kShortestFrame_s = 1e-4;

// ImGui before 1.87 forgets a key that goes down and up between two frames. GLFW's sticky keys
// remember it for one look.
void ShowShortTaps(GLFWwindow* window) {
#if IMGUI_VERSION_NUM < 18700
  ImGuiIO& io = ImGui::GetIO();
  for (int key = GLFW_KEY_SPACE; key <= GLFW_KEY_LAST; ++key) {
    io.KeysDown[key] = glfwGetKey(window, key) == GLFW_PRESS;
  }
  const auto either = [&io](int left, int right) {
    return io.KeysDown[left] || io.KeysDown[right];
  };
  io.KeyCtrl = either(GLFW_KEY_LEFT_CONTROL, GLFW_KEY_RIGHT_CONTROL);
  io.KeyShift = either(GLFW_KEY_LEFT_SHIFT, GLFW_KEY_RIGHT_SHIFT);
  io.KeyAlt = either(GLFW_KEY_LEFT_ALT, GLFW_KEY_RIGHT_ALT);
#else
  static_cast<void>(window);
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

void ImGuiPlatform::ForgetFonts() { ImGui_ImplOpenGL3_DestroyDeviceObjects(); }

void ImGuiPlatform::BeginFrame(double elapsed_s) {
  ImGui_ImplOpenGL3_NewFrame();
  if (gl_.window() != nullptr) {
    ImGui_ImplGlfw_NewFrame();
    ShowShortTaps(gl_.window());
  } else {
    const ui::SizePx size = gl_.framebuffer_size();
    ImGui::GetIO().DisplaySize = {static_cast<float>(size.width), static_cast<float>(size.height)};
    ImGui::GetIO().DeltaTime = static_cast<float>(std::max(kShortestFrame_s, elapsed_s));
  }
  ImGui::NewFrame();
}

void ImGuiPlatform::EndFrame() {
  ImGui::Render();
  gl_.BindScreen();
  const ui::SizePx size = gl_.framebuffer_size();
  glViewport(0, 0, size.width, size.height);
  const ImVec4 background = ImGui::GetStyle().Colors[ImGuiCol_WindowBg];
  glClearColor(background.x, background.y, background.z, 1.0F);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

}  // namespace lookout::app
