#include "config.h"

#include "app/resources.h"

#include <gio/gio.h>

#include "nerve-resources.h"
#include "nerve-views-resources.h"

void
nerve_resources_register (void)
{
  g_resources_register (nerve_get_resource ());
  g_resources_register (nerve_views_get_resource ());
}
