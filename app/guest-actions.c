#include "config.h"

#include "app/guest-actions.h"

#include "app/matrix-input.h"

typedef struct
{
  NerveDocument      *host;
  NerveDocument      *guest;
  GSimpleActionGroup *of_host;
  GSimpleActionGroup *of_guest;
  NerveReportFunc     report;
  gpointer            user_data;
} Actions;

/* They speak of the guest's layers. */
static const char *const guests_own[] = {
  "hover", "hover-bar", "hover-curve", "cancel", "retry", "set-eps", "diagram-points",
};

/* They would, and their images take a job of the guest's. */
static const char *const left_out[] = { "select-bar", "select-noisy-node" };

/* @images: the guest's */
static void
select_in_host (Actions *self, const NerveBitset *images, NerveSelectMode mode)
{
  g_autoptr (NerveBitset) matched = NULL;
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GError) error = NULL;

  matched = nerve_matrix_match_images (nerve_document_get_dataset (self->guest),
                                       nerve_document_get_dataset (self->host), images, &error);
  if (matched == NULL)
    {
      self->report (error->message, self->user_data);
      return;
    }
  for (guint32 i = 0; i < nerve_bitset_length (matched); i++)
    if (nerve_bitset_get (matched, i))
      g_array_append_val (list, i);
  nerve_document_select_list (self->host, (const guint32 *) list->data, list->len, mode);
}

static void
on_select_nodes (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;
  g_autoptr (NerveBitset) images = NULL;
  g_autoptr (GVariant) array = NULL;
  const guint32 *nodes;
  guint layer, mode;
  gsize n;

  g_variant_get (parameter, "(u@auu)", &layer, &array, &mode);
  nodes = g_variant_get_fixed_array (array, &n, sizeof *nodes);
  if (layer >= nerve_document_get_model (self->guest)->n_layers || mode > NERVE_SELECT_TOGGLE)
    return;
  images = nerve_document_images_of_nodes (self->guest, layer, nodes, n);
  if (images != NULL)
    select_in_host (self, images, mode);
}

static void
on_select_images (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;
  g_autoptr (NerveBitset) images = nerve_bitset_new (nerve_dataset_get_n (nerve_document_get_dataset (self->guest)));
  g_autoptr (GVariant) array = NULL;
  const guint32 *list;
  guint mode;
  gsize n;

  g_variant_get (parameter, "(@auu)", &array, &mode);
  list = g_variant_get_fixed_array (array, &n, sizeof *list);
  for (gsize i = 0; i < n; i++)
    if (list[i] < nerve_bitset_length (images))
      nerve_bitset_set (images, list[i], TRUE);
  if (mode <= NERVE_SELECT_TOGGLE)
    select_in_host (self, images, mode);
}

static const GActionEntry entries[] = {
  { "select-nodes", on_select_nodes, "(uauu)" },
  { "select-images", on_select_images, "(auu)" },
};

static void
actions_free (gpointer data)
{
  Actions *self = data;

  g_object_unref (self->of_host);
  g_object_unref (self->of_guest);
  g_object_unref (self->host);
  g_object_unref (self->guest);
  g_free (self);
}

GSimpleActionGroup *
nerve_guest_actions_new (GSimpleActionGroup *actions, NerveDocument *host, NerveDocument *guest,
                         NerveReportFunc report, gpointer user_data)
{
  GSimpleActionGroup *group = g_simple_action_group_new ();
  Actions *self = g_new0 (Actions, 1);
  g_auto (GStrv) names = g_action_group_list_actions (G_ACTION_GROUP (actions));

  self->host = g_object_ref (host);
  self->guest = g_object_ref (guest);
  self->of_host = g_object_ref (actions);
  self->of_guest = nerve_document_actions_new (guest, report, user_data);
  self->report = report;
  self->user_data = user_data;
  for (guint i = 0; names[i] != NULL; i++)
    g_action_map_add_action (G_ACTION_MAP (group), g_action_map_lookup_action (G_ACTION_MAP (actions), names[i]));
  for (guint i = 0; i < G_N_ELEMENTS (guests_own); i++)
    g_action_map_add_action (G_ACTION_MAP (group),
                             g_action_map_lookup_action (G_ACTION_MAP (self->of_guest), guests_own[i]));
  for (guint i = 0; i < G_N_ELEMENTS (left_out); i++)
    g_action_map_remove_action (G_ACTION_MAP (group), left_out[i]);
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), self);
  g_object_set_data_full (G_OBJECT (group), "nerve-guest-actions", self, actions_free);

  return group;
}
