#include "tests/support/png_support.h"

#include <zlib.h>

#include <cstring>
#include <string>
#include <vector>

namespace lookout::test {
namespace {

std::uint32_t BigEndian(std::string_view bytes) {
  std::uint32_t value = 0;
  for (const char byte : bytes.substr(0, 4)) value = value << 8 | static_cast<std::uint8_t>(byte);
  return value;
}

// The content of every chunk of one type, joined; nullopt if the file is not whole.
std::optional<std::string> ChunksOf(std::string_view png, std::string_view type) {
  if (png.substr(0, 8) != "\x89PNG\r\n\x1a\n") return std::nullopt;
  std::string content;
  for (std::size_t at = 8; at < png.size();) {
    if (at + 12 > png.size()) return std::nullopt;
    const std::size_t length = BigEndian(png.substr(at));
    if (at + 12 + length > png.size()) return std::nullopt;
    const std::string_view named = png.substr(at + 4, 4 + length);
    const auto checksum =
        crc32(0, reinterpret_cast<const Bytef*>(named.data()), static_cast<uInt>(named.size()));
    if (checksum != BigEndian(png.substr(at + 8 + length))) return std::nullopt;
    if (named.substr(0, 4) == type) content += named.substr(4);
    at += 12 + length;
  }
  return content;
}

bool Unfilter(const std::vector<std::uint8_t>& filtered, ui::RgbImage& image) {
  const std::size_t row_bytes = 3 * static_cast<std::size_t>(image.size.width);
  for (int y = 0; y < image.size.height; ++y) {
    const std::uint8_t* in = filtered.data() + (row_bytes + 1) * y;
    std::uint8_t* out = image.pixels.data() + row_bytes * y;
    if (in[0] > 2) return false;
    for (std::size_t i = 0; i < row_bytes; ++i) {
      std::uint8_t before = 0;
      if (in[0] == 1 && i >= 3) before = out[i - 3];
      if (in[0] == 2 && y > 0) before = *(out + i - row_bytes);
      out[i] = static_cast<std::uint8_t>(in[1 + i] + before);
    }
  }
  return true;
}

}  // namespace

std::optional<ui::RgbImage> DecodeOwnPng(std::string_view bytes) {
  const std::optional<std::string> header = ChunksOf(bytes, "IHDR");
  const std::optional<std::string> data = ChunksOf(bytes, "IDAT");
  if (!header || !data || header->size() != 13) return std::nullopt;
  if (header->substr(8) != std::string({8, 2, 0, 0, 0})) return std::nullopt;
  ui::RgbImage image;
  image.size = {static_cast<int>(BigEndian(*header)),
                static_cast<int>(BigEndian(std::string_view(*header).substr(4)))};
  const std::size_t pixels = static_cast<std::size_t>(image.size.width) * image.size.height;
  image.pixels.resize(3 * pixels);
  std::vector<std::uint8_t> filtered(3 * pixels + image.size.height);
  uLongf length = filtered.size();
  const int status = uncompress(filtered.data(), &length,
                                reinterpret_cast<const Bytef*>(data->data()), data->size());
  if (status != Z_OK || length != filtered.size()) return std::nullopt;
  if (!Unfilter(filtered, image)) return std::nullopt;
  return image;
}

}  // namespace lookout::test
