#include "config.h"

#include "app/cli/diagram-input.h"

#include <glib/gi18n.h>

#include "base/memory.h"
#include "data/file.h"
#include "homology/diagram-csv.h"

NerveDiagram *
nerve_diagram_read (NerveInvocation *invocation, guint file, GError **error)
{
  const char *path = nerve_invocation_get_files (invocation)[file];
  g_autoptr (NerveFile) source = NULL;
  g_autofree char *text = NULL;

  nerve_invocation_blame (invocation, path);
  source = nerve_file_open (path, error);
  if (source == NULL)
    return NULL;
  text = nerve_memory_new (source->size, 1, "the text of the diagram", error);
  if (text == NULL || !nerve_file_read (source, 0, text, source->size, error))
    return NULL;

  return nerve_diagram_parse_csv (text, source->size, nerve_invocation_get_progress (invocation), error);
}

void
nerve_diagram_doubt (NerveInvocation *invocation, guint file, const NerveDiagram *diagram, int dimension)
{
  if (nerve_diagram_get_n_bars (diagram) == 0 || dimension <= nerve_diagram_get_max_dimension (diagram))
    return;

  nerve_invocation_blame (invocation, nerve_invocation_get_files (invocation)[file]);
  nerve_invocation_warn (invocation, _("no bar of dimension %d, nor of a higher one: taken as empty; was it computed "
                                       "with --max-dim %d?"), dimension, dimension);
}
