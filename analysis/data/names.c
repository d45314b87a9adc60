#include "data/names.h"

#include <string.h>

#define NEAR 3
#define LISTED 5
/* Longer names are compared by their beginnings. */
#define COMPARED 128

typedef struct
{
  const char *name;
  guint       distance;
} Candidate;

static gsize
skip_digits (const char *text)
{
  gsize n = 0;

  while (g_ascii_isdigit (text[n]))
    n++;
  return n;
}

static int
compare_numbers (const char **a, const char **b)
{
  gsize la, lb;
  int order;

  while (**a == '0' && g_ascii_isdigit ((*a)[1]))
    (*a)++;
  while (**b == '0' && g_ascii_isdigit ((*b)[1]))
    (*b)++;
  la = skip_digits (*a);
  lb = skip_digits (*b);
  order = la != lb ? (la < lb ? -1 : 1) : memcmp (*a, *b, la);
  *a += la;
  *b += lb;
  return order;
}

char **
nerve_names_split (const char *text)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GString) name = g_string_new (NULL);

  for (; *text != '\0'; text++)
    if (text[0] == '\\' && text[1] == ',')
      g_string_append_c (name, *++text);
    else if (*text != ',')
      g_string_append_c (name, *text);
    else
      {
        g_ptr_array_add (names, g_strdup (name->str));
        g_string_truncate (name, 0);
      }
  g_ptr_array_add (names, g_strdup (name->str));
  g_ptr_array_add (names, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

int
nerve_names_compare (const char *a, const char *b)
{
  const char *p = a;
  const char *q = b;

  while (*p != '\0' && *q != '\0')
    {
      if (g_ascii_isdigit (*p) && g_ascii_isdigit (*q))
        {
          int order = compare_numbers (&p, &q);

          if (order != 0)
            return order;
        }
      else if (*p != *q)
        return (guchar) *p < (guchar) *q ? -1 : 1;
      else
        {
          p++;
          q++;
        }
    }
  if (*p != *q)
    return *p == '\0' ? -1 : 1;
  return strcmp (a, b);
}

/* Levenshtein's distance, letters compared without case. */
static guint
edit_distance (const char *a, const char *b)
{
  guint row[COMPARED + 1];
  gsize la = MIN (strlen (a), COMPARED);
  gsize lb = MIN (strlen (b), COMPARED);

  for (gsize j = 0; j <= lb; j++)
    row[j] = j;
  for (gsize i = 1; i <= la; i++)
    {
      guint diagonal = row[0];

      row[0] = i;
      for (gsize j = 1; j <= lb; j++)
        {
          gboolean same = g_ascii_tolower (a[i - 1]) == g_ascii_tolower (b[j - 1]);
          guint best = MIN (MIN (row[j], row[j - 1]) + 1, diagonal + !same);

          diagonal = row[j];
          row[j] = best;
        }
    }
  return row[lb];
}

static int
compare_candidates (gconstpointer a, gconstpointer b)
{
  const Candidate *p = a;
  const Candidate *q = b;

  return p->distance != q->distance ? (p->distance < q->distance ? -1 : 1) : nerve_names_compare (p->name, q->name);
}

char *
nerve_names_near (const char *wanted, const char * const *names, gsize n)
{
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  gsize length = strlen (wanted);
  guint allowed = MAX (2, length / 3);
  GString *text;

  for (gsize i = 0; i < n; i++)
    {
      Candidate candidate = { names[i], edit_distance (wanted, names[i]) };
      gboolean part = length >= 3 && strstr (names[i], wanted) != NULL;

      if (part)
        candidate.distance = MIN (candidate.distance, allowed);
      if (candidate.distance <= allowed)
        g_array_append_val (candidates, candidate);
    }
  if (candidates->len == 0)
    return NULL;

  g_array_sort (candidates, compare_candidates);
  text = g_string_new (NULL);
  for (guint i = 0; i < MIN (candidates->len, NEAR); i++)
    g_string_append_printf (text, "%s“%s”", i > 0 ? ", " : "", g_array_index (candidates, Candidate, i).name);
  return g_string_free (text, FALSE);
}

char *
nerve_names_clean (const char *bytes, gssize length)
{
  gsize size = length < 0 ? strlen (bytes) : strnlen (bytes, length);
  char *text = g_utf8_make_valid (bytes, size);

  for (char *p = text; *p != '\0'; p++)
    if ((guchar) *p < 0x20 || *p == 0x7f)
      *p = ' ';
  return text;
}

char *
nerve_names_list (GPtrArray *names)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < MIN (names->len, LISTED); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", (const char *) names->pdata[i]);
  if (names->len > LISTED)
    g_string_append_printf (text, " and %u more", names->len - LISTED);
  return g_string_free (text, FALSE);
}
