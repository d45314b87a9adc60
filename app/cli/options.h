/* Options of a command: some of its own, most of them made from parameter tables. */
#pragma once

#include "base/error.h"
#include "base/parameters.h"

G_BEGIN_DECLS

typedef struct _NerveOptions NerveOptions;

NerveOptions *nerve_options_new  (void);
void          nerve_options_free (NerveOptions *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveOptions, nerve_options_free)

/* What is passed here must live as long as @self; texts are N_() and translated when shown. */

/* The options that follow stand under this heading in the help. */
void nerve_options_add_heading (NerveOptions *self, const char *heading);
/* --name */
void nerve_options_add_switch  (NerveOptions *self, const char *name, gboolean *value, const char *help);
/* --name TEXT; the last one counts. @value is freed by the caller. @letter: "-o", or 0. */
void nerve_options_add_string  (NerveOptions *self, const char *name, char letter, const char *argument, char **value,
                                const char *help);
/* --name TEXT, as often as one likes; @values is NULL-terminated, or NULL, and freed by the caller. */
void nerve_options_add_list    (NerveOptions *self, const char *name, const char *argument, char ***values,
                                const char *help);
/* --name a|b|…; @choices ends with NULL, its first one is the default. @value is an index. */
void nerve_options_add_choice  (NerveOptions *self, const char *name, const char * const *choices, int *value,
                                const char *help);
/* --name TEXT, understood by @parser; before the table whose parameter of that name it stands for. */
typedef gboolean (*NerveOptionParser) (const char *text, gpointer value, GError **error);
void nerve_options_add_parsed  (NerveOptions *self, const char *name, const char *argument, NerveOptionParser parser,
                                gpointer value, const char *help);
/* One option for each parameter that has none yet, called --TABLE-NAME where another table's parameter has the name.
 * @values must have been initialised. */
void nerve_options_add_table   (NerveOptions *self, const NerveParameterTable *table, gpointer values);

/**
 * nerve_options_parse:
 * @arguments: NULL-terminated; "--name value", "--name=value", "-o value", "--" ends the options
 *
 * Returns: (transfer full): what is not an option, NULL-terminated; or NULL with NERVE_ERROR_PARAMETER: an unknown
 *   option (and the nearest one), a value that is missing or wrong
 */
char   **nerve_options_parse   (NerveOptions *self, char **arguments, GError **error);

gboolean nerve_options_is_given (NerveOptions *self, const char *name);

/* All options with their defaults, as --help shows them. */
char    *nerve_options_describe (NerveOptions *self);

G_END_DECLS
