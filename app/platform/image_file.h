// Writes a picture to a file, as PNG or JPEG by its name. Any thread; not on the window's while it
// draws.
#pragma once

#include <filesystem>

#include "sim/base/result.h"
#include "ui/viewport/painting/rgb_image.h"

namespace lookout::app {

// ".png", or ".jpg" / ".jpeg" at `jpeg_quality` (1 to 100). Other endings and empty pictures are
// refused. A file that is already there stays whole if writing fails.
Status WriteImage(const std::filesystem::path& path, const ui::RgbImage& image,
                  int jpeg_quality = 92);

}  // namespace lookout::app
