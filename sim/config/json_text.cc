#include "sim/config/json_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace lookout::sim {
namespace {

using nlohmann::json;

// How deep lists and objects are nested in a text that may not even be JSON.
int DepthOf(std::string_view text) {
  int depth = 0;
  int deepest = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string && c == '\\') {
      ++i;
    } else if (c == '"') {
      in_string = !in_string;
    } else if (!in_string && (c == '{' || c == '[')) {
      deepest = std::max(deepest, ++depth);
    } else if (!in_string && (c == '}' || c == ']')) {
      --depth;
    }
  }
  return deepest;
}

// byte: counted from 1, as the library does.
std::string PlaceOf(std::string_view text, std::size_t byte) {
  const std::string_view before = text.substr(0, std::min(byte > 0 ? byte - 1 : 0, text.size()));
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::size_t line_start = before.rfind('\n');
  const std::size_t column =
      line_start == std::string_view::npos ? before.size() + 1 : before.size() - line_start;
  return fmt::format("line {}, column {}", line, column);
}

}  // namespace

JsonText ParseJsonText(std::string_view text, int most_depth,
                       const json::parser_callback_t& callback) {
  const auto refused = [](std::string problem) {
    return JsonText{json(json::value_t::discarded), std::move(problem)};
  };
  if (DepthOf(text) > most_depth) {
    return refused(fmt::format("nests lists deeper than {} levels", most_depth));
  }
  try {
    return {json::parse(text, callback), ""};
  } catch (const json::parse_error& error) {
    return refused("is not JSON at " + PlaceOf(text, error.byte));
  } catch (const json::exception&) {
    return refused("is not JSON: it holds a number beyond what a computer's can be");
  }
}

}  // namespace lookout::sim
