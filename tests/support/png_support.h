// Reads back the PNG files that this program writes. Tests only.
#pragma once

#include <optional>
#include <string_view>

#include "ui/viewport/painting/rgb_image.h"

namespace lookout::test {

// nullopt for anything but a whole file of 8-bit RGB. Checks the checksum of every chunk.
std::optional<ui::RgbImage> DecodePng(std::string_view bytes);

}  // namespace lookout::test
