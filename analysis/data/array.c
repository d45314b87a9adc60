#include "data/array.h"

#include "base/error.h"

static guint64
next_serial (void)
{
  static gsize serial;

  return (guint64) g_atomic_pointer_add (&serial, 1) + 1;
}

static gboolean
set_shape_error (NerveArray *self, const char *complaint, GError **error)
{
  g_autofree char *shape = nerve_array_describe_shape (self);

  g_set_error (error, NERVE_ERROR, NERVE_ERROR_SHAPE, "%s: its shape is %s", complaint, shape);
  return FALSE;
}

/* Rows are numbered by int elsewhere, and all of the array as doubles must be a number of bytes. */
static gboolean
multiply_extents (NerveArray *self, GError **error)
{
  guint64 limit = G_MAXINT64 / 16;
  guint64 product = 1;

  for (guint i = 0; i < self->rank; i++)
    if (self->extents[i] == 0)
      return set_shape_error (self, "empty", error);
  for (guint i = self->rank; i-- > 0;)
    {
      if (product > limit / self->extents[i])
        return set_shape_error (self, "too large", error);
      self->row_length = product;
      product *= self->extents[i];
    }
  self->n = self->extents[0];
  return self->n <= G_MAXINT32 || set_shape_error (self, "too many rows", error);
}

gboolean
nerve_array_init (NerveArray *self, const NerveArrayClass *class, NerveFile *file, NerveScalar scalar, guint rank,
                  const guint64 *extents, GError **error)
{
  g_assert (rank <= NERVE_ARRAY_MAX_RANK);

  self->class = class;
  self->file = file;
  self->serial = next_serial ();
  self->scalar = scalar;
  self->dtype = nerve_scalar_get_name (scalar);
  self->stored_size = scalar.size;
  self->rank = rank;
  for (guint i = 0; i < rank; i++)
    self->extents[i] = extents[i];
  if (rank == 0)
    {
      g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_SHAPE, "a single number, not an array");
      return FALSE;
    }
  if (!multiply_extents (self, error))
    return FALSE;

  nerve_array_set_grain (self, 1, NERVE_LAYER_BLOCK_BYTES);
  return TRUE;
}

void
nerve_array_free (NerveArray *self)
{
  self->class->free (self);
}

void
nerve_array_set_grain (NerveArray *self, gsize rows, gsize bytes)
{
  gsize row_bytes = self->row_length * nerve_storage_get_size (nerve_scalar_get_storage (self->scalar));
  gsize grain = CLAMP (rows, 1, self->n);

  self->grain = grain;
  self->block_rows = MIN (self->n, grain * MAX (1, bytes / row_bytes / grain));
}

char *
nerve_array_describe_shape (NerveArray *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->rank; i++)
    g_string_append_printf (text, "%s%" G_GUINT64_FORMAT, i > 0 ? " × " : "", self->extents[i]);
  return g_string_free (text, FALSE);
}

guint64
nerve_array_get_bytes (NerveArray *self)
{
  return (guint64) self->n * self->row_length * self->stored_size;
}
