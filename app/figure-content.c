#include "config.h"

#include "app/figure-content.h"

#include <glib/gstdio.h>

#include "base/error.h"

static const struct { const char *type, *suffix; } formats[] = {
  { "text/uri-list", "svg" }, { "image/svg+xml", "svg" }, { "application/pdf", "pdf" },
};

struct _NerveFigureContent
{
  GdkContentProvider parent_instance;
  NerveExportJob    *job;
  char              *name;
  GMutex             making; /* one file at a time */
};

typedef struct
{
  guint          format;
  GOutputStream *stream;
  int            priority;
  GBytes        *bytes; /* what is written */
} Writing;

G_DEFINE_FINAL_TYPE (NerveFigureContent, nerve_figure_content, GDK_TYPE_CONTENT_PROVIDER)

static void
writing_free (gpointer data)
{
  Writing *self = data;

  g_object_unref (self->stream);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

static GdkContentFormats *
nerve_figure_content_ref_formats (GdkContentProvider *provider)
{
  GdkContentFormatsBuilder *builder = gdk_content_formats_builder_new ();

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    gdk_content_formats_builder_add_mime_type (builder, formats[i].type);

  return gdk_content_formats_builder_free_to_formats (builder);
}

/* The file stays until the next of its name: whoever took its address may copy it later. */
static char *
make_file (NerveFigureContent *self, const char *suffix, GError **error)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "nerve", "dragged", NULL);
  g_autofree char *name = g_strdup_printf ("%s.%s", self->name, suffix);
  char *path = g_build_filename (folder, name, NULL);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    g_set_error (error, NERVE_ERROR, NERVE_ERROR_WRITE, "%s: %s", folder, g_strerror (errno));
  else if (nerve_export_job_write (path, self->job, error))
    return path;
  g_free (path);

  return NULL;
}

static GBytes *
make_bytes (NerveFigureContent *self, guint format, GError **error)
{
  g_autofree char *path = make_file (self, formats[format].suffix, error);
  g_autofree char *uri = NULL;
  char *text = NULL;
  gsize size;

  if (path == NULL)
    return NULL;
  if (!g_str_equal (formats[format].type, "text/uri-list"))
    return g_file_get_contents (path, &text, &size, error) ? g_bytes_new_take (text, size) : NULL;

  uri = g_filename_to_uri (path, NULL, error);
  if (uri == NULL)
    return NULL;
  text = g_strconcat (uri, "\r\n", NULL);

  return g_bytes_new_take (text, strlen (text));
}

static void
make_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  NerveFigureContent *self = source;
  Writing *writing = data;
  GError *error = NULL;

  g_mutex_lock (&self->making);
  writing->bytes = make_bytes (self, writing->format, &error);
  g_mutex_unlock (&self->making);
  if (writing->bytes != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_written (GObject *stream, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (stream), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_made (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Writing *writing = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  g_task_set_task_data (task, g_bytes_ref (writing->bytes), (GDestroyNotify) g_bytes_unref);
  g_output_stream_write_all_async (writing->stream, g_bytes_get_data (writing->bytes, NULL),
                                   g_bytes_get_size (writing->bytes), writing->priority,
                                   g_task_get_cancellable (task), on_written, task);
}

static void
nerve_figure_content_write_mime_type_async (GdkContentProvider *provider, const char *type, GOutputStream *stream,
                                            int priority, GCancellable *cancellable, GAsyncReadyCallback callback,
                                            gpointer user_data)
{
  GTask *task = g_task_new (provider, cancellable, callback, user_data);
  g_autoptr (GTask) making = g_task_new (provider, cancellable, on_made, task);
  Writing *writing = g_new0 (Writing, 1);

  while (writing->format < G_N_ELEMENTS (formats) - 1 && !g_str_equal (formats[writing->format].type, type))
    writing->format++;
  writing->stream = g_object_ref (stream);
  writing->priority = priority;
  g_task_set_task_data (making, writing, writing_free);
  g_task_run_in_thread (making, make_thread);
}

static gboolean
nerve_figure_content_write_mime_type_finish (GdkContentProvider *provider, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
nerve_figure_content_finalize (GObject *object)
{
  NerveFigureContent *self = NERVE_FIGURE_CONTENT (object);

  nerve_export_job_free (self->job);
  g_mutex_clear (&self->making);
  g_free (self->name);

  G_OBJECT_CLASS (nerve_figure_content_parent_class)->finalize (object);
}

static void
nerve_figure_content_class_init (NerveFigureContentClass *klass)
{
  GdkContentProviderClass *provider_class = GDK_CONTENT_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = nerve_figure_content_finalize;
  provider_class->ref_formats = nerve_figure_content_ref_formats;
  provider_class->write_mime_type_async = nerve_figure_content_write_mime_type_async;
  provider_class->write_mime_type_finish = nerve_figure_content_write_mime_type_finish;
}

static void
nerve_figure_content_init (NerveFigureContent *self)
{
  g_mutex_init (&self->making);
}

GdkContentProvider *
nerve_figure_content_new (NerveExportJob *job, const char *name)
{
  NerveFigureContent *self = g_object_new (NERVE_TYPE_FIGURE_CONTENT, NULL);

  self->job = job;
  self->name = g_strdelimit (g_strdup (name), "/", '-');

  return GDK_CONTENT_PROVIDER (self);
}
