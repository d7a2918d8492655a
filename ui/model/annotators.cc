#include "ui/model/annotators.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace lookout::ui {
namespace {

// Not within a character of UTF-8.
void CutName(std::string& name) {
  if (name.size() <= kLongestAnnotatorName) return;
  std::size_t end = kLongestAnnotatorName;
  while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U) --end;
  name.resize(end);
}

// NaN stays what it was.
void BringIntoRange(AnnotatorProfile& profile, const AnnotatorProfile& before) {
  const auto bring = [&](double AnnotatorProfile::*figure, double most) {
    if (std::isnan(profile.*figure)) profile.*figure = before.*figure;
    profile.*figure = std::clamp(profile.*figure, 0.0, most);
  };
  bring(&AnnotatorProfile::reaction_lag_s, kMostReactionLag_s);
  bring(&AnnotatorProfile::release_lag_s, kMostReactionLag_s);
  bring(&AnnotatorProfile::before_take_over_s, kMostBeforeTakeOver_s);
  bring(&AnnotatorProfile::unsafe_weight, 1.0);
  bring(&AnnotatorProfile::driven_weight, 1.0);
}

}  // namespace

Annotators::Annotators(std::string name) {
  profiles_.emplace_back();
  profiles_.back().name = std::move(name);
}

const AnnotatorProfile& Annotators::next() const {
  for (std::size_t i = 1; i < profiles_.size(); ++i) {
    const AnnotatorProfile& other = profiles_[(present_ + i) % profiles_.size()];
    if (other.marks_here) return other;
  }
  return present();
}

const AnnotatorProfile* Annotators::Find(std::string_view name) const {
  const auto found = std::ranges::find(profiles_, name, &AnnotatorProfile::name);
  return found == profiles_.end() ? nullptr : &*found;
}

std::string_view Annotators::TitleOf(std::string_view name) const {
  const AnnotatorProfile* profile = Find(name);
  return profile != nullptr ? ui::TitleOf(*profile) : name;
}

std::int32_t Annotators::FreeColour() const {
  std::array<int, kAnnotatorColours> used{};
  for (const AnnotatorProfile& profile : profiles_) {
    ++used[static_cast<std::size_t>(profile.colour)];
  }
  return static_cast<std::int32_t>(std::ranges::min_element(used) - used.begin());
}

AnnotatorProfile Annotators::Suggest(std::string_view name, bool others_marked) const {
  AnnotatorProfile profile;
  profile.name = name;
  profile.colour = FreeColour();
  profile.blind = others_marked;
  return profile;
}

bool Annotators::Put(AnnotatorProfile profile) {
  CutName(profile.name);
  CutName(profile.title);
  if (profile.name.empty()) return false;
  if (profile.title == profile.name) profile.title.clear();
  profile.colour = std::clamp(profile.colour, 0, kAnnotatorColours - 1);
  const auto found = std::ranges::find(profiles_, profile.name, &AnnotatorProfile::name);
  const bool is_new = found == profiles_.end();
  BringIntoRange(profile, is_new ? AnnotatorProfile{} : *found);
  if (!is_new && *found == profile) return false;
  if (is_new) {
    profiles_.push_back(std::move(profile));
  } else {
    *found = std::move(profile);
  }
  ++version_;
  return true;
}

bool Annotators::SwitchTo(std::string_view name) {
  const auto found = std::ranges::find(profiles_, name, &AnnotatorProfile::name);
  if (found == profiles_.end()) return false;
  const auto index = static_cast<std::size_t>(found - profiles_.begin());
  const bool first_time = !std::exchange(found->marks_here, true);
  if (std::exchange(present_, index) == index && !first_time) return false;
  ++version_;
  return true;
}

bool Annotators::Know(std::string_view name) {
  if (name.empty() || Find(name) != nullptr) return false;
  AnnotatorProfile profile = Suggest(name, false);
  profile.marks_here = false;
  return Put(std::move(profile));
}

std::string_view TitleOf(const AnnotatorProfile& profile) {
  return profile.title.empty() ? profile.name : profile.title;
}

}  // namespace lookout::ui
