#include "homology/rips-target.h"

#include <stdatomic.h>

static atomic_int limit = -1;

static NerveRipsTarget
find_widest (void)
{
#if defined (__x86_64__) && defined (__GNUC__)
  if (__builtin_cpu_supports ("avx512f") && __builtin_cpu_supports ("avx512bw")
      && __builtin_cpu_supports ("avx512vl") && __builtin_cpu_supports ("avx512dq"))
    return NERVE_RIPS_TARGET_AVX512;
  if (__builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("bmi2"))
    return NERVE_RIPS_TARGET_AVX2;
#endif

  return NERVE_RIPS_TARGET_PLAIN;
}

NerveRipsTarget
nerve_rips_target_get (void)
{
  NerveRipsTarget widest = find_widest ();
  int allowed = atomic_load_explicit (&limit, memory_order_relaxed);

  return allowed < 0 ? widest : MIN (widest, (NerveRipsTarget) allowed);
}

void
nerve_rips_target_limit (int widest)
{
  atomic_store (&limit, widest);
}
