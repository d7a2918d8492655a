#include "ui/panels/browse/library_list.h"

#include <algorithm>
#include <cctype>

#include "ui/commands.h"
#include "ui/panels/state/mark_actions.h"
#include "ui/theme/icons.h"
#include "ui/theme/ui_context.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

constexpr std::size_t kLongestName = 80;

bool SameLetter(char a, char b) {
  return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
}

bool HasWord(std::string_view text, std::string_view word) {
  return std::search(text.begin(), text.end(), word.begin(), word.end(), SameLetter) != text.end();
}

void DrawMenu(const ActionContext& context, const LibraryKey& key, std::string_view why_keep) {
  std::string& name = context.window.library_name;
  const LibraryNote& noted = context.snapshots.library.Of(key);
  if (ImGui::IsWindowAppearing()) name = noted.name;
  LibraryNote note = noted;
  const std::string read_only = WhyNotNote(context);
  if (!read_only.empty()) return TextSmall(read_only);
  TextSmall("Name");
  if (TextField("library_name", name, kLongestName, Px(190), "as it is numbered")) note.name = name;
  if (Button({.id = "library_star",
              .icon = note.starred ? kIconStar : kIconNoStar,
              .text = note.starred ? "Take the star away" : "Star",
              .width = Px(190),
              .tooltip = "What is starred is kept, and can be listed alone"})) {
    note.starred = !note.starred;
  }
  if (Button({.id = "library_delete",
              .icon = kIconTrash,
              .text = "Delete",
              .look = ButtonLook::kDanger,
              .width = Px(190),
              .tooltip = "Undo brings it back, until the project is closed",
              .disabled_because = why_keep})) {
    note.deleted = true;
  }
  if (note == noted) return;
  context.sender.Send(NoteInLibrary{key, std::move(note)});
  ImGui::CloseCurrentPopup();
}

}  // namespace

void DrawLibraryFilter(const LibraryFilterSpec& spec, ListFilter& filter) {
  const float gap = Px(4);
  const float star = ImGui::GetFrameHeight();
  const float order = Px(94);  // the longest of their names is whole
  TextField(spec.search, filter.search, kLongestName,
            std::max(Px(40), ImGui::GetContentRegionAvail().x - star - order - 2.0F * gap),
            "Search");
  ImGui::SameLine(0.0F, gap);
  const auto chosen =
      DropDown({.id = spec.sort,
                .preview = spec.orders[static_cast<std::size_t>(filter.order)],
                .count = static_cast<int>(spec.orders.size()),
                .selected = filter.order,
                .width = order,
                .tooltip = "What comes first"},
               [&](int i) -> std::string_view { return spec.orders[static_cast<std::size_t>(i)]; });
  if (chosen) filter.order = *chosen;
  ImGui::SameLine(0.0F, gap);
  if (Button({.id = spec.starred,
              .icon = filter.starred ? kIconStar : kIconNoStar,
              .look = ButtonLook::kGhost,
              .selected = filter.starred,
              .width = star,
              .tooltip = "Only what is starred"})) {
    filter.starred = !filter.starred;
  }
}

bool IsListed(const ListFilter& filter, const LibraryNote& note, std::string_view text) {
  if (note.deleted || (filter.starred && !note.starred)) return false;
  std::string_view words = filter.search;
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    const std::string_view word = words.substr(0, end);
    if (!word.empty() && !HasWord(text, word) && !HasWord(note.name, word)) return false;
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return true;
}

float LibraryToolsWidth() { return Px(22); }

void DrawLibraryTools(const ActionContext& context, const LibraryKey& key, ImVec2 row_min,
                      ImVec2 row_max, bool shown, std::string_view why_keep) {
  const Theme& theme = CurrentTheme();
  const ImVec2 after = ImGui::GetCursorScreenPos();
  const ImVec2 at(row_max.x - LibraryToolsWidth(), row_min.y);
  const bool open = ImGui::IsPopupOpen("library_menu");
  const bool starred = context.snapshots.library.Of(key).starred;
  if (shown || open) {
    ImGui::SetCursorScreenPos(at);
    const bool clicked =
        ImGui::InvisibleButton("library_tools", {LibraryToolsWidth(), row_max.y - row_min.y});
    NoteItem(Short("library/%d/%lld", static_cast<int>(key.kind), static_cast<long long>(key.id)));
    const bool over = ImGui::IsItemHovered();
    Tooltip("Name, star, delete");
    if (clicked) ImGui::OpenPopup("library_menu");
    DrawText(*ImGui::GetWindowDrawList(), {at.x + Px(6), at.y + Px(22)}, Px(18),
             over || open ? theme.text : theme.text_muted, kIconMore);
  }
  if (starred) {
    DrawText(*ImGui::GetWindowDrawList(), {at.x + Px(4), at.y + Px(5)}, Px(18), theme.accent,
             kIconStar, CurrentFonts().small);
  }
  if (ImGui::BeginPopup("library_menu")) {
    DrawMenu(context, key, why_keep);
    ImGui::EndPopup();
  }
  ImGui::SetCursorScreenPos(after);
}

}  // namespace lookout::ui
