/* Names as people read them: natural order, near misses, one clean line. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* strcmp-like, but runs of digits compare as numbers: "layer2" before "layer10". */
int    nerve_names_compare (const char *a, const char *b);
/* Up to three of @names that @wanted may have meant, nearest first, as "“a”, “b”"; NULL if none is near. */
char  *nerve_names_near    (const char *wanted, const char * const *names, gsize n);
/* "A,B": the names between commas; a comma within one is written "\\,". */
char **nerve_names_split   (const char *text);
/* Valid UTF-8 without control characters, whatever the file holds. */
char  *nerve_names_clean   (const char *bytes, gssize length);
/* "a, b, c and 4 more"; @names holds strings. */
char  *nerve_names_list    (GPtrArray *names);

G_END_DECLS
