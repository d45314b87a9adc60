#include "figures/class-codes.h"

#define MAX_LETTERS 24

typedef struct
{
  GHashTable *taken;
  char      **codes;
} Codes;

/* The letters and digits of a name, the first one large; returns how many. */
static guint
letters_of (const char *name, gunichar letters[MAX_LETTERS])
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  g_autofree char *composed = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL_COMPOSE);
  guint n = 0;

  for (const char *p = composed; *p != '\0' && n < MAX_LETTERS; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalnum (c))
        {
          letters[n] = n == 0 ? g_unichar_toupper (c) : g_unichar_tolower (c);
          n++;
        }
    }

  return n;
}

static gboolean
take (Codes *self, guint i, const gunichar *letters, guint n)
{
  char *code = g_ucs4_to_utf8 (letters, n, NULL, NULL, NULL);

  if (code == NULL || !g_hash_table_add (self->taken, g_strdup (code)))
    {
      g_free (code);
      return FALSE;
    }
  g_free (self->codes[i]);
  self->codes[i] = code;

  return TRUE;
}

static void
take_number (Codes *self, guint i)
{
  for (guint number = i;; number++)
    {
      char *code = g_strdup_printf ("%u", number);

      if (g_hash_table_add (self->taken, g_strdup (code)))
        {
          g_free (self->codes[i]);
          self->codes[i] = code;
          return;
        }
      g_free (code);
    }
}

/* TRUE: the first letter was enough. */
static gboolean
choose (Codes *self, guint i, const char *name, gboolean two)
{
  gunichar letters[MAX_LETTERS];
  guint n = letters_of (name, letters);
  gboolean number = n > 0 && n <= 3;

  for (guint k = 0; k < n; k++)
    number = number && g_unichar_isdigit (letters[k]);
  if (number && take (self, i, letters, n))
    return TRUE;

  if ((!two || n == 1) && n > 0 && take (self, i, letters, 1))
    return TRUE;
  for (guint k = 1; k < n; k++)
    {
      gunichar pair[2] = { letters[0], letters[k] };

      if (take (self, i, pair, 2))
        return FALSE;
    }
  for (guint k = 2; k < n; k++)
    {
      gunichar triple[3] = { letters[0], letters[1], letters[k] };

      if (take (self, i, triple, 3))
        return FALSE;
    }
  take_number (self, i);

  return FALSE;
}

char **
nerve_class_codes_new (const char * const *names, guint n, const guint *order, const guint *families,
                       guint n_families)
{
  Codes self = { g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL), g_new0 (char *, n + 1) };
  g_autofree guint *size = g_new0 (guint, n_families + 1);
  g_autofree guint *needy = g_new0 (guint, n_families + 1);

  for (guint k = 0; k < n; k++)
    {
      guint family = families != NULL ? families[order[k]] : n_families;

      size[family]++;
      needy[family] += !choose (&self, order[k], names[order[k]], FALSE);
    }

  g_hash_table_remove_all (self.taken);
  for (guint k = 0; k < n; k++)
    {
      guint family = families != NULL ? families[order[k]] : n_families;
      gboolean two = family < n_families && size[family] > 1 && 2 * needy[family] > size[family];

      choose (&self, order[k], names[order[k]], two);
    }
  g_hash_table_unref (self.taken);

  return self.codes;
}
