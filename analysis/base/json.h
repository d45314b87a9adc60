/* JSON of strangers: read without running out of stack. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* (transfer full), never NULL without an error. What is nested deeper than a hundred levels is refused: the parser
 * calls itself. Errors: NERVE_ERROR_FORMAT "not JSON: cause" */
JsonNode *nerve_json_parse (const char *text, gsize length, GError **error);

G_END_DECLS
