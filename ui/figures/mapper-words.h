/* The parameters of a mapper graph in words, for captions. */
#pragma once

#include "mapper/mapper.h"

G_BEGIN_DECLS

/* "l2 lens, 10 intervals, overlap 0.5"; of a "ball" cover its name alone. */
char *nerve_caption_cover (const NerveMapperParameters *used);

/* "ε = 1.61"; where single linkage stops. */
char *nerve_caption_cut   (const NerveMapperParameters *used);

G_END_DECLS
