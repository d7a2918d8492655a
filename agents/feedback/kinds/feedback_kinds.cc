#include <algorithm>
#include <array>

#include "agents/feedback/kinds/feedback_kind.h"
#include "agents/feedback/kinds/mark.h"
#include "agents/feedback/kinds/note.h"
#include "agents/feedback/kinds/preference.h"

namespace lookout::agents {
namespace {

constexpr std::array kKinds{&kMarkKind, &kPreferenceKind, &kNoteKind};

}  // namespace

std::span<const FeedbackKind* const> FeedbackKinds() { return kKinds; }

const FeedbackKind* KindOf(const FeedbackRecord& record) {
  const auto found = std::ranges::find(kKinds, record.kind, &FeedbackKind::name);
  return found == kKinds.end() || record.version > (*found)->version ? nullptr : *found;
}

Status CheckContent(const FeedbackRecord& record) {
  const FeedbackKind* kind = KindOf(record);
  return kind == nullptr ? Status{} : kind->check(record);
}

}  // namespace lookout::agents
