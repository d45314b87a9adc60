/* Compiles the inner loops of the Rips kernel once for each kind of processor and picks at run time.
 * They work on integers only, so every kind gives the same result. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  NERVE_RIPS_TARGET_PLAIN, /* what the compiler was told to build for */
  NERVE_RIPS_TARGET_AVX2,
  NERVE_RIPS_TARGET_AVX512,
} NerveRipsTarget;

/* The widest this machine has, within the limit. */
NerveRipsTarget nerve_rips_target_get   (void);

/* For tests and measurements; -1: no limit. */
void        nerve_rips_target_limit (int widest);

#define NERVE_RIPS_TARGET_INLINE static inline __attribute__ ((always_inline))

/* Defines "static void name parameters", which calls name_body, an inline function, as compiled for
 * this machine. The body may only call what is NERVE_RIPS_TARGET_INLINE too, or what it need not have inlined. */
#if defined (__x86_64__) && defined (__GNUC__)
#define NERVE_RIPS_TARGET_CLONES(name, parameters, arguments)                                                   \
  __attribute__ ((target ("avx512f,avx512bw,avx512vl,avx512dq,bmi,bmi2,lzcnt,popcnt,"                      \
                          "prefer-vector-width=512"))) static void name##_avx512 parameters                \
  {                                                                                                        \
    name##_body arguments;                                                                                 \
  }                                                                                                        \
  __attribute__ ((target ("avx2,bmi,bmi2,lzcnt,popcnt"))) static void name##_avx2 parameters               \
  {                                                                                                        \
    name##_body arguments;                                                                                 \
  }                                                                                                        \
  static void name##_plain parameters                                                                      \
  {                                                                                                        \
    name##_body arguments;                                                                                 \
  }                                                                                                        \
  static void name parameters                                                                              \
  {                                                                                                        \
    NerveRipsTarget target = nerve_rips_target_get ();                                                              \
                                                                                                           \
    if (target == NERVE_RIPS_TARGET_AVX512)                                                                     \
      name##_avx512 arguments;                                                                             \
    else if (target == NERVE_RIPS_TARGET_AVX2)                                                                  \
      name##_avx2 arguments;                                                                               \
    else                                                                                                   \
      name##_plain arguments;                                                                              \
  }
#else
#define NERVE_RIPS_TARGET_CLONES(name, parameters, arguments)                                                   \
  static void name parameters                                                                              \
  {                                                                                                        \
    name##_body arguments;                                                                                 \
  }
#endif

G_END_DECLS
