/* Diagrams that "persistence" wrote, as inputs of other commands. */
#pragma once

#include "app/cli/command.h"
#include "homology/diagram.h"

G_BEGIN_DECLS

/* The @file-th file of the command line, which is blamed from now on. Errors: those of reading a file and of
 * nerve_diagram_parse_csv() */
NerveDiagram *nerve_diagram_read (NerveInvocation *invocation, guint file, GError **error);

G_END_DECLS
