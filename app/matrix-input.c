#include "config.h"

#include "app/matrix-input.h"

#include <glib/gi18n.h>

#include "layers/matching.h"

#define FEWEST_IMAGES 3

static const char *const dims_texts[NERVE_N_MATRIX_DIMS] = { "0", "1", "0,1" };

/* How it is looked at */

void
nerve_matrix_view_init (NerveMatrixView *self)
{
  *self = (NerveMatrixView) { .measure = NERVE_MEASURE_SLICED_WASSERSTEIN, .dims = NERVE_MATRIX_BOTH,
                              .scaled = TRUE, .cell = { -1, -1 } };
}

void
nerve_matrix_view_copy (NerveMatrixView *self, const NerveMatrixView *from)
{
  *self = *from;
  self->rival = g_strdup (from->rival);
}

void
nerve_matrix_view_clear (NerveMatrixView *self)
{
  g_clear_pointer (&self->rival, g_free);
}

gboolean
nerve_matrix_view_equal (const NerveMatrixView *a, const NerveMatrixView *b)
{
  return a->measure == b->measure && a->dims == b->dims && a->scaled == b->scaled &&
         a->selected_only == b->selected_only && a->by_dendrogram == b->by_dendrogram && a->as == b->as &&
         g_strcmp0 (a->rival, b->rival) == 0 && a->cell[0] == b->cell[0] && a->cell[1] == b->cell[1];
}

gboolean
nerve_matrix_view_has_dims (const NerveMatrixView *self)
{
  return self->measure <= NERVE_MEASURE_BOTTLENECK;
}

void
nerve_matrix_view_adapt (const NerveMatrixView *self, NerveLayerParameters *parameters)
{
  NerveCloudParameters *cloud = &parameters->cloud;

  cloud->scale = self->scaled ? NERVE_SCALE_MEDIAN : NERVE_SCALE_NONE;
  if (nerve_matrix_view_has_dims (self) &&
      (cloud->max_points == 0 || cloud->max_points > parameters->diagram_points))
    cloud->max_points = parameters->diagram_points;
}

void
nerve_matrix_view_get_measure (const NerveMatrixView *self, NerveMeasureParameters *out)
{
  nerve_parameters_init (&nerve_measure_table, out);
  out->measure = self->measure;
  if (nerve_matrix_view_has_dims (self))
    nerve_parameters_set (&nerve_measure_table, out, "dim", dims_texts[self->dims], NULL);
}

/* What it is made from */

NerveOpenModel *
nerve_open_model_new (NerveDataset *dataset, const NerveLayerParameters *parameters, const NerveLayerResults *layers)
{
  guint n = nerve_dataset_get_n_layers (dataset);
  NerveOpenModel *self = g_new0 (NerveOpenModel, 1);

  g_atomic_ref_count_init (&self->ref);
  self->dataset = nerve_dataset_ref (dataset);
  self->parameters = nerve_layer_parameters_copy_all (parameters, n);
  self->graphs = g_new0 (NerveGraph *, MAX (n, 1));
  for (guint i = 0; i < n && layers != NULL; i++)
    if (layers[i].graph != NULL)
      self->graphs[i] = nerve_graph_ref (layers[i].graph);

  return self;
}

NerveOpenModel *
nerve_open_model_ref (NerveOpenModel *self)
{
  g_atomic_ref_count_inc (&self->ref);

  return self;
}

void
nerve_open_model_unref (NerveOpenModel *self)
{
  if (!g_atomic_ref_count_dec (&self->ref))
    return;

  for (guint i = 0; i < nerve_dataset_get_n_layers (self->dataset); i++)
    g_clear_pointer (&self->graphs[i], nerve_graph_unref);
  g_free (self->graphs);
  nerve_layer_parameters_free_all (self->parameters, nerve_dataset_get_n_layers (self->dataset));
  nerve_dataset_unref (self->dataset);
  g_free (self);
}

char *
nerve_open_model_name (NerveDataset *dataset)
{
  g_autofree char *name = g_path_get_basename (nerve_dataset_get_path (dataset));
  const char *subset = nerve_dataset_get_subset_name (dataset);

  return subset != NULL ? g_strdup_printf ("%s: %s", name, subset) : g_utf8_make_valid (name, -1);
}

char *
nerve_open_model_id (NerveDataset *dataset)
{
  return g_strdup_printf ("%s|%s", nerve_dataset_get_fingerprint (dataset), nerve_dataset_get_path (dataset));
}

static int
find_rival (GPtrArray *others, const char *rival)
{
  for (guint i = 0; i < others->len && rival != NULL; i++)
    {
      NerveOpenModel *other = others->pdata[i];
      g_autofree char *id = nerve_open_model_id (other->dataset);

      if (g_str_equal (id, rival))
        return (int) i;
    }

  return -1;
}

NerveMatrixInput *
nerve_matrix_input_new (const NerveMatrixView *view, const NerveBitset *images, GPtrArray *others)
{
  NerveMatrixInput *self = g_new0 (NerveMatrixInput, 1);

  g_atomic_ref_count_init (&self->ref);
  nerve_matrix_view_copy (&self->view, view);
  if (view->selected_only && images != NULL && !nerve_bitset_is_empty (images))
    self->images = nerve_bitset_copy (images);
  self->others = g_ptr_array_new_with_free_func ((GDestroyNotify) nerve_open_model_unref);
  for (guint i = 0; others != NULL && i < others->len; i++)
    g_ptr_array_add (self->others, nerve_open_model_ref (others->pdata[i]));
  self->rival = find_rival (self->others, view->rival);

  return self;
}

NerveMatrixInput *
nerve_matrix_input_ref (NerveMatrixInput *self)
{
  g_atomic_ref_count_inc (&self->ref);

  return self;
}

void
nerve_matrix_input_unref (NerveMatrixInput *self)
{
  if (!g_atomic_ref_count_dec (&self->ref))
    return;

  nerve_matrix_view_clear (&self->view);
  g_clear_pointer (&self->images, nerve_bitset_free);
  g_ptr_array_unref (self->others);
  g_free (self);
}

/* Who stands in the matrix */

static gboolean
takes_part (const NerveMatrixInput *self, guint other, gboolean of_all)
{
  return of_all || (int) other == self->rival;
}

static void
append_model (const NerveMatrixInput *self, GString *key, NerveDataset *dataset, const NerveLayerParameters *parameters)
{
  const NerveParameterTable *tables[] = { &nerve_cloud_table, &nerve_mapper_table };
  guint n_tables = self->view.measure == NERVE_MEASURE_MAPPER ? 2 : 1;
  guint n = nerve_dataset_get_n_layers (dataset);
  NerveLayerParameters *used = nerve_layer_parameters_copy_all (parameters, n);

  g_string_append_printf (key, "|%s", nerve_dataset_get_fingerprint (dataset));
  for (guint i = 0; i < n; i++)
    {
      gconstpointer values[] = { &used[i].cloud, &used[i].mapper };

      nerve_matrix_view_adapt (&self->view, &used[i]);
      for (guint t = 0; t < n_tables; t++)
        for (guint k = 0; k < tables[t]->n; k++)
          {
            g_autofree char *text = nerve_parameter_get (&tables[t]->parameters[k], values[t]);

            g_string_append_printf (key, "%c%s", k == 0 ? ';' : ',', text);
          }
    }
  nerve_layer_parameters_free_all (used, n);
}

static void
append_images (const NerveMatrixInput *self, GString *key)
{
  gsize n = nerve_bitset_length (self->images);

  g_string_append (key, "|images ");
  for (gsize i = 0; i < n; i++)
    if (nerve_bitset_get (self->images, i))
      g_string_append_printf (key, "%zu,", i);
}

char *
nerve_matrix_input_key (const NerveMatrixInput *self, NerveDataset *dataset, const NerveLayerParameters *parameters,
                        gboolean of_all)
{
  GString *key = g_string_new (NULL);

  g_string_printf (key, "%d,%d,%d", self->view.measure,
                   nerve_matrix_view_has_dims (&self->view) ? (int) self->view.dims : -1, self->view.scaled);
  if (self->images != NULL)
    append_images (self, key);
  append_model (self, key, dataset, parameters);
  for (guint i = 0; i < self->others->len; i++)
    {
      const NerveOpenModel *other = self->others->pdata[i];

      if (takes_part (self, i, of_all))
        append_model (self, key, other->dataset, other->parameters);
    }

  return g_string_free (key, FALSE);
}

/* Making it */

/* The networks whose layers are compared, with parameters and images as they are asked for. */
typedef struct
{
  guint                  n;
  NerveDataset         **datasets;
  NerveLayerParameters **parameters;
  NerveModelLayers      *models;
  char                 **left_out;
} Models;

static void
models_clear (Models *self)
{
  for (guint i = 0; i < self->n; i++)
    {
      guint n = nerve_dataset_get_n_layers (self->datasets[i]);

      nerve_layer_parameters_free_all (self->parameters[i], n);
      g_free ((gpointer) self->models[i].clouds);
      g_free ((gpointer) self->models[i].mappers);
      nerve_dataset_unref (self->datasets[i]);
    }
  g_strfreev (self->left_out);
  g_free (self->datasets);
  g_free (self->parameters);
  g_free (self->models);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Models, models_clear)

NerveBitset *
nerve_matrix_match_images (NerveDataset *dataset, NerveDataset *other, const NerveBitset *images, GError **error)
{
  g_auto (NerveMatching) matching = { 0 };
  NerveBitset *matched;

  if (!nerve_matching_init (&matching, dataset, other, error))
    return NULL;

  matched = nerve_bitset_new (nerve_dataset_get_n (other));
  for (gsize i = 0; i < matching.n; i++)
    if (nerve_bitset_get (images, matching.rows[0][i]))
      nerve_bitset_set (matched, matching.rows[1][i], TRUE);

  return matched;
}

NerveDataset *
nerve_matrix_input_images (const NerveMatrixInput *self, NerveDataset *first, NerveDataset *dataset, GError **error)
{
  g_autoptr (NerveBitset) images = NULL;

  if (self->images == NULL)
    return nerve_dataset_ref (dataset);

  images = nerve_matrix_match_images (first, dataset, self->images, error);
  if (images == NULL)
    return NULL;
  if (nerve_bitset_count (images) < FEWEST_IMAGES)
    {
      g_autofree char *name = g_path_get_basename (nerve_dataset_get_path (dataset));

      g_set_error (error, NERVE_ERROR, NERVE_ERROR_SHAPE, _("%s: %zu images are selected; a cloud needs three"), name,
                   nerve_bitset_count (images));
      return NULL;
    }

  return nerve_dataset_new_subset (dataset, images, "selected");
}

/* Of the layers whose cloud can't be made as it is asked for; NULL: none. */
static char *
name_left_out (NerveDataset *dataset, const NerveCloudParameters * const *clouds, gboolean with_file)
{
  g_autofree char *file = g_path_get_basename (nerve_dataset_get_path (dataset));
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < nerve_dataset_get_n_layers (dataset); i++)
    if (clouds[i] == NULL)
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", nerve_dataset_get_layer (dataset, i)->name);
  if (names->len == 0)
    return NULL;
  if (with_file)
    g_string_append_printf (names, " (%s)", file);

  /* Translators: names of layers */
  return g_strdup_printf (_("left out, as their sampling does not suit them: %s"), names->str);
}

static gboolean
add_model (Models *self, const NerveMatrixInput *input, NerveDataset *first, NerveDataset *dataset,
           const NerveLayerParameters *parameters, GError **error)
{
  NerveDataset *chosen = nerve_matrix_input_images (input, first, dataset, error);
  guint n = nerve_dataset_get_n_layers (dataset);
  const NerveCloudParameters **clouds;
  const NerveMapperParameters **mappers;
  NerveLayerParameters *used;

  if (chosen == NULL)
    return FALSE;

  used = nerve_layer_parameters_copy_all (parameters, n);
  clouds = g_new (const NerveCloudParameters *, n);
  mappers = g_new (const NerveMapperParameters *, n);
  for (guint i = 0; i < n; i++)
    {
      nerve_matrix_view_adapt (&input->view, &used[i]);
      clouds[i] = &used[i].cloud;
      mappers[i] = &used[i].mapper;
    }
  self->datasets[self->n] = chosen;
  self->parameters[self->n] = used;
  self->models[self->n] = (NerveModelLayers) { chosen, clouds, mappers };
  if (!nerve_cloud_leave_out (chosen, clouds, NULL, error))
    {
      self->n++;
      return FALSE;
    }
  self->models[self->n].left_out = self->left_out[self->n] = name_left_out (chosen, clouds, self->n > 0);
  self->n++;

  return TRUE;
}

NerveLayerMatrix *
nerve_matrix_input_compute (const NerveMatrixInput *self, NerveDataset *dataset,
                            const NerveLayerParameters *parameters, gboolean of_all, const NerveProgress *progress,
                            GError **error)
{
  guint most = self->others->len + 1;
  g_auto (Models) models = { 0, g_new0 (NerveDataset *, most), g_new0 (NerveLayerParameters *, most),
                             g_new0 (NerveModelLayers, most), g_new0 (char *, most + 1) };
  NerveMeasureParameters measure = { 0 };
  NerveLayerMatrix *matrix;

  if (!add_model (&models, self, dataset, dataset, parameters, error))
    return NULL;
  for (guint i = 0; i < self->others->len; i++)
    {
      const NerveOpenModel *other = self->others->pdata[i];

      if (takes_part (self, i, of_all) &&
          !add_model (&models, self, dataset, other->dataset, other->parameters, error))
        return NULL;
    }

  nerve_matrix_view_get_measure (&self->view, &measure);
  matrix = of_all ? nerve_layer_matrix_new_of_all (models.models, models.n, &measure, progress, error)
                  : nerve_layer_matrix_new (&models.models[0], models.n > 1 ? &models.models[1] : NULL, &measure,
                                            progress, error);
  nerve_parameters_clear (&nerve_measure_table, &measure);

  return matrix;
}
