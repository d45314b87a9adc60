#include "layers/decay.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/parallel.h"
#include "layers/decay-private.h"
#include "layers/volumes.h"

#define DEFAULT_ETAS "0.5"
#define MOST_ETAS    10000u

struct _NerveBettiLayer
{
  gatomicrefcount references;
  gsize           n_images;
  gsize           n_etas;
  double         *etas;
  guint64        *numbers; /* n_etas × n_images × 3 */
  int            *labels;  /* NULL: none */
  guint           n_classes;
};

/* One run over the images of a layer. */
typedef struct
{
  NerveBettiCount       count;
  NerveBettiLayer      *result;
  NerveBettiWorkspace **workspaces; /* one a worker, like the numbers of an image */
  guint64             **numbers;
  guint                 n_workers;
} Run;

static const NerveChoice count_choices[] = {
  { "half-open", N_("Half-open (birth ≤ η < death)") },
  { "closed", N_("Closed (birth ≤ η ≤ death)") },
  { NULL, NULL },
};

static const NerveParameter parameters[] = {
  {
    .name = "eta", .label = N_("Threshold η"),
    .help = N_("Voxels of value at most η are counted; several with commas between, or FIRST:LAST:HOW-MANY "
            "(0.5 when empty)"),
    .type = NERVE_PARAMETER_STRING, .offset = G_STRUCT_OFFSET (NerveBettiParameters, etas),
  },
  {
    .name = "count", .label = N_("Count"),
    .help = N_("Whether a bar still counts at the value where it ends"),
    .type = NERVE_PARAMETER_CHOICE, .offset = G_STRUCT_OFFSET (NerveBettiParameters, count),
    .initial = NERVE_BETTI_HALF_OPEN, .choices = count_choices,
  },
};

const NerveParameterTable nerve_betti_table = {
  "betti", sizeof (NerveBettiParameters), parameters, G_N_ELEMENTS (parameters),
};

static gboolean
parse_eta (const char  *word,
           double      *eta,
           GError     **error)
{
  g_autofree char *text = g_strstrip (g_strdup (word));
  char *end;

  *eta = g_ascii_strtod (text, &end);
  if (end != text && *end == 0 && isfinite (*eta))
    return TRUE;

  g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER,
               "eta: “%s” is neither a finite number nor FROM:TO:N, so many thresholds evenly apart", text);
  return FALSE;
}

/* "A:B:N", N thresholds from A to B. */
static gboolean
add_range (const char  *word,
           GArray      *etas,
           GError     **error)
{
  g_auto (GStrv) parts = g_strsplit (word, ":", -1);
  guint64 n;
  double first, last;

  if (g_strv_length (parts) != 3 || !g_ascii_string_to_unsigned (g_strstrip (parts[2]), 10, 2, MOST_ETAS, &n, NULL))
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER,
                   "eta: “%s” is not FIRST:LAST:HOW-MANY, with 2 to %u thresholds", word, MOST_ETAS);
      return FALSE;
    }
  if (!parse_eta (parts[0], &first, error) || !parse_eta (parts[1], &last, error))
    return FALSE;

  if (!isfinite (last - first))
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, "eta: “%s” is too wide", word);
      return FALSE;
    }

  for (guint64 k = 0; k < n; k++)
    {
      double eta = k + 1 < n ? first + (last - first) * k / (n - 1) : last;

      g_array_append_val (etas, eta);
    }
  return TRUE;
}

double *
nerve_betti_parse_etas (const char  *text,
                        gsize       *n,
                        GError     **error)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (GArray) etas = g_array_new (FALSE, FALSE, sizeof (double));

  *n = 0;
  if (text == NULL || *text == 0)
    text = DEFAULT_ETAS;
  words = g_strsplit (text, ",", -1);
  for (guint k = 0; words[k] != NULL; k++)
    {
      double eta;

      if (strchr (words[k], ':') != NULL)
        {
          if (!add_range (words[k], etas, error))
            return NULL;
          continue;
        }
      if (!parse_eta (words[k], &eta, error))
        return NULL;
      g_array_append_val (etas, eta);
    }

  *n = etas->len;
  return (double *) (gpointer) g_array_free (g_steal_pointer (&etas), FALSE);
}

NerveBettiLayer *
nerve_betti_layer_make (const int     *labels,
                        gsize          n_images,
                        guint          n_classes,
                        const double  *etas,
                        gsize          n_etas,
                        guint64      **numbers,
                        GError       **error)
{
  g_autoptr (NerveBettiLayer) self = g_new0 (NerveBettiLayer, 1);

  g_atomic_ref_count_init (&self->references);
  self->numbers = nerve_memory_new ((guint64) n_etas * n_images, 3 * sizeof (guint64), "these Betti numbers", error);
  if (self->numbers == NULL)
    return NULL;

  self->n_images = n_images;
  self->n_etas = n_etas;
  self->etas = g_memdup2 (etas, n_etas * sizeof (double));
  if (labels != NULL)
    {
      self->labels = g_memdup2 (labels, n_images * sizeof (int));
      self->n_classes = n_classes;
    }
  *numbers = self->numbers;

  return g_steal_pointer (&self);
}

static gboolean
count_image (const double         *volume,
             const gsize           shape[3],
             gsize                 image,
             guint                 worker,
             gpointer              user_data,
             const NerveProgress  *question,
             GError              **error)
{
  Run *run = user_data;
  NerveBettiLayer *result = run->result;
  guint64 *numbers = run->numbers[worker];

  if (!nerve_betti_numbers (run->workspaces[worker], volume, shape, result->etas, result->n_etas, run->count,
                            numbers, question, error))
    return FALSE;

  for (gsize e = 0; e < result->n_etas; e++)
    memcpy (result->numbers + 3 * (e * result->n_images + image), numbers + 3 * e, 3 * sizeof (guint64));
  return TRUE;
}

static void
run_init (Run             *self,
          NerveBettiCount  count,
          NerveBettiLayer *result)
{
  *self = (Run) { .count = count, .result = result, .n_workers = nerve_parallel_get_threads () };
  self->workspaces = g_new (NerveBettiWorkspace *, self->n_workers);
  self->numbers = g_new (guint64 *, self->n_workers);
  for (guint w = 0; w < self->n_workers; w++)
    {
      self->workspaces[w] = nerve_betti_workspace_new ();
      self->numbers[w] = g_new (guint64, 3 * result->n_etas + 1);
    }
}

static void
run_clear (Run *self)
{
  for (guint w = 0; w < self->n_workers; w++)
    {
      nerve_betti_workspace_free (self->workspaces[w]);
      g_free (self->numbers[w]);
    }
  g_free (self->workspaces);
  g_free (self->numbers);
}

NerveBettiLayer *
nerve_betti_layer_new (NerveDataset         *dataset,
                       guint                 layer,
                       const double         *etas,
                       gsize                 n_etas,
                       NerveBettiCount       count,
                       const NerveProgress  *progress,
                       GError              **error)
{
  g_autoptr (NerveBettiLayer) self = NULL;
  guint64 *numbers;
  gboolean done;
  Run run;

  g_return_val_if_fail (dataset != NULL && layer < nerve_dataset_get_n_layers (dataset), NULL);
  g_return_val_if_fail (etas != NULL || n_etas == 0, NULL);

  self = nerve_betti_layer_make (nerve_dataset_get_labels (dataset), nerve_dataset_get_n (dataset),
                                 nerve_dataset_get_n_classes (dataset), etas, n_etas, &numbers, error);
  if (self == NULL)
    return NULL;

  run_init (&run, count, self);
  done = nerve_volumes_for_each (dataset, layer, count_image, &run, progress, error);
  run_clear (&run);

  return done ? g_steal_pointer (&self) : NULL;
}

NerveBettiLayer *
nerve_betti_layer_ref (NerveBettiLayer *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
nerve_betti_layer_unref (NerveBettiLayer *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_free (self->etas);
  g_free (self->numbers);
  g_free (self->labels);
  g_free (self);
}

gsize
nerve_betti_layer_get_n_images (const NerveBettiLayer *self)
{
  return self->n_images;
}

gsize
nerve_betti_layer_get_n_etas (const NerveBettiLayer *self)
{
  return self->n_etas;
}

const double *
nerve_betti_layer_get_etas (const NerveBettiLayer *self)
{
  return self->etas;
}

const int *
nerve_betti_layer_get_labels (const NerveBettiLayer *self,
                              guint                 *n_classes)
{
  *n_classes = self->n_classes;
  return self->labels;
}

const guint64 *
nerve_betti_layer_get_image (const NerveBettiLayer *self,
                             gsize                  eta,
                             gsize                  image)
{
  g_return_val_if_fail (eta < self->n_etas && image < self->n_images, NULL);

  return self->numbers + 3 * (eta * self->n_images + image);
}

/* Sums over the images of class @label, over all images if it is negative; returns how many. */
static gsize
sum_images (const NerveBettiLayer *self,
            gsize                  eta,
            int                    label,
            double                 sums[4])
{
  gsize n = 0;

  memset (sums, 0, 4 * sizeof (double));
  for (gsize image = 0; image < self->n_images; image++)
    {
      const guint64 *numbers = self->numbers + 3 * (eta * self->n_images + image);

      if (label >= 0 && self->labels[image] != label)
        continue;
      for (guint d = 0; d < 3; d++)
        sums[d] += numbers[d];
      n++;
    }

  sums[3] = sums[0] + sums[1] + sums[2];
  return n;
}

static void
divide (double values[4],
        gsize  n)
{
  for (guint d = 0; d < 4; d++)
    values[d] = n > 0 ? values[d] / n : NAN;
}

void
nerve_betti_layer_class_mean (const NerveBettiLayer *self,
                              gsize                  eta,
                              guint                  label,
                              double                 out[4])
{
  gsize n = 0;

  memset (out, 0, 4 * sizeof (double));
  g_return_if_fail (eta < self->n_etas);

  if (self->labels != NULL && label < self->n_classes)
    n = sum_images (self, eta, label, out);
  divide (out, n);
}

void
nerve_betti_layer_mean (const NerveBettiLayer *self,
                        gsize                  eta,
                        double                 out[4])
{
  gsize n_classes = 0;

  g_return_if_fail (eta < self->n_etas);

  memset (out, 0, 4 * sizeof (double));
  for (guint label = 0; label < self->n_classes; label++)
    {
      double mean[4] = { 0 };

      nerve_betti_layer_class_mean (self, eta, label, mean);
      if (isnan (mean[3]))
        continue;
      for (guint d = 0; d < 4; d++)
        out[d] += mean[d];
      n_classes++;
    }

  divide (out, n_classes > 0 ? n_classes : sum_images (self, eta, -1, out));
}

void
nerve_betti_layer_pack (const NerveBettiLayer *self, GByteArray *out)
{
  nerve_pack_number (out, self->n_images);
  nerve_pack_array (out, self->etas, self->n_etas, sizeof (double));
  nerve_pack_array (out, self->numbers, self->n_etas * self->n_images * 3, sizeof (guint64));
  nerve_pack_array (out, self->labels, self->n_images, sizeof (int));
  nerve_pack_number (out, self->n_classes);
}

NerveBettiLayer *
nerve_betti_layer_unpack (NerveUnpack *in)
{
  g_autoptr (NerveBettiLayer) self = g_new0 (NerveBettiLayer, 1);

  g_atomic_ref_count_init (&self->references);
  self->n_images = nerve_unpack_number (in);
  self->etas = nerve_unpack_array (in, sizeof (double), &self->n_etas);
  self->numbers = nerve_unpack_just (in, self->n_etas * self->n_images * 3, sizeof (guint64));
  self->labels = nerve_unpack_just (in, self->n_images, sizeof (int));
  self->n_classes = nerve_unpack_number (in);

  return !in->failed ? g_steal_pointer (&self) : NULL;
}
