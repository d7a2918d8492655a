// Reads back the PNG files that this program writes, and nothing else. Tests only.
#pragma once

#include <optional>
#include <string_view>

#include "ui/viewport/painting/rgb_image.h"

namespace lookout::test {

// nullopt for anything but 8-bit RGB, not interlaced, with the filters None, Sub and Up. Checks the
// checksum of every chunk.
std::optional<ui::RgbImage> DecodeOwnPng(std::string_view bytes);

}  // namespace lookout::test
