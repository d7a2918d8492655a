// The text of a recording of the original Safety Gym.
#include <string_view>

#include "sim/conformance/recorded_case.h"
#include "tests/support/fuzz_seeds.h"

std::vector<std::string> FuzzSeeds() {
  const std::string header =
      R"({"k":"case","format":1,"env":"Own","robot":"point","seed":3,"actions":"held","nq":1,)"
      R"("nv":1,"nu":1,"obs_size":2,"obs":[["gyro",0,2]],"cost_keys":["cost"],"config":{}})";
  const std::string reset =
      R"({"k":"reset","rng_seed":4,"layout0":[["robot",1,2]],"rot":[["robot",0.5]],)"
      R"("robot_rot":0.5,"layout":[["goal",3,4]],"q":[0],"v":[0],"u":0.25,"o":[7,8]})";
  const std::string step =
      R"({"t":1,"a":[null],"r":-0.5,"d":0,"c":[1],"g":1,"gp":[3,4],"xy":[1,2],"q":[1],"v":[4],)"
      R"("u":0.75,"gb":1,"bt":2,"o":[9,10]})";
  const std::string raise = R"({"k":"raise","at":"step","type":"ResamplingError","a":[1]})";
  return {header + "\n" + reset + "\n" + step + "\n" + raise + "\n", header + "\n" + step};
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  (void)lookout::sim::ParseRecordedCase(text);
  return 0;
}
