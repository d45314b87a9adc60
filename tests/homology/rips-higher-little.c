/* The kernel with next to no room for cofaces, which it then makes anew again and again. */
#define NERVE_RIPS_HIGHER nerve_rips_higher_little
#define LEAST_KEPT 4096
#define KEPT_PER_SIMPLEX 1
typedef unsigned long Key;

#include "rips-higher-little.h"

#include "homology/rips-higher-keyed.h"
