#include "data/dataset.h"
#include "layers/decay.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

/* One volume of golden/homology/betti.txt; see make_betti.py for its lines. */
typedef struct
{
  gsize    shape[3];
  gsize    n;
  double  *values;
  char    *type;
  char   **etas; /* its lines of thresholds, n_etas of them */
  guint    n_etas;
} Volume;

static void
volume_init (Volume *self, char **lines)
{
  g_auto (GStrv) head = g_strsplit (lines[0], " ", -1);
  g_auto (GStrv) values = g_strsplit (lines[1], " ", -1);

  self->n = g_strv_length (values);
  self->values = g_new (double, self->n);
  self->type = g_strdup (head[5]);
  self->etas = lines + 2;
  for (guint d = 0; d < 3; d++)
    self->shape[d] = g_ascii_strtoull (head[2 + d], NULL, 10);
  g_assert_cmpuint (self->shape[0] * self->shape[1] * self->shape[2], ==, self->n);
  for (gsize v = 0; v < self->n; v++)
    self->values[v] = g_ascii_strtod (values[v], NULL);
  for (self->n_etas = 0; self->etas[self->n_etas] != NULL && g_str_has_prefix (self->etas[self->n_etas], "eta ");)
    self->n_etas++;
}

static void
volume_clear (Volume *self)
{
  g_free (self->values);
  g_free (self->type);
}

/* Of a number that half precision holds. */
static guint16
get_half (double value)
{
  double size = fabs (value);
  int exponent;
  guint16 sign = signbit (value) ? 0x8000 : 0;
  double fraction = frexp (size, &exponent);

  if (size == 0 || exponent < -13)
    return sign | (guint16) ldexp (size, 24);
  return sign | (guint16) ((exponent + 14) << 10) | (guint16) ldexp (2 * fraction - 1, 10);
}

static void
append_number (GByteArray *bytes, const char *type, double value)
{
  float single = (float) value;
  guint16 half = get_half (value);
  guint8 byte = (guint8) value;

  if (g_str_equal (type, "f8"))
    g_byte_array_append (bytes, (const guint8 *) &value, sizeof value);
  else if (g_str_equal (type, "f4"))
    g_byte_array_append (bytes, (const guint8 *) &single, sizeof single);
  else if (g_str_equal (type, "f2"))
    g_byte_array_append (bytes, (const guint8 *) &half, sizeof half);
  else
    g_byte_array_append (bytes, &byte, 1);
}

/* An .npy file of one image, channels first. */
static void
write_volume (const Volume *volume, const char *type, const char *path)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *head = g_strdup_printf ("{'descr': '%s%s', 'fortran_order': False, 'shape': (1, %zu, %zu, %zu), }",
                                           type[1] == '1' ? "|" : "<", type, volume->shape[0], volume->shape[1],
                                           volume->shape[2]);
  g_autofree char *padded = g_strdup_printf ("%-*s\n", 117, head);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (strlen (padded), ==, 118);
  g_byte_array_append (bytes, (const guint8 *) "\x93NUMPY\x01\x00\x76\x00", 10);
  g_byte_array_append (bytes, (const guint8 *) padded, 118);
  for (gsize v = 0; v < volume->n; v++)
    append_number (bytes, type, volume->values[v]);
  g_file_set_contents (path, (const char *) bytes->data, bytes->len, &error);
  g_assert_no_error (error);
}

static void
check_counts (NerveDataset *dataset, const Volume *volume, NerveBettiCount count)
{
  for (guint e = 0; e < volume->n_etas; e++)
    {
      g_auto (GStrv) fields = g_strsplit (volume->etas[e], " ", -1);
      double eta = g_ascii_strtod (fields[1], NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (NerveBettiLayer) layer = nerve_betti_layer_new (dataset, 0, &eta, 1, count, NULL, &error);

      g_assert_no_error (error);
      for (guint d = 0; d < 3; d++)
        g_assert_cmpuint (nerve_betti_layer_get_image (layer, 0, 0)[d], ==,
                          g_ascii_strtoull (fields[2 + 3 * count + d], NULL, 10));
    }
}

static void
check_file (const Volume *volume, const char *type, const char *path)
{
  g_autoptr (NerveDataset) dataset = NULL;
  g_autoptr (GError) error = NULL;

  write_volume (volume, type, path);
  dataset = nerve_dataset_open (path, &error);
  g_assert_no_error (error);
  check_counts (dataset, volume, NERVE_BETTI_HALF_OPEN);
  check_counts (dataset, volume, NERVE_BETTI_CLOSED);
}

static gboolean
fits_single (const Volume *volume)
{
  for (gsize v = 0; v < volume->n; v++)
    if ((float) volume->values[v] != volume->values[v])
      return FALSE;

  return TRUE;
}

/* All that fit, in single precision too. */
static void
files_of_any_type_count_as_gudhi_counts_them (void)
{
  g_autofree char *golden = g_test_build_filename (G_TEST_DIST, "golden", "homology", "betti.txt", NULL);
  g_autofree char *folder = g_dir_make_tmp ("nerve-volumes-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "volume.npy", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n_halves = 0, n_singles = 0, n_bytes = 0;

  g_assert_true (g_file_get_contents (golden, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (gsize l = 0; lines[l] != NULL; l++)
    if (g_str_has_prefix (lines[l], "volume "))
      {
        Volume volume;

        volume_init (&volume, lines + l);
        check_file (&volume, volume.type, path);
        n_halves += g_str_equal (volume.type, "f2");
        n_bytes += g_str_equal (volume.type, "u1");
        if (fits_single (&volume))
          {
            check_file (&volume, "f4", path);
            n_singles++;
          }
        volume_clear (&volume);
      }
  g_remove (path);
  g_rmdir (folder);

  g_assert_cmpuint (n_halves, >=, 4);
  g_assert_cmpuint (n_bytes, >=, 5);
  g_assert_cmpuint (n_singles, >=, 50);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/layers/volumes/types", files_of_any_type_count_as_gudhi_counts_them);

  return g_test_run ();
}
