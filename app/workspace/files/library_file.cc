#include "app/workspace/files/library_file.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "sim/base/log.h"
#include "sim/config/json_text.h"

namespace lookout::app {
namespace {

using nlohmann::json;
using ui::LibraryKey;
using ui::LibraryKind;
using ui::LibraryNote;

constexpr std::string_view kPrefix = "library/";
constexpr std::array<std::pair<LibraryKind, std::string_view>, 2> kKinds{
    {{LibraryKind::kEpisode, "library/episode/"}, {LibraryKind::kRun, "library/run/"}}};

std::optional<LibraryKey> KeyFrom(std::string_view text) {
  for (const auto& [kind, prefix] : kKinds) {
    if (!text.starts_with(prefix)) continue;
    const std::string_view number = text.substr(prefix.size());
    LibraryKey key{kind, 0};
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), key.id);
    if (error == std::errc() && end == number.data() + number.size()) return key;
  }
  return {};
}

std::optional<LibraryNote> NoteFrom(std::string_view text) {
  const json object = sim::ParseJsonText(text).value;
  if (!object.is_object()) return {};
  const auto flag = [&object](const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_boolean() && found->get<bool>();
  };
  LibraryNote note{.starred = flag("starred"), .deleted = flag("deleted")};
  const auto name = object.find("name");
  if (name != object.end() && name->is_string()) note.name = name->get<std::string>();
  return note;
}

// Of a run in a folder there is nothing in the project but the note.
Status Remove(Project& project, const LibraryKey& key) {
  if (key.kind == LibraryKind::kEpisode) return project.RemoveEpisode(EpisodeId{key.id});
  return key.id > 0 ? project.RemoveRun(RunId{key.id}) : Status();
}

}  // namespace

std::string SettingKey(const LibraryKey& key) {
  std::string text;
  for (const auto& [kind, prefix] : kKinds) {
    if (kind == key.kind) text = prefix;
  }
  return fmt::format("{}{}", text, key.id);
}

std::string NoteText(const LibraryNote& note) {
  json object = json::object();
  if (!note.name.empty()) object["name"] = note.name;
  if (note.starred) object["starred"] = true;
  if (note.deleted) object["deleted"] = true;
  return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

ui::Library LoadLibrary(Project& project) {
  ui::Library library;
  for (const auto& entry : project.Settings(kPrefix)) {
    const std::string& setting = entry.first;
    const std::optional<LibraryKey> key = KeyFrom(setting);
    std::optional<LibraryNote> note = NoteFrom(entry.second);
    if (!key || !note) continue;
    // Runs of folders stay noted: their files are the person's own.
    if (note->deleted && key->id > 0 && !project.read_only()) {
      Status removed = project.Together([&]() -> Status {
        if (Status gone = Remove(project, *key); !gone) return gone;
        return project.EraseSetting(setting);
      });
      if (!removed) LogWarning(removed.error().message);
      continue;
    }
    library.Load(*key, std::move(*note));
  }
  return library;
}

}  // namespace lookout::app
