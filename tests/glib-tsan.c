/* Tells ThreadSanitizer what GLib's locks order. Debian's GLib is not compiled for it, and its locks are futexes of its
 * own: without this every structure behind a GMutex looks like a race, GLib's queues, thread pools, tasks and main
 * contexts first of all. Those lock from within GLib, where no symbol can be put before another; so the beginnings of
 * GLib's functions are written over, in this process, with jumps to the ones below, which keep what GMutex and its like
 * look like in memory and say to ThreadSanitizer what they do. What they order is what they do order: nothing here can
 * hide a race. A library to be preloaded; without ThreadSanitizer in the process it does nothing. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <glib-object.h>
#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

void __tsan_acquire (void *address) __attribute__ ((weak));
void __tsan_release (void *address) __attribute__ ((weak));

static void
acquire (gconstpointer address)
{
  if (__tsan_acquire != NULL)
    __tsan_acquire ((void *) address);
}

static void
release (gconstpointer address)
{
  if (__tsan_release != NULL)
    __tsan_release ((void *) address);
}

/* GMutex: 0 free, 1 taken, 2 taken and waited for. GCond's functions call these. */
static void
mutex_lock (GMutex *mutex)
{
  guint *word = &mutex->i[0];
  guint  seen = 0;

  if (!__atomic_compare_exchange_n (word, &seen, 1, FALSE, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
    while (__atomic_exchange_n (word, 2, __ATOMIC_ACQUIRE) != 0)
      syscall (SYS_futex, word, FUTEX_WAIT_PRIVATE, 2, NULL);
  acquire (mutex);
}

static gboolean
mutex_trylock (GMutex *mutex)
{
  guint seen = 0;

  if (!__atomic_compare_exchange_n (&mutex->i[0], &seen, 1, FALSE, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
    return FALSE;
  acquire (mutex);

  return TRUE;
}

static void
mutex_unlock (GMutex *mutex)
{
  release (mutex);
  if (__atomic_exchange_n (&mutex->i[0], 0, __ATOMIC_RELEASE) == 2)
    syscall (SYS_futex, &mutex->i[0], FUTEX_WAKE_PRIVATE, 1);
}

/* Bits of a word that are a lock: lists of data of objects, variants. */
#define BIT_LOCK(name, type)                                                                                          \
  static gboolean name##_trylock (volatile type *word, gint bit)                                                      \
  {                                                                                                                   \
    if ((__atomic_fetch_or (word, (type) 1 << bit, __ATOMIC_ACQUIRE) & (type) 1 << bit) != 0)                         \
      return FALSE;                                                                                                   \
    acquire ((gconstpointer) word);                                                                                   \
    return TRUE;                                                                                                      \
  }                                                                                                                   \
                                                                                                                      \
  static void name##_lock (volatile type *word, gint bit)                                                             \
  {                                                                                                                   \
    while (!name##_trylock (word, bit))                                                                               \
      sched_yield ();                                                                                                 \
  }                                                                                                                   \
                                                                                                                      \
  static void name##_unlock (volatile type *word, gint bit)                                                           \
  {                                                                                                                   \
    release ((gconstpointer) word);                                                                                   \
    __atomic_fetch_and (word, ~((type) 1 << bit), __ATOMIC_RELEASE);                                                  \
  }

BIT_LOCK (bit, guint)
BIT_LOCK (pointer_bit, gsize)

/* GRecMutex and GRWLock point to a lock of the C library, which ThreadSanitizer knows; it is made when first taken, by
 * whoever comes first. */
static gpointer
lock_of (gpointer *pointer, gpointer (*create) (void))
{
  gpointer lock = __atomic_load_n (pointer, __ATOMIC_ACQUIRE);

  if (lock == NULL)
    {
      gpointer fresh = create ();

      release (pointer);
      if (!__atomic_compare_exchange_n (pointer, &lock, fresh, FALSE, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
        free (fresh);
      else
        lock = fresh;
    }
  acquire (pointer);

  return lock;
}

static gpointer
create_recursive (void)
{
  pthread_mutex_t    *lock = malloc (sizeof *lock);
  pthread_mutexattr_t attributes;

  pthread_mutexattr_init (&attributes);
  pthread_mutexattr_settype (&attributes, PTHREAD_MUTEX_RECURSIVE);
  pthread_mutex_init (lock, &attributes);
  pthread_mutexattr_destroy (&attributes);

  return lock;
}

static gpointer
create_rw (void)
{
  pthread_rwlock_t *lock = malloc (sizeof *lock);

  pthread_rwlock_init (lock, NULL);

  return lock;
}

#define LOCKS(name, lock_type, create, type, result, function)                                                        \
  static type name (lock_type *lock)                                                                                  \
  {                                                                                                                   \
    return result (function (lock_of (&lock->p, create)));                                                            \
  }

LOCKS (rec_mutex_lock, GRecMutex, create_recursive, void, (void), pthread_mutex_lock)
LOCKS (rec_mutex_trylock, GRecMutex, create_recursive, gboolean, 0 ==, pthread_mutex_trylock)
LOCKS (rec_mutex_unlock, GRecMutex, create_recursive, void, (void), pthread_mutex_unlock)
LOCKS (rw_lock_reader_lock, GRWLock, create_rw, void, (void), pthread_rwlock_rdlock)
LOCKS (rw_lock_reader_trylock, GRWLock, create_rw, gboolean, 0 ==, pthread_rwlock_tryrdlock)
LOCKS (rw_lock_reader_unlock, GRWLock, create_rw, void, (void), pthread_rwlock_unlock)
LOCKS (rw_lock_writer_lock, GRWLock, create_rw, void, (void), pthread_rwlock_wrlock)
LOCKS (rw_lock_writer_trylock, GRWLock, create_rw, gboolean, 0 ==, pthread_rwlock_trywrlock)
LOCKS (rw_lock_writer_unlock, GRWLock, create_rw, void, (void), pthread_rwlock_unlock)

#define REPLACED(name) { "g_" #name, (gpointer) name }

static const struct
{
  const char *name;
  gpointer    function;
} replaced[] = {
  REPLACED (mutex_lock),
  REPLACED (mutex_trylock),
  REPLACED (mutex_unlock),
  REPLACED (bit_lock),
  REPLACED (bit_trylock),
  REPLACED (bit_unlock),
  REPLACED (pointer_bit_lock),
  REPLACED (pointer_bit_trylock),
  REPLACED (pointer_bit_unlock),
  REPLACED (rec_mutex_lock),
  REPLACED (rec_mutex_trylock),
  REPLACED (rec_mutex_unlock),
  REPLACED (rw_lock_reader_lock),
  REPLACED (rw_lock_reader_trylock),
  REPLACED (rw_lock_reader_unlock),
  REPLACED (rw_lock_writer_lock),
  REPLACED (rw_lock_writer_trylock),
  REPLACED (rw_lock_writer_unlock),
};

/* Writes over the beginning of a function: mov $target, %rax; jmp *%rax. Functions begin at multiples of 16 bytes, so
 * there is room. */
static void
replace (guint8 *function, gpointer target)
{
  guint8  jump[12] = { 0x48, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xe0 };
  gsize   page = (gsize) sysconf (_SC_PAGESIZE);
  guint8 *start = (guint8 *) ((gsize) function & ~(page - 1));
  gsize   size = (gsize) (function - start) + sizeof jump;

  memcpy (jump + 2, &target, sizeof target);
  if (mprotect (start, size, PROT_READ | PROT_WRITE | PROT_EXEC) != 0)
    abort ();
  __builtin_memcpy (function, jump, sizeof jump);
  mprotect (start, size, PROT_READ | PROT_EXEC);
}

/* Before any thread but the first. */
__attribute__ ((constructor)) static void
replace_all (void)
{
#ifdef __x86_64__
  if (__tsan_acquire == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (replaced); i++)
    replace (dlsym (RTLD_NEXT, replaced[i].name), replaced[i].function);
#endif
}

/* The function of this name that GLib has. */
#define REAL(name, type)                                                                                              \
  static __typeof__ (type) real;                                                                                      \
                                                                                                                      \
  if (real == NULL)                                                                                                   \
    real = (__typeof__ (type)) dlsym (RTLD_NEXT, #name)

void
(g_once_init_leave) (volatile void *location, gsize result)
{
  REAL (g_once_init_leave, void (*) (volatile void *, gsize));
  release ((gconstpointer) location);
  real (location, result);
}

gboolean
(g_once_init_enter) (volatile void *location)
{
  REAL (g_once_init_enter, gboolean (*) (volatile void *));
  gboolean first = real (location);

  acquire ((gconstpointer) location);

  return first;
}

/* Counts of references are one word that every change both publishes and reads: whoever lets go orders what it did
 * before for whoever lets go later, the last one above all. */
gboolean
(g_atomic_ref_count_dec) (gatomicrefcount *count)
{
  REAL (g_atomic_ref_count_dec, gboolean (*) (gatomicrefcount *));
  gboolean last;

  release (count);
  last = real (count);
  if (last)
    acquire (count);

  return last;
}

void
g_object_unref (gpointer object)
{
  REAL (g_object_unref, void (*) (gpointer));
  release (object);
  acquire (object);
  real (object);
}
