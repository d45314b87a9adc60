#include "config.h"

#include "views/view-style.h"

#include <adwaita.h>
#include <math.h>
#include <pango/pangocairo.h>

#define GTK_FONT "Sans 10" /* GTK's own, where nobody chose one */

/* The family of GTK's font, unless it is one of fontconfig's stand-ins. */
static char *
person_font (void)
{
  GtkSettings *settings = gtk_settings_get_default ();
  PangoFontDescription *description;
  g_autofree char *name = NULL;
  char *family = NULL;

  if (settings == NULL)
    return NULL;

  g_object_get (settings, "gtk-font-name", &name, NULL);
  if (name == NULL)
    return NULL;

  description = pango_font_description_from_string (name);
  if (pango_font_description_get_family (description) != NULL)
    family = g_strdup (pango_font_description_get_family (description));
  pango_font_description_free (description);

  if (family != NULL && g_ascii_strncasecmp (family, "sans", 4) == 0)
    g_clear_pointer (&family, g_free);

  return family;
}

void
nerve_view_style_adopt_font (void)
{
  GtkSettings *settings = gtk_settings_get_default ();
  g_autofree char *name = NULL;

  if (settings == NULL || pango_font_map_get_family (pango_cairo_font_map_get_default (), "Cantarell") == NULL)
    return;

  g_object_get (settings, "gtk-font-name", &name, NULL);
  if (g_strcmp0 (name, GTK_FONT) == 0)
    g_object_set (settings, "gtk-font-name", "Cantarell 11", NULL);
}

static double type_scale = 1;

/* Whoever watches the style looks again; widgets follow GTK's own resolution of type. */
void
nerve_view_style_set_type_scale (double scale)
{
  GtkSettings *settings = gtk_settings_get_default ();
  int dpi = 0;

  g_return_if_fail (scale > 0);

  if (settings == NULL || scale == type_scale)
    return;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  if (dpi > 0)
    g_object_set (settings, "gtk-xft-dpi", (int) lround (dpi * scale / type_scale), NULL);
  type_scale = scale;
  g_object_notify (G_OBJECT (adw_style_manager_get_default ()), "dark");
}

static char *figure_font; /* chosen for figures; NULL: the desktop's */

void
nerve_view_style_set_font (const char *family)
{
  if (g_strcmp0 (family, figure_font) == 0)
    return;

  g_free (figure_font);
  figure_font = g_strdup (family);
  g_object_notify (G_OBJECT (adw_style_manager_get_default ()), "dark");
}

static void
scale_type (NerveStyle *style)
{
  double *const sizes[] = { &style->body, &style->title, &style->caption, &style->tick, &style->label };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    *sizes[i] *= type_scale;
}

void
nerve_view_style_init (NerveStyle *style)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  char *family = figure_font != NULL ? g_strdup (figure_font) : person_font ();

  nerve_style_init_screen (style, adw_style_manager_get_dark (manager), adw_style_manager_get_high_contrast (manager));
  scale_type (style);
  if (family != NULL)
    {
      g_free (style->font);
      style->font = family;
    }
}

GdkRGBA
nerve_view_color (NerveColor color, double alpha)
{
  return (GdkRGBA) { color.red, color.green, color.blue, alpha };
}

void
nerve_view_set_source (cairo_t *cr, NerveColor color, double alpha)
{
  cairo_set_source_rgba (cr, color.red, color.green, color.blue, alpha);
}

void
nerve_view_style_watch (GtkWidget *widget, void (*callback) (GtkWidget *widget))
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (callback), widget, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (callback), widget, G_CONNECT_SWAPPED);
}
