// The program: every capability is a subcommand; none given starts the window.
#include "app/cli/commands.h"

int main(int argc, char** argv) { return lookout::app::RunCommandLine(argc, argv); }
