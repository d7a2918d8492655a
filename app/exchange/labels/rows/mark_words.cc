#include "app/exchange/labels/rows/mark_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <functional>
#include <queue>
#include <system_error>
#include <utility>

namespace lookout::app {
namespace {

constexpr std::string_view kBeforeNote = "; ";

template <typename Number>
bool ReadNumber(std::string_view text, Number& number) {
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  return error == std::errc() && stop == end;
}

// "severity 7", "lag 15", "release lag 9".
bool ReadDetail(std::string_view detail, agents::Mark& mark) {
  const auto read = [detail](std::string_view name, std::int32_t& number) {
    return detail.starts_with(name) && ReadNumber(detail.substr(name.size()), number);
  };
  return read("severity ", mark.severity) || read("lag ", mark.reaction_lag_steps) ||
         read("release lag ", mark.release_lag_steps);
}

// All of what is parted by commas, or nothing.
bool ReadHead(std::string_view head, agents::Mark& mark) {
  agents::Mark read = mark;
  while (!head.empty()) {
    const std::size_t end = std::min(head.find(", "), head.size());
    if (!ReadDetail(head.substr(0, end), read)) return false;
    head.remove_prefix(std::min(end + 2, head.size()));
  }
  mark = std::move(read);
  return true;
}

}  // namespace

std::string LabelName(const agents::Mark& mark) {
  const std::string verdict(ChoiceName(mark.verdict));
  return mark.danger == 0 ? verdict : fmt::format("{} {}", verdict, mark.danger);
}

bool ReadLabelName(std::string_view name, agents::Mark& mark) {
  const std::size_t space = std::min(name.find(' '), name.size());
  const auto verdict = ParseChoice<agents::Verdict>(name.substr(0, space), "verdict");
  if (!verdict) return false;
  agents::DangerClass danger = 0;
  if (space < name.size() && !ReadNumber(name.substr(space + 1), danger)) return false;
  mark.verdict = *verdict;
  mark.danger = danger;
  return true;
}

std::string DetailsOf(const agents::Mark& mark) {
  std::string head;
  const auto say = [&head](const char* name, std::int32_t number) {
    head += fmt::format("{}{} {}", head.empty() ? "" : ", ", name, number);
  };
  if (mark.severity != agents::kNoSeverity) say("severity", mark.severity);
  if (mark.reaction_lag_steps != 0) say("lag", mark.reaction_lag_steps);
  if (mark.release_lag_steps >= 0) say("release lag", mark.release_lag_steps);
  if (mark.note.empty()) return head;
  agents::Mark read;
  ReadDetails(mark.note, read);
  const bool stands_alone = head.empty() && read.note == mark.note;
  return stands_alone ? mark.note : head.append(kBeforeNote).append(mark.note);
}

void ReadDetails(std::string_view text, agents::Mark& mark) {
  const std::size_t end = std::min(text.find(kBeforeNote), text.size());
  const bool has_head = ReadHead(text.substr(0, end), mark);
  if (!has_head) {
    mark.note = text;
  } else if (end < text.size()) {
    mark.note = text.substr(end + kBeforeNote.size());
  }
}

std::optional<EpisodeId> EpisodeInName(std::string_view name) {
  constexpr std::string_view kWord = "episode";
  const std::size_t word = name.rfind(kWord);
  if (word == std::string_view::npos) return std::nullopt;
  std::string_view rest = name.substr(word + kWord.size());
  rest.remove_prefix(std::min(rest.find_first_not_of(" -_"), rest.size()));
  const std::size_t digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
  EpisodeId id;
  if (!ReadNumber(rest.substr(0, digits), id.value)) return std::nullopt;
  return id;
}

std::vector<int> RowsWithoutOverlap(const std::vector<agents::Mark>& marks) {
  std::vector<int> rows;
  int used = 0;
  using Busy = std::pair<StepIndex, int>;  // a row's last step, and the row
  std::priority_queue<Busy, std::vector<Busy>, std::greater<>> busy;
  std::priority_queue<int, std::vector<int>, std::greater<>> free;
  for (const agents::Mark& mark : marks) {
    while (!busy.empty() && busy.top().first < mark.first_step) {
      free.push(busy.top().second);
      busy.pop();
    }
    int row = used;
    if (free.empty()) {
      ++used;
    } else {
      row = free.top();
      free.pop();
    }
    busy.emplace(mark.last_step, row);
    rows.push_back(row);
  }
  return rows;
}

}  // namespace lookout::app
