#include "app/exchange/labels/settings_merge.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace lookout::app {
namespace {

using ui::AnnotatorProfile;

// Whether nobody has said anything about them.
bool IsAsNew(const AnnotatorProfile& profile) {
  AnnotatorProfile fresh;
  fresh.name = profile.name;
  fresh.blind = profile.blind;  // the program suggests it
  fresh.colour = profile.colour;
  fresh.shown = profile.shown;
  fresh.marks_here = profile.marks_here;
  return profile == fresh;
}

class Merger {
 public:
  explicit Merger(const LabelSettings& first) : first_(first) { merge_.settings = first; }

  void Take(const AnnotatorProfile& theirs) {
    if (!theirs.marks_here) return;  // known from records, which the first project gets, too
    const AnnotatorProfile* ours = first_.annotators.Find(theirs.name);
    if (ours == nullptr || !ours->marks_here) return Carry(theirs);
    if (IsAsNew(theirs)) return;
    if (IsAsNew(*ours)) return Carry(theirs);
    Compare(*ours, theirs);
  }

  void Take(agents::DangerClass danger, const agents::DangerClasses& theirs) {
    const agents::DangerClasses& ours = first_.danger_classes;
    if (!theirs.IsRenamed(danger) || ours.NameOf(danger) == theirs.NameOf(danger)) return;
    const std::string what = fmt::format("the name of danger class {}", danger);
    if (ours.IsRenamed(danger)) return Conflict(what, ours.NameOf(danger), theirs.NameOf(danger));
    merge_.settings.danger_classes.Rename(danger, theirs.NameOf(danger));
    merge_.carried.push_back(fmt::format("{}, {}", what, theirs.NameOf(danger)));
  }

  SettingsMerge Finish() && { return std::move(merge_); }

 private:
  void Carry(AnnotatorProfile theirs) {
    if (const AnnotatorProfile* other = OtherOf(theirs)) {
      const std::int32_t wanted = theirs.colour;
      theirs.colour = merge_.settings.annotators.Suggest(theirs.name, false).colour;
      Conflict(fmt::format("colour {}", wanted + 1), other->name,
               fmt::format("{}, who now has colour {}", theirs.name, theirs.colour + 1));
    }
    merge_.carried.push_back(fmt::format("the profile of {}, with a reaction lag of {:.2f} s",
                                         theirs.name, theirs.reaction_lag_s));
    merge_.settings.annotators.Put(std::move(theirs));
  }

  // Somebody else of that colour in the first project; null: it is free.
  const AnnotatorProfile* OtherOf(const AnnotatorProfile& theirs) const {
    const auto all = merge_.settings.annotators.all();
    const auto other = std::ranges::find_if(all, [&](const AnnotatorProfile& one) {
      return one.name != theirs.name && one.colour == theirs.colour;
    });
    return other == all.end() ? nullptr : &*other;
  }

  void Compare(const AnnotatorProfile& ours, const AnnotatorProfile& theirs) {
    const auto compare = [&](const char* what, const std::string& a, const std::string& b) {
      if (a != b) Conflict(fmt::format("the {} of {}", what, ours.name), a, b);
    };
    compare("title", std::string(TitleOf(ours)), std::string(TitleOf(theirs)));
    compare("colour", fmt::format("{}", ours.colour + 1), fmt::format("{}", theirs.colour + 1));
    compare("reaction lag", fmt::format("{:.3f} s", ours.reaction_lag_s),
            fmt::format("{:.3f} s", theirs.reaction_lag_s));
    compare("lag of letting go", fmt::format("{:.3f} s", ours.release_lag_s),
            fmt::format("{:.3f} s", theirs.release_lag_s));
    compare("blind mode", ours.blind ? "on" : "off", theirs.blind ? "on" : "off");
  }

  void Conflict(std::string what, std::string first, std::string second) {
    merge_.conflicts.push_back({std::move(what), std::move(first), std::move(second)});
  }

  const LabelSettings& first_;
  SettingsMerge merge_;
};

}  // namespace

SettingsMerge MergeSettings(const LabelSettings& first, const LabelSettings& second) {
  Merger merger(first);
  for (const AnnotatorProfile& profile : second.annotators.all()) merger.Take(profile);
  for (int i = 1; i < agents::kDangerClassCount; ++i) {
    merger.Take(static_cast<agents::DangerClass>(i), second.danger_classes);
  }
  return std::move(merger).Finish();
}

}  // namespace lookout::app
