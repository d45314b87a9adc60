#include "data/values.h"

#include "base/error.h"
#include "base/memory.h"

NerveValues *
nerve_values_new_integers (const char *name, gint64 *integers, gsize n)
{
  NerveValues *self = g_new0 (NerveValues, 1);

  self->name = g_strdup (name);
  self->n = n;
  self->integers = integers;
  return self;
}

NerveValues *
nerve_values_new_strings (const char *name, char **strings)
{
  NerveValues *self = g_new0 (NerveValues, 1);

  self->name = g_strdup (name);
  self->n = g_strv_length (strings);
  self->strings = strings;
  return self;
}

void
nerve_values_free (NerveValues *self)
{
  g_free (self->name);
  g_free (self->integers);
  g_strfreev (self->strings);
  g_free (self);
}

static gboolean
read_integers (NerveArray *array, gint64 *out, GError **error)
{
  g_autofree guint8 *raw = nerve_memory_new (array->n, array->scalar.size, "its values", error);
  gsize bad = 0;

  if (raw == NULL || !array->class->read (array, 0, array->n, raw, error))
    return FALSE;
  if (nerve_scalar_to_int64 (array->scalar, raw, array->n, out, &bad))
    return TRUE;

  g_set_error (error, NERVE_ERROR, NERVE_ERROR_VALUE, "entry %" G_GSIZE_FORMAT " (counted from 0) is no whole number",
               bad);
  return FALSE;
}

NerveValues *
nerve_values_read (NerveArray *array, const char *name, GError **error)
{
  g_autofree gint64 *integers = NULL;

  if (array->row_length != 1)
    {
      g_autofree char *shape = nerve_array_describe_shape (array);

      g_set_error (error, NERVE_ERROR, NERVE_ERROR_SHAPE, "%s: its shape is %s where one number a row is needed", name,
                   shape);
      return NULL;
    }
  integers = nerve_memory_new (array->n, sizeof (gint64), "its values", error);
  if (integers == NULL || !read_integers (array, integers, error))
    {
      g_prefix_error (error, "%s: ", name);
      return NULL;
    }
  return nerve_values_new_integers (name, g_steal_pointer (&integers), array->n);
}

char *
nerve_values_get_text (const NerveValues *self, gsize i)
{
  if (self->strings != NULL)
    return g_strdup (self->strings[i]);
  return g_strdup_printf ("%" G_GINT64_FORMAT, self->integers[i]);
}
