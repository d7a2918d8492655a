#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "agents/feedback/kinds/correction.h"
#include "agents/feedback/kinds/feedback_kind.h"
#include "agents/feedback/kinds/intervention.h"
#include "agents/feedback/kinds/mark.h"
#include "agents/feedback/kinds/note.h"
#include "agents/feedback/kinds/preference.h"
#include "agents/feedback/kinds/region.h"

namespace lookout::agents {
namespace {

constexpr std::array kKinds{&kMarkKind,   &kPreferenceKind,   &kNoteKind,
                            &kRegionKind, &kInterventionKind, &kCorrectionKind};

}  // namespace

std::span<const FeedbackKind* const> FeedbackKinds() { return kKinds; }

const FeedbackKind* KindOf(const FeedbackRecord& record) {
  const auto found = std::ranges::find(kKinds, record.kind, &FeedbackKind::name);
  return found == kKinds.end() || record.version > (*found)->version ? nullptr : *found;
}

std::string InWords(const Segment& segment) {
  return fmt::format("steps {}\xE2\x80\x93{} of episode {}", segment.first, segment.last,
                     segment.episode.value);
}

std::string InWords(const FeedbackRecord& record) {
  const FeedbackKind* kind = KindOf(record);
  if (kind != nullptr && kind->check(record)) return kind->in_words(record);
  const EpisodeId episode = record.episodes.empty() ? EpisodeId{} : record.episodes.front();
  return fmt::format("feedback of kind '{}' of episode {}", record.kind, episode.value);
}

Segment WhereOf(const FeedbackRecord& record) {
  const FeedbackKind* kind = KindOf(record);
  if (kind != nullptr && kind->check(record)) return kind->where(record);
  return {record.episodes.empty() ? EpisodeId{} : record.episodes.front(), 0, 0};
}

Status CheckContent(const FeedbackRecord& record) {
  const FeedbackKind* kind = KindOf(record);
  return kind == nullptr ? Status{} : kind->check(record);
}

}  // namespace lookout::agents
