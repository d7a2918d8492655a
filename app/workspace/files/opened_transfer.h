// The JSON file of an experiment on transfer, as the window opens it. Pure functions of the file;
// any thread.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "sim/base/result.h"
#include "sim/config/config.h"
#include "ui/transfer.h"

namespace lookout::app {

struct OpenedTransfer {
  ui::TransferMatrix matrix;
  std::vector<sim::EnvironmentConfig> environments;  // of its places
};

// Whether a text begins like such a file.
bool IsTransfer(std::string_view head);

// Rejects (kBadInput) what cannot be read or is of another form, naming the file. The cost models
// are taken to lie beside it.
Result<OpenedTransfer> OpenTransfer(const std::filesystem::path& path);
// The same of the text of that file.
Result<OpenedTransfer> ReadTransfer(std::string_view text, const std::filesystem::path& path);

}  // namespace lookout::app
