#include "config.h"

#include "app/history.h"

#define LIMIT 200

typedef struct
{
  char               *label;
  NerveDocumentState *state; /* before the command, or, in redo, after it */
} Step;

struct _NerveHistory
{
  GPtrArray *undo;
  GPtrArray *redo;
  gboolean   dragging;
  gboolean   drag_saved;
};

static void
step_free (gpointer data)
{
  Step *step = data;

  g_free (step->label);
  nerve_document_state_free (step->state);
  g_free (step);
}

NerveHistory *
nerve_history_new (void)
{
  NerveHistory *self = g_new0 (NerveHistory, 1);

  self->undo = g_ptr_array_new_with_free_func (step_free);
  self->redo = g_ptr_array_new_with_free_func (step_free);

  return self;
}

void
nerve_history_free (NerveHistory *self)
{
  g_ptr_array_unref (self->undo);
  g_ptr_array_unref (self->redo);
  g_free (self);
}

static void
add_step (NerveHistory *self, NerveDocumentState *before, const char *label)
{
  Step *step = g_new0 (Step, 1);

  step->label = g_strdup (label);
  step->state = before;
  g_ptr_array_add (self->undo, step);
  if (self->undo->len > LIMIT)
    g_ptr_array_remove_index (self->undo, 0);
}

void
nerve_history_push (NerveHistory *self, NerveDocumentState *before, const char *label)
{
  if (self->dragging && self->drag_saved)
    nerve_document_state_free (before);
  else
    add_step (self, before, label);

  self->drag_saved = self->dragging;
  g_ptr_array_set_size (self->redo, 0);
}

static NerveDocumentState *
step_back (GPtrArray *from, GPtrArray *to, NerveDocumentState *now)
{
  NerveDocumentState *state;
  Step *step;

  if (from->len == 0)
    return NULL;

  step = g_ptr_array_steal_index (from, from->len - 1);
  state = step->state;
  step->state = now;
  g_ptr_array_add (to, step);

  return state;
}

NerveDocumentState *
nerve_history_undo (NerveHistory *self, NerveDocumentState *now)
{
  return step_back (self->undo, self->redo, now);
}

NerveDocumentState *
nerve_history_redo (NerveHistory *self, NerveDocumentState *now)
{
  return step_back (self->redo, self->undo, now);
}

static const char *
last_label (GPtrArray *steps)
{
  return steps->len == 0 ? NULL : ((Step *) steps->pdata[steps->len - 1])->label;
}

const char *
nerve_history_get_undo_label (NerveHistory *self)
{
  return last_label (self->undo);
}

const char *
nerve_history_get_redo_label (NerveHistory *self)
{
  return last_label (self->redo);
}

void
nerve_history_begin_drag (NerveHistory *self)
{
  self->dragging = TRUE;
  self->drag_saved = FALSE;
}

void
nerve_history_end_drag (NerveHistory *self)
{
  self->dragging = self->drag_saved = FALSE;
}
