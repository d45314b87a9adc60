/* Names of files and layers in menus, which would take an underscore for a mnemonic. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (transfer full) */
char *nerve_menu_label (const char *name);

G_END_DECLS
