#include "homology/rips-target.h"

#include <stdatomic.h>

static atomic_int limit = -1;

static NerveTarget
find_widest (void)
{
#if defined (__x86_64__) && defined (__GNUC__)
  if (__builtin_cpu_supports ("avx512f") && __builtin_cpu_supports ("avx512bw")
      && __builtin_cpu_supports ("avx512vl") && __builtin_cpu_supports ("avx512dq"))
    return NERVE_TARGET_AVX512;
  if (__builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("bmi2"))
    return NERVE_TARGET_AVX2;
#endif

  return NERVE_TARGET_PLAIN;
}

NerveTarget
nerve_target_get (void)
{
  NerveTarget widest = find_widest ();
  int allowed = atomic_load_explicit (&limit, memory_order_relaxed);

  return allowed < 0 ? widest : MIN (widest, (NerveTarget) allowed);
}

void
nerve_target_limit (int widest)
{
  atomic_store (&limit, widest);
}
