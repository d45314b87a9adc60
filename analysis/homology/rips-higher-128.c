#define NERVE_RIPS_HIGHER nerve_rips_higher_128
typedef unsigned __int128 Key;

#include "homology/rips-higher-keyed.h"
