#include "app/cli/diagram-output.h"

#include <string.h>

#include "app/cli/json.h"
#include "app/cli/table.h"

enum { FORMAT_CSV, FORMAT_JSON, FORMAT_NPY };

const char * const nerve_diagram_formats[] = { "csv", "json", "npy", NULL };

static void
write_csv (NerveOutput *output, const NerveDiagram *diagram)
{
  const NerveBar *bars = nerve_diagram_get_bars (diagram);

  nerve_output_printf (output, "dimension,birth,death\n");
  for (gsize i = 0; i < nerve_diagram_get_n_bars (diagram); i++)
    {
      g_assert (bars[i].dimension < 10);
      nerve_output_write (output, (char[]) { '0' + bars[i].dimension, ',' }, 2);
      nerve_output_number (output, bars[i].birth);
      nerve_output_write (output, ",", 1);
      nerve_output_number (output, bars[i].death);
      nerve_output_write (output, "\n", 1);
    }
}

static void
write_json (NerveOutput *output, const NerveDiagram *diagram)
{
  const NerveBar *bars = nerve_diagram_get_bars (diagram);
  g_autoptr (NerveJson) json = nerve_json_new (output);

  nerve_json_begin_array (json, NULL);
  for (gsize i = 0; i < nerve_diagram_get_n_bars (diagram); i++)
    {
      nerve_json_begin_object (json, NULL);
      nerve_json_integer (json, "dimension", bars[i].dimension);
      nerve_json_number (json, "birth", bars[i].birth);
      nerve_json_number (json, "death", bars[i].death);
      nerve_json_end (json);
    }
  nerve_json_end (json);
}

static void
write_npy (NerveOutput *output, const NerveDiagram *diagram)
{
  const NerveBar *bars = nerve_diagram_get_bars (diagram);
  gsize n = nerve_diagram_get_n_bars (diagram);

  nerve_npy_header (output, n, 3);
  for (gsize i = 0; i < n; i++)
    {
      const double row[3] = { bars[i].dimension, bars[i].birth, bars[i].death };

      nerve_output_write (output, row, sizeof row);
    }
}

int
nerve_diagram_format (int format, gboolean is_given, const char *path)
{
  const char *suffix = path != NULL ? strrchr (path, '.') : NULL;

  for (int i = 0; !is_given && suffix != NULL && nerve_diagram_formats[i] != NULL; i++)
    if (strcmp (suffix + 1, nerve_diagram_formats[i]) == 0)
      return i;

  return format;
}

void
nerve_diagram_write (const NerveDiagram *diagram, int format, NerveOutput *output)
{
  static void (*const writers[]) (NerveOutput *output, const NerveDiagram *diagram) = {
    [FORMAT_CSV] = write_csv,
    [FORMAT_JSON] = write_json,
    [FORMAT_NPY] = write_npy,
  };

  writers[format] (output, diagram);
}
