#include "sim/config/plain_json.h"

namespace lookout::sim {
namespace {

bool IsPlainCharacter(char c) {
  return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';  // no more than ASCII, as chars are signed
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

bool IsPlainText(std::string_view text) { return std::ranges::all_of(text, IsPlainCharacter); }

bool IsPlainNumber(std::string_view word) {
  const bool negative = word.starts_with('-');
  const std::string_view digits = word.substr(negative ? 1 : 0);
  constexpr std::size_t kMostDigits = 18;  // with more it may be no whole number of 64 bits
  if (digits.empty() || digits.size() > kMostDigits) return false;
  if (!std::ranges::all_of(digits, IsDigit)) return false;
  return digits.front() != '0' || word.size() == 1;
}

PlainObject::PlainObject(std::string_view text) : rest_(text) {
  if (!rest_.starts_with('{')) {
    rest_ = {};
    return;
  }
  rest_.remove_prefix(1);
}

bool PlainObject::TakeText(std::string_view& text) {
  if (!rest_.starts_with('"')) return false;
  std::size_t end = 1;
  while (end < rest_.size() && IsPlainCharacter(rest_[end])) ++end;
  if (end >= rest_.size() || rest_[end] != '"') return false;
  text = rest_.substr(1, end - 1);
  rest_.remove_prefix(end + 1);
  return true;
}

// A list or an object in one piece, which may hold any texts.
bool PlainObject::TakeNested() {
  int depth = 0;
  bool in_text = false;
  for (std::size_t i = 0; i < rest_.size(); ++i) {
    const char c = rest_[i];
    if (c == '"') in_text = !in_text;
    if (in_text && c == '\\') return false;
    if (in_text) continue;
    if (c == '{' || c == '[') ++depth;
    if (c != '}' && c != ']') continue;
    if (--depth > 0) continue;
    value_ = rest_.substr(0, i + 1);
    rest_.remove_prefix(i + 1);
    return true;
  }
  return false;
}

bool PlainObject::Next() {
  if (done_ || rest_.empty()) return false;
  done_ = rest_ == "}";
  if (done_) return false;
  if (!first_) {
    if (rest_.front() != ',') return false;
    rest_.remove_prefix(1);
  }
  first_ = false;
  if (!TakeText(key_) || !rest_.starts_with(':')) return false;
  rest_.remove_prefix(1);
  if (rest_.empty()) return false;
  if (rest_.front() == '"') {
    kind_ = Kind::kText;
    return TakeText(value_);
  }
  if (rest_.front() == '{' || rest_.front() == '[') {
    kind_ = Kind::kNested;
    return TakeNested();
  }
  kind_ = Kind::kWord;
  const std::size_t end = rest_.find_first_of(",}");
  if (end == 0 || end == std::string_view::npos) return false;
  value_ = rest_.substr(0, end);
  rest_.remove_prefix(end);
  return true;
}

bool IsPlainAndSorted(std::string_view text) {
  PlainObject object(text);
  std::string_view before;
  bool first = true;
  while (object.Next()) {
    if (object.kind() == PlainObject::Kind::kNested) return false;
    const bool word = object.kind() == PlainObject::Kind::kWord;
    const std::string_view value = object.value();
    if (word && !IsPlainNumber(value) && value != "true" && value != "false") return false;
    if (!first && !(before < object.key())) return false;
    first = false;
    before = object.key();
  }
  return object.done();
}

}  // namespace lookout::sim
