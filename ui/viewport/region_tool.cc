#include "ui/viewport/region_tool.h"

#include <Eigen/LU>
#include <cmath>

#include "sim/recording/layout_name.h"

namespace lookout::ui {
namespace {

constexpr double kSmallest_m = 0.05;  // what is smaller was a slip of the hand
constexpr double kClose_m = 0.12;     // so near to the first corner a click closes a polygon

double Length(const std::vector<double>& points) {
  return std::hypot(points[2] - points[0], points[3] - points[1]);
}

void Finish(const EpisodeTrack& track, StepIndex step, RegionDraft& draft, CommandSender& sender) {
  agents::Region region = draft.Region();
  draft.Drop();
  region.episode = track.id();
  region.step = step;
  region.layout = sim::LayoutOf(track.header());
  sender.Send(DrawRegion{std::move(region)});
}

// Returns whether the polygon is whole.
bool AddCorner(const Eigen::Vector2d& at, bool twice, std::vector<double>& points) {
  const std::size_t corners = points.empty() ? 0 : points.size() / 2 - 1;  // the last is the mouse
  const bool near_first =
      corners > 0 && std::hypot(at.x() - points[0], at.y() - points[1]) < kClose_m;
  if (corners >= 3 && (near_first || twice)) {
    points.resize(2 * corners);
    return true;
  }
  if (corners > 0) points.resize(2 * corners);
  points.insert(points.end(), {at.x(), at.y(), at.x(), at.y()});
  return false;
}

}  // namespace

std::optional<Eigen::Vector2d> FloorAt(const ViewMatrices& matrices, double x, double y) {
  const Eigen::Matrix4d clip_from_world =
      (matrices.clip_from_view * matrices.view_from_world).cast<double>();
  const Eigen::Matrix4d world_from_clip = clip_from_world.inverse();
  const auto unproject = [&](double depth) -> Eigen::Vector3d {
    const Eigen::Vector4d point =
        world_from_clip * Eigen::Vector4d(2.0 * x - 1.0, 1.0 - 2.0 * y, depth, 1.0);
    return point.head<3>() / point.w();
  };
  const Eigen::Vector3d near = unproject(-1.0);
  const Eigen::Vector3d along = unproject(0.5) - near;
  if (!(along.z() < 0.0)) return std::nullopt;
  const Eigen::Vector2d floor = (near - near.z() / along.z() * along).head<2>();
  if (!(floor.cwiseAbs().maxCoeff() <= agents::kMostRegion_m)) return std::nullopt;
  return floor;
}

MouseInput DrawWithMouse(const MouseInput& mouse, std::optional<Eigen::Vector2d> floor,
                         const EpisodeTrack& track, StepIndex step, RegionDraft& draft,
                         CommandSender& sender) {
  MouseInput rest = mouse;
  rest.left = rest.double_left = false;
  const bool pressed = mouse.left && !draft.dragging;
  const bool released = !mouse.left && draft.dragging;
  draft.dragging = mouse.left;
  std::vector<double>& points = draft.points;
  if (draft.shape == agents::RegionShape::kPolygon) {
    const bool whole = pressed && floor && AddCorner(*floor, mouse.double_left, points);
    if (whole) {
      Finish(track, step, draft, sender);
    } else if (floor && !points.empty()) {
      points[points.size() - 2] = floor->x();
      points[points.size() - 1] = floor->y();
    }
    return rest;
  }
  if (pressed && floor) points = {floor->x(), floor->y(), floor->x(), floor->y()};
  if ((draft.dragging || released) && floor && points.size() == 4)
    points = {points[0], points[1], floor->x(), floor->y()};
  if (released && points.size() == 4) {
    if (Length(points) < kSmallest_m) {
      draft.Drop();
    } else {
      Finish(track, step, draft, sender);
    }
  }
  return rest;
}

void RegionsShown::Update(const Snapshots& snapshots, const RegionDraft& draft) {
  const MarkStore& store = snapshots.marks;
  const EpisodeTrack* track = snapshots.shown_episode();
  Key key{.sequence = store.marks().last_sequence(),
          .annotators = store.annotators().version(),
          .episode = snapshots.playhead.episode,
          .blind = snapshots.blind(),
          .draft = draft.shown ? draft.Region() : agents::Region{}};
  if (key == key_) return;
  ++version_;
  regions_.clear();
  const std::string layout = track != nullptr ? sim::LayoutOf(track->header()) : std::string();
  for (const auto& [id, record] : store.marks().records()) {
    const Result<agents::Region> region = RegionOf(record);
    if (!region || !region->on || !store.Shows(record.annotator, key.blind)) continue;
    const bool everywhere = region->shape == agents::RegionShape::kAround;
    if (everywhere || region->layout == layout) regions_.push_back(*region);
  }
  const bool any = key.draft.shape == agents::RegionShape::kAround ? !key.draft.around.empty()
                                                                   : !key.draft.points.empty();
  if (draft.shown && any) regions_.push_back(key.draft);
  key_ = std::move(key);
}

}  // namespace lookout::ui
