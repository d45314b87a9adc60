/* Diagrams that "persistence" wrote, as inputs of other commands. */
#pragma once

#include "app/cli/command.h"
#include "homology/diagram.h"

G_BEGIN_DECLS

/* The @file-th file of the command line, which is blamed from now on. Errors: those of reading a file and of
 * nerve_diagram_parse_csv() */
NerveDiagram *nerve_diagram_read (NerveInvocation *invocation, guint file, GError **error);

/* Says so if there are bars, but none of @dimension nor of a higher one: a diagram is taken as empty there, as it may
 * well be, but perhaps it was never computed so far, which its file can't tell. Blames the @file-th file. */
void          nerve_diagram_doubt (NerveInvocation *invocation, guint file, const NerveDiagram *diagram, int dimension);

G_END_DECLS
