#include "app/desktop/imgui_platform.h"

#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_opengl3.h>
#include <fmt/format.h>
#include <glad/gl.h>
// GLFW after glad, so that it brings no GL header of its own.
#include <GLFW/glfw3.h>
#include <imgui.h>

#include <algorithm>
#include <cfloat>
#include <functional>
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
    LogWarning(fmt::format("OpenGL error {} before the panels were drawn.", error));
  }
#endif
}

void CheckGl() {
#ifndef NDEBUG
  const GLenum error = glGetError();
  LOOKOUT_CHECK(error == GL_NO_ERROR, fmt::format("OpenGL error {}", error).c_str());
#endif
}

}  // namespace

void ImGuiPlatform::ContextDeleter::operator()(ImGuiContext* context) const {
  ImGui::DestroyContext(context);
}

ImGuiPlatform::ImGuiPlatform(GlContext& gl)
    : gl_(gl), context_(ImGui::CreateContext()), mouse_x_(-FLT_MAX), mouse_y_(-FLT_MAX) {
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;  // a malformed imgui.ini can crash; the layout has a file of its own
  io.LogFilename = nullptr;
  if (gl_.window() != nullptr) {
    ImGui_ImplGlfw_InitForOpenGL(gl_.window(), false);  // input comes by the queue of the context
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

void ImGuiPlatform::TakeInput() {
  first_press_.reset();
  ImGuiIO& io = ImGui::GetIO();
  io.MouseWheel = io.MouseWheelH = 0.0F;
  for (const InputEvent& event : gl_.input().TakeFrame()) Apply(event);
  if (gl_.window() != nullptr) pad_ = ReadGamepad(gl_.window());
  TellImGui();
}

void ImGuiPlatform::Apply(const InputEvent& event) {
  ImGuiIO& io = ImGui::GetIO();
  const auto code = static_cast<std::size_t>(event.code);
  switch (event.kind) {
    case InputEvent::Kind::kKey:
      if (!first_press_) first_press_ = event;
      if (code < keys_down_.size()) keys_down_[code] = event.down;
      return;
    case InputEvent::Kind::kButton:
      if (!first_press_) first_press_ = event;
      if (code < buttons_down_.size()) buttons_down_[code] = event.down;
      return;
    case InputEvent::Kind::kMove:
      mouse_x_ = event.x;
      mouse_y_ = event.y;
      return;
    case InputEvent::Kind::kLeave:
      // A drag goes on outside.
      if (!std::ranges::any_of(buttons_down_, std::identity())) mouse_x_ = mouse_y_ = -FLT_MAX;
      return;
    case InputEvent::Kind::kWheel:
      io.MouseWheelH += event.x;
      io.MouseWheel += event.y;
      return;
    case InputEvent::Kind::kCharacter:
      io.AddInputCharacter(static_cast<unsigned int>(event.code));
      return;
  }
}

// Every key has the meaning that is printed on it.
void ImGuiPlatform::TellImGui() const {
  ImGuiIO& io = ImGui::GetIO();
  io.MousePos = {mouse_x_, mouse_y_};
  std::ranges::copy(buttons_down_, std::begin(io.MouseDown));
  const auto either = [this](int left, int right) {
    return keys_down_[static_cast<std::size_t>(left)] ||
           keys_down_[static_cast<std::size_t>(right)];
  };
  io.KeyCtrl = either(GLFW_KEY_LEFT_CONTROL, GLFW_KEY_RIGHT_CONTROL);
  io.KeyShift = either(GLFW_KEY_LEFT_SHIFT, GLFW_KEY_RIGHT_SHIFT);
  io.KeyAlt = either(GLFW_KEY_LEFT_ALT, GLFW_KEY_RIGHT_ALT);
  std::fill(std::begin(io.KeysDown), std::end(io.KeysDown), false);
  for (int position = GLFW_KEY_SPACE; position <= GLFW_KEY_LAST; ++position) {
    const auto key = static_cast<std::size_t>(layout_.At(position));
    if (key != 0 && keys_down_[static_cast<std::size_t>(position)]) io.KeysDown[key] = true;
  }
  std::ranges::copy(pad_.buttons, std::begin(io.KeysDown) + static_cast<int>(ui::Key::kPadA));
}

const ui::KeyboardLayout* ImGuiPlatform::TakeNewKeyboard() {
  return std::exchange(layout_changed_, false) ? &layout_ : nullptr;
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
    layout_changed_ |= layout_.Read([](int key) { return glfwGetKeyName(key, 0); });
  } else {
    const ui::SizePx size = gl_.framebuffer_size();
    ImGui::GetIO().DisplaySize = {static_cast<float>(size.width), static_cast<float>(size.height)};
    ImGui::GetIO().DeltaTime = static_cast<float>(std::max(kShortestFrame_s, elapsed_s));
  }
  TakeInput();
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
