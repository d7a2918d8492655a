// The quick reader and writer of flat JSON say what the usual ones say, or nothing.
#include "sim/config/plain_json.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "sim/base/fields.h"
#include "sim/base/ids.h"
#include "sim/config/fields_json.h"
#include "sim/config/json_text.h"

namespace lookout::sim {
namespace {

struct Sample {
  std::int32_t first_step = 3;
  std::int64_t large = -5;
  std::uint8_t small = 7;
  bool on = true;
  EpisodeId episode{12};
  std::string note = "plain";
  bool operator==(const Sample&) const = default;
};

template <FieldsOf<Sample> Self, typename Visit>
void VisitFields(Self& self, Visit&& visit) {
  using F = Field<Sample>;
  visit(F("first-step"), self.first_step);
  visit(F("large"), self.large);
  visit(F("small").StoredAs("little"), self.small);
  visit(F("on"), self.on);
  visit(F("episode"), self.episode);
  visit(F("note"), self.note);
}

std::string Usual(const Sample& sample) { return FieldsToJson(sample).dump(); }

TEST_CASE("what is simple is written and read as the usual way does") {
  for (const Sample& sample : {Sample{}, Sample{.first_step = -1, .note = ""},
                               Sample{.large = 123'456'789'012, .on = false},
                               Sample{.small = 0, .episode = {0}, .note = "a, b: {c} [d] 'e'"}}) {
    std::string text;
    REQUIRE(FieldsToPlain(sample, text));
    CHECK(text == Usual(sample));
    CHECK(IsPlainAndSorted(text));
    Sample read{.first_step = 99, .note = "other"};
    REQUIRE(FieldsFromPlain(text, read, 1));
    CHECK(read == sample);
  }
}

TEST_CASE("texts with anything to escape are left to the usual way") {
  for (const std::string note : {"a \"b\"", "a\\b", "line\nend", "caf\xC3\xA9", "\x7F"}) {
    std::string text;
    CHECK_FALSE(FieldsToPlain(Sample{.note = note}, text));
    Sample read;
    CHECK_FALSE(FieldsFromPlain(Usual(Sample{.note = note}), read, 1));
    CHECK(read == Sample{});
  }
}

TEST_CASE("whatever is not just so is left to the usual way") {
  const std::string good = Usual({});
  REQUIRE(good ==
          R"({"episode":12,"first_step":3,"large":-5,"little":7,"note":"plain","on":true})");
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    text.replace(text.find(from), from.size(), to);
    return text;
  };
  // clang-format off
  const std::vector<std::string> others{
      "", "{", "[]", good + " ", good + "}", good.substr(0, good.size() - 1),
      with(":3", ":3.0"), with(":3", ":03"), with(":3", ":-0"), with(":3", ":+3"), with(":3", ":"),
      with(":3", ":\"3\""), with(":3", ":null"), with(":3", ":99999999999"),
      with(":7", ":256"), with(":7", ":-1"), with(":-5", ":12345678901234567890"),
      with(":true", ":True"), with(":true", ":1"),
      with("\"plain\"", "5"), with("\"plain\"", "[\"plain\"]"),
      with(",\"on\":true", ""), with(",\"on\":true", ",\"on\":true,\"on\":true"),
      with(",\"on\":true", ",\"on\":true,\"other\":1"), with("\"large\":-5,", ""),
      with(",", ", "), with(",", ",,"), with("\"on\"", "on")};
  // clang-format on
  for (const std::string& text : others) {
    CAPTURE(text);
    Sample read;
    CHECK_FALSE(FieldsFromPlain(text, read, 1));
    CHECK(read == Sample{});
  }
}

struct Grown {
  int old = 1;
  int young = 2;
};

template <FieldsOf<Grown> Self, typename Visit>
void VisitFields(Self& self, Visit&& visit) {
  visit(Field<Grown>("old"), self.old);
  visit(Field<Grown>("young").Since(2), self.young);
}

TEST_CASE("a field that is younger than the text may be missing, an older one may not") {
  Grown read;
  REQUIRE(FieldsFromPlain(R"({"old":5})", read, 1));
  CHECK(read.old == 5);
  CHECK(read.young == 2);
  CHECK_FALSE(FieldsFromPlain(R"({"old":6})", read, 2));
  CHECK_FALSE(FieldsFromPlain(R"({"young":6})", read, 1));
  CHECK(read.old == 5);
  REQUIRE(FieldsFromPlain(R"({"old":7,"young":8})", read, 1));
  CHECK(read.old == 7);
  CHECK(read.young == 8);
}

TEST_CASE("nested members come in one piece") {
  PlainObject object(R"({"a":[1,2],"b":{"c":"}"},"d":5})");
  REQUIRE(object.Next());
  CHECK(object.kind() == PlainObject::Kind::kNested);
  CHECK(object.value() == "[1,2]");
  REQUIRE(object.Next());
  CHECK(object.value() == R"({"c":"}"})");
  REQUIRE(object.Next());
  CHECK(object.value() == "5");
  CHECK_FALSE(object.Next());
  CHECK(object.done());
  PlainObject open(R"({"a":[1,2)");
  CHECK_FALSE(open.Next());
  CHECK_FALSE(open.done());
  PlainObject empty("{}");
  CHECK_FALSE(empty.Next());
  CHECK(empty.done());
}

}  // namespace
}  // namespace lookout::sim
