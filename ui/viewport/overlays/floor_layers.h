// Heights above the floor, so that layers do not fight for the same depth. Any thread.
#pragma once

#include <Eigen/Core>

namespace lookout::ui {

inline constexpr float kShadowHeight = 0.003F;
inline constexpr float kTrailHeight = 0.004F;
inline constexpr float kKeepOutHeight = 0.005F;
inline constexpr float kDiscHeight = 0.006F;
inline constexpr float kRingHeight = 0.007F;
inline constexpr float kBeamHeight = 0.75F;

inline Eigen::Vector3f OnFloor(const Eigen::Vector3d& position, float height) {
  return {static_cast<float>(position.x()), static_cast<float>(position.y()), height};
}

}  // namespace lookout::ui
