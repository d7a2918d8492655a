#include "app/platform/image_codec.h"

#include <png.h>
// jpeglib.h needs <cstdio> before it.
#include <cstdio>
// clang-format off
#include <jpeglib.h>
// clang-format on

#include <array>
#include <cstddef>
#include <cstdlib>
#include <string>

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

// libpng's default is a jump out of the call.
[[noreturn]] void FailPng(png_structp, png_const_charp message) {
  CheckFailed("png_write", __FILE__, __LINE__, message);
}

void AppendBytes(png_structp png, png_bytep bytes, std::size_t count) {
  static_cast<std::string*>(png_get_io_ptr(png))
      ->append(reinterpret_cast<const char*>(bytes), count);
}

struct PngWriter {
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, FailPng, nullptr);
  png_infop info = png_create_info_struct(png);

  PngWriter() = default;
  PngWriter(const PngWriter&) = delete;
  PngWriter& operator=(const PngWriter&) = delete;
  ~PngWriter() { png_destroy_write_struct(&png, &info); }
};

// libjpeg's default is to end the program.
[[noreturn]] void FailJpeg(j_common_ptr info) {
  std::array<char, JMSG_LENGTH_MAX> message{};
  info->err->format_message(info, message.data());
  CheckFailed("jpeg_compress", __FILE__, __LINE__, message.data());
}

}  // namespace

std::string EncodePng(const ui::RgbImage& image) {
  CheckImage(image);
  std::string bytes;
  PngWriter writer;
  png_set_write_fn(writer.png, &bytes, AppendBytes, nullptr);
  // Much sooner done than the defaults, and hardly larger, for what this program draws.
  png_set_compression_level(writer.png, 4);
  png_set_filter(writer.png, PNG_FILTER_TYPE_BASE, PNG_FILTER_SUB | PNG_FILTER_UP);
  png_set_IHDR(writer.png, writer.info, static_cast<png_uint_32>(image.size.width),
               static_cast<png_uint_32>(image.size.height), 8, PNG_COLOR_TYPE_RGB,
               PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_write_info(writer.png, writer.info);
  for (int y = 0; y < image.size.height; ++y) png_write_row(writer.png, image.at(0, y));
  png_write_end(writer.png, writer.info);
  return bytes;
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
