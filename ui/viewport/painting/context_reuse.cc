#include "ui/viewport/painting/context_reuse.h"

#include <algorithm>
#include <cstring>
#include <vector>

namespace lookout::ui {
namespace {

template <typename T>
bool SameArray(const T* a, const T* b, int count) {
  return std::equal(a, a + count, b);
}

bool SameTextures(const mjModel& a, const mjModel& b) {
  return a.ntex == b.ntex && a.ntexdata == b.ntexdata &&
         SameArray(a.tex_type, b.tex_type, a.ntex) && SameArray(a.tex_width, b.tex_width, a.ntex) &&
         SameArray(a.tex_height, b.tex_height, a.ntex) &&
         SameArray(a.tex_rgb, b.tex_rgb, a.ntexdata);
}

bool SameMeshes(const mjModel& a, const mjModel& b) {
  return a.nmesh == b.nmesh && a.nmeshvert == b.nmeshvert && a.nmeshface == b.nmeshface &&
         SameArray(a.mesh_vertadr, b.mesh_vertadr, a.nmesh) &&
         SameArray(a.mesh_vert, b.mesh_vert, 3 * a.nmeshvert) &&
         SameArray(a.mesh_face, b.mesh_face, 3 * a.nmeshface);
}

// Planes are compiled into display lists by their size, in the order of the geoms.
std::vector<mjtNum> PlaneSizes(const mjModel& model) {
  std::vector<mjtNum> sizes;
  for (int geom = 0; geom < model.ngeom; ++geom) {
    if (model.geom_type[geom] != mjGEOM_PLANE) continue;
    sizes.insert(sizes.end(), model.geom_size + 3 * geom, model.geom_size + 3 * geom + 3);
  }
  return sizes;
}

bool SameVisual(const mjModel& a, const mjModel& b) {
  mjVisual vis = b.vis;
  vis.quality.offsamples = a.vis.quality.offsamples;
  vis.quality.shadowsize = a.vis.quality.shadowsize;
  vis.map.shadowclip = a.vis.map.shadowclip;
  vis.global.offwidth = a.vis.global.offwidth;
  vis.global.offheight = a.vis.global.offheight;
  return std::memcmp(&a.vis, &vis, sizeof(vis)) == 0 && a.stat.extent == b.stat.extent;
}

}  // namespace

bool SameGlContent(const mjModel& a, const mjModel& b) {
  return a.nhfield == 0 && b.nhfield == 0 && a.nskin == 0 && b.nskin == 0 && SameTextures(a, b) &&
         SameMeshes(a, b) && SameVisual(a, b) && PlaneSizes(a) == PlaneSizes(b);
}

}  // namespace lookout::ui
