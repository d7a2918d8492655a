#include "tests/support/png_support.h"

#include <png.h>

namespace lookout::test {

std::optional<ui::RgbImage> DecodePng(std::string_view bytes) {
  png_image file{};
  file.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_memory(&file, bytes.data(), bytes.size()) == 0) return std::nullopt;
  ui::RgbImage image;
  image.size = {static_cast<int>(file.width), static_cast<int>(file.height)};
  image.pixels.resize(PNG_IMAGE_SIZE(file));
  const bool rgb = file.format == PNG_FORMAT_RGB;
  if (rgb && png_image_finish_read(&file, nullptr, image.pixels.data(), 0, nullptr) != 0) {
    return image;
  }
  png_image_free(&file);
  return std::nullopt;
}

}  // namespace lookout::test
