// Draws a PaintList into the bound framebuffer with depth test against what is there. Window
// thread only, GL context current from making to death.
#pragma once

#include <cstdint>
#include <vector>

#include "ui/viewport/painting/gl_handles.h"
#include "ui/viewport/painting/paint_list.h"
#include "ui/viewport/painting/view_matrices.h"

namespace lookout::ui {

class ScenePainter {
 public:
  ScenePainter();

  // The field first, then the discs, the triangles and the balls, these from far to near. Leaves
  // depth values alone, and blending, depth test, culling and lighting as OpenGL's defaults.
  void Draw(const PaintList& list, const ViewMatrices& matrices);

 private:
  void DrawField(const PaintField& field, const Eigen::Matrix4f& clip_from_world);
  void DrawTriangles(const std::vector<PaintVertex>& triangles,
                     const Eigen::Matrix4f& clip_from_world);
  void DrawDiscs(const std::vector<PaintDisc>& discs, const Eigen::Matrix4f& clip_from_world);
  void DrawBalls(const std::vector<PaintBall>& balls, const ViewMatrices& matrices);
  void UploadField(const PaintField& field);

  GlProgram disc_program_;
  GlProgram triangle_program_;
  GlProgram ball_program_;
  GlProgram field_program_;
  GlVertexArray disc_vertices_;
  GlVertexArray triangle_vertices_;
  GlVertexArray ball_vertices_;
  GlVertexArray field_vertices_;
  GlBuffer disc_buffer_;
  GlBuffer triangle_buffer_;
  GlBuffer ball_buffer_;
  GlTexture field_texture_;
  GlTexture color_map_texture_;
  std::int64_t uploaded_field_ = 0;
  std::vector<float> resampled_;  // kept for their memory
  std::vector<PaintBall> sorted_balls_;
};

}  // namespace lookout::ui
