#include "config.h"

#include "app/pane-state.h"

#include <math.h>

#include <glib/gi18n.h>

#include "figures/graph-verdict.h"
#include "figures/text.h"
#include "homology/rips-estimate.h"

/* The one result a figure waits for. */
static NerveResultKind
result_of (const NerveFigureKind *figure)
{
  if (figure->flags & NERVE_FIGURE_NEEDS_HOMOLOGY)
    return NERVE_RESULT_HOMOLOGY;
  if (figure->flags & NERVE_FIGURE_NEEDS_BETTI)
    return NERVE_RESULT_BETTI;
  if (figure->flags & NERVE_FIGURE_NEEDS_PROJECTION)
    return NERVE_RESULT_PROJECTION;
  if ((figure->flags & NERVE_FIGURE_NEEDS_HIERARCHY) && (figure->flags & NERVE_FIGURE_PER_LAYER))
    return NERVE_RESULT_HIERARCHY;

  return NERVE_RESULT_GRAPH;
}

/* What depends on the file or on the parameters alone fails again, however often it is tried. */
static gboolean
may_work_again (const GError *error)
{
  if (error->domain != NERVE_ERROR)
    return TRUE;

  switch ((NerveError) error->code)
    {
    case NERVE_ERROR_PARAMETER:
    case NERVE_ERROR_NOT_FOUND:
    case NERVE_ERROR_VALUE:
    case NERVE_ERROR_SHAPE:
    case NERVE_ERROR_FORMAT:
      return FALSE;
    case NERVE_ERROR_MEMORY:
    case NERVE_ERROR_OPEN:
    case NERVE_ERROR_HELPER:
    case NERVE_ERROR_CANCELLED:
    case NERVE_ERROR_WRITE:
    default:
      return TRUE;
    }
}

static const char *
advise (const GError *error, NerveDocument *document)
{
  guint n_layers = nerve_document_get_model (document)->n_layers;

  if (nerve_dataset_get_graph (nerve_document_get_dataset (document)) != NULL)
    return _("Of such a file its graph can be looked at.");
  if (error->domain != NERVE_ERROR)
    return _("Try again, or change the parameters.");

  switch ((NerveError) error->code)
    {
    case NERVE_ERROR_MEMORY:
      return _("Allow fewer points in the parameters.");
    case NERVE_ERROR_PARAMETER:
    case NERVE_ERROR_NOT_FOUND:
      return _("Change it in the parameters; the picture follows.");
    case NERVE_ERROR_VALUE:
    case NERVE_ERROR_SHAPE:
      return n_layers > 1 ? _("Look at another layer, or change the parameters.")
                          : _("Other parameters may help; else the file has to be written anew.");
    case NERVE_ERROR_FORMAT:
      return n_layers > 1 ? _("This layer can't be read; the others may be.")
                          : _("The file has to be written anew.");
    case NERVE_ERROR_OPEN:
      return _("Look whether the file is still there.");
    case NERVE_ERROR_HELPER:
      return _("The graph could not be laid out. Look whether Nerve is installed completely.");
    case NERVE_ERROR_CANCELLED:
    case NERVE_ERROR_WRITE:
    default:
      return _("Try again, or change the parameters.");
    }
}

static void
set_retry_banner (NerveFigureView *pane, const char *title, const char *advice, const char *button)
{
  nerve_figure_view_set_banner (pane, title, advice, button, "document.retry",
                                g_variant_new ("(us)", nerve_figure_view_get_layer (pane),
                                               nerve_figure_view_get_kind (pane)->name));
}

static void
set_failure_banner (NerveFigureView *pane, NerveDocument *document, const GError *error)
{
  if (may_work_again (error))
    set_retry_banner (pane, error->message, advise (error, document), _("Retry"));
  else
    nerve_figure_view_set_banner (pane, error->message, advise (error, document), NULL, NULL, NULL);
}

/* Known before the run: what would fit is one click away. */
static void
set_memory_banner (NerveFigureView *pane, NerveDocument *document, const GError *error)
{
  guint layer = nerve_figure_view_get_layer (pane);
  const NerveLayerParameters *parameters = nerve_document_get_parameters (document, layer);
  g_autofree char *count = NULL;
  g_autofree char *button = NULL;
  gsize n_fitting;

  if (nerve_rips_check_fits (parameters->diagram_points, 1, parameters->rips.max_dimension, 0, &n_fitting, NULL) ||
      n_fitting < 2)
    {
      set_retry_banner (pane, error->message, _("Allow fewer points in the parameters."), _("Retry"));
      return;
    }

  /* Not to the last byte, and a round number. */
  n_fitting = n_fitting > 200 ? n_fitting * 9 / 1000 * 100 : n_fitting;
  count = nerve_text_count (n_fitting);
  /* Translators: how many points fit into memory */
  button = g_strdup_printf (_("Take %s Points"), count);
  nerve_figure_view_set_banner (pane, error->message, _("Allow fewer points, or look at lower dimensions only."),
                                button, "document.diagram-points",
                                g_variant_new ("(uu)", layer, (guint) n_fitting));
}

static void
set_homology_banner (NerveFigureView *pane, NerveDocument *document, const GError *error)
{
  if (g_error_matches (error, NERVE_ERROR, NERVE_ERROR_MEMORY))
    set_memory_banner (pane, document, error);
  else
    set_failure_banner (pane, document, error);
}

/* A bar was clicked, and its images are looked for; or there are none. */
static void
apply_bar (NerveFigureView *pane, NerveDocument *document, NerveJob *job)
{
  NerveJobState state = nerve_job_get_state (job);

  nerve_figure_view_set_progress (pane, state <= NERVE_JOB_RUNNING ? nerve_job_get_fraction (job) : -1, FALSE);
  if (state == NERVE_JOB_FAILED)
    nerve_figure_view_set_banner (pane, nerve_job_get_error (job)->message, _("Other bars may lead to images."),
                                  _("Close"), "document.clear", NULL);
  else
    nerve_figure_view_set_banner (pane, NULL, NULL, NULL, NULL, NULL);
}

/* A graph without nodes, or one that says little, is a result; why it is so is worth a line. */
static void
explain_graph (NerveFigureView *pane, NerveDocument *document, const NerveGraph *graph)
{
  const NerveDiagnosis *found = &graph->diagnosis;
  guint layer = nerve_figure_view_get_layer (pane);
  gboolean by_hand = !isnan (nerve_document_get_parameters (document, layer)->mapper.eps);
  g_autofree char *title = nerve_graph_verdict_describe (found, graph->mapper);
  g_autofree char *advice = nerve_graph_verdict_advise (found, graph->mapper);
  char eps[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *shown = NULL;
  g_autofree char *button = NULL;

  if (isfinite (found->advised))
    {
      shown = nerve_text_short (found->advised, 4);
      button = g_strdup_printf (_("Use ε = %s"), shown);
      nerve_figure_view_set_banner (pane, title, advice, button, "document.set-eps",
                                    g_variant_new ("(us)", layer, g_ascii_dtostr (eps, sizeof eps, found->advised)));
    }
  else if (found->kind >= NERVE_DIAGNOSIS_NOISE && by_hand)
    nerve_figure_view_set_banner (pane, title, advice, _("Automatic ε"), "document.set-eps",
                                  g_variant_new ("(us)", layer, "auto"));
  else
    nerve_figure_view_set_banner (pane, title, advice, NULL, NULL, NULL);
}

char *
nerve_pane_state_left_out (NerveDocument *document, guint layer)
{
  const NerveCloudParameters *cloud = &nerve_document_get_parameters (document, layer)->cloud;
  const NerveParameter *sampling = nerve_parameters_find (&nerve_cloud_table, "sampling");

  if (nerve_cloud_suits (nerve_document_get_dataset (document), layer, cloud, NULL))
    return NULL;

  /* Translators: how points are sampled: "Foreground" */
  return g_strdup_printf (_("“%s” needs positions; this layer holds vectors"),
                          _(sampling->choices[cloud->sampling].label));
}

/* Nothing is wrong, there is just nothing of this layer: that is said without advice. */
static gboolean
apply_left_out (NerveFigureView *pane, NerveDocument *document, NerveResultKind kind)
{
  gboolean is_of_cloud = kind != NERVE_RESULT_BETTI && kind != NERVE_RESULT_CURVES;
  g_autofree char *text = is_of_cloud ? nerve_pane_state_left_out (document, nerve_figure_view_get_layer (pane)) : NULL;

  nerve_figure_view_set_left_out (pane, text != NULL);
  if (text == NULL)
    return FALSE;

  nerve_figure_view_set_progress (pane, -1, FALSE);
  nerve_figure_view_set_banner (pane, text, NULL, NULL, NULL, NULL);

  return TRUE;
}

/* What is the matter with a graph is said over the graph. */
static gboolean
is_of_images (NerveFigureView *pane)
{
  return (nerve_figure_view_get_kind (pane)->flags & NERVE_FIGURE_OF_IMAGES) != 0;
}

void
nerve_pane_state_apply (NerveFigureView *pane, NerveDocument *document)
{
  guint layer = nerve_figure_view_get_layer (pane);
  NerveResultKind kind = result_of (nerve_figure_view_get_kind (pane));
  NerveJob *job = nerve_document_get_job (document, layer, kind);
  NerveJobState state = job != NULL ? nerve_job_get_state (job) : NERVE_JOB_DONE;
  const NerveGraph *graph = nerve_document_get_model (document)->layers[layer].graph;
  NerveJob *of_bar = kind == NERVE_RESULT_HOMOLOGY ? nerve_document_get_bar_job (document, layer) : NULL;

  if (apply_left_out (pane, document, kind))
    return;
  if (job == NULL && of_bar != NULL && !nerve_document_is_stale (document, layer, kind))
    {
      apply_bar (pane, document, of_bar);
      return;
    }

  nerve_figure_view_set_progress (pane, state <= NERVE_JOB_RUNNING ? nerve_job_get_fraction (job) : -1,
                                  nerve_document_is_stale (document, layer, kind));

  if (state == NERVE_JOB_FAILED && kind == NERVE_RESULT_HOMOLOGY)
    set_homology_banner (pane, document, nerve_job_get_error (job));
  else if (state == NERVE_JOB_FAILED)
    set_failure_banner (pane, document, nerve_job_get_error (job));
  else if (state == NERVE_JOB_CANCELLED)
    set_retry_banner (pane, _("Stopped."), NULL, _("Compute"));
  else if (state == NERVE_JOB_DONE && kind == NERVE_RESULT_GRAPH && graph != NULL && !is_of_images (pane))
    explain_graph (pane, document, graph);
  else
    nerve_figure_view_set_banner (pane, NULL, NULL, NULL, NULL, NULL);
}

guint
nerve_pane_state_apply_network (NerveFigureView *pane, NerveDocument *document)
{
  NerveResultKind kind = result_of (nerve_figure_view_get_kind (pane));
  guint n_layers = nerve_document_get_model (document)->n_layers;
  const GError *error = NULL;
  guint n_running = 0, n_failed = 0;

  if (kind == NERVE_RESULT_BETTI && nerve_document_get_model (document)->decay.at_eta)
    kind = NERVE_RESULT_CURVES;
  for (guint layer = 0; layer < n_layers; layer++)
    {
      NerveJob *job = nerve_document_get_job (document, layer, kind);

      if (job == NULL)
        continue;
      n_running += nerve_job_get_state (job) <= NERVE_JOB_RUNNING;
      n_failed += nerve_job_get_state (job) == NERVE_JOB_FAILED;
      if (error == NULL)
        error = nerve_job_get_error (job);
    }

  nerve_figure_view_set_progress (pane, n_running > 0 ? 1 - (double) n_running / n_layers : -1, FALSE);
  if (n_failed == n_layers && error != NULL)
    nerve_figure_view_set_banner (pane, error->message, advise (error, document), NULL, NULL, NULL);
  else
    nerve_figure_view_set_banner (pane, NULL, NULL, NULL, NULL, NULL);

  return n_running;
}

void
nerve_pane_state_apply_result (NerveFigureView *pane, NerveDocument *document, NerveNetworkKind kind,
                               const char *advice)
{
  NerveJob *job = nerve_document_get_network_job (document, kind);
  gboolean stale = nerve_document_is_network_stale (document, kind);
  NerveJobState state = job != NULL ? nerve_job_get_state (job) : NERVE_JOB_DONE;

  nerve_figure_view_set_progress (pane, state <= NERVE_JOB_RUNNING ? nerve_job_get_fraction (job) : -1, stale);
  if (state == NERVE_JOB_FAILED)
    nerve_figure_view_set_banner (pane, nerve_job_get_error (job)->message, advice, NULL, NULL, NULL);
  else if (state == NERVE_JOB_CANCELLED)
    nerve_figure_view_set_banner (pane, _("Stopped."), NULL, _("Compute"), "document.retry-matrix", NULL);
  else
    nerve_figure_view_set_banner (pane, NULL, NULL, NULL, NULL, NULL);
}
