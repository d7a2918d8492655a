#include "sim/config/json_text.h"

#include <doctest/doctest.h>

#include <string>

using namespace lookout::sim;

TEST_CASE("A text that is JSON is read") {
  const JsonText read = ParseJsonText(R"({"a": [1, 2], "b": "[[[[{"})", 2);
  CHECK(read.problem.empty());
  CHECK(read.value.at("a").size() == 2);
}

TEST_CASE("What is nested too deep is refused before anything is built of it") {
  for (const int levels : {65, 100'000, 1'000'000}) {
    const auto count = static_cast<std::size_t>(levels);
    for (const std::string& text :
         {std::string(count, '[') + std::string(count, ']'), std::string(count, '[')}) {
      const JsonText refused = ParseJsonText(text);
      CHECK(refused.value.is_discarded());
      CHECK(refused.problem == "nests lists deeper than 64 levels");
    }
  }
}

TEST_CASE("What is not JSON is refused with its place, in our own words") {
  CHECK(ParseJsonText("{\n  \"a\": NaN}").problem == "is not JSON at line 2, column 8");
  CHECK(ParseJsonText("").problem == "is not JSON at line 1, column 1");
  for (const char* text : {"{\"a\": 1e999}", "{\"\xff\": 1}", "[1,]", "nonsense"}) {
    CAPTURE(text);
    const JsonText refused = ParseJsonText(text);
    CHECK(refused.value.is_discarded());
    CHECK(refused.problem.starts_with("is not JSON"));
    CHECK(refused.problem.find("exception") == std::string::npos);
  }
}
