#include "app/platform/image_file.h"

#include <algorithm>
#include <cctype>
#include <string>

#include "app/platform/files.h"
#include "app/platform/image_codec.h"

namespace lookout::app {

Status WriteImage(const std::filesystem::path& path, const ui::RgbImage& image, int jpeg_quality) {
  if (image.size.empty()) {
    return Error{"There is no picture to write to " + path.string() +
                 ": the window has no size. Restore it and try again."};
  }
  std::string ending = path.extension().string();
  std::ranges::transform(ending, ending.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (ending == ".png") return WriteWholeFile(path, EncodePng(image));
  if (ending == ".jpg" || ending == ".jpeg") {
    return WriteWholeFile(path, EncodeJpeg(image, std::clamp(jpeg_quality, 1, 100)));
  }
  return Error{"\"" + path.string() + "\" names no known kind of picture; end it in .png or .jpg.",
               ErrorCode::kUsage};
}

}  // namespace lookout::app
