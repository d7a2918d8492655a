// Sentences in lines of a width. Pure functions; any thread.
#pragma once

#include <cstddef>
#include <string>

namespace lookout::app {

// As many words in a line as fit into so many columns; every line begins with `indent`. Line breaks
// of the text's own stay; at its end there is none.
std::string WrappedText(const std::string& text, std::size_t columns,
                        const std::string& indent = {});

}  // namespace lookout::app
