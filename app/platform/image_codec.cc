#include "app/platform/image_codec.h"

#include <zlib.h>
// zlib first: jpeglib.h needs <cstdio> before it.
#include <cstdio>
// clang-format off
#include <jpeglib.h>
// clang-format on

#include <array>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "sim/base/check.h"

namespace lookout::app {
namespace {

constexpr int kBytesPerPixel = 3;

void CheckImage(const ui::RgbImage& image) {
  LOOKOUT_CHECK(!image.size.empty(), "an empty image cannot be encoded");
  const std::size_t wanted =
      kBytesPerPixel * static_cast<std::size_t>(image.size.width) * image.size.height;
  LOOKOUT_CHECK(image.pixels.size() == wanted, "an image whose size does not fit its pixels");
}

std::string BigEndian(std::uint32_t value) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<char>(value >> shift));
  return bytes;
}

// Length, type, content, checksum of type and content (PNG specification, 5.3).
void AppendChunk(std::string& png, std::string type_and_content) {
  png += BigEndian(static_cast<std::uint32_t>(type_and_content.size() - 4));
  const auto checksum = crc32(0, reinterpret_cast<const Bytef*>(type_and_content.data()),
                              static_cast<uInt>(type_and_content.size()));
  png += type_and_content;
  png += BigEndian(static_cast<std::uint32_t>(checksum));
}

enum Filter : std::uint8_t { kSub = 1, kUp = 2 };

// One filtered row and how far from zero its bytes are, which foretells how well they deflate.
struct FilteredRow {
  std::vector<std::uint8_t> bytes;
  int magnitude = 0;

  void Fill(Filter filter, const std::uint8_t* row, const std::uint8_t* above, std::size_t count) {
    bytes.assign(1, filter);
    magnitude = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint8_t left = i < kBytesPerPixel ? 0 : row[i - kBytesPerPixel];
      const std::uint8_t up = above == nullptr ? 0 : above[i];
      const auto value = static_cast<std::uint8_t>(row[i] - (filter == kSub ? left : up));
      magnitude += std::abs(static_cast<std::int8_t>(value));
      bytes.push_back(value);
    }
  }
};

std::vector<std::uint8_t> FilterRows(const ui::RgbImage& image) {
  const std::size_t row_bytes = kBytesPerPixel * static_cast<std::size_t>(image.size.width);
  std::vector<std::uint8_t> out;
  out.reserve((row_bytes + 1) * image.size.height);
  FilteredRow sub;
  FilteredRow up;
  for (int y = 0; y < image.size.height; ++y) {
    const std::uint8_t* row = image.at(0, y);
    const std::uint8_t* above = y == 0 ? nullptr : image.at(0, y - 1);
    sub.Fill(kSub, row, above, row_bytes);
    up.Fill(kUp, row, above, row_bytes);
    const std::vector<std::uint8_t>& best = sub.magnitude < up.magnitude ? sub.bytes : up.bytes;
    out.insert(out.end(), best.begin(), best.end());
  }
  return out;
}

std::string Deflate(const std::vector<std::uint8_t>& bytes) {
  uLongf length = compressBound(static_cast<uLong>(bytes.size()));
  std::string out(length, '\0');
  const int status = compress2(reinterpret_cast<Bytef*>(out.data()), &length, bytes.data(),
                               static_cast<uLong>(bytes.size()), 4);
  LOOKOUT_CHECK(status == Z_OK, "zlib could not compress into a buffer of its own bound");
  out.resize(length);
  return out;
}

// libjpeg's default is to end the program.
[[noreturn]] void FailJpeg(j_common_ptr info) {
  std::array<char, JMSG_LENGTH_MAX> message{};
  info->err->format_message(info, message.data());
  CheckFailed("jpeg_compress", __FILE__, __LINE__, message.data());
}

}  // namespace

std::string EncodePng(const ui::RgbImage& image) {
  CheckImage(image);
  std::string png = "\x89PNG\r\n\x1a\n";
  // 8 bits per channel, colour type 2 (RGB), deflate, adaptive filters, not interlaced.
  AppendChunk(png, "IHDR" + BigEndian(static_cast<std::uint32_t>(image.size.width)) +
                       BigEndian(static_cast<std::uint32_t>(image.size.height)) +
                       std::string{8, 2, 0, 0, 0});
  AppendChunk(png, "IDAT" + Deflate(FilterRows(image)));
  AppendChunk(png, "IEND");
  return png;
}

std::string EncodeJpeg(const ui::RgbImage& image, int quality) {
  CheckImage(image);
  jpeg_compress_struct info{};
  jpeg_error_mgr errors{};
  info.err = jpeg_std_error(&errors);
  errors.error_exit = FailJpeg;
  jpeg_create_compress(&info);
  unsigned char* bytes = nullptr;
  unsigned long length = 0;
  jpeg_mem_dest(&info, &bytes, &length);

  info.image_width = static_cast<JDIMENSION>(image.size.width);
  info.image_height = static_cast<JDIMENSION>(image.size.height);
  info.input_components = kBytesPerPixel;
  info.in_color_space = JCS_RGB;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, quality, TRUE);
  jpeg_start_compress(&info, TRUE);
  while (info.next_scanline < info.image_height) {
    // libjpeg's interface is not const, but it only reads the row.
    auto* row = const_cast<JSAMPROW>(image.at(0, static_cast<int>(info.next_scanline)));
    jpeg_write_scanlines(&info, &row, 1);
  }
  jpeg_finish_compress(&info);
  std::string out(reinterpret_cast<const char*>(bytes), length);
  jpeg_destroy_compress(&info);
  std::free(bytes);
  return out;
}

}  // namespace lookout::app
