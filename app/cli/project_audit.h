// What the annotators of a project would charge for an episode of each agent.
#pragma once

#include <string>

#include "sim/base/result.h"

namespace lookout::app {

// As text for people, or one JSON object: of each annotator and agent the audited cost beside the
// learned and the true one, all per episode that came to its end. Rejects (kBadInput) a file that
// is no project, and one in which nobody answered an audit.
Result<std::string> ProjectAudit(const std::string& project, bool as_json);

}  // namespace lookout::app
