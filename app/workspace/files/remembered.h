// What a project remembers of the window between sittings, as the texts of its settings: who acted,
// how cost models are read, and the files that were opened. Any thread (values only).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agents/feedback/models/cost_reading.h"
#include "ui/commands.h"

namespace lookout::app {

// "careful", or "policy NAME". Empty for who cannot act by himself at the start: a person.
std::string AgentText(const ui::SetAgent& agent);
// Nothing if the text is of no agent.
std::optional<ui::SetAgent> AgentFromText(std::string_view text);

// "cautious 2": how cost models are read. Nothing if the text says no such thing.
std::string CostReadingText(const agents::CostUse& use);
std::optional<agents::CostUse> CostReadingFromText(std::string_view text);

// Absolute paths, oldest first; beyond kMostOpenedFiles the oldest are forgotten.
inline constexpr std::size_t kMostOpenedFiles = 64;
std::string PathsText(const std::vector<std::string>& paths);
std::vector<std::string> PathsFromText(std::string_view text);
// Puts the path at the end, each once. True if that changed anything.
bool RememberPath(const std::string& path, std::vector<std::string>& paths);

}  // namespace lookout::app
