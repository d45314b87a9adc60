#define NERVE_RIPS_HIGHER nerve_rips_higher_64
typedef unsigned long Key;

#include "homology/rips-higher-keyed.h"
