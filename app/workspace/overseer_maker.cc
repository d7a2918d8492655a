#include "app/workspace/overseer_maker.h"

#include "app/overseers/overseer_spec.h"

namespace lookout::app {

std::function<Result<std::unique_ptr<agents::ActionFilter>>(const std::string& spec,
                                                            const sim::EnvironmentConfig& config)>
OverseerMakerFor(const sim::CameraFactory& cameras) {
  return [cameras](const std::string& spec, const sim::EnvironmentConfig& config)
             -> Result<std::unique_ptr<agents::ActionFilter>> {
    const Result<agents::ActionFilterMaker> make =
        MakeOverseers(spec, config, cameras, {.guarded = false, .asked_by = {}});
    if (!make) return make.error();
    return (*make)(0);
  };
}

}  // namespace lookout::app
