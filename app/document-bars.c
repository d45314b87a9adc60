#include "config.h"

#include <glib/gi18n.h>

#include "app/document-private.h"
#include "figures/bar-texts.h"
#include "homology/representatives.h"

/* Bars: the way from one of them back to its images. What stands for a bar is looked for
 * beside the main thread; it becomes the selection only if nothing else was selected, undone or changed meanwhile. */

static gboolean
is_same_mark (NerveBarMark a, NerveBarMark b)
{
  return a.layer == b.layer && a.bar == b.bar;
}

void
nerve_document_set_hover_bar (NerveDocument *self, int layer, int bar)
{
  NerveBarMark mark = { layer, bar };

  g_return_if_fail (NERVE_IS_DOCUMENT (self));

  if (is_same_mark (self->model.hover_bar, mark))
    return;

  self->model.hover_bar = mark;
  nerve_document_emit (self, NERVE_CHANGE_HOVER);
}

void
nerve_document_set_hover_curve (NerveDocument *self, int layer, const char *name, double at, double value)
{
  g_return_if_fail (NERVE_IS_DOCUMENT (self));

  self->model.hover_curve = layer >= 0 ? (NerveCurveMark) { layer, g_intern_string (name), at, value }
                                       : NERVE_CURVE_MARK_NONE;
  nerve_document_emit (self, NERVE_CHANGE_HOVER);
}

guint
nerve_document_drop_bar (NerveDocument *self)
{
  if (self->bar_slot.job == NULL)
    return 0;

  nerve_document_slot_drop_job (self, &self->bar_slot);
  g_clear_pointer (&self->bar_slot.wanted, g_free);
  nerve_document_sync_model (self);

  return NERVE_CHANGE_JOBS | NERVE_CHANGE_SELECTION;
}

guint
nerve_document_check_bar (NerveDocument *self)
{
  const NerveDocumentSlot *slot = &self->bar_slot;

  if (slot->job == NULL || g_strcmp0 (slot->wanted, self->slots[slot->layer][NERVE_RESULT_HOMOLOGY].wanted) == 0)
    return 0;

  return nerve_document_drop_bar (self);
}

/* What was found passes every check that a bar's cycle must pass, or it would not have come. */
static char *
name_selection (NerveDocument *self, const NerveBarImages *found)
{
  g_autofree char *bar = nerve_bar_name (&self->model, self->bar_slot.layer, &found->bar);

  if (!found->is_cycle)
    /* Translators: "H₀ bar 0–0.55 of conv1, a component": the points that join at its end */
    return g_strdup_printf (_("%s, a component"), bar);

  /* Translators: "H₁ bar 0.31–0.55 of conv1, …": a cycle that was checked to be born and to die with the bar */
  return g_strdup_printf (_("%s, checked cycle"), bar);
}

static void
take (NerveDocument *self)
{
  NerveDocumentSlot *slot = &self->bar_slot;
  g_autoptr (NerveBarImages) found = nerve_bar_images_ref (nerve_job_get_result (slot->job));
  g_autoptr (NerveBitset) images = nerve_bitset_new (nerve_dataset_get_n (self->dataset));
  g_autofree char *name = name_selection (self, found);
  NerveBarMark mark = { slot->layer, slot->kind };

  for (gsize i = 0; i < found->n_images; i++)
    nerve_bitset_set (images, found->images[i], TRUE);
  nerve_document_slot_drop_job (self, slot);
  g_clear_pointer (&slot->wanted, g_free);
  nerve_document_select_images (self, images, self->bar_mode, mark.layer, -1, mark.bar, name);
  /* The same images by another bar, or none new: the mark moves all the same. */
  nerve_document_sync_model (self);
  nerve_document_emit (self, NERVE_CHANGE_JOBS | NERVE_CHANGE_SELECTION);
}

static void
on_job_changed (NerveJob *job, gpointer user_data)
{
  NerveDocument *self = user_data;

  /* Only the bar clicked last is connected here: an older one has no way in. */
  g_assert (self->bar_slot.job == job);

  if (nerve_job_get_state (job) == NERVE_JOB_DONE)
    {
      take (self);
      return;
    }
  nerve_document_sync_model (self);
  nerve_document_emit (self, NERVE_CHANGE_JOBS | NERVE_CHANGE_SELECTION);
}

void
nerve_document_select_bar (NerveDocument *self, guint layer, guint bar, NerveSelectMode mode)
{
  NerveDocumentSlot *slot = &self->bar_slot;
  const NerveHomology *homology;
  NerveBarChoice choice;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));
  g_return_if_fail (layer < self->n_layers);

  homology = self->results[layer].homology;
  /* Who asks may have looked at an older diagram. */
  if (homology == NULL || bar >= nerve_diagram_get_n_bars (homology->diagram) ||
      nerve_document_is_stale (self, layer, NERVE_RESULT_HOMOLOGY))
    return;

  choice = nerve_bar_choice_new (homology->diagram, bar);
  /* Whoever points at it is told so. */
  if (choice.bar.dimension > NERVE_REPRESENTATIVES_MOST_DIMENSION)
    return;

  nerve_document_drop_bar (self);
  slot->layer = layer;
  slot->kind = bar;
  slot->wanted = g_strdup (self->slots[layer][NERVE_RESULT_HOMOLOGY].wanted);
  slot->job = nerve_jobs_request_bar (self->jobs, self->dataset, layer, &self->state->parameters[layer], &choice);
  self->bar_mode = mode;
  if (nerve_job_get_state (slot->job) == NERVE_JOB_DONE)
    {
      take (self);
      return;
    }
  slot->handler = g_signal_connect (slot->job, "changed", G_CALLBACK (on_job_changed), self);
  nerve_document_sync_model (self);
  nerve_document_emit (self, NERVE_CHANGE_JOBS | NERVE_CHANGE_SELECTION);
}

NerveJob *
nerve_document_get_bar_job (NerveDocument *self, guint layer)
{
  g_return_val_if_fail (NERVE_IS_DOCUMENT (self), NULL);

  return self->bar_slot.layer == layer ? self->bar_slot.job : NULL;
}
