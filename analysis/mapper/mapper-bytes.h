/* A mapper graph as bytes and back. The cloud is not among them: it is made anew. */
#pragma once

#include "base/pack.h"
#include "mapper/mapper.h"

G_BEGIN_DECLS

void         nerve_mapper_pack   (const NerveMapper *self, GByteArray *out);
/* @cloud: the one it was made of; NULL if @in is not of that */
NerveMapper *nerve_mapper_unpack (NerveCloud *cloud, NerveUnpack *in);

G_END_DECLS
