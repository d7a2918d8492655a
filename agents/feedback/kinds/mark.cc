#include "agents/feedback/kinds/mark.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "agents/feedback/kinds/content.h"

namespace lookout::agents {
namespace {

constexpr std::array kVerdicts{Choice<Verdict>{Verdict::kUnsafe, "unsafe"},
                               Choice<Verdict>{Verdict::kSafe, "safe"},
                               Choice<Verdict>{Verdict::kUnsure, "unsure"}};

// The fields of a mark that only marks have.
struct SpanContent {
  StepIndex first_step = 0;
  StepIndex last_step = 0;
  Verdict verdict = Verdict::kUnsafe;
  DangerClass danger = 0;
  std::int32_t reaction_lag_steps = 0;
  std::int32_t release_lag_steps = kLagOfPressing;
  std::int32_t severity = kNoSeverity;
  std::string note;
};

// As version 1 has them: of marks that do not tell the two lags apart, so that their records are
// those of before, byte for byte.
struct OneLagContent : SpanContent {};

template <typename Owner, typename Self, typename Visit>
void VisitFirstFields(Self& self, Visit& visit) {
  using F = Field<Owner>;
  visit(F("first-step"), self.first_step);
  visit(F("last-step"), self.last_step);
  visit(F("verdict"), self.verdict);
  visit(F("danger"), self.danger);
  visit(F("reaction-lag-steps"), self.reaction_lag_steps);
  visit(F("severity"), self.severity);
  visit(F("note"), self.note);
}

template <FieldsOf<OneLagContent> Self, typename Visit>
void VisitFields(Self& self, Visit&& visit) {
  VisitFirstFields<OneLagContent>(self, visit);
}

template <FieldsOf<SpanContent> Self, typename Visit>
void VisitFields(Self& self, Visit&& visit) {
  VisitFirstFields<SpanContent>(self, visit);
  visit(Field<SpanContent>("release-lag-steps").Since(2), self.release_lag_steps);
}

Status CheckMark(const Mark& mark) {
  if (mark.first_step < 0 || mark.last_step < mark.first_step) {
    return BadInput(
        fmt::format("marks steps {} to {}, which is not a span", mark.first_step, mark.last_step));
  }
  if (mark.severity < kNoSeverity || mark.severity > kMostSeverity) {
    return BadInput(fmt::format("has severity {}, expected 0 to 10", mark.severity));
  }
  if (mark.release_lag_steps < kLagOfPressing) {
    return BadInput(fmt::format("has a lag of letting go of {} steps", mark.release_lag_steps));
  }
  return {};
}

Status CheckMarkRecord(const FeedbackRecord& record) {
  const Result<Mark> mark = MarkOf(record);
  return mark ? Status{} : Status(mark.error());
}

// Unsafe steps count as such in full; those with a severity from 0.5 (none) to 1.
float TargetOf(const Mark& mark) {
  if (mark.verdict == Verdict::kSafe) return 0.0F;
  if (mark.severity == kNoSeverity) return 1.0F;
  return 0.5F + 0.5F * static_cast<float>(mark.severity) / static_cast<float>(kMostSeverity);
}

void TellMarkTargets(const FeedbackRecord& record, TargetSink& sink) {
  const Mark mark = MarkOf(record).value();
  const Segment segment = JudgedSteps(mark);
  if (mark.verdict == Verdict::kUnsure) {
    sink.AddUnsure(record, segment);
  } else {
    sink.AddPoints(record, segment, TargetOf(mark), 1.0F, mark.danger);
  }
}

Segment WhereMark(const FeedbackRecord& record) {
  const Mark mark = MarkOf(record).value();
  return {mark.episode, mark.first_step, mark.last_step};
}

std::string DescribeMark(const FeedbackRecord& record) {
  return fmt::format("{}, {}", VerdictName(MarkOf(record).value().verdict),
                     InWords(WhereMark(record)));
}

}  // namespace

constexpr FeedbackKind kMarkKind{.name = "span",
                                 .version = 2,
                                 .check = CheckMarkRecord,
                                 .tell_targets = TellMarkTargets,
                                 .in_words = DescribeMark,
                                 .where = WhereMark};

const char* VerdictName(Verdict verdict) {
  switch (verdict) {
    case Verdict::kUnsafe:
      return "unsafe";
    case Verdict::kSafe:
      return "safe";
    case Verdict::kUnsure:
      return "not sure";
  }
  return "unknown";
}

std::span<const Choice<Verdict>> Choices(Verdict) { return kVerdicts; }

std::int32_t ReleaseLagOf(const Mark& mark) {
  return mark.release_lag_steps < 0 ? mark.reaction_lag_steps : mark.release_lag_steps;
}

Segment JudgedSteps(const Mark& mark) {
  const auto seen = [](StepIndex step, std::int32_t lag_steps) {
    return static_cast<StepIndex>(std::clamp<std::int64_t>(std::int64_t{step} - lag_steps, 0,
                                                           std::numeric_limits<StepIndex>::max()));
  };
  const StepIndex first = seen(mark.first_step, mark.reaction_lag_steps);
  return {mark.episode, first, std::max(first, seen(mark.last_step, ReleaseLagOf(mark)))};
}

bool AnswersQuery(const Mark& mark) {
  const Provenance& asked = mark.on_screen;
  if (asked.mode != kQueueMode) return false;
  const Segment judged = JudgedSteps(mark);
  return !asked.asked_span() ||
         (judged.first <= asked.asked_last && judged.last >= asked.asked_first);
}

FeedbackRecord RecordOf(const Mark& mark) {
  const SpanContent content{.first_step = mark.first_step,
                            .last_step = mark.last_step,
                            .verdict = mark.verdict,
                            .danger = mark.danger,
                            .reaction_lag_steps = mark.reaction_lag_steps,
                            .release_lag_steps = mark.release_lag_steps,
                            .severity = mark.severity,
                            .note = mark.note};
  const bool one_lag = mark.release_lag_steps == kLagOfPressing;
  return {.id = mark.id,
          .episodes = {mark.episode},
          .kind = std::string(kMarkKind.name),
          .version = one_lag ? 1 : kMarkKind.version,
          .content = one_lag ? EncodeContent(OneLagContent{content}) : EncodeContent(content),
          .annotator = mark.annotator,
          .created_unix_ms = mark.created_unix_ms,
          .time_spent_ms = mark.time_spent_ms,
          .on_screen = mark.on_screen};
}

std::vector<FeedbackRecord> RecordsOf(std::span<const Mark> marks) {
  std::vector<FeedbackRecord> records;
  for (const Mark& mark : marks) records.push_back(RecordOf(mark));
  return records;
}

Result<Mark> MarkOf(const FeedbackRecord& record) {
  if (KindOf(record) != &kMarkKind) return BadInput("is of kind '" + record.kind + "', no mark");
  if (record.episodes.size() != 1) {
    return BadInput(fmt::format("marks {} episodes, expected one", record.episodes.size()));
  }
  Result<SpanContent> content = DecodeContent<SpanContent>(record);
  if (!content) return content.error();
  Mark mark{.id = record.id,
            .episode = record.episodes.front(),
            .first_step = content->first_step,
            .last_step = content->last_step,
            .verdict = content->verdict,
            .danger = content->danger,
            .reaction_lag_steps = content->reaction_lag_steps,
            .release_lag_steps = content->release_lag_steps,
            .annotator = record.annotator,
            .created_unix_ms = record.created_unix_ms,
            .time_spent_ms = record.time_spent_ms,
            .on_screen = record.on_screen,
            .note = std::move(content->note),
            .severity = content->severity};
  if (Status sound = CheckMark(mark); !sound) return sound.error();
  return mark;
}

}  // namespace lookout::agents
