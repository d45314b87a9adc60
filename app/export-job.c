#include "config.h"

#include "app/export-job.h"

#include "app/origin.h"
#include "figures/board-rows.h"
#include "figures/caption.h"
#include "figures/noise.h"
#include "figures/page.h"
#include "views/model-snapshot.h"

struct _NerveExportJob
{
  NerveFigureModel         *model;
  const NerveFigureKind    *kind;
  guint                     layers[16];
  guint                     n_layers;
  NerveLayerParameters     *parameters; /* NULL: of several networks */
  NerveStudyOrigin         *origin;     /* of these, else NULL */
  NerveComparisonParameters comparison;
  NerveExportOptions        options;
  NerveOriginPage           page;
  char                     *width;
  char                     *height; /* NULL: what suits */
  char                     *font;
  char                     *without;
  char                     *metadata;
  GPtrArray                *others;     /* paths of other networks the figure is of, NULL-terminated; NULL: none */
};

static NerveOrigin
origin_of (NerveExportJob *self)
{
  return (NerveOrigin) {
    self->kind, self->model, self->layers, self->n_layers, self->parameters, &self->comparison,
    self->others != NULL ? (const char * const *) self->others->pdata : NULL,
  };
}

static void
take_others (NerveExportJob *self, NerveDocument *document)
{
  g_autoptr (GPtrArray) seeds = nerve_document_choose_seeds (document);

  self->others = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < seeds->len; i++)
    g_ptr_array_add (self->others, g_strdup (nerve_dataset_get_path (seeds->pdata[i])));
  g_ptr_array_add (self->others, NULL);
}

/* How layers are compared, as a command says it. */
static void
take_matrix (NerveExportJob *self, NerveDocument *document)
{
  const NerveMatrixView *view = nerve_document_get_matrix_view (document);
  const NerveNetworkResults *network = self->model->network;

  nerve_parameters_clear (&nerve_measure_table, &self->comparison.measure);
  nerve_matrix_view_get_measure (view, &self->comparison.measure);
  self->comparison.by_dendrogram = view->by_dendrogram;
  for (guint i = 0; i < self->model->n_layers; i++)
    nerve_matrix_view_adapt (view, &self->parameters[i]);
  if (self->kind->flags & NERVE_FIGURE_TESTS_DISTANCE)
    {
      self->comparison.of_others = view->selected_only;
      take_others (self, document);
      return;
    }
  self->comparison.of_others = view->selected_only || view->cell[0] >= 0 ||
                               (network != NULL && network->matrix != NULL &&
                                !nerve_layer_matrix_is_square (network->matrix)) ||
                               (network != NULL && network->map != NULL &&
                                nerve_layer_matrix_get_n_models (network->map) > 1 &&
                                g_str_equal (self->kind->name, "layer-map"));
}

/* The file of the noisy inputs. */
static void
take_noisy (NerveExportJob *self, guint layer)
{
  const NerveNoise *noise = self->model->network->noises[layer];

  self->others = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->others, g_strdup (nerve_dataset_get_path (noise->datasets[NERVE_NOISE_NOISY])));
  g_ptr_array_add (self->others, NULL);
}

static void
take_model (NerveExportJob *self, NerveDocument *document, guint layer)
{
  NerveFigureModel alone = *nerve_document_get_model (document);

  /* On its page no other network's columns share the axes: none of the commands could name them. */
  alone.n_beside = 0;
  self->model = nerve_model_snapshot_new (&alone);
  self->parameters = g_new0 (NerveLayerParameters, self->model->n_layers);
  for (guint i = 0; i < self->model->n_layers; i++)
    {
      nerve_layer_parameters_init (&self->parameters[i]);
      nerve_layer_parameters_copy (&self->parameters[i], nerve_document_get_parameters (document, i));
    }
  nerve_origin_take_eta (self->model, self->parameters);
  if (self->kind->flags & NERVE_FIGURE_COMPARES_LAYERS)
    take_matrix (self, document);
  if (self->kind->flags & NERVE_FIGURE_NEEDS_NOISE)
    take_noisy (self, layer);
  self->comparison.sweep_by_eps = nerve_document_get_sweep_by_eps (document);
  if ((self->kind->flags & NERVE_FIGURE_PER_LAYER) && layer != NERVE_EXPORT_COLUMNS)
    {
      self->layers[0] = layer;
      self->n_layers = 1;
      return;
    }
  self->n_layers = self->model->n_columns;
  /* On a page nobody walks: the rows of a map are marked as in any other. */
  if ((self->kind->flags & NERVE_FIGURE_NEEDS_CURVES) && self->n_layers > 0)
    self->model->current = self->model->columns[self->n_layers - 1];
  memcpy (self->layers, self->model->columns, sizeof self->layers);
}

static char *
describe (NerveExportJob *self)
{
  NerveOrigin origin = origin_of (self);

  return self->origin != NULL ? nerve_study_origin_describe (self->origin, self->kind, self->model)
                              : nerve_origin_describe (&origin);
}

static char *
text_or_null (const char *text)
{
  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

static gboolean
take_page (NerveExportJob *self, const NerveExportPage *page, GError **error)
{
  nerve_export_options_init (&self->options);
  self->width = g_strdup (page->width);
  self->height = text_or_null (page->height);
  self->font = text_or_null (page->font);
  self->without = nerve_page_parts_text (page->without);
  self->page = (NerveOriginPage) {
    .width = self->width, .height = self->height, .font = self->font, .without = self->without,
  };
  self->metadata = describe (self);
  self->options.font = self->font;
  self->options.without = page->without;
  self->options.metadata = self->metadata;

  return nerve_export_parse_length (self->width, &self->options.width, error) &&
         (self->height == NULL || nerve_export_parse_length (self->height, &self->options.height, error)) &&
         (self->font == NULL || nerve_style_check_font (self->font, NULL, error)) &&
         nerve_export_check_options (&self->options, error);
}

NerveExportJob *
nerve_export_job_new (NerveDocument *document, const NerveExportChoice *choice, const NerveExportPage *page,
                      GError **error)
{
  g_autoptr (NerveExportJob) self = g_new0 (NerveExportJob, 1);

  self->kind = choice->figure;
  nerve_comparison_parameters_init (&self->comparison);
  take_model (self, document, choice->layer);

  return take_page (self, page, error) ? g_steal_pointer (&self) : NULL;
}

NerveExportJob *
nerve_export_job_new_of_study (const NerveFigureModel *model, NerveStudyOrigin *origin, const NerveFigureKind *kind,
                               const NerveExportPage *page, GError **error)
{
  g_autoptr (NerveExportJob) self = g_new0 (NerveExportJob, 1);

  self->kind = kind;
  nerve_comparison_parameters_init (&self->comparison);
  self->model = nerve_model_snapshot_new (model);
  self->model->n_columns = 0;
  self->origin = nerve_study_origin_ref (origin);

  return take_page (self, page, error) ? g_steal_pointer (&self) : NULL;
}

void
nerve_export_job_free (NerveExportJob *self)
{
  for (guint i = 0; i < self->model->n_layers && self->parameters != NULL; i++)
    nerve_layer_parameters_clear (&self->parameters[i]);
  g_free (self->parameters);
  g_clear_pointer (&self->origin, nerve_study_origin_unref);
  nerve_comparison_parameters_clear (&self->comparison);
  nerve_model_snapshot_free (self->model);
  g_free (self->width);
  g_free (self->height);
  g_free (self->font);
  g_free (self->without);
  g_free (self->metadata);
  g_clear_pointer (&self->others, g_ptr_array_unref);
  g_free (self);
}

double
nerve_export_job_get_width (NerveExportJob *self)
{
  return self->options.width;
}

gboolean
nerve_export_job_write (const char *path, gpointer data, GError **error)
{
  NerveExportJob *self = data;

  return nerve_export_figure (self->kind, self->model, self->layers, self->n_layers, &self->options, path, error);
}

cairo_surface_t *
nerve_export_job_paint (NerveExportJob *self, double dpi, GError **error)
{
  NerveExportOptions options = self->options;

  options.dpi = dpi;

  return nerve_export_paint (self->kind, self->model, self->layers, self->n_layers, &options, error);
}

char *
nerve_export_job_command (NerveExportJob *self, const char *output, GError **error)
{
  NerveOrigin origin = origin_of (self);

  if (self->origin != NULL)
    return nerve_study_origin_command (self->origin, self->kind, self->model, &self->page, output, error);

  return nerve_origin_command (&origin, &self->page, nerve_dataset_get_path (self->model->dataset), output, error);
}

char *
nerve_export_job_caption (NerveExportJob *self)
{
  g_autofree char *words = self->kind->describe (self->model, self->n_layers > 0 ? self->layers[0] : 0);
  g_autofree char *made = NULL;

  /* Of several networks: the words say it all. */
  if (self->origin == NULL)
    made = nerve_caption_new (self->model, self->layers, self->n_layers,
                              nerve_figure_flags (self->kind, self->model), FALSE);

  return g_strstrip (g_strdup_printf ("%s %s", words != NULL ? words : "", made != NULL ? made : ""));
}
