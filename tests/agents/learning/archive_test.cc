#include "agents/learning/archive.h"

#include <doctest/doctest.h>

#include <cmath>
#include <cstring>
#include <limits>

#include "tests/support/sealed_archive.h"

namespace lookout::agents {
namespace {

constexpr std::size_t kSizeAt = 32;  // of the payload
constexpr std::size_t kHeaderBytes = 48;

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

TEST_CASE("fields are found by their names, in any order") {
  const std::string bytes = Sample();
  auto reader = ArchiveReader::Open(bytes, "sample", 3, "the sample");
  REQUIRE(reader.ok());
  CHECK(reader->Integers("sizes", 8) == std::vector<std::int64_t>{60, 256});
  CHECK(reader->Text("name") == "PointGoal1");
  CHECK(reader->Real("rate") == 0.1);
  CHECK(reader->Has("mean"));
  CHECK_FALSE(reader->Has("median"));
  CHECK(reader->ok());
}

TEST_CASE("a version that added and dropped fields reads older files") {
  const std::string bytes = Sample();  // of version 3
  auto reader = ArchiveReader::Open(bytes, "sample", 4, "the sample");
  REQUIRE(reader.ok());
  double added = 0.5;
  if (reader->Has("added")) added = reader->Real("added");
  CHECK(added == 0.5);
  CHECK(reader->Text("name") == "PointGoal1");
  CHECK(reader->Finish().ok());  // the others are left over
}

TEST_CASE("what is no list of fields is refused at the start") {
  const auto refusal = [](const std::string& payload) {
    const std::string sample = Sample();
    std::string bytes = sample.substr(0, kHeaderBytes) + payload;
    const std::uint64_t size = payload.size();
    std::memcpy(bytes.data() + kSizeAt, &size, sizeof(size));
    const auto reader =
        ArchiveReader::Open(test::SealedArchive(bytes, nullptr, 0), "sample", 3, "the sample");
    return reader.ok() ? std::string() : reader.error().message;
  };
  const std::string one = std::string("\1xt\1\0\0\0\0\0\0\0", 11) + "a";
  CHECK(refusal(one).empty());
  CHECK(refusal(one + one).find("field 'x' is there twice") != std::string::npos);
  CHECK(refusal(one + "\5wei").find("ends amid") != std::string::npos);
  CHECK(refusal(std::string("\1xz\0\0\0\0\0\0\0\0", 11)).find("type") != std::string::npos);
  CHECK(refusal(std::string("\1xd\0\0\0\0\0\0\0\x20", 11)).find("more than the file holds") !=
        std::string::npos);
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
  SUBCASE("a newer version") {
    const auto reader = ArchiveReader::Open(bytes, "sample", 2, "the sample");
    REQUIRE_FALSE(reader.ok());
    CHECK(reader.error().message ==
          "the sample was written by a newer version of Lookout: its format is 3, this program "
          "reads up to 2. Update Lookout.");
  }
  SUBCASE("a field of another type") {
    auto reader = ArchiveReader::Open(bytes, "sample", 3, "the sample");
    (void)reader->Real("steps");
    CHECK(MessageOf(reader->status()) == "the sample: field 'steps' is of type i, expected d.");
  }
  SUBCASE("a value out of range") {
    auto reader = ArchiveReader::Open(bytes, "sample", 3, "the sample");
    (void)reader->Integer("steps", 1, 10);
    CHECK(MessageOf(reader->status()).find("is 1234567890123, expected 1 to 10") !=
          std::string::npos);
  }
  SUBCASE("a field that is not there") {
    auto reader = ArchiveReader::Open(bytes, "sample", 3, "the sample");
    (void)reader->Real("speed");
    CHECK(MessageOf(reader->status()) == "the sample: field 'speed' is missing.");
  }
  SUBCASE("fields left over") {
    auto reader = ArchiveReader::Open(bytes, "sample", 3, "the sample");
    CHECK(MessageOf(reader->Finish()).find("field 'mean' is left over") != std::string::npos);
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
