#include "ui/panels/why/proof_section.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <type_traits>
#include <vector>

#include "sim/objects/object_kinds.h"
#include "ui/panels/why/why_figures.h"
#include "ui/panels/why/why_words.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/draw.h"
#include "ui/widgets/scopes.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

constexpr std::array<const char*, 5> kPlaces{"Inside an object's disc", "Within a distance",
                                             "Beyond a distance", "In a box on the floor",
                                             "One object, any bearing"};

// Kinds that this world's lidars see, in the order of the list of kinds.
std::vector<sim::SceneObjectKind> KindsSeen(const EpisodeScene& scene) {
  std::vector<sim::SceneObjectKind> kinds;
  for (const sim::SceneObjectKind kind : sim::AllObjectKinds()) {
    const bool seen = std::ranges::any_of(
        scene.scene.lidar_rings, [&](const sim::LidarRing& ring) { return ring.kind == kind; });
    if (seen) kinds.push_back(kind);
  }
  return kinds;
}

void DrawKind(const EpisodeScene& scene, ProofForm& form) {
  const std::vector<sim::SceneObjectKind> kinds = KindsSeen(scene);
  if (kinds.empty()) return;
  auto selected = std::ranges::find(kinds, form.of);
  if (selected == kinds.end()) selected = kinds.begin();
  form.of = *selected;
  const auto name_of = [&](int i) {
    return sim::DescriptorOf(kinds[static_cast<std::size_t>(i)]).one;
  };
  FieldLabel("Object");
  const auto chosen = DropDown({.id = "prove/kind",
                                .preview = sim::DescriptorOf(form.of).one,
                                .count = static_cast<int>(kinds.size()),
                                .selected = static_cast<int>(selected - kinds.begin())},
                               name_of);
  if (chosen) form.of = kinds[static_cast<std::size_t>(*chosen)];
}

std::string LabelOf(const lookout::Field<ProofForm>& field) {
  std::string label(field.name);
  std::ranges::replace(label, '-', ' ');
  label[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(label[0])));
  return label + ", " + std::string(field.unit);
}

void DrawNumbers(ProofForm& form) {
  VisitNumbers(form, [&](const auto& field, auto& value) {
    if constexpr (std::is_floating_point_v<std::remove_cvref_t<decltype(value)>>) {
      if (!Applies(field, form)) return;
      NamedField(LabelOf(field), field.help, [&](float width) {
        NumberField(
            Short("prove/%.*s", static_cast<int>(field.name.size()), field.name.data()).c_str(),
            value, field.least, field.most, "%.4g", width);
      });
    }
  });
}

void DrawForm(const PanelContext& context) {
  WhyState& state = context.window.why;
  ProofForm& form = state.form;
  const std::array<Segment, 2> claims{
      {{"prove/unsafe", kIconUnsafe, "It says unsafe"}, {"prove/safe", kIconSafe, "It says safe"}}};
  if (const auto chosen =
          Segmented(claims, form.unsafe ? 0 : 1, ImGui::GetContentRegionAvail().x)) {
    form.unsafe = *chosen == 0;
  }
  FieldLabel("Where");
  const auto place = static_cast<std::size_t>(form.place);
  const auto chosen = DropDown({.id = "prove/place",
                                .preview = kPlaces[place],
                                .count = static_cast<int>(kPlaces.size()),
                                .selected = static_cast<int>(place)},
                               [](int i) { return kPlaces[static_cast<std::size_t>(i)]; });
  if (chosen) form.place = static_cast<ProofPlace>(*chosen);
  if (AsksOfObjects(form)) DrawKind(context.snapshots.shown_episode()->scene(), form);
  DrawNumbers(form);
  if (state.claim.empty() || !(state.claim_of == form)) {
    state.claim_of = form;
    state.claim = ClaimInWords(form);
  }
  SmallLines(state.claim, CurrentTheme().text);
  NoteItem("prove/claim");
}

void DrawButtons(const PanelContext& context, const ProofOnScreen* proof) {
  WhyState& state = context.window.why;
  if (proof != nullptr && proof->searching) {
    if (Button({.id = "prove/stop", .icon = kIconStop, .text = "Stop", .width = -1.0F})) {
      context.sender.Send(InspectionCommand(StopQuestion{}));
    }
    return;
  }
  const bool has_model = context.snapshots.fit.model != nullptr;
  if (Button({.id = "prove/start",
              .icon = kIconShield,
              .text = "Prove or refute",
              .look = ButtonLook::kPrimary,
              .width = -1.0F,
              .tooltip = "Sound bounds of the model over the whole region, split until they decide "
                         "or the time is up. Meanwhile everything else goes on",
              .disabled_because = has_model ? "" : "There is no cost model yet"})) {
    context.sender.Send(
        InspectionCommand(AskQuestion{QuestionText(state.form), state.form.seconds}));
  }
}

// Proved, refuted and open as one divided bar.
void DrawShares(double proved, double refuted) {
  const Theme& theme = CurrentTheme();
  const ImVec2 min = ImGui::GetCursorScreenPos();
  const ImVec2 size(ImGui::GetContentRegionAvail().x, Px(10));
  ImDrawList& list = *ImGui::GetWindowDrawList();
  DrawHatched(list, {min, {min.x + size.x, min.y + size.y}}, theme.raised_active,
              theme.border_strong, Hatch::kDiagonal);
  const float first = min.x + size.x * static_cast<float>(proved);
  const float second = first + size.x * static_cast<float>(refuted);
  list.AddRectFilled(min, {first, min.y + size.y}, theme.good);
  list.AddRectFilled({first, min.y}, {second, min.y + size.y}, theme.error);
  ImGui::Dummy(size);
  NoteItem("prove/shares");
  Tooltip("Green: proved. Red: refuted. Hatched: still open.");
}

void DrawProgress(const agents::ProofProgress& so_far) {
  DrawShares(so_far.proved, so_far.refuted);
  SmallLines(Short("%.1f %% proved; %lld cells in %.0f s", 100.0 * so_far.proved,
                   static_cast<long long>(so_far.cells), so_far.seconds));
}

ImU32 AnswerColour(agents::ProofAnswer answer) {
  const Theme& theme = CurrentTheme();
  switch (answer) {
    case agents::ProofAnswer::kProved:
      return theme.good;
    case agents::ProofAnswer::kCounterexample:
      return theme.error;
    case agents::ProofAnswer::kOpen:
      break;
  }
  return theme.warning;
}

const char* AnswerIcon(agents::ProofAnswer answer) {
  switch (answer) {
    case agents::ProofAnswer::kProved:
      return kIconCheck;
    case agents::ProofAnswer::kCounterexample:
      return kIconClose;
    case agents::ProofAnswer::kOpen:
      break;
  }
  return kIconUnsure;
}

void DrawCounterexample(const PanelContext& context, const ProofOnScreen& proof) {
  if (proof.answer->world.empty()) return;
  const bool here = proof.answer->episode == context.snapshots.playhead.episode;
  bool shown = proof.in_view;
  if (here && Toggle({.id = "prove/in_view",
                      .icon = kIconView,
                      .text = "Show it in the view",
                      .tooltip = "The yellow robot stands where the claim fails"},
                     shown)) {
    context.sender.Send(InspectionCommand(ShowCounterexample{shown}));
  }
  if (Button({.id = "prove/open",
              .icon = kIconEnvironment,
              .text = "Open it as an environment",
              .width = -1.0F,
              .tooltip = "An episode that begins there, in a file beside the project"})) {
    context.sender.Send(InspectionCommand(OpenCounterexample{}));
  }
}

void DrawAnswer(const PanelContext& context, const ProofOnScreen& proof) {
  ProofWords& words = context.window.why.proof;
  if (words.of != proof.answer) words = WordsOf(proof.answer);
  const agents::ProofResult& result = proof.answer->result;
  Badge(words.answer, AnswerColour(result.answer), AnswerIcon(result.answer));
  NoteItem("prove/answer");
  SmallLines(words.about, CurrentTheme().text);
  if (!words.at.empty()) SmallLines(words.at);
  if (result.cells > 0) DrawShares(result.proved, result.refuted);
  SmallLines(words.counts);
  if (!words.statistics.empty()) SmallLines(words.statistics, CurrentTheme().text);
  DrawCounterexample(context, proof);
  if (!words.limits.empty()) SmallLines(words.limits);
}

}  // namespace

void DrawProofSection(const PanelContext& context) {
  const ProofOnScreen* proof = context.snapshots.proof;
  DrawForm(context);
  DrawButtons(context, proof);
  if (proof == nullptr) return;
  if (proof->searching) return DrawProgress(proof->progress);
  if (!proof->problem.empty()) {
    SmallLines(proof->problem, CurrentTheme().warning);
    return NoteItem("prove/problem");
  }
  if (proof->answer != nullptr) DrawAnswer(context, *proof);
}

}  // namespace lookout::ui
