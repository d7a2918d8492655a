// From where the 3-D view is seen, in words. Value type; any thread.
#pragma once

#include <array>
#include <cstdint>

namespace lookout::ui {

// In the order of the menu, in which the keys go round.
enum class CameraView : std::uint8_t { kWholeArena, kFollow, kTop, kRobotEye, kFree };
inline constexpr int kCameraViewCount = 5;

struct CameraViewText {
  const char* name;
  const char* explanation;
};

inline constexpr std::array<CameraViewText, kCameraViewCount> kCameraViewTexts{{
    {"Whole arena", "All of the arena, and the robot wherever it goes"},
    {"Follow the robot", "Stays with the robot; the mouse turns the camera round it"},
    {"From above", "Straight down on the whole arena"},
    {"Robot's eye", "What the robot's own camera sees"},
    {"Free", "Stays where the mouse leaves it"},
}};

inline const CameraViewText& TextOf(CameraView view) {
  return kCameraViewTexts[static_cast<std::size_t>(view)];
}

}  // namespace lookout::ui
