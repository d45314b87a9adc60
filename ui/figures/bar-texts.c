#include "figures/bar-texts.h"

#include <math.h>

#include <glib/gi18n.h>

#include "figures/diagram-numbers.h"
#include "figures/diagram-scale.h"
#include "figures/text.h"
#include "figures/value-axis.h"
#include "homology/representatives.h"

char *
nerve_bar_span (const NerveFigureModel *model, const NerveHomology *homology, const NerveBar *bar)
{
  double unit = nerve_diagram_unit (model, homology);
  g_autofree char *birth = nerve_text_number (bar->birth / unit, 2);
  g_autofree char *death = isinf (bar->death) ? g_strdup ("∞") : nerve_text_number (bar->death / unit, 2);

  return g_strdup_printf ("%s–%s", birth, death);
}

char *
nerve_bar_name (const NerveFigureModel *model, guint layer, const NerveBar *bar)
{
  g_autofree char *homology = nerve_homology_name (bar->dimension);
  g_autofree char *span = nerve_bar_span (model, model->layers[layer].homology, bar);

  /* Translators: "H₁ bar 0.31–0.55 of conv1" */
  return g_strdup_printf (_("%s bar %s of %s"), homology, span, nerve_dataset_get_layer (model->dataset, layer)->name);
}

char *
nerve_bar_explanation (const NerveFigureModel *model)
{
  const NerveBarMark mark = model->selected_bar;
  const NerveHomology *homology = mark.layer >= 0 ? model->layers[mark.layer].homology : NULL;
  g_autofree char *birth = NULL;
  g_autofree char *death = NULL;
  const NerveBar *bar;

  if (homology == NULL || mark.bar < 0 || (gsize) mark.bar >= nerve_diagram_get_n_bars (homology->diagram))
    return NULL;

  bar = nerve_diagram_get_bars (homology->diagram) + mark.bar;
  birth = nerve_text_number (bar->birth / nerve_diagram_unit (model, homology), 2);
  death = nerve_text_number (bar->death / nerve_diagram_unit (model, homology), 2);
  if (bar->dimension == 0 && isinf (bar->death))
    return g_strdup (_("A cluster that merges with no older one: it never dies."));
  if (bar->dimension == 0)
    /* Translators: a distance */
    return g_strdup_printf (_("A cluster, until points %s apart are joined: then it merges with an older one."), death);
  if (bar->dimension > NERVE_REPRESENTATIVES_MOST_DIMENSION || isinf (bar->death))
    return NULL;

  /* Translators: two distances, such as 0.31 and 0.55 */
  return g_strdup_printf (_("A loop around a hole: it closes once points %s apart are joined, and is filled at %s."),
                          birth, death);
}

/* "300 of 500"; NULL: all points are there. */
static char *
name_sample (const NerveHomology *homology)
{
  g_autofree char *points = nerve_text_count (homology->n_points);
  g_autofree char *available = nerve_text_count (homology->n_available);

  return homology->n_points < homology->n_available ? g_strdup_printf (_("%s of %s"), points, available) : NULL;
}

/* @sample: also how the points were taken; while the pointer rests on the bar it can wait. */
static char **
describe_bar (const NerveFigureModel *model, const NerveHomology *homology, const NerveBar *bar, gboolean sample)
{
  g_autofree char *name = nerve_homology_name (bar->dimension);
  g_autofree char *span = nerve_bar_span (model, homology, bar);
  g_autofree char *length = nerve_text_number ((bar->death - bar->birth) / nerve_diagram_unit (model, homology), 2);
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  g_autofree char *brief = g_strdup_printf ("%s %s", name, span);
  g_autofree char *points = sample ? name_sample (homology) : NULL;
  g_autofree char *whole = NULL;

  if (points != NULL)
    {
      g_autofree char *both = g_strdup_printf ("%s · %s", brief, points);

      g_strv_builder_add (texts, both);
      g_strv_builder_add (texts, brief);
      return g_strv_builder_end (texts);
    }
  if (isinf (bar->death))
    /* Translators: "H₀ 0–∞": such a bar never ends */
    whole = g_strdup_printf (_("%s · never ends"), brief);
  else
    /* Translators: "H₁ 0.31–0.55" and how long that is */
    whole = g_strdup_printf (_("%s · length %s"), brief, length);
  if (bar->dimension > NERVE_REPRESENTATIVES_MOST_DIMENSION)
    {
      /* Translators: "H₂ 0.31–0.55 · no images": unlike other bars this one leads to none */
      g_autofree char *leads_nowhere = g_strdup_printf (_("%s · no images"), brief);
      g_autofree char *both = g_strdup_printf (_("%s · no images"), whole);

      g_strv_builder_add (texts, both);
      g_strv_builder_add (texts, leads_nowhere);
    }
  g_strv_builder_add (texts, whole);
  g_strv_builder_add (texts, brief);

  return g_strv_builder_end (texts);
}

/* Counts of Betti curves are whole; heights of landscapes hardly ever. */
static char **
describe_curve (const NerveCurveMark *mark)
{
  g_autofree char *at = nerve_text_number (mark->at, 2);
  g_autofree char *value = mark->value == floor (mark->value) ? nerve_text_count (mark->value)
                                                              : nerve_text_number (mark->value, 2);
  /* Translators: "β₁ = 7 at 0.43": what a curve is at a distance */
  g_autofree char *text = g_strdup_printf (_("%s = %s at %s"), mark->name, value, at);
  const char *const texts[] = { text, NULL };

  return g_strdupv ((char **) texts);
}

static char **
describe_sample (const NerveHomology *homology)
{
  g_autofree char *sample = nerve_diagram_sample_text (homology);
  g_autofree char *brief = name_sample (homology);
  const char *const sampled[] = { homology->badge, sample, brief, NULL };
  const char *const nothing[] = { "", NULL };

  return g_strdupv ((char **) (brief != NULL ? sampled : nothing));
}

char **
nerve_bar_texts (const NerveFigureModel *model, guint layer)
{
  const NerveHomology *homology = layer < model->n_layers ? model->layers[layer].homology : NULL;
  int hovered = nerve_bar_mark_in (model->hover_bar, layer);
  int bar = hovered >= 0 ? hovered : nerve_bar_mark_in (model->selected_bar, layer);
  const char *const nothing[] = { "", NULL };

  if (homology == NULL)
    return g_strdupv ((char **) nothing);

  if (model->hover_curve.layer == (int) layer && model->hover_curve.name != NULL)
    return describe_curve (&model->hover_curve);
  if (bar >= 0 && (gsize) bar < nerve_diagram_get_n_bars (homology->diagram))
    return describe_bar (model, homology, nerve_diagram_get_bars (homology->diagram) + bar, hovered < 0);

  return describe_sample (homology);
}
