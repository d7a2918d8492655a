#include "agents/feedback/annotators/danger_words.h"

#include <charconv>
#include <string>
#include <vector>

#include "sim/base/nearest_name.h"
#include "sim/objects/object_kinds.h"

namespace lookout::agents {
namespace {

// Small letters, with spaces in place of '_'. Bytes beyond ASCII stay.
std::string Plain(std::string_view words) {
  std::string plain;
  for (const char c : words) {
    const bool capital = c >= 'A' && c <= 'Z';
    plain += c == '_' ? ' ' : capital ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return plain;
}

std::string List(const std::vector<std::string>& names) {
  std::string list;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) list += i + 1 < names.size() ? ", " : " or ";
    list += names[i];
  }
  return list;
}

}  // namespace

Result<sim::CostKind> CostKindByWords(std::string_view words) {
  const std::string wanted = Plain(words);
  std::vector<std::string> known;
  std::vector<std::string> charged;  // by an object of that name
  sim::CostKind only{};
  for (int i = 0; i < sim::kCostKindCount; ++i) {
    const auto kind = static_cast<sim::CostKind>(i);
    const std::string shown = Plain(sim::RuleOf(kind).name);
    if (wanted == shown || wanted == Plain(sim::CostKindName(kind))) return kind;
    const sim::ObjectKind& source = sim::DescriptorOf(sim::SourceOf(kind));
    if (wanted == source.one || wanted == source.many) {
      charged.push_back(shown);
      only = kind;
    }
    known.push_back(shown);
    known.emplace_back(sim::CostKindName(kind));
  }
  if (charged.size() == 1) return only;
  const std::string name(words);
  if (charged.empty()) {
    return BadInput("there is no cost '" + name + "'." + sim::DidYouMean(name, known, 3));
  }
  return BadInput("a " + name + " charges by several kinds of cost; say " + List(charged));
}

Result<DangerClass> DangerClassByWords(std::string_view words, const DangerClasses& classes) {
  int number = 0;
  const auto [end, error] = std::from_chars(words.data(), words.data() + words.size(), number);
  if (error == std::errc{} && end == words.data() + words.size()) {
    if (number >= 1 && number < kDangerClassCount) return static_cast<DangerClass>(number);
    return BadInput("a danger class is a whole number from 1 to 9, or its name");
  }
  const std::string wanted = Plain(words);
  std::vector<std::string> known;
  for (DangerClass danger = 1; danger < kDangerClassCount; ++danger) {
    known.push_back(Plain(classes.NameOf(danger)));
    if (known.back() == wanted) return danger;
  }
  for (DangerClass danger = 1; danger < kDangerClassCount; ++danger) {
    if (Plain(DangerClasses::UsualName(danger)) == wanted) return danger;
  }
  return BadInput("there is no danger class '" + std::string(words) + "'." +
                  sim::DidYouMean(wanted, known, 3));
}

}  // namespace lookout::agents
