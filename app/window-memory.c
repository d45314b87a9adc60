#include "config.h"

#include "app/window-memory.h"

#include "app/settings.h"

void
nerve_window_memory_restore (NerveWindow *window, GSettings *settings)
{
  NerveDocumentView *view = nerve_window_get_view (window);

  gtk_window_set_default_size (GTK_WINDOW (window), nerve_settings_get_int (settings, "window-width", 1280),
                               nerve_settings_get_int (settings, "window-height", 800));
  if (nerve_settings_get_boolean (settings, "window-maximized", FALSE))
    gtk_window_maximize (GTK_WINDOW (window));
  g_object_set (view,
                "show-sidebar", nerve_settings_get_boolean (settings, "show-sidebar", TRUE),
                "show-parameters", nerve_settings_get_boolean (settings, "show-parameters", FALSE),
                NULL);
  nerve_document_view_set_drawer_height (view, nerve_settings_get_int (settings, "drawer-height", 176));
}

void
nerve_window_memory_keep (NerveWindow *window, GSettings *settings)
{
  NerveDocumentView *view = nerve_window_get_view (window);
  gboolean parameters;
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (window), &width, &height);
  g_object_get (view, "show-parameters", &parameters, NULL);
  nerve_settings_set_boolean (settings, "window-maximized", gtk_window_is_maximized (GTK_WINDOW (window)));
  nerve_settings_set_int (settings, "window-width", width);
  nerve_settings_set_int (settings, "window-height", height);
  nerve_settings_set_boolean (settings, "show-sidebar", nerve_document_view_wants_sidebar (view));
  nerve_settings_set_boolean (settings, "show-parameters", parameters);
  nerve_settings_set_int (settings, "drawer-height", nerve_document_view_get_drawer_height (view));
}
