#include "ui/panels/inspect/agreement_panel.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "agents/feedback/agreement/agreement.h"
#include "agents/feedback/kinds/danger_classes.h"
#include "ui/commands.h"
#include "ui/panels/state/action_button.h"
#include "ui/theme/icons.h"
#include "ui/theme/kinds.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

using agents::AgreementReport;
using agents::Estimate;
using agents::PairAgreement;

// "0.71 (0.52-0.80)"
Short InWords(const Estimate& estimate) {
  if (std::isnan(estimate.value)) return Short("\xE2\x80\x93");
  if (std::isnan(estimate.low)) return Short("%.2f", estimate.value);
  return Short("%.2f (%.2f\xE2\x80\x93%.2f)", estimate.value, estimate.low, estimate.high);
}

// Two parties and how far they agree, in two lines that fit the panel.
void DrawPair(std::string_view first, std::string_view second, const PairAgreement& pair) {
  const Short name("%.*s \xE2\x80\x93 %.*s", static_cast<int>(Cut(first, 30).size()), first.data(),
                   static_cast<int>(Cut(second, 30).size()), second.data());
  const Short episodes("%lld ep.", static_cast<long long>(pair.episodes));
  NameAndValue(name, episodes);
  const Short kappa("kappa %s", InWords(pair.kappa).c_str());
  const Short f1("F1 %s", InWords(pair.span_f1).c_str());
  const std::array<TextPart, 2> parts{{{kappa, 0}, {f1, 1}}};
  TextParts(parts, ImGui::GetContentRegionAvail().x, CurrentTheme().text_muted);
}

// The classes that both name, each in a line.
void DrawClasses(const PairAgreement& pair, const agents::DangerClasses& classes) {
  for (const agents::DangerAgreement& of_class : pair.by_danger) {
    if (of_class.danger == 0 || std::isnan(of_class.kappa.value)) continue;
    NameAndValue(classes.NameOf(of_class.danger),
                 Short("kappa %s", InWords(of_class.kappa).c_str()));
    NoteItem(Short("agreement/%s/%d", pair.second.c_str(), int{of_class.danger}));
  }
}

void DrawFigures(const AgreementReport& report, const MarkStore& marks) {
  const Annotators& annotators = marks.annotators();
  NameAndValue("Alpha, per step", InWords(report.alpha));
  Tooltip(
      "Krippendorff's alpha of all annotators: 1 is full agreement, 0 what chance alone gives. In "
      "brackets: the 95 % interval over episodes");
  NameAndValue("Alpha, of spans", InWords(report.alpha_unitised));
  for (const PairAgreement& pair : report.between) {
    DrawPair(annotators.TitleOf(pair.first), annotators.TitleOf(pair.second), pair);
    DrawClasses(pair, marks.danger_classes());
  }
  for (const PairAgreement& pair : report.with_majority) {
    DrawPair(annotators.TitleOf(pair.first), "majority of the others", pair);
  }
  for (const PairAgreement& pair : report.with_rule) {
    DrawPair(annotators.TitleOf(pair.first), "rule", pair);
  }
}

// Who says what: "me unsafe, Anna safe".
Short VerdictsInWords(const AgreementReport& report, const Annotators& annotators,
                      const agents::Disagreement& one) {
  Short words;
  for (std::size_t i = 0; i < one.verdicts.size() && i < report.annotators.size(); ++i) {
    const std::string_view who = Cut(annotators.TitleOf(report.annotators[i]), 20);
    words = Short("%s%s%.*s %s", words.c_str(), i > 0 ? ", " : "", static_cast<int>(who.size()),
                  who.data(), agents::StepVerdictName(one.verdicts[i]));
  }
  return words;
}

void DrawDisagreement(const PanelContext& context, const AgreementReport& report, std::size_t index,
                      bool shown) {
  const agents::Disagreement& one = report.disagreements[index];
  const Theme& theme = CurrentTheme();
  const ScopedId id(static_cast<std::int64_t>(index));
  const RowState row = Row(Short("disagreement/%zu", index), Px(40), shown);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float width = row.max.x - row.min.x - Px(20);
  DrawText(list, {row.min.x + Px(10), row.min.y + Px(3)}, width, theme.text,
           Short("Episode %lld, steps %d\xE2\x80\x93%d", static_cast<long long>(one.episode.value),
                 one.first_step, one.last_step));
  DrawText(list, {row.min.x + Px(10), row.min.y + Px(21)}, width, theme.text_muted,
           VerdictsInWords(report, context.snapshots.marks.annotators(), one),
           CurrentFonts().small);
  if (row.clicked) context.sender.Send(ShowDisagreement{index});
}

void DrawDisagreements(const PanelContext& context, const AgreementOnScreen& agreement) {
  const AgreementReport& report = *agreement.report;
  const std::size_t count = report.disagreements.size();
  Heading(Short("%zu disagreement%s", count, count == 1 ? "" : "s"), "the longest first");
  const ActionContext actions{context.snapshots, context.sender, context.window};
  const float button = (ImGui::GetContentRegionAvail().x - Px(6)) * 0.5F;
  ActionButton(ActionId::kPreviousDisagreement, actions, {.text = "Previous", .width = button});
  ImGui::SameLine(0.0F, Px(6));
  ActionButton(ActionId::kNextDisagreement, actions, {.text = "Next", .width = button});
  const ScopedChild child("disagreements",
                          {0, std::max(Px(120), ImGui::GetContentRegionAvail().y)});
  const ScopedStyle tight(ImGuiStyleVar_ItemSpacing, ImVec2(Px(4), Px(2)));
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(count), Px(42));
  while (clipper.Step()) {
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
      const auto index = static_cast<std::size_t>(i);
      DrawDisagreement(context, report, index, agreement.shown == index);
    }
  }
}

void DrawAgreementPanel(const PanelContext& context) {
  const Snapshots& snapshots = context.snapshots;
  if (snapshots.blind()) {
    TextWrapped("Hidden while you mark blind. Leave Mark mode to compare annotators.",
                CurrentTheme().text_muted);
    return;
  }
  const AgreementOnScreen* agreement = snapshots.agreement;
  const std::int64_t now = snapshots.marks.marks().last_sequence();
  const bool stale = agreement == nullptr || agreement->sequence != now;
  if (stale) context.sender.Send(MeasureAgreement{});
  if (agreement == nullptr || agreement->report == nullptr) {
    const bool failed = agreement != nullptr && !agreement->problem.empty();
    TextWrapped(failed ? std::string_view(agreement->problem) : "Being measured\xE2\x80\xA6",
                CurrentTheme().text_muted);
    return;
  }
  const AgreementReport& report = *agreement->report;
  const Short about("%lld episode%s", static_cast<long long>(report.episodes),
                    report.episodes == 1 ? "" : "s");
  Heading("Agreement", stale ? std::string_view("being measured\xE2\x80\xA6") : about.view());
  NoteItem("agreement");
  if (report.annotators.size() < 2) {
    TextWrapped(
        "Fewer than two annotators have marked recorded steps. Add somebody in the menu of "
        "annotators, and mark the same episodes.",
        CurrentTheme().text_muted);
  }
  DrawFigures(report, snapshots.marks);
  DrawDisagreements(context, *agreement);
}

}  // namespace

constinit const Panel kAgreementPanel{
    "tab/agreement", kIconCompare, "Agreement",
    [](const PanelContext& context) { DrawAgreementPanel(context); }};

}  // namespace lookout::ui
