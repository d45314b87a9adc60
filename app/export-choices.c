#include "config.h"

#include "app/export-choices.h"

#include <glib/gi18n.h>

static void
add (GArray *choices, GtkStringList *names, const NerveFigureKind *figure, guint layer, const char *name)
{
  NerveExportChoice choice = { figure, layer };

  g_array_append_val (choices, choice);
  if (name == NULL)
    gtk_string_list_append (names, _(figure->title));
  else
    gtk_string_list_take (names, g_strdup_printf ("%s, %s", _(figure->title), name));
}

static gboolean
has_projection (const NerveFigureModel *model, guint layer)
{
  return model->layers[layer].projection != NULL;
}

static gboolean
has_hierarchy (const NerveFigureModel *model, guint layer)
{
  return nerve_figure_model_hierarchy (model, layer) != NULL;
}

static gboolean
is_of_columns (const NerveFigureModel *model, gboolean (*has) (const NerveFigureModel *model, guint layer))
{
  for (guint i = 0; i < model->n_columns; i++)
    if (!has (model, model->columns[i]))
      return FALSE;

  return model->n_columns > 0;
}

/* Whether the window has what it shows. */
static gboolean
is_there (const NerveFigureKind *figure, const NerveFigureModel *model)
{
  const guint not_in_a_window = NERVE_FIGURE_NEEDS_RANKING;
  const NerveNetworkResults *network = model->network;
  const struct { guint flag; gboolean is_there; } needs[] = {
    { not_in_a_window, FALSE },
    { NERVE_FIGURE_NEEDS_CURVES, model->decay.heat != NULL },
    { NERVE_FIGURE_NEEDS_IMAGE, model->decay.sublevel != NULL },
    { NERVE_FIGURE_NEEDS_MATRIX, network != NULL && network->matrix != NULL },
    { NERVE_FIGURE_NEEDS_PARTING, network != NULL && network->parting != NULL },
    { NERVE_FIGURE_NEEDS_COUPLINGS, network != NULL && (network->n_couplings > 0 || network->twin != NULL) },
    { NERVE_FIGURE_NEEDS_HIERARCHY, has_hierarchy (model, model->current) || is_of_columns (model, has_hierarchy) },
    { NERVE_FIGURE_NEEDS_PROJECTION, is_of_columns (model, has_projection) },
    { NERVE_FIGURE_NEEDS_SENSITIVITY, network != NULL && network->sensitivities != NULL &&
                                        network->sensitivities[model->current] != NULL },
    { NERVE_FIGURE_NEEDS_SPECIFICITY, network != NULL && network->specificity != NULL },
    { NERVE_FIGURE_NEEDS_NOISE, network != NULL && network->noises != NULL &&
                                  network->noises[model->current] != NULL },
    { NERVE_FIGURE_NEEDS_SWEEP, network != NULL && network->sweeps != NULL &&
                                  network->sweeps[model->current] != NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (needs); i++)
    if ((figure->flags & needs[i].flag) && !needs[i].is_there)
      return FALSE;

  return !g_str_equal (figure->name, "thumbnail") &&
         (!g_str_equal (figure->name, "pictures") || nerve_dataset_has_images (model->dataset)) &&
         (!g_str_equal (figure->name, "legend") || nerve_palette_get_n_classes (model->palette) > 0);
}

/* All columns, then each; what is computed where a person is, of that layer alone. */
static void
add_layers (GArray *choices, GtkStringList *names, const NerveFigureKind *figure, const NerveFigureModel *model)
{
  guint of_one = NERVE_FIGURE_NEEDS_IMAGE | NERVE_FIGURE_NEEDS_SWEEP | NERVE_FIGURE_NEEDS_SENSITIVITY |
                 NERVE_FIGURE_NEEDS_NOISE;

  if (!is_of_columns (model, has_hierarchy))
    of_one |= NERVE_FIGURE_NEEDS_HIERARCHY;
  if (figure->flags & of_one)
    {
      add (choices, names, figure, model->current, nerve_dataset_get_layer (model->dataset, model->current)->name);
      return;
    }
  for (guint i = 0; i < model->n_columns; i++)
    add (choices, names, figure, model->columns[i], nerve_dataset_get_layer (model->dataset, model->columns[i])->name);
  if (model->n_columns > 1)
    add (choices, names, figure, NERVE_EXPORT_COLUMNS, _("all columns"));
}

GArray *
nerve_export_choices_of_document (NerveDocument *document, GtkStringList *names)
{
  const NerveFigureModel *model = nerve_document_get_model (document);
  GArray *choices = g_array_new (FALSE, FALSE, sizeof (NerveExportChoice));
  const NerveFigureKind *board = nerve_figure_kind_find ("board");
  guint n;
  const NerveFigureKind *kinds = nerve_figure_kinds (&n);

  add (choices, names, board, 0, NULL);
  for (guint i = 0; i < n; i++)
    if (&kinds[i] == board || !is_there (&kinds[i], model))
      continue;
    else if (kinds[i].flags & NERVE_FIGURE_PER_LAYER)
      add_layers (choices, names, &kinds[i], model);
    else
      add (choices, names, &kinds[i], 0, NULL);

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
      add (choices, names, &kinds[i], 0, NULL);

  return choices;
}
