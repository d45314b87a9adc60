/* Why a mapper graph is empty or says little, with the numbers, and an eps that would work. SCIENCE §6. */
#pragma once

#include "mapper/mapper.h"

G_BEGIN_DECLS

/* The first that holds. */
typedef enum
{
  NERVE_DIAGNOSIS_FINE,
  NERVE_DIAGNOSIS_COINCIDENT,     /* it has nodes, but all points stand in one place */
  NERVE_DIAGNOSIS_FEW_POINTS,     /* empty: the cloud has fewer than min_samples */
  NERVE_DIAGNOSIS_THIN_INTERVALS, /* empty: no cell holds min_samples points */
  NERVE_DIAGNOSIS_NOISE,          /* empty: no point has min_samples neighbours within eps in its cell */
  NERVE_DIAGNOSIS_MOSTLY_NOISE,   /* less than two in ten points are in a node */
  NERVE_DIAGNOSIS_GIANT,          /* one node holds at least eight in ten points */
} NerveDiagnosisKind;

typedef struct
{
  NerveDiagnosisKind kind;
  double             coverage;
  guint              giant;       /* the largest node, and the share of all points in it */
  double             giant_share;
  double             eps;
  double             median;      /* distance to the min_samples-th nearest other point; NaN where eps plays no part */
  double             advised;     /* an eps of four digits, tried out: more than three in ten points in nodes, no node
                                     of eight in ten; NaN where none was found or none is needed */
} NerveDiagnosis;

/**
 * nerve_diagnose:
 * @store: of the same cloud
 *
 * Where eps is to blame, measures distances and tries a few of their quantiles: O(n² d) the first time. Otherwise
 * O(nodes). Errors: MEMORY, CANCELLED
 */
gboolean nerve_diagnose (NerveMapper *mapper, NerveMapperStore *store, gboolean paper, NerveDiagnosis *out,
                         const NerveProgress *progress, GError **error);

G_END_DECLS
