#include "config.h"

#include "app/cli/options.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "data/names.h"

typedef enum
{
  OPTION_HEADING,
  OPTION_SWITCH,
  OPTION_STRING,
  OPTION_LIST,
  OPTION_CHOICE,
  OPTION_PARSED,
  OPTION_PARAMETER,
} OptionKind;

typedef struct
{
  OptionKind            kind;
  const char           *name;
  char                  letter;
  const char           *argument;
  const char           *help;
  gpointer              value;     /* gboolean *, char **, int *, or the table's struct */
  const char * const   *choices;
  const NerveParameter *parameter;
  NerveOptionParser     parser;
  gboolean              is_given;
} Option;

struct _NerveOptions
{
  GArray       *options;
  GStringChunk *names; /* of those that were named here */
};

static Option *
add_option (NerveOptions *self, OptionKind kind, const char *name, const char *help)
{
  Option option = { .kind = kind, .name = name, .help = help };

  g_array_append_val (self->options, option);

  return &g_array_index (self->options, Option, self->options->len - 1);
}

static Option *
find_option (NerveOptions *self, const char *name, gsize length)
{
  for (guint i = 0; i < self->options->len; i++)
    {
      Option *option = &g_array_index (self->options, Option, i);

      if (option->kind != OPTION_HEADING && strlen (option->name) == length &&
          strncmp (option->name, name, length) == 0)
        return option;
    }

  return NULL;
}

static Option *
find_letter (NerveOptions *self, char letter)
{
  for (guint i = 0; i < self->options->len; i++)
    {
      Option *option = &g_array_index (self->options, Option, i);

      if (option->letter != 0 && option->letter == letter)
        return option;
    }

  return NULL;
}

static gboolean
set_unknown (NerveOptions *self, const char *argument, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *wanted = g_strndup (argument, strcspn (argument, "="));
  g_autofree char *near = NULL;

  for (guint i = 0; i < self->options->len; i++)
    {
      Option *option = &g_array_index (self->options, Option, i);

      if (option->kind != OPTION_HEADING)
        g_ptr_array_add (names, g_strconcat ("--", option->name, NULL));
    }
  near = nerve_names_near (wanted, (const char * const *) names->pdata, names->len);
  if (near != NULL)
    g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, _("unknown option “%s”; did you mean %s?"), wanted, near);
  else
    g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, _("unknown option “%s”; --help lists them"), wanted);

  return FALSE;
}

static gboolean
takes_value (const Option *option)
{
  if (option->kind == OPTION_PARAMETER)
    return option->parameter->type != NERVE_PARAMETER_BOOL;

  return option->kind != OPTION_SWITCH;
}

static gboolean
set_choice (Option *option, const char *text, GError **error)
{
  g_autofree char *list = NULL;

  for (int i = 0; option->choices[i] != NULL; i++)
    if (g_str_equal (option->choices[i], text))
      {
        *(int *) option->value = i;
        return TRUE;
      }

  list = g_strjoinv (", ", (char **) option->choices);
  g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, _("--%s: “%s” is not known (%s)"), option->name, text, list);

  return FALSE;
}

static gboolean
set_parameter (Option *option, const char *text, GError **error)
{
  /* What an unset variable of a script expands to. */
  if (option->parameter->type == NERVE_PARAMETER_STRING && *text == '\0')
    g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, _("%s: is empty"), option->parameter->name);
  else if (nerve_parameter_set (option->parameter, option->value, text, error))
    return TRUE;

  /* The message begins with the parameter's name, where the option's ends with it. */
  g_prefix_error (error, "--%.*s", (int) (strlen (option->name) - strlen (option->parameter->name)), option->name);
  return FALSE;
}

static void
append_text (char ***values, const char *text)
{
  guint n = *values != NULL ? g_strv_length (*values) : 0;

  *values = g_renew (char *, *values, n + 2);
  (*values)[n] = g_strdup (text);
  (*values)[n + 1] = NULL;
}

static gboolean
set_option (Option *option, const char *text, GError **error)
{
  option->is_given = TRUE;
  switch (option->kind)
    {
    case OPTION_SWITCH:
      *(gboolean *) option->value = TRUE;
      return TRUE;
    case OPTION_STRING:
      g_free (*(char **) option->value);
      *(char **) option->value = g_strdup (text);
      return TRUE;
    case OPTION_LIST:
      append_text (option->value, text);
      return TRUE;
    case OPTION_PARSED:
      if (option->parser (text, option->value, error))
        return TRUE;
      g_prefix_error (error, "--");
      return FALSE;
    case OPTION_CHOICE:
      return set_choice (option, text, error);
    case OPTION_PARAMETER:
      return set_parameter (option, text, error);
    case OPTION_HEADING:
    default:
      g_return_val_if_reached (FALSE);
    }
}

/* @text: what follows "=", or NULL; @next: the argument after. */
static gboolean
parse_option (Option *option, const char *text, char ***next, GError **error)
{
  if (!takes_value (option))
    {
      if (text != NULL && option->kind == OPTION_SWITCH)
        {
          g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, _("--%s takes no value"), option->name);
          return FALSE;
        }
      return set_option (option, text, error);
    }

  if (text == NULL)
    {
      if (**next == NULL || g_str_has_prefix (**next, "--"))
        {
          g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, _("--%s: a value is missing"), option->name);
          return FALSE;
        }
      text = *(*next)++;
    }

  return set_option (option, text, error);
}

/* One argument that begins with "-". */
static gboolean
parse_argument (NerveOptions *self, const char *argument, char ***next, GError **error)
{
  Option *option;
  const char *equals;

  if (argument[1] == '-')
    {
      gsize length = strcspn (argument + 2, "=");

      option = find_option (self, argument + 2, length);
      equals = argument[2 + length] == '=' ? argument + 3 + length : NULL;
    }
  else
    {
      option = find_letter (self, argument[1]);
      equals = argument[2] != '\0' ? argument + 2 : NULL;
    }

  if (option == NULL)
    return set_unknown (self, argument, error);

  return parse_option (option, equals, next, error);
}

static char *
join_choices (const NerveParameter *parameter)
{
  GString *list = g_string_new (parameter->automatic);

  for (const NerveChoice *choice = parameter->choices; choice->name != NULL; choice++)
    g_string_append_printf (list, "%s%s", list->len > 0 ? "|" : "", choice->name);

  return g_string_free (list, FALSE);
}

static char *
describe_argument (const Option *option)
{
  if (option->kind == OPTION_CHOICE)
    return g_strjoinv ("|", (char **) option->choices);
  if (option->kind == OPTION_STRING || option->kind == OPTION_LIST || option->kind == OPTION_PARSED)
    return g_strdup (_(option->argument));
  if (option->kind != OPTION_PARAMETER)
    return NULL;

  switch (option->parameter->type)
    {
    case NERVE_PARAMETER_CHOICE:
      return join_choices (option->parameter);
    case NERVE_PARAMETER_INT:
      return g_strdup ("N");
    case NERVE_PARAMETER_DOUBLE:
      return g_strdup ("X");
    case NERVE_PARAMETER_STRING:
      return g_strdup (_("LIST"));
    case NERVE_PARAMETER_BOOL:
    default:
      return NULL;
    }
}

/* The default, before anything was parsed; NULL where there is none to speak of. */
static char *
describe_default (const Option *option)
{
  g_autofree char *text = NULL;

  if (option->kind == OPTION_CHOICE)
    return g_strdup (option->choices[0]);
  if (option->kind != OPTION_PARAMETER || option->parameter->type == NERVE_PARAMETER_BOOL)
    return NULL;

  text = nerve_parameter_get (option->parameter, option->value);

  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

static void
describe_option (GString *text, const Option *option)
{
  g_autofree char *argument = describe_argument (option);
  g_autofree char *initial = describe_default (option);

  if (option->letter != 0)
    g_string_append_printf (text, "  -%c, --%s", option->letter, option->name);
  else
    g_string_append_printf (text, "  --%s", option->name);
  if (argument != NULL)
    g_string_append_printf (text, " %s", argument);

  g_string_append_printf (text, "\n        %s", _(option->help));
  if (initial != NULL)
    g_string_append_printf (text, " [%s]", initial);
  g_string_append_c (text, '\n');
}

NerveOptions *
nerve_options_new (void)
{
  NerveOptions *self = g_new (NerveOptions, 1);

  self->options = g_array_new (FALSE, FALSE, sizeof (Option));
  self->names = g_string_chunk_new (64);

  return self;
}

void
nerve_options_free (NerveOptions *self)
{
  g_array_unref (self->options);
  g_string_chunk_free (self->names);
  g_free (self);
}

void
nerve_options_add_heading (NerveOptions *self, const char *heading)
{
  add_option (self, OPTION_HEADING, "", heading);
}

void
nerve_options_add_switch (NerveOptions *self, const char *name, gboolean *value, const char *help)
{
  add_option (self, OPTION_SWITCH, name, help)->value = value;
}

void
nerve_options_add_string (NerveOptions *self, const char *name, char letter, const char *argument, char **value,
                          const char *help)
{
  Option *option = add_option (self, OPTION_STRING, name, help);

  option->letter = letter;
  option->argument = argument;
  option->value = value;
}

void
nerve_options_add_list (NerveOptions *self, const char *name, const char *argument, char ***values, const char *help)
{
  Option *option = add_option (self, OPTION_LIST, name, help);

  option->argument = argument;
  option->value = values;
}

void
nerve_options_add_choice (NerveOptions *self, const char *name, const char * const *choices, int *value,
                          const char *help)
{
  Option *option = add_option (self, OPTION_CHOICE, name, help);

  option->choices = choices;
  option->value = value;
}

void
nerve_options_add_parsed (NerveOptions *self, const char *name, const char *argument, NerveOptionParser parser,
                          gpointer value, const char *help)
{
  Option *option = add_option (self, OPTION_PARSED, name, help);

  option->argument = argument;
  option->parser = parser;
  option->value = value;
}

static const char *
name_by_table (NerveOptions *self, const NerveParameterTable *table, const NerveParameter *parameter)
{
  g_autofree char *name = g_strjoin ("-", table->name, parameter->name, NULL);

  return g_string_chunk_insert_const (self->names, name);
}

void
nerve_options_add_table (NerveOptions *self, const NerveParameterTable *table, gpointer values)
{
  for (guint i = 0; i < table->n; i++)
    {
      const NerveParameter *parameter = &table->parameters[i];
      const char *name = parameter->name;
      Option *option = find_option (self, name, strlen (name));

      if (option != NULL && option->kind != OPTION_PARAMETER)
        continue;
      if (option != NULL)
        name = name_by_table (self, table, parameter);
      option = add_option (self, OPTION_PARAMETER, name, parameter->help);
      option->parameter = parameter;
      option->value = values;
    }
}

char **
nerve_options_parse (NerveOptions *self, char **arguments, GError **error)
{
  g_autoptr (GPtrArray) rest = g_ptr_array_new_with_free_func (g_free);
  gboolean only_rest = FALSE;

  while (*arguments != NULL)
    {
      const char *argument = *arguments++;

      if (!only_rest && g_str_equal (argument, "--"))
        only_rest = TRUE;
      else if (only_rest || argument[0] != '-' || argument[1] == '\0')
        g_ptr_array_add (rest, g_strdup (argument));
      else if (!parse_argument (self, argument, &arguments, error))
        return NULL;
    }
  g_ptr_array_add (rest, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&rest), FALSE);
}

gboolean
nerve_options_is_given (NerveOptions *self, const char *name)
{
  Option *option = find_option (self, name, strlen (name));

  return option != NULL && option->is_given;
}

char *
nerve_options_describe (NerveOptions *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->options->len; i++)
    {
      const Option *option = &g_array_index (self->options, Option, i);

      if (option->kind == OPTION_HEADING)
        g_string_append_printf (text, "\n%s:\n", _(option->help));
      else
        describe_option (text, option);
    }

  return g_string_free (text, FALSE);
}
