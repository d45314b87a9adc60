#include "config.h"

#include "app/session.h"

struct _NerveSession
{
  GObject        parent_instance;
  GPtrArray     *documents;
  NerveDocument *active;
  NerveJobs     *jobs;
  GPtrArray     *lost;   /* NerveSessionEntry */
  char          *view;
  gboolean       grey;
  NerveSampling  sampling;
};

enum { SIGNAL_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

enum { PROP_0, PROP_ACTIVE, N_PROPS };
static GParamSpec *properties[N_PROPS];

static void
emit_changed (NerveSession *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static GType
get_item_type (GListModel *model)
{
  return NERVE_TYPE_DOCUMENT;
}

static guint
get_n_items (GListModel *model)
{
  return NERVE_SESSION (model)->documents->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  NerveSession *self = NERVE_SESSION (model);

  return position < self->documents->len ? g_object_ref (self->documents->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (NerveSession, nerve_session, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
nerve_session_dispose (GObject *object)
{
  NerveSession *self = NERVE_SESSION (object);

  self->active = NULL;
  g_ptr_array_set_size (self->documents, 0);
  nerve_jobs_shutdown (self->jobs);

  G_OBJECT_CLASS (nerve_session_parent_class)->dispose (object);
}

static void
nerve_session_finalize (GObject *object)
{
  NerveSession *self = NERVE_SESSION (object);

  g_ptr_array_unref (self->documents);
  g_ptr_array_unref (self->lost);
  g_free (self->view);
  g_object_unref (self->jobs);

  G_OBJECT_CLASS (nerve_session_parent_class)->finalize (object);
}

static void
nerve_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_ACTIVE:
      g_value_set_object (value, NERVE_SESSION (object)->active);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
nerve_session_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_ACTIVE:
      nerve_session_set_active (NERVE_SESSION (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
nerve_session_class_init (NerveSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = nerve_session_dispose;
  object_class->finalize = nerve_session_finalize;
  object_class->get_property = nerve_session_get_property;
  object_class->set_property = nerve_session_set_property;

  properties[PROP_ACTIVE] =
    g_param_spec_object ("active", NULL, NULL, NERVE_TYPE_DOCUMENT,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
nerve_session_init (NerveSession *self)
{
  self->documents = g_ptr_array_new_with_free_func (g_object_unref);
  self->lost = g_ptr_array_new_with_free_func ((GDestroyNotify) nerve_session_entry_unref);
  self->jobs = nerve_jobs_new ();
  self->sampling = NERVE_SAMPLING_POOL_MEAN;
}

static void
on_document_changed (NerveSession *self, guint changes)
{
  if (changes & ~(NERVE_CHANGE_HOVER | NERVE_CHANGE_RESULTS | NERVE_CHANGE_JOBS))
    emit_changed (self);
}

NerveSession *
nerve_session_new (void)
{
  return g_object_new (NERVE_TYPE_SESSION, NULL);
}

void
nerve_session_set_grey (NerveSession *self, gboolean grey)
{
  g_return_if_fail (NERVE_IS_SESSION (self));

  self->grey = grey;
  for (guint i = 0; i < self->documents->len; i++)
    nerve_document_set_grey (self->documents->pdata[i], grey);
}

void
nerve_session_set_sampling (NerveSession *self, NerveSampling sampling)
{
  g_return_if_fail (NERVE_IS_SESSION (self));

  self->sampling = sampling;
}

NerveJobs *
nerve_session_get_jobs (NerveSession *self)
{
  g_return_val_if_fail (NERVE_IS_SESSION (self), NULL);
  return self->jobs;
}

NerveDocument *
nerve_session_get_active (NerveSession *self)
{
  g_return_val_if_fail (NERVE_IS_SESSION (self), NULL);
  return self->active;
}

void
nerve_session_set_active (NerveSession *self, NerveDocument *document)
{
  g_return_if_fail (NERVE_IS_SESSION (self));
  g_return_if_fail (document == NULL || g_ptr_array_find (self->documents, document, NULL));

  if (self->active == document)
    return;

  self->active = document;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
  emit_changed (self);
}

static gboolean
is_wanted (double fraction, gpointer user_data)
{
  return !g_cancellable_is_cancelled (user_data);
}

/* One line that names the file, as in the command line's errors. */
static void
open_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GFile *file = task_data;
  g_autofree char *path = g_file_get_path (file);
  const NerveProgress progress = { is_wanted, cancellable, 0.0, 1.0 };
  GError *error = NULL;
  NerveDataset *dataset;

  if (path == NULL)
    {
      g_autofree char *uri = g_file_get_uri (file);

      g_task_return_new_error (task, NERVE_ERROR, NERVE_ERROR_OPEN, "%s: not a local file", uri);
      return;
    }

  dataset = nerve_dataset_open_cancellable (path, &progress, &error);
  if (dataset == NULL)
    {
      g_prefix_error (&error, "%s: ", path);
      g_task_return_error (task, error);
      return;
    }

  g_task_return_pointer (task, dataset, (GDestroyNotify) nerve_dataset_unref);
}

void
nerve_session_open_async (NerveSession *self, GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (NERVE_IS_SESSION (self));
  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, nerve_session_open_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, open_thread);
}

static NerveDocument *
find_open (NerveSession *self, NerveDataset *dataset)
{
  for (guint i = 0; i < self->documents->len; i++)
    {
      NerveDataset *other = nerve_document_get_dataset (self->documents->pdata[i]);

      if (g_str_equal (nerve_dataset_get_fingerprint (other), nerve_dataset_get_fingerprint (dataset)) &&
          g_str_equal (nerve_dataset_get_path (other), nerve_dataset_get_path (dataset)))
        return self->documents->pdata[i];
    }

  return NULL;
}

/* The document it is open as already, or a new one. */
static NerveDocument *
take_dataset (NerveSession *self, NerveDataset *dataset)
{
  NerveDocument *document = find_open (self, dataset);

  if (document == NULL)
    {
      document = nerve_document_new_sampled (dataset, self->jobs, self->sampling);
      nerve_document_set_grey (document, self->grey);
      g_ptr_array_add (self->documents, document);
      g_signal_connect_object (document, "changed", G_CALLBACK (on_document_changed), self, G_CONNECT_SWAPPED);
      g_list_model_items_changed (G_LIST_MODEL (self), self->documents->len - 1, 0, 1);
      emit_changed (self);
    }

  return document;
}

NerveDocument *
nerve_session_open_finish (NerveSession *self, GAsyncResult *result, GError **error)
{
  g_autoptr (NerveDataset) dataset = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  dataset = g_task_propagate_pointer (G_TASK (result), error);
  if (dataset == NULL)
    return NULL;

  return take_dataset (self, dataset);
}

NerveDocument *
nerve_session_open_selection (NerveSession *self, NerveDocument *document)
{
  g_autoptr (NerveDataset) dataset = NULL;
  g_autofree char *name = NULL;
  const NerveFigureModel *model;
  NerveDocument *opened;

  g_return_val_if_fail (NERVE_IS_SESSION (self), NULL);
  g_return_val_if_fail (NERVE_IS_DOCUMENT (document), NULL);

  model = nerve_document_get_model (document);
  if (model->selection == NULL || nerve_bitset_count (model->selection) < 2)
    return NULL;

  name = nerve_document_describe_selection (document);
  dataset = nerve_dataset_new_subset (model->dataset, model->selection, name);
  opened = take_dataset (self, dataset);
  nerve_session_set_active (self, opened);

  return opened;
}

void
nerve_session_close (NerveSession *self, NerveDocument *document)
{
  g_autoptr (NerveDocument) kept = NULL;
  guint position;

  g_return_if_fail (NERVE_IS_SESSION (self));
  g_return_if_fail (NERVE_IS_DOCUMENT (document));

  if (!g_ptr_array_find (self->documents, document, &position))
    return;

  kept = g_object_ref (document);
  g_ptr_array_remove_index (self->documents, position);
  g_signal_handlers_disconnect_by_data (document, self);
  if (self->active == document)
    nerve_session_set_active (self, self->documents->len > 0 ? self->documents->pdata[self->documents->len - 1] : NULL);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
  emit_changed (self);
}

/* As a file */

NerveSessionFile *
nerve_session_snapshot (NerveSession *self)
{
  NerveSessionFile *file;

  g_return_val_if_fail (NERVE_IS_SESSION (self), NULL);

  file = nerve_session_file_new ();
  for (guint i = 0; i < self->documents->len; i++)
    {
      NerveDocument *document = self->documents->pdata[i];

      g_ptr_array_add (file->entries, nerve_session_entry_new (nerve_document_get_dataset (document),
                                                               nerve_document_get_state (document)));
      if (document == self->active)
        file->active = i;
    }
  for (guint i = 0; i < self->lost->len; i++)
    g_ptr_array_add (file->entries, nerve_session_entry_ref (self->lost->pdata[i]));
  file->view = g_strdup (self->view);

  return file;
}

/* A file of a session, opened. */
typedef struct
{
  NerveDataset       *dataset;
  NerveDocumentState *state;
  gboolean            changed;
} Restored;

static void
restored_free (gpointer data)
{
  Restored *restored = data;

  g_clear_pointer (&restored->dataset, nerve_dataset_unref);
  g_clear_pointer (&restored->state, nerve_document_state_free);
  g_free (restored);
}

static void
restore_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  NerveSessionEntry *entry = task_data;
  const NerveProgress progress = { is_wanted, cancellable, 0.0, 1.0 };
  Restored *restored = g_new0 (Restored, 1);
  GError *error = NULL;

  restored->dataset = nerve_session_entry_open (entry, &progress, &restored->changed, &restored->state, &error);
  if (restored->dataset != NULL)
    {
      g_task_return_pointer (task, restored, restored_free);
      return;
    }

  g_prefix_error (&error, "%s: ", nerve_session_entry_get_path (entry));
  g_task_return_error (task, error);
  restored_free (restored);
}

void
nerve_session_restore_async (NerveSession *self, NerveSessionEntry *entry, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (NERVE_IS_SESSION (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, nerve_session_restore_async);
  g_task_set_task_data (task, nerve_session_entry_ref (entry), (GDestroyNotify) nerve_session_entry_unref);
  g_task_run_in_thread (task, restore_thread);
}

NerveDocument *
nerve_session_restore_finish (NerveSession *self, GAsyncResult *result, gboolean *changed, GError **error)
{
  NerveDocument *document;
  Restored *restored;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  restored = g_task_propagate_pointer (G_TASK (result), error);
  if (restored == NULL)
    return NULL;

  document = take_dataset (self, restored->dataset);
  nerve_document_restore (document, g_steal_pointer (&restored->state));
  *changed = restored->changed;
  restored_free (restored);

  return document;
}

void
nerve_session_add_lost (NerveSession *self, NerveSessionEntry *entry)
{
  g_return_if_fail (NERVE_IS_SESSION (self));

  g_ptr_array_add (self->lost, nerve_session_entry_ref (entry));
  emit_changed (self);
}

void
nerve_session_drop_lost (NerveSession *self, NerveSessionEntry *entry)
{
  g_return_if_fail (NERVE_IS_SESSION (self));

  if (g_ptr_array_remove (self->lost, entry))
    emit_changed (self);
}

NerveSessionEntry *
nerve_session_get_lost (NerveSession *self)
{
  g_return_val_if_fail (NERVE_IS_SESSION (self), NULL);

  return self->lost->len > 0 ? self->lost->pdata[0] : NULL;
}

void
nerve_session_set_view (NerveSession *self, const char *view)
{
  g_return_if_fail (NERVE_IS_SESSION (self));

  if (g_strcmp0 (view, self->view) == 0)
    return;

  g_free (self->view);
  self->view = g_strdup (view);
  emit_changed (self);
}
