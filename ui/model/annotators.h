// Who marks in a project: names, colours, reaction lags, and who marks blind. Values; window thread
// only.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/fields.h"

namespace lookout::ui {

// A person's usual delay between seeing and pressing (or letting go), and the longest that is
// believed.
inline constexpr double kReactionLag_s = 0.3;
inline constexpr double kMostReactionLag_s = 2.0;
inline constexpr double kMostBeforeTakeOver_s = 5.0;
inline constexpr std::size_t kLongestAnnotatorName = 60;  // bytes
inline constexpr std::int32_t kAnnotatorColours = 7;      // those of Theme::series

struct AnnotatorProfile {
  std::string name = "me";                 // in every record of theirs, for ever
  std::string title;                       // as shown instead of the name; empty: the name
  std::int32_t colour = 0;                 // of Theme::series
  double reaction_lag_s = kReactionLag_s;  // of pressing, of marks made from now on
  double release_lag_s = kReactionLag_s;   // and of letting go
  bool blind = false;                      // costs and others' marks are hidden in Mark mode
  bool shown = true;                       // their marks are to be seen while somebody else marks
  bool marks_here = true;                  // false: known from their records alone
  // The rule of take-overs made from now on; see agents/feedback/kinds/intervention.h.
  double before_take_over_s = 0.5;
  double unsafe_weight = 0.5;
  double driven_weight = 0.25;
  bool operator==(const AnnotatorProfile&) const = default;
};

// See sim/base/fields.h: what a project keeps of each.
template <FieldsOf<AnnotatorProfile> Self, typename Visit>
void VisitFields(Self& self, Visit&& visit) {
  using F = Field<AnnotatorProfile>;
  visit(F("name", "in every record of theirs"), self.name);
  visit(F("title", "as shown instead of the name"), self.title);
  visit(F("colour", "of their lane").Within(0, kAnnotatorColours - 1), self.colour);
  visit(F("reaction-lag", "from seeing to pressing").In("s").Within(0, kMostReactionLag_s),
        self.reaction_lag_s);
  visit(F("release-lag", "from its end to letting go").In("s").Within(0, kMostReactionLag_s),
        self.release_lag_s);
  visit(F("blind", "marks without costs and others' marks in sight"), self.blind);
  visit(F("shown", "their marks are to be seen"), self.shown);
  visit(F("marks-here", "marks in this window"), self.marks_here);
  visit(F("before-take-over", "how much of what led to a take-over counts as unsafe")
            .In("s")
            .Within(0, kMostBeforeTakeOver_s),
        self.before_take_over_s);
  visit(F("unsafe-weight", "of it, beside 1 of a mark").Within(0, 1), self.unsafe_weight);
  visit(F("driven-weight", "of what is driven after it, as safe").Within(0, 1), self.driven_weight);
}

class Annotators {
 public:
  // That one alone, who marks.
  explicit Annotators(std::string name = "me");

  std::span<const AnnotatorProfile> all() const { return profiles_; }  // oldest first, never empty
  const AnnotatorProfile& present() const { return profiles_[present_]; }  // who marks now
  const AnnotatorProfile& next() const;  // who marks here after them, round and round
  const AnnotatorProfile* Find(std::string_view name) const;
  // What is shown of a record's annotator; of one without a profile the name.
  std::string_view TitleOf(std::string_view name) const;

  // A profile for somebody new: a free colour, and blind if there are marks by others to be swayed
  // by.
  AnnotatorProfile Suggest(std::string_view name, bool others_marked) const;

  // Each is true if that changed anything. Put adds the profile or replaces the one of that name:
  // numbers are brought into their range, one that is NaN stays what it was, names are cut. No
  // name, nothing happens.
  bool Put(AnnotatorProfile profile);
  bool SwitchTo(std::string_view name);  // who then marks here
  bool Know(std::string_view name);      // as somebody who does not mark here

  std::int64_t version() const { return version_; }  // another one after every change

 private:
  std::int32_t FreeColour() const;

  std::vector<AnnotatorProfile> profiles_;
  std::size_t present_ = 0;
  std::int64_t version_ = 0;
};

// Its title, or else its name.
std::string_view TitleOf(const AnnotatorProfile& profile);

}  // namespace lookout::ui
