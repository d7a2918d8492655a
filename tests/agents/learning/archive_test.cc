#include "agents/learning/archive.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

namespace lookout::agents {
namespace {

std::string Sample() {
  ArchiveWriter writer("sample", 3);
  writer.Integer("steps", 1234567890123);
  writer.Real("rate", 0.1);
  writer.Text("name", "PointGoal1");
  writer.Floats("weights", std::vector<float>{1.0F, -2.5F, 0.0F});
  writer.Doubles("mean", std::vector<double>{1e300, -1e-300});
  writer.Integers("sizes", std::vector<std::int64_t>{60, 256});
  return writer.Finish();
}

// Reads Sample()'s fields in order; the reader's verdict.
Status ReadSample(std::string_view bytes) {
  auto reader = ArchiveReader::Open(bytes, "sample", 3, "the sample");
  if (!reader) return reader.error();
  (void)reader->Integer("steps", 0, std::numeric_limits<std::int64_t>::max());
  (void)reader->Real("rate");
  (void)reader->Text("name");
  (void)reader->Floats("weights", 3);
  (void)reader->Doubles("mean", 2);
  (void)reader->Integers("sizes", 8);
  return reader->Finish();
}

std::string MessageOf(const Status& status) { return status.ok() ? "" : status.error().message; }

TEST_CASE("what is written is read back exactly") {
  const std::string bytes = Sample();
  auto reader = ArchiveReader::Open(bytes, "sample", 3, "the sample");
  REQUIRE(reader.ok());
  CHECK(reader->Integer("steps", 0, std::numeric_limits<std::int64_t>::max()) == 1234567890123);
  CHECK(reader->Real("rate") == 0.1);
  CHECK(reader->Text("name") == "PointGoal1");
  CHECK(reader->Floats("weights", 3) == Eigen::Vector3f(1.0F, -2.5F, 0.0F));
  CHECK(reader->Doubles("mean", 2) == Eigen::Vector2d(1e300, -1e-300));
  CHECK(reader->Integers("sizes", 8) == std::vector<std::int64_t>{60, 256});
  CHECK(reader->Finish().ok());
}

TEST_CASE("every shortened file is refused") {
  const std::string bytes = Sample();
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    CAPTURE(size);
    const Status status = ReadSample(std::string_view(bytes).substr(0, size));
    REQUIRE_FALSE(status.ok());
    CHECK(status.error().code == ErrorCode::kBadInput);
  }
  CHECK_FALSE(ReadSample(bytes + "x").ok());
}

TEST_CASE("every flipped bit is noticed") {
  const std::string bytes = Sample();
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i >= 28 && i < 32) continue;  // reserved
    std::string damaged = bytes;
    damaged[i] = static_cast<char>(damaged[i] ^ 4);
    CAPTURE(i);
    CHECK_FALSE(ReadSample(damaged).ok());
  }
}

TEST_CASE("messages name expected and found") {
  const std::string bytes = Sample();
  SUBCASE("foreign bytes") {
    CHECK(MessageOf(ReadSample(std::string(200, 'A'))).find("not written by Lookout") !=
          std::string::npos);
  }
  SUBCASE("another kind") {
    const auto reader = ArchiveReader::Open(bytes, "policy", 3, "the policy");
    REQUIRE_FALSE(reader.ok());
    CHECK(reader.error().message.find("expected 'policy', found 'sample'") != std::string::npos);
  }
  SUBCASE("another version") {
    const auto reader = ArchiveReader::Open(bytes, "sample", 4, "the sample");
    REQUIRE_FALSE(reader.ok());
    CHECK(reader.error().message.find("version 3") != std::string::npos);
  }
  SUBCASE("another field") {
    auto reader = ArchiveReader::Open(bytes, "sample", 3, "the sample");
    (void)reader->Real("steps");
    CHECK(MessageOf(reader->status()).find("expected field 'steps' of type d") !=
          std::string::npos);
  }
  SUBCASE("a value out of range") {
    auto reader = ArchiveReader::Open(bytes, "sample", 3, "the sample");
    (void)reader->Integer("steps", 1, 10);
    CHECK(MessageOf(reader->status()).find("is 1234567890123, expected 1 to 10") !=
          std::string::npos);
  }
  SUBCASE("fields left over") {
    auto reader = ArchiveReader::Open(bytes, "sample", 3, "the sample");
    CHECK(MessageOf(reader->Finish()).find("left over") != std::string::npos);
  }
}

TEST_CASE("NaN is refused, except where it is asked for") {
  ArchiveWriter writer("sample", 1);
  writer.Real("auc", std::nan(""));
  const std::string bytes = writer.Finish();
  auto strict = ArchiveReader::Open(bytes, "sample", 1, "the sample");
  (void)strict->Real("auc");
  CHECK_FALSE(strict->status().ok());
  auto lenient = ArchiveReader::Open(bytes, "sample", 1, "the sample");
  CHECK(std::isnan(lenient->RealOrNan("auc")));
  CHECK(lenient->Finish().ok());
}

TEST_CASE("the first error stays and later reads are harmless") {
  const std::string bytes = Sample();
  auto reader = ArchiveReader::Open(bytes, "sample", 3, "the sample");
  (void)reader->Text("nothing");
  const std::string first = MessageOf(reader->status());
  CHECK(reader->Floats("weights", 3).size() == 0);
  CHECK(reader->Integer("steps", 5, 9) == 5);
  CHECK(MessageOf(reader->Finish()) == first);
}

}  // namespace
}  // namespace lookout::agents
