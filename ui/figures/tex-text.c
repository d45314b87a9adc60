#include "figures/tex-text.h"

#define FIRST_GREEK 0x3b1
#define FIRST_SUBSCRIPT 0x2080

typedef struct
{
  gunichar    sign;
  const char *tex;
} Sign;

static const Sign signs[] = {
  { '\\', "\\textbackslash{}" }, { '~', "\\textasciitilde{}" }, { '^', "\\textasciicircum{}" },
  { '#', "\\#" }, { '$', "\\$" }, { '%', "\\%" }, { '&', "\\&" }, { '_', "\\_" }, { '{', "\\{" }, { '}', "\\}" },
  { '<', "\\ensuremath{<}" }, { '>', "\\ensuremath{>}" }, { '|', "\\ensuremath{|}" }, { '"', "''" }, { '-', "-{}" },
  { '`', "\\textasciigrave{}" }, { 0xa0, "~" }, { 0x2009, "\\," }, { 0x202f, "\\," }, { 0xad, "\\-" },
  { 0xb0, "\\ensuremath{^\\circ}" }, { 0xb1, "\\ensuremath{\\pm}" }, { 0xb2, "\\textsuperscript{2}" },
  { 0xb3, "\\textsuperscript{3}" }, { 0xb5, "\\ensuremath{\\mu}" }, { 0xb7, "\\ensuremath{\\cdot}" },
  { 0xb9, "\\textsuperscript{1}" }, { 0xd7, "\\ensuremath{\\times}" },
  { 0x393, "\\ensuremath{\\Gamma}" }, { 0x394, "\\ensuremath{\\Delta}" }, { 0x398, "\\ensuremath{\\Theta}" },
  { 0x39b, "\\ensuremath{\\Lambda}" }, { 0x39e, "\\ensuremath{\\Xi}" }, { 0x3a0, "\\ensuremath{\\Pi}" },
  { 0x3a3, "\\ensuremath{\\Sigma}" }, { 0x3a6, "\\ensuremath{\\Phi}" }, { 0x3a8, "\\ensuremath{\\Psi}" },
  { 0x3a9, "\\ensuremath{\\Omega}" },
  { 0x2013, "--" }, { 0x2014, "---" }, { 0x2018, "`" }, { 0x2019, "'" }, { 0x201c, "``" }, { 0x201d, "''" },
  { 0x2022, "\\textbullet{}" }, { 0x2026, "\\ldots{}" }, { 0x2113, "\\ensuremath{\\ell}" },
  { 0x2190, "\\ensuremath{\\leftarrow}" }, { 0x2192, "\\ensuremath{\\rightarrow}" },
  { 0x2194, "\\ensuremath{\\leftrightarrow}" }, { 0x2205, "\\ensuremath{\\emptyset}" }, { 0x2212, "\\ensuremath{-}" },
  { 0x221a, "\\ensuremath{\\surd}" }, { 0x221e, "\\ensuremath{\\infty}" }, { 0x2248, "\\ensuremath{\\approx}" },
  { 0x2260, "\\ensuremath{\\neq}" }, { 0x2264, "\\ensuremath{\\leq}" }, { 0x2265, "\\ensuremath{\\geq}" },
};

/* From alpha on, as Unicode has them; what looks like a Latin letter has no command. */
static const char *const greek[] = {
  "alpha", "beta", "gamma", "delta", "varepsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi",
  NULL, "pi", "rho", "varsigma", "sigma", "tau", "upsilon", "varphi", "chi", "psi", "omega",
};

static const char *
find_sign (gunichar sign)
{
  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    if (signs[i].sign == sign)
      return signs[i].tex;

  return NULL;
}

void
nerve_tex_append_text (GString *out, const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      const char *tex = g_unichar_isalnum (c) && c < 0x80 ? NULL : find_sign (c);

      if (tex != NULL)
        g_string_append (out, tex);
      else if (c >= FIRST_GREEK && c - FIRST_GREEK < G_N_ELEMENTS (greek) && greek[c - FIRST_GREEK] != NULL)
        g_string_append_printf (out, "\\ensuremath{\\%s}", greek[c - FIRST_GREEK]);
      else if (c >= FIRST_SUBSCRIPT && c < FIRST_SUBSCRIPT + 10)
        g_string_append_printf (out, "\\textsubscript{%u}", c - FIRST_SUBSCRIPT);
      else if (c >= ' ' && c != 0x7f)
        g_string_append_unichar (out, c);
    }
}
