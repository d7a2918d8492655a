#include <imgui_internal.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "ui/widgets/controls.h"
#include "ui/widgets/draw.h"
#include "ui/widgets/field_width.h"
#include "ui/widgets/scopes.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

// Whether `typed` is what was typed into the last item. A field that is left by Tab ends a frame
// after its last edit, when the caller's value may be what it was before: it is kept until then.
template <typename Number>
bool WasTyped(bool edited, bool ended, Number& typed) {
  ImGuiStorage& storage = *ImGui::GetStateStorage();
  const ImGuiID id = ImGui::GetItemID();
  if (edited) {
    const auto halves = std::bit_cast<std::array<int, 2>>(typed);
    storage.SetInt(id + 1, halves[0]);
    storage.SetInt(id + 2, halves[1]);
  } else if (ended) {
    typed = std::bit_cast<Number>(std::array{storage.GetInt(id + 1), storage.GetInt(id + 2)});
  }
  return edited || ended;
}

// Many keyboards have a comma where others have the point of a number.
void TakeCommaForPoint(const char* id) {
  const ImGuiID field = ImGui::GetID(Short("##%s", id).c_str());
  if (ImGui::GetActiveID() != field) return;
  std::ranges::replace(ImGui::GetIO().InputQueueCharacters, ImWchar{','}, ImWchar{'.'});
}

constexpr double kToldFor_s = 5.0;
// Where in the window's storage a field keeps, behind what WasTyped does, until when it tells that
// a number beyond its range was typed, and at which end of it.
constexpr ImGuiID kToldUntil = 3, kTooMuch = 4;

void DrawBelowItem(const char* id, std::string_view text) {
  const ImVec2 padding(Px(8), Px(5));
  const ImVec2 size = TextSize(text, CurrentFonts().small);
  const float room = ImGui::GetIO().DisplaySize.x - size.x - 2.0F * padding.x;
  const ImVec2 min(std::max(0.0F, std::min(ImGui::GetItemRectMin().x, room)),
                   ImGui::GetItemRectMax().y + Px(3));
  const ImVec2 max(min.x + size.x + 2.0F * padding.x, min.y + size.y + 2.0F * padding.y);
  const Theme& theme = CurrentTheme();
  ImDrawList& list = *ImGui::GetForegroundDrawList();
  list.AddRectFilled(min, max, theme.panel, Px(4));
  list.AddRect(min, max, theme.warning, Px(4));
  DrawText(list, {min.x + padding.x, min.y + padding.y}, size.x + 1.0F, theme.text, text,
           CurrentFonts().small);
  NoteRect(Short("%s/range", id), min, max);
}

// Says below the last item for a while, once such a number was typed, that it was not taken.
// end_text makes a text of that end of the range.
template <typename Number>
void TellRange(const char* id, bool ended, Number typed, Number min, Number max,
               const auto& end_text) {
  ImGuiStorage& storage = *ImGui::GetStateStorage();
  const ImGuiID item = ImGui::GetItemID();
  if (ended) {
    const bool beyond = typed < min || typed > max;
    storage.SetFloat(item + kToldUntil,
                     beyond ? static_cast<float>(ImGui::GetTime() + kToldFor_s) : 0.0F);
    storage.SetBool(item + kTooMuch, typed > max);
  }
  if (ImGui::GetTime() >= static_cast<double>(storage.GetFloat(item + kToldUntil))) return;
  const bool too_much = storage.GetBool(item + kTooMuch);
  DrawBelowItem(id, Short("At %s %s is possible: that is set.", too_much ? "most" : "least",
                          end_text(too_much ? max : min).c_str()));
}

}  // namespace

bool NumberField(const char* id, std::int64_t& value, std::int64_t min, std::int64_t max,
                 float width) {
  SetWidth(width);
  std::int64_t typed = value;
  const bool edited = ImGui::InputScalar(Short("##%s", id).c_str(), ImGuiDataType_S64, &typed);
  NoteItem(id);
  const bool ended = ImGui::IsItemDeactivatedAfterEdit();
  if (WasTyped(edited, ended, typed)) value = std::clamp(typed, min, max);
  TellRange(id, ended, typed, min, max,
            [](std::int64_t end) { return Short("%lld", static_cast<long long>(end)); });
  return ended;
}

bool NumberField(const char* id, double& value, double min, double max, const char* format,
                 float width) {
  SetWidth(width);
  double typed = value;
  TakeCommaForPoint(id);
  const bool edited = ImGui::InputScalar(Short("##%s", id).c_str(), ImGuiDataType_Double, &typed,
                                         nullptr, nullptr, format);
  NoteItem(id);
  const bool ended = ImGui::IsItemDeactivatedAfterEdit();
  if (WasTyped(edited, ended, typed) && std::isfinite(typed)) value = std::clamp(typed, min, max);
  TellRange(id, ended, typed, min, max, [](double end) { return Short("%g", end); });
  return ended;
}

}  // namespace lookout::ui
