/* What main() does with a run of a command; commands see command.h. */
#pragma once

#include "app/cli/command.h"

G_BEGIN_DECLS

/* Parses, runs, prints an error. Returns the exit status. */
int nerve_invocation_run (const NerveCommand *command, char **arguments);

G_END_DECLS
