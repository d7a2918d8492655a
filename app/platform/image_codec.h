// Pictures to bytes: PNG (lossless) and JPEG. Any thread; not
// on the window's while it draws: a 1280 x 720 PNG takes some 40 ms, a JPEG 10 ms.
#pragma once

#include <string>

#include "ui/viewport/painting/rgb_image.h"

namespace lookout::app {

// The image must not be empty and must hold 3 bytes per pixel (our bug otherwise).
std::string EncodePng(const ui::RgbImage& image);

// quality: 1 to 100.
std::string EncodeJpeg(const ui::RgbImage& image, int quality);

}  // namespace lookout::app
