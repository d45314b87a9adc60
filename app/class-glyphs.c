#include "config.h"

#include "app/class-glyphs.h"

#include <glib/gi18n.h>

#include "figures/text.h"

/* All at once: there may be thousands. */
static gboolean
has_all (NerveDataset *dataset, const NerveStyle *style)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < nerve_dataset_get_n_classes (dataset); i++)
    g_string_append_printf (names, "%s\n", nerve_dataset_get_class_name (dataset, i));

  return nerve_text_has_glyphs (style, names->str);
}

char *
nerve_class_glyphs_warn (NerveDataset *dataset, const char *font)
{
  g_auto (NerveStyle) style = { 0 };
  gboolean all;

  nerve_style_init_print (&style, 1, font);
  all = has_all (dataset, &style);
  for (guint i = 0; i < nerve_dataset_get_n_classes (dataset) && !all; i++)
    {
      const char *name = nerve_dataset_get_class_name (dataset, i);

      if (!nerve_text_has_glyphs (&style, name))
        return g_strdup_printf (_("no font here has all characters of the class name “%s”: boxes stand for them"),
                                name);
    }

  return NULL;
}
