#include "figures/short-name.h"

#include "figures/text.h"

/* @kept characters, the half of them from the end. */
static char *
cut (const char *name, glong length, glong kept)
{
  g_autofree char *start = g_utf8_substring (name, 0, kept - kept / 2);
  g_autofree char *end = g_utf8_substring (name, length - kept / 2, length);

  return g_strconcat (g_strchomp (start), "…", end, NULL);
}

char *
nerve_short_name (const NerveStyle *style, const char *name, double size, guint flags, double width)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  glong length = g_utf8_strlen (valid, -1);
  glong low = 1; /* what is kept at least */
  glong high = length - 1;

  if (nerve_text_width (NULL, style, valid, size, flags) <= width || length < 3)
    return g_steal_pointer (&valid);

  while (low < high)
    {
      glong kept = (low + high + 1) / 2;
      g_autofree char *text = cut (valid, length, kept);

      if (nerve_text_width (NULL, style, text, size, flags) <= width)
        low = kept;
      else
        high = kept - 1;
    }

  return cut (valid, length, low);
}
