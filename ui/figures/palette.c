#include "figures/palette-private.h"

#include <stdlib.h>
#include <string.h>

#include "figures/class-codes.h"
#include "figures/color.h"

/* DESIGN.md "Class palette": a hue arc, a chroma, a window of lightness in each theme. */
typedef struct
{
  double hue[2];
  double chroma;
  double light[2];
  double dark[2];
} Family;

struct _NervePalette
{
  gatomicrefcount ref;
  guint           n_classes;
  guint           n_groups;
  guint          *groups;
  guint          *order;
  NerveColor     *class_colors[2]; /* light, dark */
  NerveColor     *group_colors[2];
  char          **class_codes;
  char          **group_codes;
  gboolean        is_grey;
  gboolean        needs_letters[2]; /* classes, groups */
};

/* Fewer than this apart by CIEDE2000, two colours may be taken for one another. */
#define APART 10.
/* No palette keeps more than these apart. */
#define MOST_APART 24
/* OKLab lightness of the first and the last step of grey. */
#define DARKEST .22
#define PALEST .94

/* The largest family takes the first. A family of one stands in the middle of its window; the windows of green
 * and rose were searched for the largest CIEDE2000 over trees of up to ten classes, colour-blind sight included. */
static const Family families[] = {
  { { 285, 236 }, .135, { .34, .91 }, { .42, .93 } }, /* blue */
  { { 50, 95 }, .15,  { .49, .90 }, { .56, .92 } }, /* amber */
  { { 160, 160 }, .14,  { .26, .78 }, { .34, .86 } }, /* green */
  { { 354, 358 }, .16,  { .40, .80 }, { .45, .85 } }, /* rose */
  { { 205, 195 }, .11,  { .40, .84 }, { .48, .88 } }, /* teal */
  { { 312, 324 }, .16,  { .34, .74 }, { .44, .82 } }, /* purple */
  { { 128, 118 }, .17,  { .52, .88 }, { .60, .90 } }, /* lime */
  { { 26, 34 },   .17,  { .36, .72 }, { .46, .78 } }, /* red */
};

static const Family neutral = { { 0, 0 }, 0, { .62, .62 }, { .66, .66 } };

/* Families past the table: hues by the golden angle, lightness in turn. */
static Family
family_at (guint i)
{
  static const double middles[] = { .46, .62, .76 };
  double middle;
  double hue;

  if (i < G_N_ELEMENTS (families))
    return families[i];

  middle = middles[i % 3];
  hue = 285 + 137.508 * i;

  return (Family) {
    { hue - 6, hue + 6 }, .13, { middle - .14, middle + .14 }, { middle - .08, middle + .18 },
  };
}

/* The colour a share @t of the way from the family's dark end to its light one. */
static NerveColor
family_color (const Family *self, double t, gboolean dark)
{
  const double *window = dark ? self->dark : self->light;

  return nerve_color_from_oklch (window[0] + (window[1] - window[0]) * t, self->chroma,
                                 self->hue[0] + (self->hue[1] - self->hue[0]) * t);
}

static double
step_of (guint i, guint n)
{
  return n == 1 ? .5 : (double) i / (n - 1);
}

typedef struct { guint group; guint size; } GroupSize;

static int
compare_sizes (gconstpointer a, gconstpointer b)
{
  const GroupSize *one = a;
  const GroupSize *other = b;

  if (one->size != other->size)
    return one->size > other->size ? -1 : 1;

  return one->group < other->group ? -1 : one->group > other->group;
}

static void
color_tree (NervePalette *self)
{
  g_autofree GroupSize *sizes = g_new0 (GroupSize, self->n_groups);
  g_autofree guint *family = g_new (guint, self->n_groups);
  g_autofree guint *size = g_new (guint, self->n_groups);
  g_autofree guint *seen = g_new0 (guint, self->n_groups);

  for (guint i = 0; i < self->n_groups; i++)
    sizes[i].group = i;
  for (guint i = 0; i < self->n_classes; i++)
    sizes[self->groups[i]].size++;
  qsort (sizes, self->n_groups, sizeof *sizes, compare_sizes);
  for (guint i = 0; i < self->n_groups; i++)
    {
      family[sizes[i].group] = i;
      size[sizes[i].group] = sizes[i].size;
    }

  for (guint dark = 0; dark < 2; dark++)
    for (guint i = 0; i < self->n_groups; i++)
      {
        Family own = family_at (family[i]);

        self->group_colors[dark][i] = family_color (&own, .5, dark);
      }
  for (guint i = 0; i < self->n_classes; i++)
    {
      guint group = self->groups[i];
      Family own = family_at (family[group]);
      double t = step_of (seen[group]++, size[group]);

      self->class_colors[0][i] = family_color (&own, t, FALSE);
      self->class_colors[1][i] = family_color (&own, t, TRUE);
    }
}

/* Steps of the four families, the most different first: any beginning of the list keeps CIEDE2000 over 11. */
static const struct { guint family; guint step; guint of; } loose[] = {
  { 0, 2, 5 }, { 1, 1, 3 }, { 2, 0, 1 }, { 3, 0, 1 }, { 0, 0, 5 }, { 1, 2, 3 },
  { 0, 4, 5 }, { 1, 0, 3 }, { 0, 1, 5 }, { 0, 3, 5 },
};

/* Two more, searched for the largest CIEDE2000 to all of these and to each other in every sight and both themes. */
static const Family late[] = {
  { { 344, 344 }, .08, { .30, .30 }, { .45, .45 } }, { { 156, 156 }, .08, { .30, .30 }, { .45, .45 } },
};

static NerveColor
loose_color (guint i, guint n, gboolean dark)
{
  const guint size = 6;
  Family own;

  if (n <= G_N_ELEMENTS (loose) + G_N_ELEMENTS (late))
    {
      if (i >= G_N_ELEMENTS (loose))
        return family_color (&late[i - G_N_ELEMENTS (loose)], .5, dark);
      own = family_at (loose[i].family);
      return family_color (&own, step_of (loose[i].step, loose[i].of), dark);
    }

  own = family_at (i / size);

  return family_color (&own, step_of (i % size, MIN (size, n - i / size * size)), dark);
}

static void
color_loose (NervePalette *self)
{
  for (guint i = 0; i < self->n_classes; i++)
    {
      self->class_colors[0][i] = loose_color (i, self->n_classes, FALSE);
      self->class_colors[1][i] = loose_color (i, self->n_classes, TRUE);
    }
}

static NerveColor
grey_step (guint i, guint n)
{
  return nerve_color_from_oklch (DARKEST + (PALEST - DARKEST) * step_of (i, n), 0, 0);
}

static gboolean
look_alike (const NerveColor *colors, guint n)
{
  for (guint i = 0; i < n; i++)
    for (guint k = 0; k < i; k++)
      for (int sight = -1; sight < 3; sight++)
        if (nerve_color_ciede2000 (nerve_color_as_seen (colors[i], sight), nerve_color_as_seen (colors[k], sight))
            < APART)
          return TRUE;

  return FALSE;
}

static void
find_needs (NervePalette *self)
{
  const guint n[2] = { self->n_classes, self->n_groups };

  for (guint by = 0; by < 2; by++)
    {
      self->needs_letters[by] = n[by] > 1 && (self->is_grey || n[by] > MOST_APART);
      for (guint dark = 0; dark < 2 && !self->needs_letters[by]; dark++)
        self->needs_letters[by] = look_alike (by == 0 ? self->class_colors[dark] : self->group_colors[dark], n[by]);
    }
}

static void
sort_classes (NervePalette *self)
{
  guint n = 0;

  for (guint group = 0; group < MAX (self->n_groups, 1); group++)
    for (guint i = 0; i < self->n_classes; i++)
      if (self->groups[i] == group)
        self->order[n++] = i;
}

NervePalette *
nerve_palette_new_from_tree (const char * const *classes, guint n_classes, const guint *groups,
                             const char * const *group_names, guint n_groups)
{
  NervePalette *self = g_new0 (NervePalette, 1);
  g_autofree guint *plain = g_new (guint, n_groups + 1);

  g_atomic_ref_count_init (&self->ref);
  self->n_classes = n_classes;
  self->n_groups = n_groups;
  self->groups = g_new0 (guint, MAX (n_classes, 1));
  self->order = g_new0 (guint, MAX (n_classes, 1));
  for (guint dark = 0; dark < 2; dark++)
    {
      self->class_colors[dark] = g_new0 (NerveColor, MAX (n_classes, 1));
      self->group_colors[dark] = g_new0 (NerveColor, MAX (n_groups, 1));
    }
  for (guint i = 0; i < n_classes && n_groups > 0; i++)
    self->groups[i] = MIN (groups[i], n_groups - 1);
  for (guint i = 0; i < n_groups; i++)
    plain[i] = i;

  sort_classes (self);
  self->class_codes = nerve_class_codes_new (classes, n_classes, self->order,
                                             n_groups > 0 ? self->groups : NULL, n_groups);
  self->group_codes = nerve_class_codes_new (group_names, n_groups, plain, NULL, 0);
  if (n_groups > 0)
    color_tree (self);
  else
    color_loose (self);
  find_needs (self);

  return self;
}

/* In the tree's order, so that a superclass is a range of greys. */
NervePalette *
nerve_palette_new_grey_of (const NervePalette *palette)
{
  NervePalette *self = g_new0 (NervePalette, 1);

  g_atomic_ref_count_init (&self->ref);
  self->is_grey = TRUE;
  self->n_classes = palette->n_classes;
  self->n_groups = palette->n_groups;
  self->groups = g_memdup2 (palette->groups, MAX (palette->n_classes, 1) * sizeof (guint));
  self->order = g_memdup2 (palette->order, MAX (palette->n_classes, 1) * sizeof (guint));
  self->class_codes = g_strdupv (palette->class_codes);
  self->group_codes = g_strdupv (palette->group_codes);
  for (guint dark = 0; dark < 2; dark++)
    {
      self->class_colors[dark] = g_new0 (NerveColor, MAX (self->n_classes, 1));
      self->group_colors[dark] = g_new0 (NerveColor, MAX (self->n_groups, 1));
      for (guint i = 0; i < self->n_classes; i++)
        self->class_colors[dark][self->order[i]] = grey_step (i, self->n_classes);
      for (guint i = 0; i < self->n_groups; i++)
        self->group_colors[dark][i] = grey_step (i, self->n_groups);
    }
  find_needs (self);

  return self;
}

const char *
nerve_palette_get_name (const NervePalette *self)
{
  return self->is_grey ? "grey" : "default";
}

gboolean
nerve_palette_needs_letters (const NervePalette *self, gboolean by_group)
{
  return self->needs_letters[by_group != FALSE];
}

NervePalette *
nerve_palette_new (NerveDataset *dataset)
{
  guint n_classes = nerve_dataset_get_n_classes (dataset);
  guint n_groups = nerve_dataset_get_n_levels (dataset) > 0 ? nerve_dataset_get_n_groups (dataset, 1) : 0;
  g_autofree const char **classes = g_new0 (const char *, n_classes + 1);
  g_autofree const char **group_names = g_new0 (const char *, n_groups + 1);
  g_autofree guint *groups = g_new0 (guint, n_classes + 1);

  for (guint i = 0; i < n_classes; i++)
    {
      classes[i] = nerve_dataset_get_class_name (dataset, i);
      groups[i] = n_groups > 0 ? nerve_dataset_get_group (dataset, 1, i) : 0;
    }
  for (guint i = 0; i < n_groups; i++)
    group_names[i] = nerve_dataset_get_group_name (dataset, 1, i);

  return nerve_palette_new_from_tree (classes, n_classes, groups, group_names, n_groups);
}

NervePalette *
nerve_palette_ref (NervePalette *self)
{
  g_atomic_ref_count_inc (&self->ref);

  return self;
}

void
nerve_palette_unref (NervePalette *self)
{
  if (!g_atomic_ref_count_dec (&self->ref))
    return;

  for (guint dark = 0; dark < 2; dark++)
    {
      g_free (self->class_colors[dark]);
      g_free (self->group_colors[dark]);
    }
  g_free (self->groups);
  g_free (self->order);
  g_strfreev (self->class_codes);
  g_strfreev (self->group_codes);
  g_free (self);
}

guint
nerve_palette_get_n_classes (const NervePalette *self)
{
  return self->n_classes;
}

guint
nerve_palette_get_n_groups (const NervePalette *self)
{
  return self->n_groups;
}

guint
nerve_palette_get_group (const NervePalette *self, guint label)
{
  g_return_val_if_fail (label < self->n_classes, 0);

  return self->groups[label];
}

NerveColor
nerve_palette_get_neutral (gboolean dark)
{
  return family_color (&neutral, .5, dark);
}

NerveColor
nerve_palette_get_class_color (const NervePalette *self, guint label, gboolean dark)
{
  return label < self->n_classes ? self->class_colors[dark != FALSE][label] : nerve_palette_get_neutral (dark);
}

NerveColor
nerve_palette_get_group_color (const NervePalette *self, guint group, gboolean dark)
{
  return group < self->n_groups ? self->group_colors[dark != FALSE][group] : nerve_palette_get_neutral (dark);
}

const char *
nerve_palette_get_class_code (const NervePalette *self, guint label)
{
  return label < self->n_classes ? self->class_codes[label] : "";
}

const char *
nerve_palette_get_group_code (const NervePalette *self, guint group)
{
  return group < self->n_groups ? self->group_codes[group] : "";
}

const guint *
nerve_palette_get_order (const NervePalette *self)
{
  return self->order;
}
