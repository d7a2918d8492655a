// No function is too long to see at a glance.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <regex>
#include <string>
#include <vector>

#include "tests/structure/source_tree_support.h"

namespace lookout::structure {
namespace {

constexpr int kLongestFunction = 40;  // lines from the opening brace to the closing one
constexpr char kExemption[] = "// May be long: ";

// Where a literal or comment that begins at `at` ends; `at` itself if none begins there.
std::size_t EndOfTextOrComment(const std::string& code, std::size_t at) {
  if (code.compare(at, 2, "//") == 0) return std::min(code.find('\n', at), code.size());
  if (code.compare(at, 2, "R\"") == 0) {
    const std::size_t open = code.find('(', at);
    const std::string closing = ")" + code.substr(at + 2, open - at - 2) + "\"";
    return code.find(closing, open) + closing.size();
  }
  const char quote = code[at];
  const bool separates_digits = at > 0 && std::isalnum(static_cast<unsigned char>(code[at - 1]));
  if (quote != '"' && (quote != '\'' || separates_digits)) return at;
  for (++at; code[at] != quote; ++at) at += code[at] == '\\' ? 1 : 0;
  return at + 1;
}

struct Scope {
  enum class Kind { kTypes, kFunction, kOther } kind;
  int first_line;
};

// What the brace opens, by what stands before it.
Scope::Kind KindOf(const std::vector<Scope>& around, const std::string& head) {
  static const std::regex kType("\\b(namespace|class|struct|union|enum)\\b");
  static const std::regex kTemplateArguments("<[^<>]*>");
  const bool among_types = std::ranges::all_of(
      around, [](const Scope& scope) { return scope.kind == Scope::Kind::kTypes; });
  if (!among_types) return Scope::Kind::kOther;
  const std::string plain = std::regex_replace(head, kTemplateArguments, "");
  if (plain.find('(') == std::string::npos) {
    return std::regex_search(plain, kType) ? Scope::Kind::kTypes : Scope::Kind::kOther;
  }
  const bool is_value = head.find(" = ") != std::string::npos && !ContainsWord(head, "operator");
  return is_value ? Scope::Kind::kOther : Scope::Kind::kFunction;
}

struct Function {
  int line;    // of its opening brace, from 1
  int length;  // lines to its closing brace
};

std::vector<Function> FunctionsOf(const std::string& code) {
  std::vector<Function> functions;
  std::vector<Scope> open;
  std::string head;
  int line = 1;
  for (std::size_t at = 0; at < code.size(); ++at) {
    if (const std::size_t end = EndOfTextOrComment(code, at); end != at) {
      line += static_cast<int>(std::count(&code[at], &code[end], '\n'));
      at = end - 1;
      continue;
    }
    const char c = code[at];
    line += c == '\n' ? 1 : 0;
    head = c == '{' || c == '}' || c == ';' ? head : head + c;
    if (c == '{') open.push_back({KindOf(open, head), line});
    if (c == '}') {
      REQUIRE_MESSAGE(!open.empty(), "line " << line << " closes what was not opened");
      const Scope closed = open.back();
      open.pop_back();
      if (closed.kind == Scope::Kind::kFunction) {
        functions.push_back({closed.first_line, line - closed.first_line});
      }
    }
    if (c == '{' || c == '}' || c == ';') head.clear();
  }
  REQUIRE(open.empty());
  return functions;
}

// The file as text without its preprocessor lines, whose branches need not balance.
std::string CodeOf(const SourceFile& file) {
  std::string code;
  bool directive = false;
  bool goes_on = false;
  for (const std::string& line : file.lines) {
    directive = line.starts_with('#') || (directive && goes_on);
    goes_on = line.ends_with('\\');
    code += (directive ? "" : line) + "\n";
  }
  return code;
}

bool IsExempt(const SourceFile& file, int line) {
  const auto last = file.lines.begin() + line;
  return std::any_of(last - std::min(line, 3), last, [](const std::string& text) {
    return text.find(kExemption) != std::string::npos;
  });
}

TEST_CASE("no function is longer than the limit that CONTRIBUTING states") {
  std::size_t seen = 0;
  for (const SourceFile& file : SourceFiles()) {
    for (const Function& function : FunctionsOf(CodeOf(file))) {
      ++seen;
      if (IsExempt(file, function.line)) continue;
      CHECK_MESSAGE(function.length <= kLongestFunction,
                    file.path << ":" << function.line << " has " << function.length << " lines");
    }
  }
  CHECK(seen > 3000);
  const std::string limit = fmt::to_string(kLongestFunction);
  CHECK(ReadText("CONTRIBUTING.md").find("functions at most " + limit) != std::string::npos);
}

TEST_CASE("functions are told from types, values, literals and comments") {
  const std::string code = R"code(namespace a {  // {
struct S {
  int x() const { return '{'; }
  bool operator==(const S&) const {
    return R"({)" == "\"{" && 1'000 > 0;
  }
};
const auto table = Make({[](int i) {
  return i;
}});
template <typename T>
void F(T t) {
  if (t) {

    G();
  }
}
}  // namespace a
)code";
  std::vector<std::pair<int, int>> found;
  for (const Function& function : FunctionsOf(code)) {
    found.emplace_back(function.line, function.length);
  }
  CHECK(found == std::vector<std::pair<int, int>>{{3, 0}, {4, 2}, {12, 5}});
}

}  // namespace
}  // namespace lookout::structure
