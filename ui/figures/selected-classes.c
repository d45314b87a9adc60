#include "figures/selected-classes.h"

#include <glib/gi18n.h>

#include "figures/color.h"
#include "figures/text.h"

/* As in figures/mapper-marks.c. */
#define LEAST_BAR .03
#define CLEARLY .10
#define BAR 2.
#define MOST_NAMED 3

static guint
count_kinds (NerveDataset *dataset, guint level)
{
  return level == 0 ? nerve_dataset_get_n_classes (dataset) : nerve_dataset_get_n_groups (dataset, level);
}

void
nerve_selected_classes_init (NerveSelectedClasses *self, const NerveFigureModel *model, guint level)
{
  const int *labels = nerve_dataset_get_labels (model->dataset);
  gsize length = model->selection != NULL ? nerve_bitset_length (model->selection) : 0;
  g_autofree gsize *totals = NULL;

  *self = (NerveSelectedClasses) { .n = count_kinds (model->dataset, level) };
  self->shares = g_new0 (double, MAX (self->n, 1));
  if (labels == NULL || length == 0 || nerve_bitset_is_empty (model->selection))
    return;

  self->active = TRUE;
  totals = g_new0 (gsize, MAX (self->n, 1));
  for (gsize i = 0; i < MIN (length, nerve_dataset_get_n (model->dataset)); i++)
    {
      guint one;

      self->n_selected += nerve_bitset_get (model->selection, i);
      if (labels[i] < 0)
        continue;
      one = level == 0 ? (guint) labels[i] : nerve_dataset_get_group (model->dataset, level, labels[i]);
      totals[one]++;
      self->shares[one] += nerve_bitset_get (model->selection, i);
    }
  for (guint one = 0; one < self->n; one++)
    if (totals[one] > 0)
      self->shares[one] /= totals[one];
}

void
nerve_selected_classes_clear (NerveSelectedClasses *self)
{
  g_clear_pointer (&self->shares, g_free);
}

double
nerve_selected_classes_opacity (const NerveSelectedClasses *self, guint one)
{
  if (!self->active || self->shares[one] >= CLEARLY)
    return 1;

  return self->shares[one] > 0 ? .6 : .2;
}

double
nerve_selected_classes_pair (const NerveSelectedClasses *self, guint one, guint other)
{
  return MIN (nerve_selected_classes_opacity (self, one), nerve_selected_classes_opacity (self, other));
}

void
nerve_selected_classes_bar (const NerveSelectedClasses *self, guint one, const NerveStyle *style, cairo_t *cr,
                            double x, double y, double width)
{
  if (!self->active || self->shares[one] < LEAST_BAR)
    return;

  cairo_rectangle (cr, x, y, width * self->shares[one], BAR * style->scale);
  nerve_color_set (cr, style->text);
  cairo_fill (cr);
}

/* Of those not named yet the one that holds most; -1: none holds any. */
static int
find_most (const NerveSelectedClasses *self, const gboolean *named)
{
  int most = -1;

  for (guint one = 0; one < self->n; one++)
    if (!named[one] && self->shares[one] > 0 && (most < 0 || self->shares[one] > self->shares[most]))
      most = one;

  return most;
}

char *
nerve_selected_classes_describe (const NerveFigureModel *model)
{
  g_auto (NerveSelectedClasses) self = { 0 };
  g_autofree gboolean *named = NULL;
  GString *text = g_string_new (NULL);
  int most;

  nerve_selected_classes_init (&self, model, 0);
  if (!self.active)
    return g_string_free (text, FALSE);

  named = g_new0 (gboolean, MAX (self.n, 1));
  /* Translators: how many images, in a sentence of its own after others */
  g_string_append_printf (text, ngettext (" %zu image is selected", " %zu images are selected", self.n_selected),
                          self.n_selected);
  for (guint k = 0; k < MOST_NAMED && (most = find_most (&self, named)) >= 0; k++)
    {
      g_autofree char *share = nerve_text_percent (self.shares[most]);

      named[most] = TRUE;
      g_string_append (text, k == 0 ? ": " : ", ");
      /* Translators: "80 %", a class */
      g_string_append_printf (text, _("%s of %s"), share, nerve_dataset_get_class_name (model->dataset, most));
    }
  if (find_most (&self, named) >= 0)
    g_string_append (text, ", …");
  g_string_append_c (text, '.');

  return g_string_free (text, FALSE);
}
