#include "base/parameters.h"

#include <math.h>
#include <string.h>

#include "base/error.h"

#define FIELD(values, parameter, type) (*(type *) ((char *) (values) + (parameter)->offset))
#define CONST_FIELD(values, parameter, type) (*(type const *) ((const char *) (values) + (parameter)->offset))

static void
set_number (const NerveParameter *parameter, gpointer values, double number)
{
  if (parameter->type == NERVE_PARAMETER_DOUBLE)
    FIELD (values, parameter, double) = number + 0.0; /* no negative zero: it has a text of its own */
  else
    FIELD (values, parameter, int) = isnan (number) ? -1 : (int) number;
}

static gboolean
is_automatic (const NerveParameter *parameter, double number)
{
  if (parameter->automatic == NULL)
    return FALSE;

  return parameter->type == NERVE_PARAMETER_DOUBLE ? isnan (number) : number == -1.0;
}

static void
init_parameter (const NerveParameter *parameter, gpointer values)
{
  if (parameter->type == NERVE_PARAMETER_STRING)
    FIELD (values, parameter, char *) = NULL;
  else
    set_number (parameter, values, parameter->initial);
}

/* Shortest of the texts that read back as @number. */
static char *
format_exactly (double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  const char *formats[] = { "%.15g", "%.16g", "%.17g" };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_ascii_formatd (text, sizeof text, formats[i], number);
      if (g_ascii_strtod (text, NULL) == number)
        break;
    }

  return g_strdup (text);
}

static guint
edit_distance (const char *a, const char *b)
{
  gsize length = strlen (b);
  g_autofree guint *row = g_new (guint, length + 1);

  for (gsize j = 0; j <= length; j++)
    row[j] = j;

  for (gsize i = 0; a[i] != '\0'; i++)
    {
      guint diagonal = row[0];

      row[0] = i + 1;
      for (gsize j = 0; j < length; j++)
        {
          guint replaced = diagonal + (a[i] != b[j]);

          diagonal = row[j + 1];
          row[j + 1] = MIN (replaced, MIN (diagonal, row[j]) + 1);
        }
    }

  return row[length];
}

/* Keeps in @nearest the name most like @text, if it is like it at all. */
static void
offer_name (const char *name, const char *text, const char **nearest, guint *least)
{
  guint distance = g_str_has_prefix (name, text) ? 1 : edit_distance (name, text);

  if (distance < *least && distance <= 1 + strlen (name) / 3)
    {
      *nearest = name;
      *least = distance;
    }
}

static char *
list_choices (const NerveParameter *parameter)
{
  GString *list = g_string_new (parameter->automatic);

  for (const NerveChoice *choice = parameter->choices; choice->name != NULL; choice++)
    g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", choice->name);

  return g_string_free (list, FALSE);
}

static char *
describe_allowed (const NerveParameter *parameter)
{
  g_autofree char *lower = format_exactly (parameter->lower);
  g_autofree char *upper = format_exactly (parameter->upper);
  g_autofree char *range = NULL;

  if (parameter->lower == -INFINITY && parameter->upper == INFINITY)
    range = g_strdup ("any number");
  else if (parameter->upper == INFINITY)
    range = g_strdup_printf ("%s or more", lower);
  else if (parameter->lower == -INFINITY)
    range = g_strdup_printf ("%s or less", upper);
  else
    range = g_strdup_printf ("%s to %s", lower, upper);

  if (parameter->automatic != NULL)
    return g_strdup_printf ("%s or %s", range, parameter->automatic);

  return g_steal_pointer (&range);
}

static gboolean
set_text_error (const NerveParameter *parameter, const char *text, const char *complaint, GError **error)
{
  g_autofree char *allowed = describe_allowed (parameter);

  g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, "%s: “%s” %s (%s)", parameter->name, text, complaint,
               allowed);
  return FALSE;
}

static gboolean
set_double (const NerveParameter *parameter, gpointer values, const char *text, GError **error)
{
  char *end = NULL;
  double number = g_ascii_strtod (text, &end);

  if (end == text || *end != '\0' || isnan (number) || g_ascii_isspace (*text))
    return set_text_error (parameter, text, "is not a number", error);
  if (number < parameter->lower || number > parameter->upper)
    return set_text_error (parameter, text, "is out of range", error);

  set_number (parameter, values, number);
  return TRUE;
}

static gboolean
set_int (const NerveParameter *parameter, gpointer values, const char *text, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gint64 number;
  double lower = MAX (parameter->lower, G_MININT);
  double upper = MIN (parameter->upper, G_MAXINT);

  if (!g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &number, &local_error) &&
      !g_error_matches (local_error, G_NUMBER_PARSER_ERROR, G_NUMBER_PARSER_ERROR_OUT_OF_BOUNDS))
    return set_text_error (parameter, text, "is not a whole number", error);
  if (local_error != NULL || number < lower || number > upper)
    return set_text_error (parameter, text, "is out of range", error);

  set_number (parameter, values, number);
  return TRUE;
}

static gboolean
set_bool (const NerveParameter *parameter, gpointer values, const char *text, GError **error)
{
  static const char *const yes[] = { "true", "yes", "on", "1", NULL };
  static const char *const no[] = { "false", "no", "off", "0", NULL };
  gboolean value = g_strv_contains (yes, text);

  if (!value && !g_strv_contains (no, text))
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, "%s: “%s” is neither true nor false", parameter->name,
                   text);
      return FALSE;
    }

  set_number (parameter, values, value);
  return TRUE;
}

static gboolean
set_choice (const NerveParameter *parameter, gpointer values, const char *text, GError **error)
{
  const char *nearest = NULL;
  guint least = G_MAXUINT;
  g_autofree char *list = NULL;

  for (int i = 0; parameter->choices[i].name != NULL; i++)
    {
      if (g_str_equal (parameter->choices[i].name, text))
        {
          set_number (parameter, values, i);
          return TRUE;
        }
      offer_name (parameter->choices[i].name, text, &nearest, &least);
    }

  list = list_choices (parameter);
  if (nearest != NULL)
    g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, "%s: “%s” is not known, did you mean “%s”? (%s)",
                 parameter->name, text, nearest, list);
  else
    g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, "%s: “%s” is not known (%s)", parameter->name, text, list);

  return FALSE;
}

static void
set_string (const NerveParameter *parameter, gpointer values, const char *text)
{
  char **field = &FIELD (values, parameter, char *);

  g_free (*field);
  *field = text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

void
nerve_parameters_init (const NerveParameterTable *table, gpointer values)
{
  memset (values, 0, table->size);
  for (guint i = 0; i < table->n; i++)
    init_parameter (&table->parameters[i], values);
}

void
nerve_parameters_clear (const NerveParameterTable *table, gpointer values)
{
  for (guint i = 0; i < table->n; i++)
    if (table->parameters[i].type == NERVE_PARAMETER_STRING)
      g_clear_pointer (&FIELD (values, &table->parameters[i], char *), g_free);
}

void
nerve_parameters_copy (const NerveParameterTable *table, gpointer to, gconstpointer from)
{
  if (to == from)
    return;

  for (guint i = 0; i < table->n; i++)
    {
      const NerveParameter *parameter = &table->parameters[i];

      if (parameter->type == NERVE_PARAMETER_STRING)
        set_string (parameter, to, CONST_FIELD (from, parameter, char *));
      else
        set_number (parameter, to, nerve_parameter_get_number (parameter, from));
    }
}

gboolean
nerve_parameters_equal (const NerveParameterTable *table, gconstpointer a, gconstpointer b)
{
  for (guint i = 0; i < table->n; i++)
    {
      g_autofree char *text_a = nerve_parameter_get (&table->parameters[i], a);
      g_autofree char *text_b = nerve_parameter_get (&table->parameters[i], b);

      if (!g_str_equal (text_a, text_b))
        return FALSE;
    }

  return TRUE;
}

const NerveParameter *
nerve_parameters_find (const NerveParameterTable *table, const char *name)
{
  for (guint i = 0; i < table->n; i++)
    if (g_str_equal (table->parameters[i].name, name))
      return &table->parameters[i];

  return NULL;
}

gboolean
nerve_parameters_set (const NerveParameterTable *table, gpointer values, const char *name, const char *text,
                      GError **error)
{
  const NerveParameter *parameter = nerve_parameters_find (table, name);
  const char *nearest = NULL;
  guint least = G_MAXUINT;

  if (parameter != NULL)
    return nerve_parameter_set (parameter, values, text, error);

  for (guint i = 0; i < table->n; i++)
    offer_name (table->parameters[i].name, name, &nearest, &least);
  if (nearest != NULL)
    g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, "no parameter “%s”, did you mean “%s”?", name, nearest);
  else
    g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, "no parameter “%s”", name);

  return FALSE;
}

gboolean
nerve_parameter_set (const NerveParameter *parameter, gpointer values, const char *text, GError **error)
{
  if (text == NULL && parameter->type == NERVE_PARAMETER_BOOL)
    text = "true";
  if (text == NULL && parameter->type != NERVE_PARAMETER_STRING)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, "%s: a value is missing", parameter->name);
      return FALSE;
    }
  if (parameter->automatic != NULL && g_strcmp0 (text, parameter->automatic) == 0)
    {
      set_number (parameter, values, NAN);
      return TRUE;
    }

  switch (parameter->type)
    {
    case NERVE_PARAMETER_INT:
      return set_int (parameter, values, text, error);
    case NERVE_PARAMETER_DOUBLE:
      return set_double (parameter, values, text, error);
    case NERVE_PARAMETER_BOOL:
      return set_bool (parameter, values, text, error);
    case NERVE_PARAMETER_CHOICE:
      return set_choice (parameter, values, text, error);
    case NERVE_PARAMETER_STRING:
      set_string (parameter, values, text);
      return TRUE;
    default:
      g_return_val_if_reached (FALSE);
    }
}

char *
nerve_parameter_get (const NerveParameter *parameter, gconstpointer values)
{
  double number;

  if (parameter->type == NERVE_PARAMETER_STRING)
    {
      const char *text = CONST_FIELD (values, parameter, char *);

      return g_strdup (text != NULL ? text : "");
    }

  number = nerve_parameter_get_number (parameter, values);
  if (is_automatic (parameter, number))
    return g_strdup (parameter->automatic);
  if (parameter->type == NERVE_PARAMETER_BOOL)
    return g_strdup (number != 0.0 ? "true" : "false");
  if (parameter->type == NERVE_PARAMETER_CHOICE)
    return g_strdup (parameter->choices[(int) number].name);

  return format_exactly (number);
}

double
nerve_parameter_get_number (const NerveParameter *parameter, gconstpointer values)
{
  switch (parameter->type)
    {
    case NERVE_PARAMETER_DOUBLE:
      return CONST_FIELD (values, parameter, double);
    case NERVE_PARAMETER_INT:
    case NERVE_PARAMETER_BOOL:
    case NERVE_PARAMETER_CHOICE:
      return CONST_FIELD (values, parameter, int);
    case NERVE_PARAMETER_STRING:
    default:
      return NAN;
    }
}

gboolean
nerve_parameter_is_default (const NerveParameter *parameter, gconstpointer values)
{
  double number;

  if (parameter->type == NERVE_PARAMETER_STRING)
    return CONST_FIELD (values, parameter, char *) == NULL;

  number = nerve_parameter_get_number (parameter, values);
  if (is_automatic (parameter, number))
    return isnan (parameter->initial) || is_automatic (parameter, parameter->initial);

  return number == parameter->initial;
}

char *
nerve_parameters_key (const NerveParameterTable *table, gconstpointer values)
{
  GString *key = g_string_new (NULL);

  for (guint i = 0; i < table->n; i++)
    {
      g_autofree char *text = nerve_parameter_get (&table->parameters[i], values);
      /* Escaped, so that no text can pass for another parameter. */
      g_autofree char *escaped = g_uri_escape_string (text, "/, ", TRUE);

      g_string_append_printf (key, "%s=%s;", table->parameters[i].name, escaped);
    }

  return g_string_free (key, FALSE);
}
