#include "agents/feedback/kinds/preference.h"

#include <fmt/format.h>

#include "agents/feedback/kinds/content.h"

namespace lookout::agents {
namespace {

Status CheckPreference(const Preference& preference) {
  if (!IsSpan(preference.first) || !IsSpan(preference.second)) {
    return BadInput("compares steps that are not spans");
  }
  if (!(preference.first_is_safer >= 0.0 && preference.first_is_safer <= 1.0)) {
    return BadInput("prefers by a number that is not from 0 to 1");
  }
  if (!(preference.strength > 0.0 && preference.strength <= kMostPairStrength)) {
    return BadInput("has a strength that is not above 0 and at most 10");
  }
  return {};
}

Status CheckPreferenceRecord(const FeedbackRecord& record) {
  const Result<Preference> preference = PreferenceOf(record);
  return preference ? Status{} : Status(preference.error());
}

void TellPreferenceTargets(const FeedbackRecord& record, TargetSink& sink) {
  const Preference preference = PreferenceOf(record).value();
  sink.AddPair(record, preference.first, preference.second,
               static_cast<float>(preference.first_is_safer),
               static_cast<float>(preference.strength));
}

std::string DescribePreference(const FeedbackRecord& record) {
  const Preference preference = PreferenceOf(record).value();
  return fmt::format("pair, {} and {}", InWords(preference.first), InWords(preference.second));
}

Segment WherePreference(const FeedbackRecord& record) { return PreferenceOf(record).value().first; }

}  // namespace

constexpr FeedbackKind kPreferenceKind{.name = "pair",
                                       .version = 1,
                                       .check = CheckPreferenceRecord,
                                       .tell_targets = TellPreferenceTargets,
                                       .in_words = DescribePreference,
                                       .where = WherePreference};

void SetContent(const Preference& preference, FeedbackRecord& record) {
  record.kind = kPreferenceKind.name;
  record.version = kPreferenceKind.version;
  record.content = EncodeContent(preference);
  record.episodes = {preference.first.episode};
  if (preference.second.episode != preference.first.episode) {
    record.episodes.push_back(preference.second.episode);
  }
}

Result<Preference> PreferenceOf(const FeedbackRecord& record) {
  if (KindOf(record) != &kPreferenceKind) {
    return BadInput("is of kind '" + record.kind + "', no preference");
  }
  Result<Preference> preference = DecodeContent<Preference>(record);
  if (!preference) return preference.error();
  if (Status sound = CheckPreference(*preference); !sound) return sound.error();
  return preference;
}

}  // namespace lookout::agents
