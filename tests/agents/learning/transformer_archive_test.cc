// Transformers in files.
#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "agents/learning/sequence_network.h"
#include "tests/agents/learning/transformer_scene.h"

namespace lookout::agents {
namespace {

TEST_CASE("a transformer is read back as what it was, and other sizes are refused") {
  const auto bytes_of = [](const auto& encode) {
    ArchiveWriter writer("test", 1);
    encode(writer);
    return writer.Finish();
  };
  const SequenceNetwork network = RandomTransformer(kSmallTransformer);
  const std::string bytes = bytes_of([&](ArchiveWriter& writer) { network.Encode(writer, "pi"); });
  auto reader = ArchiveReader::Open(bytes, "test", 1, "The file");
  REQUIRE(reader.ok());
  const SequenceNetwork copy = SequenceNetwork::Decode(*reader, "pi");
  REQUIRE(reader->Finish().ok());
  CHECK(copy.parameters() == network.parameters());
  CHECK(copy.SizesText() == "3-GTrXL (2 x 4, 2 heads, memory 3)-2");
  CHECK(copy.state_dim() == 2 * 4 * 3 + 1);

  for (const std::vector<std::int64_t>& sizes :
       std::vector<std::vector<std::int64_t>>{{3, 2, 2, 4, 2, 3},
                                              {3, 2, 2, 4, 3, 3, 1},
                                              {3, 2, 0, 4, 2, 3, 1},
                                              {3, 2, 2, 5, 5, 3, 1},
                                              {3, 2, 2, 4, 2, 3, 2},
                                              {3, 2, 2, 1 << 20, 2, 3, 1}}) {
    const std::string wrong =
        bytes_of([&](ArchiveWriter& writer) { writer.Integers("pi.transformer_sizes", sizes); });
    auto wrong_reader = ArchiveReader::Open(wrong, "test", 1, "The file");
    REQUIRE(wrong_reader.ok());
    (void)SequenceNetwork::Decode(*wrong_reader, "pi");
    REQUIRE_FALSE(wrong_reader->ok());
    CHECK(wrong_reader->status().error().message.find("network 'pi' is no transformer") !=
          std::string::npos);
  }
}

}  // namespace
}  // namespace lookout::agents
