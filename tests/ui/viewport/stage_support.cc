#include "tests/ui/viewport/stage_support.h"

#include <glad/gl.h>
// After glad: ImGui's backend brings a loader of its own.
#include <backends/imgui_impl_opengl3.h>

namespace lookout::ui {
namespace {

// What ImGui has drawn, on the screen.
void ShowFrame(app::GlContext& gl) {
  gl.BindScreen();
  glViewport(0, 0, gl.framebuffer_size().width, gl.framebuffer_size().height);
  glClearColor(0, 0, 0, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

}  // namespace

Stage::Stage(app::GlContext& gl, LiveEpisode& episode, float scale, RenderQuality quality)
    : view(quality), gl_(gl), episode_(episode) {
  ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.DisplaySize = {static_cast<float>(gl.framebuffer_size().width),
                    static_cast<float>(gl.framebuffer_size().height)};
  io.DeltaTime = 1.0F / 60.0F;
  ui_.emplace();
  ui_->Apply(ThemeKind::kDark, scale);
  ImGui_ImplOpenGL3_Init("#version 130");

  store_.Begin(episode.scene());
  player.episode = episode.scene()->header->id;
  player.playing = true;
  playhead = {player.episode, 0, true};
}

Stage::~Stage() {
  ImGui_ImplOpenGL3_Shutdown();
  ui_.reset();
  ImGui::DestroyContext();
}

void Stage::MoveMouse(float x, float y) { ImGui::GetIO().MousePos = {x, y}; }

void Stage::AppendNewSteps() {
  for (; appended_ < episode_.track().steps(); ++appended_) {
    auto chunk = std::make_shared<sim::RecordingChunk>();
    chunk->episode = player.episode;
    chunk->first_step = appended_;
    chunk->steps = {episode_.track().step(appended_)};
    store_.Append(std::move(chunk));
  }
}

namespace {

// A window that is all view.
template <typename Draw>
void DrawWhole(Draw draw) {
  ImGui_ImplOpenGL3_NewFrame();
  ImGui::NewFrame();
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
  ImGui::Begin("stage", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove);
  draw();
  ImGui::End();
  ImGui::PopStyleVar();
  ImGui::Render();
}

}  // namespace

void Stage::Frame() {
  AppendNewSteps();
  player.now = episode_.now();
  player.step = appended_ - 1;
  if (playhead.live) playhead.step = player.step;
  const TrainingSnapshot training;
  const FitSnapshot fit;
  const ProjectSnapshot project;
  const MarkStore marks;
  const RunStore runs;
  const std::vector<Notice> notices;
  const FrameFigures figures;
  const Library library;
  const Snapshots snapshots{.player = player,
                            .training = training,
                            .fit = fit,
                            .field = field,
                            .project = project,
                            .episodes = store_,
                            .marks = marks,
                            .runs = runs,
                            .library = library,
                            .playhead = playhead,
                            .open_marks = open_marks,
                            .notices = notices,
                            .messages = notices,
                            .frame = figures,
                            .mode = mode,
                            .cost_limit = 25.0,
                            .comparison = comparison,
                            .pair = pair ? &*pair : nullptr};

  if (pair && !pair_view) pair_view.emplace(RenderQuality::kFast, view.camera());
  DrawWhole([&] {
    if (pair) return pair_view->Draw(snapshots, state.options);
    DrawViewport(snapshots, state, view, sender);
  });
  ShowFrame(gl_);
}

}  // namespace lookout::ui
