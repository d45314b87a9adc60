/* Writes JSON. Numbers are "%.9g"; an infinity, which JSON has no number for, is the string "inf" or "-inf"; NaN is
 * null. */
#pragma once

#include "base/output.h"

G_BEGIN_DECLS

typedef struct _NerveJson NerveJson;

NerveJson *nerve_json_new          (NerveOutput *output);
/* Ends the line. Everything that was begun must have been ended. */
void       nerve_json_free         (NerveJson *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveJson, nerve_json_free)

/* @key: NULL inside an array and at the top. */
void       nerve_json_begin_object (NerveJson *self, const char *key);
void       nerve_json_begin_array  (NerveJson *self, const char *key);
/* On one line, with all that is in it. */
void       nerve_json_begin_row    (NerveJson *self, const char *key);
void       nerve_json_end          (NerveJson *self);

void       nerve_json_null         (NerveJson *self, const char *key);
void       nerve_json_boolean      (NerveJson *self, const char *key, gboolean value);
void       nerve_json_integer      (NerveJson *self, const char *key, gint64 value);
/* As many digits as it takes to read the same number again: for what is typed in again. */
void       nerve_json_exact        (NerveJson *self, const char *key, double value);
void       nerve_json_number       (NerveJson *self, const char *key, double value);
/* NULL: null. */
void       nerve_json_string       (NerveJson *self, const char *key, const char *value);

G_END_DECLS
