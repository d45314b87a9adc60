#include "layers/parting.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* What happens to the pairs of one level. */
typedef struct
{
  gsize n_pairs;
  gsize n_parted;
  gsize n_never;
  guint first[2]; /* the pair that parts first, of several the first */
  guint last[2];
  guint never[2]; /* some pair that never does */
  guint first_layer;
  guint last_layer;
  guint n_first;  /* pairs that part there */
  guint n_last;
} Tally;

static const char *
name_of (NerveDataset *dataset, guint level, guint i)
{
  return level == 0 ? nerve_dataset_get_class_name (dataset, i) : nerve_dataset_get_group_name (dataset, level, i);
}

static const char *
layer_name (NerveDataset *dataset, guint layer)
{
  return nerve_dataset_get_layer (dataset, layer)->name;
}

static void
keep_pair (guint pair[2], guint a, guint b)
{
  pair[0] = a;
  pair[1] = b;
}

static void
tally_add (Tally *self, guint a, guint b, const NervePartingPair *pair)
{
  self->n_pairs++;
  if (pair->verdict == NERVE_PARTING_NEVER)
    {
      if (self->n_never++ == 0)
        keep_pair (self->never, a, b);
      return;
    }
  if (pair->verdict != NERVE_PARTING_PARTED)
    return;

  if (self->n_parted == 0 || pair->layer < self->first_layer)
    {
      keep_pair (self->first, a, b);
      self->first_layer = pair->layer;
      self->n_first = 0;
    }
  if (self->n_parted == 0 || pair->layer > self->last_layer)
    {
      keep_pair (self->last, a, b);
      self->last_layer = pair->layer;
      self->n_last = 0;
    }
  self->n_first += pair->layer == self->first_layer;
  self->n_last += pair->layer == self->last_layer;
  self->n_parted++;
}

static Tally
count (const NerveParting *parting, guint level)
{
  Tally tally = { 0 };

  for (guint a = 0; a < nerve_parting_get_n (parting, level); a++)
    for (guint b = a + 1; b < nerve_parting_get_n (parting, level); b++)
      tally_add (&tally, a, b, nerve_parting_get_pair (parting, level, a, b));

  return tally;
}

/* "block4", "block4 (as do 2 more pairs)": of several that part there one is named. */
static char *
tell_layer (NerveDataset *dataset, guint layer, guint n_pairs)
{
  if (n_pairs < 2)
    return g_strdup (layer_name (dataset, layer));

  /* Translators: a layer at which a pair of classes parts; how many others do so */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s (as does %u more pair)", "%s (as do %u more pairs)",
                                       n_pairs - 1), layer_name (dataset, layer), n_pairs - 1);
}

/* Superclasses where there are some, else classes. */
static guint
told_level (const NerveParting *parting)
{
  return nerve_parting_get_n_levels (parting) > 1 && nerve_parting_get_n (parting, 1) > 1 ? 1 : 0;
}

/* Names of classes may begin a sentence. Takes @text. */
static char *
capitalize (char *text)
{
  g_autofree char *own = text;
  char first[7] = { 0 };

  if (!g_utf8_validate (own, -1, NULL))
    return g_steal_pointer (&own);
  g_unichar_to_utf8 (g_unichar_toupper (g_utf8_get_char (own)), first);

  return g_strconcat (first, *own != '\0' ? g_utf8_next_char (own) : "", NULL);
}

char *
nerve_parting_headline (const NerveParting *self, NerveDataset *dataset)
{
  guint level = told_level (self);
  Tally tally = count (self, level);
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  GString *text;

  if (tally.n_pairs == 0)
    return g_strdup (_("There is one class only, and nothing to part from."));
  if (tally.n_parted + tally.n_never == 0)
    return g_strdup (_("Too few images are in the graphs for a verdict on any pair."));
  if (tally.n_parted == 0)
    return g_strdup_printf (level > 0 ? _("No superclass parts from another: %s and %s stay one to the end.")
                                      : _("No class parts from another: %s and %s stay one to the end."),
                            name_of (dataset, level, tally.never[0]), name_of (dataset, level, tally.never[1]));

  first = tell_layer (dataset, tally.first_layer, tally.n_first);
  last = tell_layer (dataset, tally.last_layer, tally.n_last);
  text = g_string_new (NULL);
  if (tally.n_pairs == 1)
    /* Translators: two classes, a layer's name */
    g_string_append_printf (text, _("%s and %s part at %s"), name_of (dataset, level, tally.first[0]),
                            name_of (dataset, level, tally.first[1]), layer_name (dataset, tally.first_layer));
  else if (tally.first_layer == tally.last_layer)
    /* Translators: how many of how many pairs, a layer's name */
    g_string_append_printf (text, level > 0 ? _("%zu of %zu pairs of superclasses part at %s")
                                            : _("%zu of %zu pairs of classes part at %s"),
                            tally.n_parted, tally.n_pairs, layer_name (dataset, tally.first_layer));
  else
    /* Translators: two classes and a layer, two classes and a layer */
    g_string_append_printf (text, _("%s and %s part first, at %s; %s and %s part last, at %s"),
                            name_of (dataset, level, tally.first[0]), name_of (dataset, level, tally.first[1]),
                            first, name_of (dataset, level, tally.last[0]), name_of (dataset, level, tally.last[1]),
                            last);
  if (tally.n_never > 0)
    /* Translators: two classes */
    g_string_append_printf (text, _("; %s and %s never do"), name_of (dataset, level, tally.never[0]),
                            name_of (dataset, level, tally.never[1]));
  g_string_append_c (text, '.');

  return capitalize (g_string_free (text, FALSE));
}

/* The largest set of classes that hang together by pairs that never part: members marked, how many. */
static guint
largest_whole (const NerveParting *self, gboolean *members)
{
  guint n = nerve_parting_get_n (self, 0);
  g_autofree guint *component = g_new (guint, MAX (n, 1));
  g_autofree guint *sizes = g_new0 (guint, MAX (n, 1));
  guint best = 0;

  for (guint i = 0; i < n; i++)
    component[i] = i;
  for (guint a = 0; a < n; a++)
    for (guint b = a + 1; b < n; b++)
      {
        guint from = component[b];

        if (nerve_parting_get_pair (self, 0, a, b)->verdict != NERVE_PARTING_NEVER)
          continue;
        for (guint i = 0; i < n; i++)
          if (component[i] == from)
            component[i] = component[a];
      }
  for (guint i = 0; i < n; i++)
    sizes[component[i]]++;
  for (guint i = 1; i < n; i++)
    if (sizes[i] > sizes[best])
      best = i;
  for (guint i = 0; i < n; i++)
    members[i] = component[i] == best;

  return n > 0 ? sizes[best] : 0;
}

static char *
list_whole (const NerveParting *self, NerveDataset *dataset)
{
  const guint most = 6;
  guint n = nerve_parting_get_n (self, 0);
  g_autofree gboolean *members = g_new0 (gboolean, MAX (n, 1));
  guint size = largest_whole (self, members);
  GString *names = g_string_new (NULL);
  guint listed = 0;

  for (guint i = 0; i < n && size > 1; i++)
    if (members[i] && listed++ < most)
      g_string_append_printf (names, "%s%s", listed > 1 ? ", " : "", nerve_dataset_get_class_name (dataset, i));
  if (size > most)
    /* Translators: after a list of classes: how many there are beside them */
    g_string_append_printf (names, g_dngettext (GETTEXT_PACKAGE, " and %u more class", " and %u more classes",
                                                size - most), size - most);

  return g_string_free (names, FALSE);
}

/* " Last, at block7: A and B, C and D, and 2 more." */
static void
append_last (const NerveParting *self, NerveDataset *dataset, guint layer, GString *text)
{
  const guint most = 3;
  g_autoptr (GString) names = g_string_new (NULL);
  guint n = 0;

  for (guint a = 0; a < nerve_parting_get_n (self, 0); a++)
    for (guint b = a + 1; b < nerve_parting_get_n (self, 0); b++)
      {
        const NervePartingPair *pair = nerve_parting_get_pair (self, 0, a, b);

        if (pair->verdict != NERVE_PARTING_PARTED || pair->layer != layer || n++ >= most)
          continue;
        if (names->len > 0)
          g_string_append (names, ", ");
        /* Translators: two classes */
        g_string_append_printf (names, _("%s and %s"), name_of (dataset, 0, a), name_of (dataset, 0, b));
      }
  if (n > most)
    /* Translators: after a list of pairs that part at the same layer: how many there are beside them */
    g_string_append_printf (names, g_dngettext (GETTEXT_PACKAGE, ", and %u more pair", ", and %u more pairs",
                                                n - most), n - most);
  /* Translators: a layer, a list of pairs of classes */
  g_string_append_printf (text, _(" Last, at %s: %s."), layer_name (dataset, layer), names->str);
}

char *
nerve_parting_story (const NerveParting *self, NerveDataset *dataset)
{
  GString *text = g_string_new (NULL);
  Tally classes = count (self, 0);
  gsize open = classes.n_pairs - classes.n_parted - classes.n_never;

  /* Of one pair the headline has told all. */
  if (classes.n_pairs < 2)
    return g_string_free (text, FALSE);

  if (told_level (self) > 0)
    {
      Tally groups = count (self, 1);

      /* Where they part at one layer, the headline has told how many. Translators: how many of how many */
      if (groups.n_pairs > 1 && (groups.n_parted == 0 || groups.first_layer != groups.last_layer))
        g_string_append_printf (text, _("%zu of %zu pairs of superclasses part. "), groups.n_parted, groups.n_pairs);
    }
  if (classes.n_parted == classes.n_pairs)
    g_string_append_printf (text, _("All %zu pairs of classes part"), classes.n_pairs);
  else
    g_string_append_printf (text, _("Of the %zu pairs of classes %zu part, %zu never do"), classes.n_pairs,
                            classes.n_parted, classes.n_never);
  if (open > 0)
    g_string_append_printf (text, _(", %zu have no verdict"), open);
  if (classes.n_never > 0)
    {
      g_autofree char *names = list_whole (self, dataset);

      /* Translators: a list of classes */
      g_string_append_printf (text, _("; held together: %s"), names);
    }
  g_string_append_c (text, '.');
  if (told_level (self) > 0 && classes.n_parted > 0)
    append_last (self, dataset, classes.last_layer, text);

  return g_string_free (text, FALSE);
}

char *
nerve_parting_control_text (const NerveParting *self)
{
  int n = nerve_parting_get_parameters (self)->permutations;
  guint n_classes = nerve_parting_get_n (self, 0);
  double n_pairs = n_classes > 0 ? n_classes * (n_classes - 1.) / 2 : 0;
  double parted = nerve_parting_get_control (self, 0);

  if (n == 0 || isnan (parted))
    return g_strdup (_("no control with permuted labels"));

  /* Translators: how often; a mean number of pairs, and of how many */
  return g_strdup_printf (_("labels permuted %d times: %.3g of %.0f pairs part"), n, parted * n_pairs, n_pairs);
}
