/* What benchmarks by hand measure with. Milliseconds. */
#pragma once

#include <time.h>

#include <glib.h>

static inline double
bench_wall (void)
{
  return g_get_monotonic_time () / 1e3;
}

/* @clock: CLOCK_THREAD_CPUTIME_ID, CLOCK_PROCESS_CPUTIME_ID */
static inline double
bench_cpu (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);

  return now.tv_sec * 1e3 + now.tv_nsec * 1e-6;
}

static inline int
bench_compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

/* Of doubles, which it sorts. */
static inline double
bench_quantile (GArray *times, double share)
{
  g_array_sort (times, bench_compare);

  return g_array_index (times, double, MIN ((guint) (share * times->len), times->len - 1));
}
