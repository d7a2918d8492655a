# Installs the program into a new folder, outside the tree so that it cannot find the repository's
# assets, and looks whether all that it needs came along: cmake -D BUILD=FOLDER -P install_test.cmake
execute_process(COMMAND mktemp -d OUTPUT_VARIABLE prefix OUTPUT_STRIP_TRAILING_WHITESPACE
  COMMAND_ERROR_IS_FATAL ANY)

function(fail message)
  file(REMOVE_RECURSE ${prefix})
  message(FATAL_ERROR ${message})
endfunction()

execute_process(COMMAND ${CMAKE_COMMAND} --install ${BUILD} --prefix ${prefix} OUTPUT_QUIET
  RESULT_VARIABLE status)
if(NOT status EQUAL 0)
  fail("it cannot be installed")
endif()
foreach(file share/lookout/policies/README.md share/lookout/policies/pointgoal1-ppo.policy
    share/lookout/environments/maze.json share/applications/lookout.desktop
    share/icons/hicolor/scalable/apps/lookout.svg)
  if(NOT EXISTS ${prefix}/${file})
    fail("${file} is not installed")
  endif()
endforeach()
execute_process(COMMAND ${prefix}/bin/lookout envs WORKING_DIRECTORY / OUTPUT_VARIABLE listed
  RESULT_VARIABLE status)
if(NOT status EQUAL 0 OR NOT listed MATCHES "Safexp-PointGoal1-v0")
  fail("the installed program does not list the environments: ${status}")
endif()
file(REMOVE_RECURSE ${prefix})
