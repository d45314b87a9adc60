/* Diagrams as text: a header "dimension,birth,death" and a line for each bar. */
#pragma once

#include "base/progress.h"
#include "homology/diagram.h"

G_BEGIN_DECLS

/**
 * nerve_diagram_parse_csv:
 * @text: with or without the header; numbers in the C locale, "inf" for what never dies
 * @length: bytes
 *
 * Bars of zero length are dropped, as everywhere. Empty lines, spaces around numbers, CR before LF and a byte order
 * mark are let pass.
 *
 * Errors, all with the line, counted from 1: NERVE_ERROR_FORMAT (no text; not three fields; not a number; nothing at
 * all), NERVE_ERROR_VALUE (NaN, an infinite birth, a bar that dies before its birth, a dimension that is none);
 * CANCELLED
 */
NerveDiagram *nerve_diagram_parse_csv (const char *text, gsize length, const NerveProgress *progress, GError **error);

G_END_DECLS
