#include "agents/feedback/kinds/danger_classes.h"

#include <algorithm>
#include <utility>

namespace lookout::agents {
namespace {

constexpr std::array<std::string_view, kDangerClassCount + 1> kUsualNames{
    "Any danger", "Hazard",  "Vase",    "Gremlin", "Pillar",      "Button",
    "Class 6",    "Class 7", "Class 8", "Class 9", "Other danger"};

std::size_t IndexOf(DangerClass danger) {
  return std::min(static_cast<std::size_t>(danger), kUsualNames.size() - 1);
}

bool IsContinuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

// In one line, without spaces at either end, of so many characters of UTF-8 at most.
std::string Tidy(std::string_view name) {
  std::string tidy;
  std::size_t characters = 0;
  for (const char byte : name) {
    const bool control = static_cast<unsigned char>(byte) < 0x20U || byte == 0x7F;
    if ((control || byte == ' ') && tidy.empty()) continue;
    if (!IsContinuation(byte) && ++characters > kLongestDangerName) break;
    tidy += control ? ' ' : byte;
    if (tidy.size() >= kLongestDangerBytes) break;
  }
  tidy.erase(tidy.find_last_not_of(' ') + 1);
  return tidy;
}

}  // namespace

DangerClasses::DangerClasses() { std::ranges::copy(kUsualNames, names_.begin()); }

const std::string& DangerClasses::NameOf(DangerClass danger) const {
  return names_[IndexOf(danger)];
}

std::string_view DangerClasses::UsualName(DangerClass danger) {
  return kUsualNames[IndexOf(danger)];
}

bool DangerClasses::Rename(DangerClass danger, std::string_view name) {
  if (danger == 0 || danger >= kDangerClassCount) return false;
  std::string tidy = Tidy(name);
  if (tidy.empty()) tidy = UsualName(danger);
  if (names_[danger] == tidy) return false;
  names_[danger] = std::move(tidy);
  ++version_;
  return true;
}

}  // namespace lookout::agents
