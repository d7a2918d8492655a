#include "app/overseers/learned_kinds.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <utility>

#include "agents/overseer/blocker/blocker_filter.h"
#include "agents/overseer/blocker/brake_fallback.h"
#include "agents/overseer/delegation/delegation_filter.h"
#include "agents/overseer/risk/risk_filter.h"
#include "agents/policies/learned/gaussian_actor.h"
#include "agents/policies/scripted/scripted_policies.h"
#include "agents/rl/runs/checkpoint.h"

namespace lookout::app {
namespace {

using agents::ActionFilter;

constexpr std::uintmax_t kMostFileBytes = 1U << 28U;

struct BlockerUse {
  double threshold = -1.0;  // negative: the file's own
  bool unknown = false;
};

template <FieldsOf<BlockerUse> Self, typename Visit>
void VisitFields(Self& self, Visit&& visit) {
  visit(Field<BlockerUse>("threshold", "score from which on it blocks; -1: the file's own")
            .Within(-1, 1),
        self.threshold);
  visit(Field<BlockerUse>("unknown", "1: block also what is unlike anything it learned from")
            .Within(0, 1),
        self.unknown);
}

struct RiskUse {
  agents::Recovery recovery = agents::Recovery::kLeastRisk;
};

template <FieldsOf<RiskUse> Self, typename Visit>
void VisitFields(Self& self, Visit&& visit) {
  visit(Field<RiskUse>("recovery", "in place of what is too risky: least-risk or fallback"),
        self.recovery);
}

struct DelegateUse {
  std::string model;  // file of a blocker
  std::string risk;   // file of a risk critic; empty: the blocker's score
  agents::DelegationSettings settings;
};

template <FieldsOf<DelegateUse> Self, typename Visit>
void VisitFields(Self& self, Visit&& visit) {
  using F = Field<DelegateUse>;
  visit(F("model", "file of a blocker, whose spread and score count"), self.model);
  visit(F("risk", "file of a risk critic; without, the blocker's score is the risk"), self.risk);
  visit(F("alpha", "share of ordinary steps that count as new, or as dangerous").Within(0, 0.5),
        self.settings.alpha);
  visit(F("back-below", "quantile that both are below again").Within(0, 1),
        self.settings.back_below);
  visit(F("budget", "hand-overs within 1,000 steps").Within(0, 1000), self.settings.budget);
  visit(F("least-steps", "that the advisor drives").Within(1, 1000), self.settings.least_steps);
}

Result<std::string> BytesOf(const std::filesystem::path& path) {
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  std::ifstream file(path, std::ios::binary);
  if (error || !file || size > kMostFileBytes) {
    return BadInput(path.string() + " cannot be read; name the file of what was fitted.");
  }
  return std::string(std::istreambuf_iterator<char>(file), {});
}

template <typename Decode>
auto DecodeFile(const std::filesystem::path& path, const Decode& decode)
    -> decltype(decode(std::string_view())) {
  const auto bytes = BytesOf(path);
  if (!bytes.ok()) return bytes.error();
  auto decoded = decode(*bytes);
  if (!decoded.ok()) return BadInput(path.string() + ": " + decoded.error().message);
  return decoded;
}

// The name that stands before the settings.
Result<std::string> CutOffName(std::string_view& text, std::string_view what) {
  const std::string name(CutOff(text, ','));
  if (!name.empty() && name.find('=') == std::string::npos) return name;
  return BadInput(fmt::format("{} has to be named first, behind the colon.", what));
}

Result<FilterMaker> ReadBlocker(std::string_view text, const OverseerWorld& world) {
  const auto file = CutOffName(text, "The file of a blocker");
  if (!file.ok()) return file.error();
  BlockerUse use;
  if (Status read = ReadOverseerSettings(text, use); !read.ok()) return read.error();
  const auto loaded = LoadBlockerFile(*file);
  if (!loaded.ok()) return loaded.error();
  agents::BlockerModelPtr model = *loaded;
  if (use.threshold >= 0.0) {
    auto moved = std::make_shared<agents::BlockerModel>(*model);
    moved->threshold = use.threshold;
    model = std::move(moved);
  }
  const auto fallback = agents::MakeBrakeFallback(world.config, world.spec);
  if (!fallback.ok()) return fallback.error();
  return NamingFile(*file, [model, fallback = *fallback, spec = world.spec, use] {
    return agents::MakeBlockerFilter(model, fallback, spec, {.block_unknown = use.unknown});
  });
}

Result<FilterMaker> ReadRisk(std::string_view text, const OverseerWorld& world) {
  const auto file = CutOffName(text, "The file of a risk critic");
  if (!file.ok()) return file.error();
  RiskUse use;
  if (Status read = ReadOverseerSettings(text, use); !read.ok()) return read.error();
  const auto critic = LoadRiskCriticFile(*file);
  if (!critic.ok()) return critic.error();
  const auto fallback = agents::MakeBrakeFallback(world.config, world.spec);
  if (!fallback.ok()) return fallback.error();
  return NamingFile(*file, [critic = *critic, fallback = *fallback, spec = world.spec, use] {
    return agents::MakeRiskFilter(critic, use.recovery, fallback, spec);
  });
}

// A script by its name, or the file of a policy.
Result<agents::PolicyPtr> AdvisorOf(const std::string& name, const OverseerWorld& world) {
  if (name == "careful") return agents::MakeGoToGoalPolicy(world.config, world.spec, true);
  if (!std::filesystem::exists(name)) {
    return BadInput("the advisor \"" + name.substr(0, 200) +
                    "\" is neither careful nor the file of a policy.");
  }
  const auto actor = DecodeFile(
      name, [&](std::string_view bytes) { return agents::DecodeActor(bytes, world.spec); });
  if (!actor.ok()) return actor.error();
  return agents::MakeGaussianPolicy(*actor, /*deterministic=*/true);
}

Result<FilterMaker> ReadDelegate(std::string_view text, const OverseerWorld& world) {
  const auto name = CutOffName(text, "The advisor, careful or the file of a policy,");
  if (!name.ok()) return name.error();
  DelegateUse use;
  if (Status read = ReadOverseerSettings(text, use); !read.ok()) return read.error();
  if (use.model.empty()) return BadInput("it takes model=FILE, the file of a blocker.");
  const auto model = LoadBlockerFile(use.model);
  if (!model.ok()) return model.error();
  agents::RiskCriticPtr critic;
  if (!use.risk.empty()) {
    auto loaded = LoadRiskCriticFile(use.risk);
    if (!loaded.ok()) return loaded.error();
    critic = std::move(*loaded);
  }
  const auto advisor = AdvisorOf(*name, world);
  if (!advisor.ok()) return advisor.error();
  const std::string files = use.risk.empty() ? use.model : use.model + "\" or \"" + use.risk;
  return NamingFile(files, [model = *model, critic, advisor = *advisor, spec = world.spec,
                            settings = use.settings] {
    return agents::MakeDelegation(model, critic, advisor, spec, settings);
  });
}

}  // namespace

const OverseerKind kBlockerKind{.name = "blocker",
                                .help = "a learned blocker, blocker:FILE, of `lookout blocker fit`",
                                .read = ReadBlocker,
                                .settings_help = OverseerSettingsHelp<BlockerUse>};
const OverseerKind kRiskKind{.name = "risk",
                             .help = "a risk critic, risk:FILE, of `lookout blocker fit --risk`",
                             .read = ReadRisk,
                             .settings_help = OverseerSettingsHelp<RiskUse>};
const OverseerKind kDelegateKind{
    .name = "delegate",
    .help = "hands over to an advisor, delegate:careful or delegate:POLICY",
    .read = ReadDelegate,
    .settings_help = OverseerSettingsHelp<DelegateUse>};

Result<agents::BlockerModelPtr> LoadBlockerFile(const std::filesystem::path& path) {
  return DecodeFile(path, agents::DecodeBlocker);
}

Result<agents::RiskCriticPtr> LoadRiskCriticFile(const std::filesystem::path& path) {
  return DecodeFile(path, agents::DecodeRiskCritic);
}

Result<agents::CostModelPtr> LoadCostFile(const std::filesystem::path& path) {
  return DecodeFile(path, agents::DecodeCostModel);
}

}  // namespace lookout::app
