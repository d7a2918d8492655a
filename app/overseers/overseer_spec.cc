#include "app/overseers/overseer_spec.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "agents/overseer/look_ahead.h"
#include "agents/overseer/overseer_chain.h"
#include "app/overseers/overseer_kind.h"
#include "sim/base/check.h"
#include "sim/engine/safety_gym.h"

namespace lookout::app {
namespace {

using agents::ActionFilter;

struct NamedOverseer {
  const OverseerKind* kind = nullptr;
  std::string_view settings;
};

Error AboutOverseers(std::string_view text, const OverseerUse& use, std::string problem) {
  if (!use.asked_by.empty()) {
    return BadInput(fmt::format("{} \"{}\": {}", use.asked_by, text.substr(0, 200), problem));
  }
  if (problem.front() >= 'a' && problem.front() <= 'z') problem.front() += 'A' - 'a';
  return BadInput(std::move(problem));
}

Result<std::vector<NamedOverseer>> ReadNames(std::string_view text, const OverseerUse& use) {
  std::vector<NamedOverseer> named;
  std::string_view rest = text;
  for (bool more = !text.empty(); more;) {
    more = rest.find('+') != std::string_view::npos;
    std::string_view part = CutOff(rest, '+');
    const std::string name(CutOff(part, ':'));
    if (name.empty()) {
      return AboutOverseers(text, use,
                            "a name is missing; each one that is joined by '+' needs its own.");
    }
    const auto kinds = OverseerKinds();
    const auto kind = std::ranges::find(kinds, name, &OverseerKind::name);
    if (kind == kinds.end()) {
      std::vector<std::string> names;
      for (const OverseerKind& known : kinds) names.emplace_back(known.name);
      return AboutOverseers(
          text, use,
          fmt::format("there is no overseer '{}'.{} There are {}; several are joined by '+'.",
                      name.substr(0, 80), sim::DidYouMean(name, names), fmt::join(names, ", ")));
    }
    named.push_back({&*kind, part});
  }
  return named;
}

Result<std::unique_ptr<ActionFilter>> Settled(std::unique_ptr<ActionFilter> inside,
                                              const sim::EnvironmentConfig& config) {
  auto made = agents::LookAhead::Create(config, {});
  if (!made.ok()) return made.error();
  const std::shared_ptr<agents::LookAhead> ahead = std::move(*made);
  const auto is_safe = [ahead](const sim::Environment& environment,
                               const Eigen::VectorXd& proposed) {
    const auto* const gym = dynamic_cast<const sim::SafetyGym*>(&environment);
    LOOKOUT_CHECK(gym != nullptr, "blocks are settled in Safety Gym's worlds alone");
    return ahead->IsSafe(*gym, proposed);
  };
  return std::unique_ptr<ActionFilter>(std::make_unique<agents::SettledOverseer>(
      std::move(inside), is_safe, [ahead] { ahead->BeginEpisode(); }));
}

// All of them, in one.
Result<std::unique_ptr<ActionFilter>> MakeChain(const std::vector<FilterMaker>& makers,
                                                const sim::EnvironmentConfig& config,
                                                const OverseerUse& use) {
  std::vector<std::unique_ptr<ActionFilter>> filters;
  for (const FilterMaker& make : makers) {
    auto filter = make();
    if (!filter.ok()) return filter.error();
    if (use.guarded) {
      *filter = std::make_unique<agents::GuardedOverseer>(std::move(*filter), use.latest_s);
    }
    filters.push_back(std::move(*filter));
  }
  if (filters.size() > 1) {
    auto chain = std::make_unique<agents::OverseerChain>(std::move(filters));
    filters.clear();
    filters.push_back(std::move(chain));
  }
  if (!use.settles) return std::move(filters.front());
  return Settled(std::move(filters.front()), config);
}

}  // namespace

Result<agents::ActionFilterMaker> MakeOverseers(std::string_view text,
                                                const sim::EnvironmentConfig& config,
                                                const sim::CameraFactory& cameras,
                                                const OverseerUse& use) {
  if (text.empty()) return agents::ActionFilterMaker();
  const auto gym = sim::SafetyGym::Create(config, cameras);
  if (!gym.ok()) return gym.error();
  return MakeOverseers(text, config, (*gym)->spec(), use);
}

Result<agents::ActionFilterMaker> MakeOverseers(std::string_view text,
                                                const sim::EnvironmentConfig& config,
                                                const sim::EnvironmentSpec& spec,
                                                const OverseerUse& use) {
  if (text.empty()) return agents::ActionFilterMaker();
  auto named = ReadNames(text, use);
  if (!named.ok()) return named.error();
  std::vector<FilterMaker> makers;
  for (const NamedOverseer& overseer : *named) {
    auto maker = overseer.kind->read(overseer.settings, {config, spec});
    if (!maker.ok()) return AboutOverseers(text, use, maker.error().message);
    makers.push_back(std::move(*maker));
  }
  // What can be made once can be made for every environment that is like it.
  const auto first = MakeChain(makers, config, use);
  if (!first.ok()) return AboutOverseers(text, use, first.error().message);
  return agents::ActionFilterMaker([makers = std::move(makers), config, use](int) {
    auto chain = MakeChain(makers, config, use);
    return std::move(*chain);
  });
}

bool NeedPerson(std::string_view text) {
  const auto named = ReadNames(text, {});
  return named.ok() && std::ranges::any_of(*named, [](const NamedOverseer& overseer) {
           return overseer.kind->needs_person;
         });
}

std::string SlowOverseers(std::string_view text, const sim::EnvironmentConfig& config) {
  const auto named = ReadNames(text, {});
  if (!named.ok()) return {};
  for (const NamedOverseer& overseer : *named) {
    if (overseer.kind->slow_because == nullptr) continue;
    const std::string because = overseer.kind->slow_because(config);
    if (because.empty()) continue;
    return fmt::format("The overseer {} simulates every step here, because {}: this takes long.",
                       overseer.kind->name, because);
  }
  return {};
}

std::string OverseerHelp() {
  std::string text =
      "KIND or KIND:NAME=VALUE,NAME=VALUE; several are joined by '+' and asked in that order: the\n"
      "first that does not let an action pass decides. Kinds and their settings:\n";
  for (const OverseerKind& kind : OverseerKinds()) {
    text += fmt::format("  {}: {}\n{}", kind.name, kind.help, kind.settings_help());
  }
  return text;
}

}  // namespace lookout::app
