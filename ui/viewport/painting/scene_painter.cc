#include "ui/viewport/painting/scene_painter.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <string>

#include "sim/base/check.h"
#include "ui/viewport/painting/color_maps.h"
#include "ui/viewport/painting/field_resampling.h"
#include "ui/viewport/painting/painter_shaders.h"

namespace lookout::ui {
namespace {

constexpr int kFieldResampling = 4;

// Our own shaders either compile or the program is broken, so a failure is our bug.
GLuint Compile(GLenum stage, const char* source) {
  const GLuint shader = glCreateShader(stage);
  glShaderSource(shader, 1, &source, nullptr);
  glCompileShader(shader);
  GLint compiled = GL_FALSE;
  glGetShaderiv(shader, GL_COMPILE_STATUS, &compiled);
  std::array<char, 1024> log{};
  glGetShaderInfoLog(shader, static_cast<GLsizei>(log.size()), nullptr, log.data());
  LOOKOUT_CHECK(compiled == GL_TRUE, log.data());
  return shader;
}

void Link(GlProgram& program, const char* vertex_source, const char* fragment_source) {
  program.Create();
  const GLuint vertex = Compile(GL_VERTEX_SHADER, vertex_source);
  const GLuint fragment = Compile(GL_FRAGMENT_SHADER, fragment_source);
  glAttachShader(program.get(), vertex);
  glAttachShader(program.get(), fragment);
  glLinkProgram(program.get());
  glDeleteShader(vertex);
  glDeleteShader(fragment);
  GLint linked = GL_FALSE;
  glGetProgramiv(program.get(), GL_LINK_STATUS, &linked);
  LOOKOUT_CHECK(linked == GL_TRUE, "a shader of the scene painter does not link");
}

// `floats` numbers of every vertex (or instance), starting `offset` bytes into it.
void DescribeAttribute(GLuint location, GLint floats, std::size_t stride, std::size_t offset) {
  glEnableVertexAttribArray(location);
  glVertexAttribPointer(location, floats, GL_FLOAT, GL_FALSE, static_cast<GLsizei>(stride),
                        reinterpret_cast<const void*>(offset));
}

void SetMatrix(const GlProgram& program, const Eigen::Matrix4f& clip_from_world) {
  glUseProgram(program.get());
  glUniformMatrix4fv(glGetUniformLocation(program.get(), "clip_from_world"), 1, GL_FALSE,
                     clip_from_world.data());
}

template <typename T>
void Upload(const GlBuffer& buffer, const std::vector<T>& content) {
  glBindBuffer(GL_ARRAY_BUFFER, buffer.get());
  glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(content.size() * sizeof(T)), content.data(),
               GL_STREAM_DRAW);
}

void SetFiltering(GLint filter) {
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, filter);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, filter);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
}

// One row per quantity.
void MakeColorMapTexture(GlTexture& texture) {
  std::vector<Rgba> colors;
  for (int map = 0; map < kColorMapCount; ++map) {
    for (int i = 0; i < kColorMapSize; ++i) {
      colors.push_back(
          FieldColor(static_cast<FieldQuantity>(map), static_cast<float>(i) / (kColorMapSize - 1)));
    }
  }
  texture.Create();
  glBindTexture(GL_TEXTURE_2D, texture.get());
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, kColorMapSize, kColorMapCount, 0, GL_RGBA, GL_FLOAT,
               colors.data());
  SetFiltering(GL_LINEAR);
}

// What MuJoCo's fixed pipeline leaves on and shaders do not want.
void PrepareState() {
  glDisable(GL_LIGHTING);
  glDisable(GL_CULL_FACE);
  glEnable(GL_DEPTH_TEST);
  glDepthFunc(GL_LEQUAL);
  glDepthMask(GL_FALSE);
  glEnable(GL_BLEND);
  glBlendFunc(GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
  glPolygonMode(GL_FRONT_AND_BACK, GL_FILL);
}

void RestoreState() {
  glUseProgram(0);
  glBindVertexArray(0);
  glBindBuffer(GL_ARRAY_BUFFER, 0);
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_2D, 0);
  glDisable(GL_BLEND);
  glDepthMask(GL_TRUE);
}

}  // namespace

ScenePainter::ScenePainter() {
  Link(disc_program_, shaders::kDiscVertex, shaders::kDiscFragment);
  Link(triangle_program_, shaders::kTriangleVertex, shaders::kTriangleFragment);
  Link(ball_program_, shaders::kBallVertex, shaders::kBallFragment);
  Link(field_program_, shaders::kFieldVertex, shaders::kFieldFragment);

  disc_buffer_.Create();
  disc_vertices_.Create();
  glBindVertexArray(disc_vertices_.get());
  glBindBuffer(GL_ARRAY_BUFFER, disc_buffer_.get());
  constexpr std::size_t kDisc = sizeof(PaintDisc);
  DescribeAttribute(0, 4, kDisc, offsetof(PaintDisc, center));
  DescribeAttribute(1, 4, kDisc, offsetof(PaintDisc, fill));
  DescribeAttribute(2, 4, kDisc, offsetof(PaintDisc, ring));
  DescribeAttribute(3, 4, kDisc, offsetof(PaintDisc, ring_width_m));
  for (GLuint location = 0; location < 4; ++location) glVertexAttribDivisor(location, 1);

  triangle_buffer_.Create();
  triangle_vertices_.Create();
  glBindVertexArray(triangle_vertices_.get());
  glBindBuffer(GL_ARRAY_BUFFER, triangle_buffer_.get());
  constexpr std::size_t kVertex = sizeof(PaintVertex);
  DescribeAttribute(0, 3, kVertex, offsetof(PaintVertex, position));
  DescribeAttribute(1, 4, kVertex, offsetof(PaintVertex, color));
  DescribeAttribute(2, 1, kVertex, offsetof(PaintVertex, edge));

  ball_buffer_.Create();
  ball_vertices_.Create();
  glBindVertexArray(ball_vertices_.get());
  glBindBuffer(GL_ARRAY_BUFFER, ball_buffer_.get());
  constexpr std::size_t kBall = sizeof(PaintBall);
  DescribeAttribute(0, 4, kBall, offsetof(PaintBall, center));
  DescribeAttribute(1, 4, kBall, offsetof(PaintBall, color));
  for (GLuint location = 0; location < 2; ++location) glVertexAttribDivisor(location, 1);

  field_vertices_.Create();  // no attributes: the corners come from the vertex number
  field_texture_.Create();
  MakeColorMapTexture(color_map_texture_);
  RestoreState();
}

void ScenePainter::Draw(const PaintList& list, const ViewMatrices& matrices) {
  const Eigen::Matrix4f clip_from_world = matrices.clip_from_view * matrices.view_from_world;
  PrepareState();
  if (list.field.values != nullptr) DrawField(list.field, clip_from_world);
  if (!list.discs.empty()) DrawDiscs(list.discs, clip_from_world);
  if (!list.triangles.empty()) DrawTriangles(list.triangles, clip_from_world);
  if (!list.balls.empty()) DrawBalls(list.balls, matrices);
  RestoreState();
}

void ScenePainter::DrawDiscs(const std::vector<PaintDisc>& discs,
                             const Eigen::Matrix4f& clip_from_world) {
  SetMatrix(disc_program_, clip_from_world);
  glBindVertexArray(disc_vertices_.get());
  Upload(disc_buffer_, discs);
  glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, static_cast<GLsizei>(discs.size()));
}

void ScenePainter::DrawTriangles(const std::vector<PaintVertex>& triangles,
                                 const Eigen::Matrix4f& clip_from_world) {
  SetMatrix(triangle_program_, clip_from_world);
  glBindVertexArray(triangle_vertices_.get());
  Upload(triangle_buffer_, triangles);
  glDrawArrays(GL_TRIANGLES, 0, static_cast<GLsizei>(triangles.size()));
}

void ScenePainter::DrawBalls(const std::vector<PaintBall>& balls, const ViewMatrices& matrices) {
  sorted_balls_ = balls;
  const Eigen::Vector3f eye = matrices.camera_position_in_world;
  std::ranges::sort(sorted_balls_, std::greater<>(),
                    [&](const PaintBall& ball) { return (ball.center - eye).squaredNorm(); });
  SetMatrix(ball_program_, matrices.clip_from_view * matrices.view_from_world);
  const Eigen::Vector3f right = matrices.view_from_world.row(0).head<3>();
  const Eigen::Vector3f up = matrices.view_from_world.row(1).head<3>();
  glUniform3fv(glGetUniformLocation(ball_program_.get(), "right"), 1, right.data());
  glUniform3fv(glGetUniformLocation(ball_program_.get(), "up"), 1, up.data());
  glBindVertexArray(ball_vertices_.get());
  Upload(ball_buffer_, sorted_balls_);
  glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, static_cast<GLsizei>(sorted_balls_.size()));
}

void ScenePainter::UploadField(const PaintField& field) {
  glBindTexture(GL_TEXTURE_2D, field_texture_.get());
  if (field.content_id != 0 && field.content_id == uploaded_field_) return;
  ResampleField(*field.values, field.columns, field.rows, kFieldResampling, resampled_);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_R32F, field.columns * kFieldResampling,
               field.rows * kFieldResampling, 0, GL_RED, GL_FLOAT, resampled_.data());
  SetFiltering(GL_LINEAR);
  uploaded_field_ = field.content_id;
}

void ScenePainter::DrawField(const PaintField& field, const Eigen::Matrix4f& clip_from_world) {
  SetMatrix(field_program_, clip_from_world);
  const auto uniform = [this](const char* name) {
    return glGetUniformLocation(field_program_.get(), name);
  };
  glActiveTexture(GL_TEXTURE1);
  glBindTexture(GL_TEXTURE_2D, color_map_texture_.get());
  glActiveTexture(GL_TEXTURE0);
  UploadField(field);
  glUniform1i(uniform("values"), 0);
  glUniform1i(uniform("color_maps"), 1);
  glUniform2f(uniform("range"), field.low, field.high);
  glUniform1f(uniform("map_row"),
              (static_cast<float>(field.color_map) + 0.5F) / static_cast<float>(kColorMapCount));
  glUniform4f(uniform("bounds"), field.min_m.x(), field.min_m.y(), field.max_m.x(),
              field.max_m.y());
  glBindVertexArray(field_vertices_.get());
  glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
}

}  // namespace lookout::ui
