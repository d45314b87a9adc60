#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/cli/diagram-input.h"
#include "base/memory.h"
#include "homology/summaries.h"

#define HIGHEST_DIMENSION 64
#define LARGEST 1e300
#define BANDWIDTHS 20 /* by default as many to the wider side of an image */

typedef enum { KIND_BETTI, KIND_LANDSCAPE, KIND_SILHOUETTE, KIND_IMAGE, KIND_NUMBERS } Kind;

typedef struct
{
  int    kind;
  int    dimension;
  int    n_values;
  double lower;     /* NaN: from the bars */
  double upper;
  int    n_levels;
  double power;
  double bandwidth; /* NaN: from the axes */
} Values;

static const NerveChoice kinds[] = {
  { "betti", N_("Betti curve") },
  { "landscape", N_("Persistence landscape") },
  { "silhouette", N_("Silhouette") },
  { "image", N_("Persistence image") },
  { "numbers", N_("Numbers") },
  { NULL, NULL },
};

static const NerveParameter parameters[] = {
  {
    .name = "kind", .label = N_("Kind"),
    .help = N_("Columns: value, then betti, level1 …, or silhouette; an image: birth,length,weight; numbers of all "
               "dimensions: dimension,bars,essential,longest,total,entropy."),
    .type = NERVE_PARAMETER_CHOICE, .offset = G_STRUCT_OFFSET (Values, kind), .choices = kinds,
  },
  {
    .name = "dim", .label = N_("Dimension"), .help = N_("Of the bars that are summed up."),
    .type = NERVE_PARAMETER_INT, .offset = G_STRUCT_OFFSET (Values, dimension),
    .initial = 1, .lower = 0, .upper = HIGHEST_DIMENSION,
  },
  {
    .name = "values", .label = N_("Values"), .help = N_("How many, evenly spaced; an image has as many each way."),
    .type = NERVE_PARAMETER_INT, .offset = G_STRUCT_OFFSET (Values, n_values),
    .initial = 100, .lower = 2, .upper = 1000000,
  },
  {
    .name = "lower", .label = N_("First value"), .help = N_("By default 0, or the first birth if that is below."),
    .type = NERVE_PARAMETER_DOUBLE, .offset = G_STRUCT_OFFSET (Values, lower),
    .initial = NAN, .lower = -LARGEST, .upper = LARGEST, .automatic = "auto",
  },
  {
    .name = "upper", .label = N_("Last value"), .help = N_("By default the last birth or death there is."),
    .type = NERVE_PARAMETER_DOUBLE, .offset = G_STRUCT_OFFSET (Values, upper),
    .initial = NAN, .lower = -LARGEST, .upper = LARGEST, .automatic = "auto",
  },
  {
    .name = "levels", .label = N_("Levels"), .help = N_("Of a landscape, from the highest down."),
    .type = NERVE_PARAMETER_INT, .offset = G_STRUCT_OFFSET (Values, n_levels),
    .initial = 5, .lower = 1, .upper = 1000,
  },
  {
    .name = "power", .label = N_("Power"),
    .help = N_("In a silhouette and an image a bar weighs its length to this power; 0: all alike."),
    .type = NERVE_PARAMETER_DOUBLE, .offset = G_STRUCT_OFFSET (Values, power),
    .initial = 1, .lower = 0, .upper = 100,
  },
  {
    .name = "bandwidth", .label = N_("Bandwidth"),
    .help = N_("Of the Gaussians in an image; by default a twentieth of its wider side."),
    .type = NERVE_PARAMETER_DOUBLE, .offset = G_STRUCT_OFFSET (Values, bandwidth),
    .initial = NAN, .lower = 1e-300, .upper = LARGEST, .automatic = "auto",
  },
};

static const NerveParameterTable summary_table = {
  .name = "summary", .size = sizeof (Values), .parameters = parameters, .n = G_N_ELEMENTS (parameters),
};

static void
declare (gpointer user_data, NerveOptions *options)
{
  nerve_parameters_init (&summary_table, user_data);
  nerve_options_add_table (options, &summary_table, user_data);
}

static void
clear (gpointer user_data)
{
  nerve_parameters_clear (&summary_table, user_data);
}

/* Fills in what was left open. */
static gboolean
set_limits (Values *values, const NerveDiagram *diagram, GError **error)
{
  NerveDiagramSummary summary;
  gsize n;
  const NerveBar *bars = nerve_diagram_get_dimension (diagram, values->dimension, &n);

  nerve_diagram_summarize (diagram, values->dimension, &summary);
  if (isnan (values->lower))
    /* Sorted by birth. */
    values->lower = n > 0 ? MIN (bars[0].birth, 0) : 0;
  if (isnan (values->upper))
    values->upper = summary.largest > values->lower ? summary.largest : values->lower + 1;
  if (values->upper > values->lower)
    return TRUE;

  g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, _("--lower: %.9g is not below --upper, %.9g"), values->lower,
               values->upper);
  return FALSE;
}

static void
write_row (NerveOutput *output, const double *numbers, gsize n, gsize stride)
{
  for (gsize i = 0; i < n; i++)
    {
      nerve_output_printf (output, ",");
      nerve_output_number (output, numbers[i * stride]);
    }
  nerve_output_printf (output, "\n");
}

/* @out: level by level, of which only a landscape has several. */
static gboolean
compute_curves (const Values *values, const NerveDiagram *diagram, const double *at, double *out,
                const NerveProgress *progress, GError **error)
{
  switch ((Kind) values->kind)
    {
    case KIND_LANDSCAPE:
      return nerve_summary_landscape (diagram, values->dimension, at, values->n_values, values->n_levels, out, progress,
                                      error);
    case KIND_SILHOUETTE:
      return nerve_summary_silhouette (diagram, values->dimension, values->power, at, values->n_values, out, progress,
                                       error);
    case KIND_BETTI:
    case KIND_IMAGE:
    case KIND_NUMBERS:
    default:
      nerve_summary_betti (diagram, values->dimension, at, values->n_values, out);
      return TRUE;
    }
}

static gboolean
write_curves (const Values *values, const NerveDiagram *diagram, NerveOutput *output, const NerveProgress *progress,
              GError **error)
{
  gsize n = values->n_values;
  gsize n_levels = values->kind == KIND_LANDSCAPE ? values->n_levels : 1;
  g_autofree double *numbers = nerve_memory_new ((guint64) n * (n_levels + 1), sizeof (double), "the curves", error);
  double *curves;

  if (numbers == NULL)
    return FALSE;
  curves = numbers + n;
  nerve_summary_grid (values->lower, values->upper, n, numbers);
  if (!compute_curves (values, diagram, numbers, curves, progress, error))
    return FALSE;

  nerve_output_printf (output, "value");
  if (values->kind != KIND_LANDSCAPE)
    nerve_output_printf (output, ",%s", kinds[values->kind].name);
  for (gsize level = 1; values->kind == KIND_LANDSCAPE && level <= n_levels; level++)
    nerve_output_printf (output, ",level%" G_GSIZE_FORMAT, level);
  nerve_output_printf (output, "\n");
  for (gsize i = 0; i < n; i++)
    {
      nerve_output_number (output, numbers[i]);
      write_row (output, curves + i, n_levels, n);
    }

  return TRUE;
}

/* Births along the columns, lengths from 0 to the longest along the rows. */
static void
frame_image (const Values *values, const NerveDiagram *diagram, NervePersistenceImage *image)
{
  NerveDiagramSummary summary;

  nerve_diagram_summarize (diagram, values->dimension, &summary);
  *image = (NervePersistenceImage) {
    .births = { values->lower, values->upper },
    .lengths = { 0, summary.longest > 0 ? summary.longest : values->upper - values->lower },
    .n_columns = values->n_values, .n_rows = values->n_values,
    .bandwidth = values->bandwidth, .power = values->power,
  };
  if (isnan (image->bandwidth))
    image->bandwidth = MAX (image->births[1] - image->births[0], image->lengths[1]) / BANDWIDTHS;
}

static gboolean
write_image (const Values *values, const NerveDiagram *diagram, NerveOutput *output, const NerveProgress *progress,
             GError **error)
{
  gsize n = values->n_values;
  g_autofree double *weights = nerve_memory_new ((guint64) n * n, sizeof (double), "the image", error);
  g_autofree double *births = g_new (double, n);
  g_autofree double *lengths = g_new (double, n);
  NervePersistenceImage image;

  frame_image (values, diagram, &image);
  if (weights == NULL || !nerve_summary_image (diagram, values->dimension, &image, weights, progress, error))
    return FALSE;

  nerve_summary_grid (image.births[0], image.births[1], n, births);
  nerve_summary_grid (image.lengths[0], image.lengths[1], n, lengths);
  nerve_output_printf (output, "birth,length,weight\n");
  for (gsize i = 0; i < n * n; i++)
    {
      const double row[] = { lengths[i / n], weights[i] };

      nerve_output_number (output, births[i % n]);
      write_row (output, row, G_N_ELEMENTS (row), 1);
    }

  return TRUE;
}

static gboolean
write_numbers (const NerveDiagram *diagram, NerveOutput *output)
{
  nerve_output_printf (output, "dimension,bars,essential,longest,total,entropy\n");
  for (int dimension = 0; dimension <= nerve_diagram_get_max_dimension (diagram); dimension++)
    {
      NerveDiagramSummary of;

      nerve_diagram_summarize (diagram, dimension, &of);
      nerve_output_printf (output, "%d,%" G_GSIZE_FORMAT ",%" G_GSIZE_FORMAT, dimension, of.n, of.n_essential);
      write_row (output, (const double[]) { of.longest, of.total, nerve_summary_entropy (diagram, dimension) }, 3, 1);
    }

  return TRUE;
}

static gboolean
write_summary (Values *values, const NerveDiagram *diagram, NerveOutput *output, const NerveProgress *progress,
               GError **error)
{
  if (values->kind == KIND_NUMBERS)
    return write_numbers (diagram, output);
  if (!set_limits (values, diagram, error))
    return FALSE;

  return (values->kind == KIND_IMAGE ? write_image : write_curves) (values, diagram, output, progress, error);
}

static gboolean
run (gpointer user_data, NerveInvocation *invocation, GError **error)
{
  Values *values = user_data;
  g_autoptr (NerveOutput) output = nerve_invocation_open_output (invocation, NULL, error);
  g_autoptr (NerveDiagram) diagram = NULL;

  if (output == NULL)
    return FALSE;
  diagram = nerve_diagram_read (invocation, 0, error);
  if (diagram == NULL)
    return FALSE;
  if (values->kind != KIND_NUMBERS)
    nerve_diagram_doubt (invocation, 0, diagram, values->dimension);
  if (!write_summary (values, diagram, output, nerve_invocation_get_progress (invocation), error))
    return FALSE;

  return nerve_invocation_commit (invocation, g_steal_pointer (&output), NULL, error);
}

const NerveCommand nerve_command_summary = {
  .name = "summary",
  .files = "A.csv",
  .min_files = 1,
  .max_files = 1,
  .summary = N_("What a diagram, as “persistence” writes it, becomes so that it can be averaged or learned from"),
  .size = sizeof (Values),
  .declare = declare,
  .run = run,
  .clear = clear,
};
