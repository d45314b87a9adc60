#include "config.h"

#include "app/export-choices.h"

#include <glib/gi18n.h>

static void
add (GArray *choices, GtkStringList *names, const char *figure, guint layer, const char *name)
{
  NerveExportChoice choice = { nerve_figure_kind_find (figure), layer };

  if (choice.figure == NULL)
    return;

  g_array_append_val (choices, choice);
  if (name == NULL)
    gtk_string_list_append (names, _(choice.figure->title));
  else
    gtk_string_list_take (names, g_strdup_printf ("%s, %s", _(choice.figure->title), name));
}

GArray *
nerve_export_choices_of_document (NerveDocument *document, GtkStringList *names)
{
  static const char *const of_bars[] = { "diagram", "barcode", "betti", "landscape" };
  const NerveFigureModel *model = nerve_document_get_model (document);
  GArray *choices = g_array_new (FALSE, FALSE, sizeof (NerveExportChoice));

  add (choices, names, "board", 0, NULL);
  for (guint i = 0; i < model->n_columns; i++)
    {
      const char *layer = nerve_dataset_get_layer (model->dataset, model->columns[i])->name;

      add (choices, names, "mapper", model->columns[i], layer);
      for (guint j = 0; j < G_N_ELEMENTS (of_bars); j++)
        add (choices, names, of_bars[j], model->columns[i], layer);
    }
  add (choices, names, "decay", 0, NULL);
  if (model->decay.heat != NULL)
    add (choices, names, "heat", 0, NULL);
  if (model->decay.sublevel != NULL)
    add (choices, names, "sublevel", model->current,
                nerve_dataset_get_layer (model->dataset, model->current)->name);
  add (choices, names, "purity", 0, NULL);
  if (model->network != NULL && model->network->matrix != NULL)
    {
      add (choices, names, "distances", 0, NULL);
      add (choices, names, "neighbours", 0, NULL);
      add (choices, names, "layer-map", 0, NULL);
    }
  if (model->network != NULL && model->network->n_couplings > 0)
    add (choices, names, "flow", 0, NULL);

  return choices;
}

GArray *
nerve_export_choices_of_study (GtkStringList *names)
{
  GArray *choices = g_array_new (FALSE, FALSE, sizeof (NerveExportChoice));
  guint n;
  const NerveFigureKind *kinds = nerve_figure_kinds (&n);

  for (guint i = 0; i < n; i++)
    if (kinds[i].flags & NERVE_FIGURE_NEEDS_RANKING)
      add (choices, names, kinds[i].name, 0, NULL);

  return choices;
}
