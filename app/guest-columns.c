#include "config.h"

#include "app/guest-columns.h"

#include <math.h>

#include "app/guest-actions.h"
#include "app/matrix-input.h"
#include "app/menu-label.h"
#include "figures/node-measure.h"

/* One column on the board. */
typedef struct
{
  NerveGuestColumns *columns;
  NerveDocument     *document;
  gulong             handler;
  guint              place;  /* among the host's guests */
  guint              layer;
  char              *name;   /* of the network */
  NerveFigureModel   model;  /* the network's own, coloured and selected as the board is */
  NerveBitset       *selected; /* the board's images that are, when they were matched last */
  NerveBitset       *images;   /* those of them that this network has; NULL: none, or they can't be matched */
} Guest;

typedef struct
{
  NerveDocument *document; /* borrowed */
  guint          place;
  guint          layer;
} Wanted;

struct _NerveGuestColumns
{
  NerveBoard         *board;   /* not owned */
  NerveDocument      *host;
  GListModel         *open;
  GSimpleActionGroup *actions;
  NerveReportFunc     report;
  gpointer            report_data;
  GPtrArray          *guests;  /* Guest */
  void              (*changed) (gpointer user_data);
  gpointer            user_data;
};

/* The model that a guest's column is drawn from */

static void
match_selection (Guest *self)
{
  const NerveFigureModel *model = nerve_document_get_model (self->columns->host);
  g_autoptr (GError) error = NULL;

  if (self->selected != NULL && nerve_bitset_equal (self->selected, model->selection))
    return;

  g_clear_pointer (&self->selected, nerve_bitset_free);
  g_clear_pointer (&self->images, nerve_bitset_free);
  self->selected = nerve_bitset_copy (model->selection);
  /* Where there is nothing to match by, nothing is marked. */
  if (!nerve_bitset_is_empty (model->selection))
    self->images = nerve_matrix_match_images (model->dataset, nerve_document_get_dataset (self->document),
                                              model->selection, &error);
}

/* A class by its number is the same one in both. */
static gboolean
has_classes_of (const NerveFigureModel *model, const NerveFigureModel *other)
{
  guint n = nerve_palette_get_n_classes (model->palette);

  if (n != nerve_palette_get_n_classes (other->palette) ||
      nerve_palette_get_n_groups (model->palette) != nerve_palette_get_n_groups (other->palette) ||
      model->color_by != other->color_by)
    return FALSE;

  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (nerve_dataset_get_class_name (model->dataset, i),
                   nerve_dataset_get_class_name (other->dataset, i)) != 0)
      return FALSE;

  return TRUE;
}

static void
take_model (Guest *self)
{
  const NerveFigureModel *of_host = nerve_document_get_model (self->columns->host);
  NerveFigureModel *model = &self->model;
  NerveHomology *beside[NERVE_MOST_BESIDE];
  guint n_beside = model->n_beside;

  memcpy (beside, model->beside, sizeof beside);
  *model = *nerve_document_get_model (self->document);
  memcpy (model->beside, beside, sizeof beside);
  model->n_beside = n_beside;
  model->columns[0] = model->current = self->layer;
  model->pinned[0] = FALSE;
  model->n_columns = 1;
  memcpy (model->rows, of_host->rows, sizeof model->rows);
  model->n_rows = of_host->n_rows;
  if (nerve_color_by_is_available (of_host->color_by, model->dataset))
    model->color_by = of_host->color_by;
  model->shown = has_classes_of (model, of_host) ? of_host->shown : NULL;
  model->node_size = of_host->node_size;
  model->edge_width = of_host->edge_width;
  model->layout = of_host->layout;
  model->units = of_host->units;
  model->selection = self->images;
  model->selected_layer = model->selected_node = -1;
  model->selected_bar = NERVE_BAR_MARK_NONE;
}

/* It may have let go of what the model points to. */
static void
on_guest_changed (NerveDocument *document, guint changes, Guest *self)
{
  take_model (self);
  self->columns->changed (self->columns->user_data);
}

static void
guest_free (gpointer data)
{
  Guest *self = data;

  g_clear_signal_handler (&self->handler, self->document);
  nerve_document_want_views (self->document, 0);
  for (guint i = 0; i < self->model.n_beside; i++)
    nerve_homology_unref (self->model.beside[i]);
  g_clear_pointer (&self->selected, nerve_bitset_free);
  g_clear_pointer (&self->images, nerve_bitset_free);
  g_object_unref (self->document);
  g_free (self->name);
  g_free (self);
}

static Guest *
guest_new (NerveGuestColumns *columns, const Wanted *wanted)
{
  Guest *self = g_new0 (Guest, 1);

  self->columns = columns;
  self->document = g_object_ref (wanted->document);
  self->place = wanted->place;
  self->layer = wanted->layer;
  self->name = nerve_open_model_name (nerve_document_get_dataset (self->document));
  self->handler = g_signal_connect (self->document, "changed", G_CALLBACK (on_guest_changed), self);
  match_selection (self);
  take_model (self);

  return self;
}

/* Which there are */

static guint
count_open (NerveGuestColumns *self)
{
  return self->open != NULL ? g_list_model_get_n_items (self->open) : 0;
}

/* Of another network, with activations. */
static NerveDocument *
get_other (NerveGuestColumns *self, guint i)
{
  g_autoptr (NerveDocument) other = g_list_model_get_item (self->open, i);

  return other != self->host && nerve_dataset_get_graph (nerve_document_get_dataset (other)) == NULL ? other : NULL;
}

static NerveDocument *
find_other (NerveGuestColumns *self, const char *network)
{
  for (guint i = 0; i < count_open (self); i++)
    {
      NerveDocument *other = get_other (self, i);

      if (other != NULL &&
          g_strcmp0 (nerve_dataset_get_fingerprint (nerve_document_get_dataset (other)), network) == 0)
        return other;
    }

  return NULL;
}

/* Those that are wanted and open; returns how many. */
static guint
find_guests (NerveGuestColumns *self, Wanted *found)
{
  const NerveGuest *guests;
  guint n = nerve_document_get_guests (self->host, &guests);
  guint n_found = 0;

  for (guint i = 0; i < n; i++)
    {
      Wanted *next = &found[n_found];

      *next = (Wanted) { .document = find_other (self, guests[i].network), .place = i };
      n_found += next->document != NULL &&
                 nerve_dataset_find_layer (nerve_document_get_dataset (next->document), guests[i].layer, &next->layer,
                                           NULL);
    }

  return n_found;
}

static gboolean
has_guests (NerveGuestColumns *self, const Wanted *wanted, guint n)
{
  if (self->guests->len != n)
    return FALSE;

  for (guint i = 0; i < n; i++)
    {
      const Guest *guest = self->guests->pdata[i];

      if (guest->document != wanted[i].document || guest->layer != wanted[i].layer || guest->place != wanted[i].place)
        return FALSE;
    }

  return TRUE;
}

static void
insert_actions (NerveGuestColumns *self)
{
  guint own = nerve_board_get_n_columns (self->board) - nerve_board_get_n_guests (self->board);

  for (guint i = 0; i < self->guests->len && self->actions != NULL; i++)
    {
      Guest *guest = self->guests->pdata[i];
      g_autoptr (GSimpleActionGroup) group = nerve_guest_actions_new (self->actions, self->host, guest->document,
                                                                      self->report, self->report_data);

      gtk_widget_insert_action_group (GTK_WIDGET (nerve_board_get_column (self->board, own + i)), "document",
                                      G_ACTION_GROUP (group));
    }
}

/* The old models leave the board before they go. */
static void
show_guests (NerveGuestColumns *self, const Wanted *wanted, guint n)
{
  g_autoptr (GPtrArray) before = self->guests;
  const NerveFigureModel *models[NERVE_MOST_GUESTS];
  const char *names[NERVE_MOST_GUESTS];

  self->guests = g_ptr_array_new_with_free_func (guest_free);
  for (guint i = 0; i < n; i++)
    {
      Guest *guest = guest_new (self, &wanted[i]);

      g_ptr_array_add (self->guests, guest);
      models[i] = &guest->model;
      names[i] = guest->name;
    }
  nerve_board_set_guests (self->board, models, names, n);
  insert_actions (self);
}

/* Axes */

static guint
collect_beside (NerveGuestColumns *self, const Guest *but, NerveHomology **beside)
{
  const NerveFigureModel *model = nerve_document_get_model (self->host);
  guint n = 0;

  for (guint i = 0; i < model->n_columns && but != NULL; i++)
    if (model->layers[model->columns[i]].homology != NULL)
      beside[n++] = model->layers[model->columns[i]].homology;
  for (guint i = 0; i < self->guests->len; i++)
    {
      const Guest *guest = self->guests->pdata[i];

      if (guest != but && guest->model.layers[guest->layer].homology != NULL)
        beside[n++] = guest->model.layers[guest->layer].homology;
    }

  return n;
}

static void
share_axes (NerveGuestColumns *self)
{
  NerveHomology *beside[NERVE_MOST_BESIDE];

  for (guint i = 0; i < self->guests->len; i++)
    {
      Guest *guest = self->guests->pdata[i];
      guint n = collect_beside (self, guest, beside);

      for (guint k = 0; k < n; k++)
        nerve_homology_ref (beside[k]);
      for (guint k = 0; k < guest->model.n_beside; k++)
        nerve_homology_unref (guest->model.beside[k]);
      memcpy (guest->model.beside, beside, n * sizeof *beside);
      guest->model.n_beside = n;
    }
  nerve_document_set_beside (self->host, beside, collect_beside (self, NULL, beside));
}

static guint
views_of (const NerveFigureModel *model)
{
  guint views = 0;

  for (guint i = 0; i < model->n_rows; i++)
    views |= 1 << model->rows[i].view;

  return views;
}

void
nerve_guest_columns_update (NerveGuestColumns *self)
{
  Wanted wanted[NERVE_MOST_GUESTS];
  guint n;

  if (self->host == NULL)
    return;

  n = find_guests (self, wanted);
  if (!has_guests (self, wanted, n))
    show_guests (self, wanted, n);
  for (guint i = 0; i < self->guests->len; i++)
    {
      match_selection (self->guests->pdata[i]);
      take_model (self->guests->pdata[i]);
    }
  share_axes (self);
  for (guint i = 0; i < self->guests->len; i++)
    nerve_document_want_views (((Guest *) self->guests->pdata[i])->document,
                               views_of (nerve_document_get_model (self->host)));
}

void
nerve_guest_columns_set_host (NerveGuestColumns *self, NerveDocument *host)
{
  show_guests (self, NULL, 0);
  if (self->host != NULL)
    nerve_document_set_beside (self->host, NULL, 0);
  g_clear_object (&self->actions);
  g_set_object (&self->host, host);
}

void
nerve_guest_columns_set_actions (NerveGuestColumns *self, GSimpleActionGroup *actions, NerveReportFunc report,
                                 gpointer user_data)
{
  g_set_object (&self->actions, actions);
  self->report = report;
  self->report_data = user_data;
  insert_actions (self);
}

static void
on_open_changed (NerveGuestColumns *self)
{
  self->changed (self->user_data);
}

void
nerve_guest_columns_set_open (NerveGuestColumns *self, GListModel *open)
{
  if (self->open != NULL)
    g_signal_handlers_disconnect_by_data (self->open, self);
  g_set_object (&self->open, open);
  if (open != NULL)
    g_signal_connect_swapped (open, "items-changed", G_CALLBACK (on_open_changed), self);
}

NerveGuestColumns *
nerve_guest_columns_new (NerveBoard *board, void (*changed) (gpointer user_data), gpointer user_data)
{
  NerveGuestColumns *self = g_new0 (NerveGuestColumns, 1);

  self->board = board;
  self->changed = changed;
  self->user_data = user_data;
  self->guests = g_ptr_array_new_with_free_func (guest_free);

  return self;
}

void
nerve_guest_columns_free (NerveGuestColumns *self)
{
  nerve_guest_columns_set_host (self, NULL);
  nerve_guest_columns_set_open (self, NULL);
  g_ptr_array_unref (self->guests);
  g_free (self);
}

/* What the view asks */

static const Guest *
get_guest (NerveGuestColumns *self, guint guest)
{
  return self->guests->pdata[guest];
}

NerveDocument *
nerve_guest_columns_get_document (NerveGuestColumns *self, guint guest)
{
  g_return_val_if_fail (guest < self->guests->len, NULL);
  return get_guest (self, guest)->document;
}

guint
nerve_guest_columns_get_place (NerveGuestColumns *self, guint guest)
{
  g_return_val_if_fail (guest < self->guests->len, 0);
  return get_guest (self, guest)->place;
}

const NerveFigureModel *
nerve_guest_columns_get_model (NerveGuestColumns *self, guint guest)
{
  g_return_val_if_fail (guest < self->guests->len, NULL);
  return &get_guest (self, guest)->model;
}

/* Of that name, or as deep. */
static const char *
find_counterpart (NerveDataset *dataset, guint layer, NerveDataset *other)
{
  const char *name = nerve_dataset_get_layer (dataset, layer)->name;
  double depth = (double) layer / MAX (nerve_dataset_get_n_layers (dataset) - 1, 1);
  guint found;

  if (!nerve_dataset_find_layer (other, name, &found, NULL))
    found = (guint) round (depth * (nerve_dataset_get_n_layers (other) - 1));

  return nerve_dataset_get_layer (other, found)->name;
}

GMenuModel *
nerve_guest_columns_new_menu (NerveGuestColumns *self, guint layer)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  for (guint i = 0; i < count_open (self); i++)
    {
      NerveDocument *other = get_other (self, i);
      NerveDataset *dataset = other != NULL ? nerve_document_get_dataset (other) : NULL;
      g_autofree char *name = other != NULL ? nerve_open_model_name (dataset) : NULL;
      g_autofree char *label = name != NULL ? nerve_menu_label (name) : NULL;
      g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

      if (other == NULL || nerve_dataset_get_n_layers (dataset) == 0)
        continue;
      g_menu_item_set_action_and_target (item, "document.add-guest", "(ss)", nerve_dataset_get_fingerprint (dataset),
                                         find_counterpart (nerve_document_get_dataset (self->host), layer, dataset));
      g_menu_append_item (menu, item);
    }

  return g_menu_model_get_n_items (G_MENU_MODEL (menu)) > 0 ? G_MENU_MODEL (g_steal_pointer (&menu)) : NULL;
}

char *
nerve_guest_columns_key (NerveGuestColumns *self)
{
  const NerveFigureModel *model = nerve_document_get_model (self->host);
  GString *key = g_string_new (NULL);

  for (guint i = 0; i < self->guests->len; i++)
    g_string_append_printf (key, "%u:%p:%u,", get_guest (self, i)->place, (gpointer) get_guest (self, i)->document,
                            get_guest (self, i)->layer);
  for (guint i = 0; i < count_open (self); i++)
    g_string_append_printf (key, "|%p", (gpointer) get_other (self, i));
  /* Which layer goes with a column's is another one then. */
  for (guint i = 0; i < model->n_columns && count_open (self) > 1; i++)
    g_string_append_printf (key, "/%u", model->columns[i]);

  return g_string_free (key, FALSE);
}
