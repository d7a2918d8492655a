#include <imgui_internal.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "ui/widgets/controls.h"
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

}  // namespace

bool NumberField(const char* id, std::int64_t& value, std::int64_t min, std::int64_t max,
                 float width) {
  SetWidth(width);
  std::int64_t typed = value;
  const bool edited = ImGui::InputScalar(Short("##%s", id).c_str(), ImGuiDataType_S64, &typed);
  NoteItem(id);
  const bool ended = ImGui::IsItemDeactivatedAfterEdit();
  if (WasTyped(edited, ended, typed)) value = std::clamp(typed, min, max);
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
  return ended;
}

}  // namespace lookout::ui
