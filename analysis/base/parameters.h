/* Parameters of an analysis: one plain struct, described by one table. The inspector, the
 * command line, job keys, session files, captions and the documentation are made from it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  NERVE_PARAMETER_INT,    /* int */
  NERVE_PARAMETER_DOUBLE, /* double */
  NERVE_PARAMETER_BOOL,   /* gboolean; an option without value on the command line */
  NERVE_PARAMETER_CHOICE, /* int: index into choices */
  NERVE_PARAMETER_STRING, /* char *, owned, NULL allowed */
} NerveParameterType;

typedef struct
{
  const char *name;  /* as on the command line */
  const char *label; /* as in the window, N_() */
} NerveChoice;

typedef struct
{
  const char        *name;    /* option and key: "min-samples" */
  const char        *label;   /* N_("Min. samples") */
  const char        *unit;    /* N_(), or NULL */
  const char        *help;    /* N_(), one sentence: its effect */
  NerveParameterType type;
  gsize              offset;
  double             initial; /* default; for INT, BOOL, CHOICE too */
  double             lower;   /* limits, both allowed */
  double             upper;
  double             step;    /* of a slider; 0: no slider */
  const char        *automatic; /* a word ("auto") that stands for NaN (DOUBLE) or -1 (INT, CHOICE), or NULL */
  const NerveChoice *choices; /* CHOICE: ends with a NULL name */
} NerveParameter;

typedef struct
{
  const char           *name; /* "cloud", "mapper", … */
  gsize                 size; /* of the struct */
  const NerveParameter *parameters;
  guint                 n;
} NerveParameterTable;

/* @values points to the table's struct everywhere below. */
void        nerve_parameters_init   (const NerveParameterTable *table, gpointer values);
void        nerve_parameters_clear  (const NerveParameterTable *table, gpointer values);
/* @to must have been initialised. */
void        nerve_parameters_copy   (const NerveParameterTable *table, gpointer to, gconstpointer from);
gboolean    nerve_parameters_equal  (const NerveParameterTable *table, gconstpointer a, gconstpointer b);
const NerveParameter *
            nerve_parameters_find   (const NerveParameterTable *table, const char *name);
/* Parses @text (C locale) and checks limits; NERVE_ERROR_PARAMETER names the parameter, what was
 * given and what is allowed, with the nearest choice for a misspelt one. */
gboolean    nerve_parameters_set    (const NerveParameterTable *table, gpointer values, const char *name,
                                     const char *text, GError **error);
gboolean    nerve_parameter_set     (const NerveParameter *parameter, gpointer values, const char *text,
                                     GError **error);
/* The value as nerve_parameters_set() reads it, exactly (%.17g shortest form). */
char       *nerve_parameter_get     (const NerveParameter *parameter, gconstpointer values);
double      nerve_parameter_get_number (const NerveParameter *parameter, gconstpointer values);
gboolean    nerve_parameter_is_default (const NerveParameter *parameter, gconstpointer values);
/* "name=value;…" of all parameters: the canonical text that job keys use. */
char       *nerve_parameters_key    (const NerveParameterTable *table, gconstpointer values);

G_END_DECLS
