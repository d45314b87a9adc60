#include "config.h"

#include "app/autosave.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <glib/gstdio.h>

#define DELAY_MS 1000
#define LOCK_SUFFIX ".lock"

struct _NerveAutosave
{
  GObject       parent_instance;
  NerveSession *session;
  gulong        handler;
  char         *folder;
  char         *place;    /* of this process */
  char         *lock;
  int           lock_fd;  /* -1: nothing is kept; changed with the mutex held */
  char         *crashed;
  char         *last;
  guint         timer;
  gboolean      held;     /* what crashed is being opened */
  gboolean      found;    /* something crashed */
  gboolean      writing;
  gboolean      again;    /* something changed meanwhile */
  GMutex        mutex;    /* held while a file is written */
};

G_DEFINE_FINAL_TYPE (NerveAutosave, nerve_autosave, G_TYPE_OBJECT)

/* Writing */

/* Nothing open: no file. */
static void
write_file (const NerveSessionFile *file, const char *place)
{
  g_autoptr (GError) error = NULL;

  if (file->entries->len == 0)
    g_unlink (place);
  else if (!nerve_session_file_write (file, place, &error))
    g_message ("%s: %s", place, error->message);
}

static void
write_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  NerveAutosave *self = NERVE_AUTOSAVE (source);

  g_mutex_lock (&self->mutex);
  /* Else the end came first, and has written what was open last. */
  if (self->lock_fd >= 0)
    write_file (task_data, self->place);
  g_mutex_unlock (&self->mutex);
  g_task_return_boolean (task, TRUE);
}

static void queue (NerveAutosave *self);

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  NerveAutosave *self = NERVE_AUTOSAVE (source);

  self->writing = FALSE;
  if (self->again)
    queue (self);
}

static gboolean
write_now (gpointer data)
{
  NerveAutosave *self = data;
  g_autoptr (GTask) task = NULL;

  self->timer = 0;
  if (self->writing)
    {
      self->again = TRUE;
      return G_SOURCE_REMOVE;
    }

  self->writing = TRUE;
  self->again = FALSE;
  task = g_task_new (self, NULL, on_written, NULL);
  g_task_set_source_tag (task, write_now);
  g_task_set_task_data (task, nerve_session_snapshot (self->session), (GDestroyNotify) nerve_session_file_free);
  g_task_run_in_thread (task, write_thread);

  return G_SOURCE_REMOVE;
}

static void
queue (NerveAutosave *self)
{
  if (self->timer == 0 && !self->held && self->lock_fd >= 0)
    self->timer = g_timeout_add (DELAY_MS, write_now, self);
}

/* The folder */

/* -1: somebody has it, or it can't be had. */
static int
take_lock (const char *path)
{
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) != 0)
    {
      close (fd);
      fd = -1;
    }

  return fd;
}

static gint64
time_of (const char *path)
{
  GStatBuf status;

  return g_stat (path, &status) == 0 ? (gint64) status.st_mtim.tv_sec * G_USEC_PER_SEC +
                                       status.st_mtim.tv_nsec / 1000 : 0;
}

/* What the dead process called @name left; of several the latest stays. */
static void
collect (NerveAutosave *self, const char *name)
{
  g_autofree char *lock = g_build_filename (self->folder, name, NULL);
  g_autofree char *stem = g_strndup (lock, strlen (lock) - strlen (LOCK_SUFFIX));
  g_autofree char *place = g_strconcat (stem, NERVE_SESSION_FILE_SUFFIX, NULL);
  int fd = take_lock (lock);

  if (fd < 0)
    return;

  if (g_file_test (place, G_FILE_TEST_EXISTS))
    {
      if (self->found && time_of (place) < time_of (self->crashed))
        g_unlink (place);
      else
        self->found = g_rename (place, self->crashed) == 0 || self->found;
    }
  g_unlink (lock);
  close (fd);
}

static void
look_around (NerveAutosave *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  /* It was being opened when that process died: a second time would lead there again. */
  if (g_file_test (self->crashed, G_FILE_TEST_EXISTS))
    g_rename (self->crashed, self->last);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, LOCK_SUFFIX))
      collect (self, name);
}

static void
move_in (NerveAutosave *self)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *lock_name = g_strconcat (id, LOCK_SUFFIX, NULL);
  g_autofree char *name = g_strconcat (id, NERVE_SESSION_FILE_SUFFIX, NULL);

  self->crashed = g_build_filename (self->folder, "crashed" NERVE_SESSION_FILE_SUFFIX, NULL);
  self->last = g_build_filename (self->folder, "last" NERVE_SESSION_FILE_SUFFIX, NULL);
  self->place = g_build_filename (self->folder, name, NULL);
  self->lock = g_build_filename (self->folder, lock_name, NULL);
  if (g_mkdir_with_parents (self->folder, 0700) == 0)
    {
      look_around (self);
      self->lock_fd = take_lock (self->lock);
    }
  if (self->lock_fd < 0)
    g_message ("%s: %s; sessions are not kept", self->folder, g_strerror (errno));
}

/* The object */

static void
nerve_autosave_dispose (GObject *object)
{
  NerveAutosave *self = NERVE_AUTOSAVE (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_signal_handler (&self->handler, self->session);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (nerve_autosave_parent_class)->dispose (object);
}

static void
nerve_autosave_finalize (GObject *object)
{
  NerveAutosave *self = NERVE_AUTOSAVE (object);

  if (self->lock_fd >= 0)
    close (self->lock_fd);
  g_free (self->folder);
  g_free (self->place);
  g_free (self->lock);
  g_free (self->crashed);
  g_free (self->last);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (nerve_autosave_parent_class)->finalize (object);
}

static void
nerve_autosave_class_init (NerveAutosaveClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = nerve_autosave_dispose;
  G_OBJECT_CLASS (klass)->finalize = nerve_autosave_finalize;
}

static void
nerve_autosave_init (NerveAutosave *self)
{
  self->lock_fd = -1;
  g_mutex_init (&self->mutex);
}

NerveAutosave *
nerve_autosave_new (NerveSession *session, const char *folder)
{
  NerveAutosave *self;

  g_return_val_if_fail (NERVE_IS_SESSION (session), NULL);

  self = g_object_new (NERVE_TYPE_AUTOSAVE, NULL);
  self->session = g_object_ref (session);
  self->folder = folder != NULL ? g_strdup (folder) : g_build_filename (g_get_user_state_dir (), "nerve", NULL);
  move_in (self);
  self->handler = g_signal_connect_swapped (session, "changed", G_CALLBACK (queue), self);

  return self;
}

char *
nerve_autosave_take_crashed (NerveAutosave *self)
{
  g_return_val_if_fail (NERVE_IS_AUTOSAVE (self), NULL);

  if (!self->found)
    return NULL;

  self->found = FALSE;
  self->held = TRUE;

  return g_strdup (self->crashed);
}

void
nerve_autosave_restored (NerveAutosave *self)
{
  g_return_if_fail (NERVE_IS_AUTOSAVE (self));

  if (!self->held)
    return;

  self->held = FALSE;
  g_rename (self->crashed, self->last);
  queue (self);
}

const char *
nerve_autosave_get_last (NerveAutosave *self)
{
  g_return_val_if_fail (NERVE_IS_AUTOSAVE (self), NULL);

  return g_file_test (self->last, G_FILE_TEST_EXISTS) ? self->last : NULL;
}

void
nerve_autosave_finish (NerveAutosave *self)
{
  g_autoptr (NerveSessionFile) file = NULL;

  g_return_if_fail (NERVE_IS_AUTOSAVE (self));

  if (self->lock_fd < 0)
    return;

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_signal_handler (&self->handler, self->session);
  file = nerve_session_snapshot (self->session);
  g_mutex_lock (&self->mutex);
  write_file (file, self->place);
  if (file->entries->len > 0)
    g_rename (self->place, self->last);
  g_unlink (self->lock);
  close (self->lock_fd);
  self->lock_fd = -1;
  g_mutex_unlock (&self->mutex);
}
