/* The bundled files: a resource in a static library must be asked for by name. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void nerve_resources_register (void);

G_END_DECLS
