/* The application: one process, its session, its windows. */
#pragma once

#include <adwaita.h>

#include "app/session.h"

G_BEGIN_DECLS

#define NERVE_TYPE_APPLICATION (nerve_application_get_type ())
G_DECLARE_FINAL_TYPE (NerveApplication, nerve_application, NERVE, APPLICATION, AdwApplication)

/* With NERVE_NON_UNIQUE in the environment every start is a process of its own. */
NerveApplication *nerve_application_new         (void);
/* Once its windows are gone the process ends in 150 ms, whoever is still computing; else it waits for them. */
void              nerve_application_set_hurried (NerveApplication *self, gboolean hurried);

G_END_DECLS
