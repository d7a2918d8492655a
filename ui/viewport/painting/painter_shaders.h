// GLSL of the scene painter. Every fragment shader writes premultiplied alpha.
#pragma once

namespace lookout::ui::shaders {

// A disc is one quad; its boundary, dashes and hatching are computed per pixel from the distance to
// the centre, so that they are exact and smooth at any zoom.
inline constexpr char kDiscVertex[] = R"(#version 330
layout(location = 0) in vec4 center_radius;
layout(location = 1) in vec4 fill;
layout(location = 2) in vec4 ring;
layout(location = 3) in vec4 style;  // ring width, dashes, hatch alpha, softness
uniform mat4 clip_from_world;
out vec2 from_center;
flat out float radius;
flat out vec4 fill_color;
flat out vec4 ring_color;
flat out vec4 ring_style;
void main() {
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1) * 2.0 - 1.0;
  from_center = corner * (center_radius.w * 1.04 + 0.02);
  radius = center_radius.w;
  fill_color = fill;
  ring_color = ring;
  ring_style = style;
  gl_Position = clip_from_world * vec4(center_radius.xy + from_center, center_radius.z, 1.0);
}
)";

inline constexpr char kDiscFragment[] = R"(#version 330
in vec2 from_center;
flat in float radius;
flat in vec4 fill_color;
flat in vec4 ring_color;
flat in vec4 ring_style;
out vec4 color;
const float kTwoPi = 6.28318530718;
void main() {
  float distance = length(from_center);
  float pixel = max(fwidth(distance), 1e-6);
  float inside = clamp((radius - distance) / pixel + 0.5, 0.0, 1.0);
  float width = max(ring_style.x, 1.6 * pixel);
  float in_ring = inside * clamp((distance - (radius - width)) / pixel + 0.5, 0.0, 1.0);
  if (ring_style.y > 0.0) {
    float turn = atan(from_center.y, from_center.x) / kTwoPi * ring_style.y;
    float gap = (abs(fract(turn) - 0.5) - 0.28) * kTwoPi * radius / ring_style.y;
    in_ring *= clamp(0.5 - gap / pixel, 0.0, 1.0);
  }
  float stripe = abs(fract((from_center.x + from_center.y) / 0.085) - 0.5) * 0.085 * 0.7071;
  float hatch = ring_style.z * clamp((0.006 - stripe) / pixel + 0.5, 0.0, 1.0);
  float soft = radius * ring_style.w;
  float fill_edge = soft > 0.0 ? smoothstep(radius, radius - soft, distance) : inside;
  float fill_alpha = fill_edge * min(1.0, fill_color.a + hatch);
  float ring_alpha = in_ring * ring_color.a;
  color.a = ring_alpha + fill_alpha * (1.0 - ring_alpha);
  color.rgb = ring_color.rgb * ring_alpha + fill_color.rgb * fill_alpha * (1.0 - ring_alpha);
}
)";

inline constexpr char kTriangleVertex[] = R"(#version 330
layout(location = 0) in vec3 position;
layout(location = 1) in vec4 vertex_color;
layout(location = 2) in float edge;
uniform mat4 clip_from_world;
out vec4 blended;
out float across;
void main() {
  blended = vertex_color;
  across = edge;
  gl_Position = clip_from_world * vec4(position, 1.0);
}
)";

inline constexpr char kTriangleFragment[] = R"(#version 330
in vec4 blended;
in float across;
out vec4 color;
void main() {
  float pixel = fwidth(across);
  float coverage = pixel > 0.0 ? clamp((1.0 - abs(across)) / pixel, 0.0, 1.0) : 1.0;
  float alpha = blended.a * coverage;
  color = vec4(blended.rgb * alpha, alpha);
}
)";

// A ball is a square that faces the camera, shaded as if it were round.
inline constexpr char kBallVertex[] = R"(#version 330
layout(location = 0) in vec4 center_radius;
layout(location = 1) in vec4 ball_color;
uniform mat4 clip_from_world;
uniform vec3 right;
uniform vec3 up;
out vec2 on_ball;
flat out vec4 color_of_ball;
void main() {
  on_ball = (vec2(gl_VertexID & 1, gl_VertexID >> 1) * 2.0 - 1.0) * 1.15;
  color_of_ball = ball_color;
  vec3 corner = center_radius.xyz + center_radius.w * (on_ball.x * right + on_ball.y * up);
  gl_Position = clip_from_world * vec4(corner, 1.0);
}
)";

inline constexpr char kBallFragment[] = R"(#version 330
in vec2 on_ball;
flat in vec4 color_of_ball;
out vec4 color;
void main() {
  float distance = length(on_ball);
  float coverage = clamp((1.0 - distance) / max(fwidth(distance), 1e-6) + 0.5, 0.0, 1.0);
  vec3 normal = vec3(on_ball, sqrt(max(0.0, 1.0 - distance * distance)));
  float light = 0.62 + 0.38 * max(0.0, dot(normal, normalize(vec3(-0.35, 0.6, 0.7))));
  float alpha = coverage * color_of_ball.a;
  color = vec4(color_of_ball.rgb * light * alpha, alpha);
}
)";

// The field: colour by value, thin contour lines at quarters of the range, fading at the border.
inline constexpr char kFieldVertex[] = R"(#version 330
uniform mat4 clip_from_world;
uniform vec4 bounds;  // min x, min y, max x, max y
out vec2 uv;
void main() {
  uv = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  gl_Position = clip_from_world * vec4(mix(bounds.xy, bounds.zw, uv), 0.0025, 1.0);
}
)";

inline constexpr char kFieldFragment[] = R"(#version 330
in vec2 uv;
uniform sampler2D values;
uniform sampler2D color_maps;
uniform vec2 range;
uniform float map_row;
out vec4 color;
void main() {
  float t = clamp((texture(values, uv).r - range.x) / (range.y - range.x), 0.0, 1.0);
  vec4 base = texture(color_maps, vec2(t * (255.0 / 256.0) + 0.5 / 256.0, map_row));
  float step = t * 4.0;
  float pixel = max(fwidth(step), 1e-5);
  float off_level = abs(step - round(step));
  float on_line = clamp(1.0 - off_level / (0.9 * pixel), 0.0, 1.0);
  on_line *= round(step) > 0.5 && round(step) < 3.5 && pixel < 0.5 ? 1.0 : 0.0;
  vec2 border = min(uv, 1.0 - uv) / 0.02;
  float fade = clamp(min(border.x, border.y), 0.0, 1.0);
  float alpha = fade * mix(base.a, 0.9, 0.55 * on_line);
  color = vec4(mix(base.rgb, vec3(1.0), 0.6 * on_line) * alpha, alpha);
}
)";

}  // namespace lookout::ui::shaders
