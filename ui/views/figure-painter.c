#include "config.h"

#include "views/figure-painter.h"

/* Even where there is one core: a graph of thousands of nodes shall not keep the small pictures waiting. */
#define THREADS 2

enum { PHASE_WAITING, PHASE_TAKEN, PHASE_LEFT_OUT };

typedef struct
{
  gatomicrefcount     ref;
  NerveFigurePainter *painter; /* main thread only; NULL: nobody wants it any more */
  NerveFigurePicture *picture;
  int                 priority;
  guint64             serial;
  int                 phase;
} Task;

struct _NerveFigurePainter
{
  NerveFigurePainted  painted;
  gpointer            user_data;
  Task               *task;    /* waits for a thread or is with one */
  NerveFigurePicture *next;
  int                 next_priority;
};

/* The threads are the painters' own: each keeps its fonts from one picture to the next. Main thread only. */
static GThreadPool *threads;
static guint64 n_tasks;

static Task *
task_ref (Task *task)
{
  g_atomic_ref_count_inc (&task->ref);

  return task;
}

static void
task_unref (gpointer data)
{
  Task *task = data;

  if (!g_atomic_ref_count_dec (&task->ref))
    return;

  nerve_figure_picture_unref (task->picture);
  g_free (task);
}

static void start (NerveFigurePainter *self, NerveFigurePicture *picture, int priority);

static gboolean
on_painted (gpointer data)
{
  Task *task = data;
  NerveFigurePainter *self = task->painter;
  g_autoptr (NerveFigurePicture) next = NULL;

  if (self == NULL)
    return G_SOURCE_REMOVE;

  g_assert (self->task == task);
  g_clear_pointer (&self->task, task_unref);
  next = g_steal_pointer (&self->next);
  if (next != NULL)
    start (self, next, self->next_priority);
  self->painted (task->picture, self->user_data);

  return G_SOURCE_REMOVE;
}

static void
work (gpointer data, gpointer user_data)
{
  Task *task = data;

  if (!g_atomic_int_compare_and_exchange (&task->phase, PHASE_WAITING, PHASE_TAKEN))
    {
      task_unref (task);
      return;
    }

  nerve_figure_picture_draw (task->picture);
  g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_painted, task, task_unref);
}

static int
compare_tasks (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Task *one = a;
  const Task *other = b;

  if (one->priority != other->priority)
    return one->priority < other->priority ? -1 : 1;

  return one->serial < other->serial ? -1 : one->serial > other->serial;
}

static void
start (NerveFigurePainter *self, NerveFigurePicture *picture, int priority)
{
  Task *task = g_new0 (Task, 1);

  if (threads == NULL)
    {
      threads = g_thread_pool_new (work, NULL, THREADS, TRUE, NULL);
      g_thread_pool_set_sort_function (threads, compare_tasks, NULL);
    }

  g_atomic_ref_count_init (&task->ref);
  task->painter = self;
  task->picture = nerve_figure_picture_ref (picture);
  task->priority = priority;
  task->serial = n_tasks++;
  self->task = task;
  g_thread_pool_push (threads, task_ref (task), NULL);
}

NerveFigurePainter *
nerve_figure_painter_new (NerveFigurePainted painted, gpointer user_data)
{
  NerveFigurePainter *self = g_new0 (NerveFigurePainter, 1);

  self->painted = painted;
  self->user_data = user_data;

  return self;
}

void
nerve_figure_painter_free (NerveFigurePainter *self)
{
  nerve_figure_painter_stop (self);
  g_free (self);
}

/* TRUE: no thread has it. */
static gboolean
leave_out (Task *task)
{
  return g_atomic_int_compare_and_exchange (&task->phase, PHASE_WAITING, PHASE_LEFT_OUT);
}

void
nerve_figure_painter_paint (NerveFigurePainter *self, NerveFigurePicture *picture, int priority)
{
  if (self->task != NULL && !leave_out (self->task))
    {
      nerve_figure_picture_ref (picture);
      g_clear_pointer (&self->next, nerve_figure_picture_unref);
      self->next = picture;
      self->next_priority = priority;
      return;
    }

  g_clear_pointer (&self->task, task_unref);
  start (self, picture, priority);
}

void
nerve_figure_painter_stop (NerveFigurePainter *self)
{
  g_clear_pointer (&self->next, nerve_figure_picture_unref);
  if (self->task == NULL)
    return;

  leave_out (self->task);
  self->task->painter = NULL;
  g_clear_pointer (&self->task, task_unref);
}

void
nerve_figure_painter_shutdown (void)
{
  if (threads != NULL)
    g_thread_pool_free (g_steal_pointer (&threads), FALSE, TRUE);
}
