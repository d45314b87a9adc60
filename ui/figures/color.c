#include "figures/color.h"

#include <math.h>

#define DEGREES(x) ((x) * 180 / G_PI)
#define RADIANS(x) ((x) * G_PI / 180)

typedef struct { double l, a, b; } Lab;

/* Linear maps of Machado, Oliveira, Fernandes (2009), severity 1, on linear RGB: protan, deutan, tritan. */
static const double blindness[3][3][3] = {
  { { .152286, 1.052583, -.204868 }, { .114503, .786281, .099216 }, { -.003882, -.048116, 1.051998 } },
  { { .367322, .860646, -.227968 }, { .280085, .672501, .047413 }, { -.011820, .042940, .968881 } },
  { { 1.255528, -.076749, -.178779 }, { -.078411, .930809, .147602 }, { .004733, .691367, .303900 } },
};

static double
encode (double linear)
{
  linear = CLAMP (linear, 0, 1);

  return linear <= .0031308 ? 12.92 * linear : 1.055 * pow (linear, 1 / 2.4) - .055;
}

static double
decode (double encoded)
{
  return encoded <= .04045 ? encoded / 12.92 : pow ((encoded + .055) / 1.055, 2.4);
}

/* Björn Ottosson's OKLab (2020) to linear sRGB; FALSE when out of gamut. */
static gboolean
oklch_to_linear (double lightness, double chroma, double hue, double out[3])
{
  double a = chroma * cos (RADIANS (hue));
  double b = chroma * sin (RADIANS (hue));
  double l = lightness + .3963377774 * a + .2158037573 * b;
  double m = lightness - .1055613458 * a - .0638541728 * b;
  double s = lightness - .0894841775 * a - 1.2914855480 * b;
  gboolean inside = TRUE;

  l = l * l * l;
  m = m * m * m;
  s = s * s * s;
  out[0] = 4.0767416621 * l - 3.3077115913 * m + .2309699292 * s;
  out[1] = -1.2684380046 * l + 2.6097574011 * m - .3413193965 * s;
  out[2] = -.0041960863 * l - .7034186147 * m + 1.7076147010 * s;
  for (int i = 0; i < 3; i++)
    inside = inside && out[i] >= 0 && out[i] <= 1;

  return inside;
}

static double
lab_curve (double t)
{
  return t > 216. / 24389 ? cbrt (t) : (24389. / 27 * t + 16) / 116;
}

/* CIELAB under D65. */
static Lab
to_lab (NerveColor color)
{
  double r = decode (color.red);
  double g = decode (color.green);
  double b = decode (color.blue);
  double x = lab_curve ((.4124564 * r + .3575761 * g + .1804375 * b) / .95047);
  double y = lab_curve (.2126729 * r + .7151522 * g + .0721750 * b);
  double z = lab_curve ((.0193339 * r + .1191920 * g + .9503041 * b) / 1.08883);

  return (Lab) { 116 * y - 16, 500 * (x - y), 200 * (y - z) };
}

static double
hue_angle (double a, double b)
{
  double angle;

  if (a == 0 && b == 0)
    return 0;
  angle = DEGREES (atan2 (b, a));

  return angle < 0 ? angle + 360 : angle;
}

NerveColor
nerve_color_from_rgb (guint32 rgb)
{
  return (NerveColor) { (rgb >> 16 & 255) / 255., (rgb >> 8 & 255) / 255., (rgb & 255) / 255. };
}

guint32
nerve_color_to_rgb (NerveColor self)
{
  return (guint32) lrint (self.red * 255) << 16 | (guint32) lrint (self.green * 255) << 8 |
         (guint32) lrint (self.blue * 255);
}

NerveColor
nerve_color_from_oklch (double lightness, double chroma, double hue)
{
  double linear[3];

  while (!oklch_to_linear (lightness, chroma, hue, linear) && chroma > 0)
    chroma = MAX (chroma - .002, 0);

  return (NerveColor) { encode (linear[0]), encode (linear[1]), encode (linear[2]) };
}

NerveColor
nerve_color_mix (NerveColor a, NerveColor b, double share)
{
  return (NerveColor) {
    share * a.red + (1 - share) * b.red,
    share * a.green + (1 - share) * b.green,
    share * a.blue + (1 - share) * b.blue,
  };
}

double
nerve_color_luminance (NerveColor self)
{
  return .2126 * decode (self.red) + .7152 * decode (self.green) + .0722 * decode (self.blue);
}

NerveColor
nerve_color_contrast (NerveColor background)
{
  double luminance = nerve_color_luminance (background);
  gboolean white = 1.05 / (luminance + .05) > (luminance + .05) / .05;

  return nerve_color_from_rgb (white ? 0xffffff : 0x000000);
}

/* Sharma, Wu, Dalal: The CIEDE2000 Color-Difference Formula (2005). */
double
nerve_color_ciede2000 (NerveColor color_a, NerveColor color_b)
{
  Lab p = to_lab (color_a);
  Lab q = to_lab (color_b);
  double mean_c = (hypot (p.a, p.b) + hypot (q.a, q.b)) / 2;
  double g = .5 * (1 - sqrt (pow (mean_c, 7) / (pow (mean_c, 7) + pow (25, 7))));
  double c1 = hypot (p.a * (1 + g), p.b);
  double c2 = hypot (q.a * (1 + g), q.b);
  double h1 = hue_angle (p.a * (1 + g), p.b);
  double h2 = hue_angle (q.a * (1 + g), q.b);
  double hue_step = c1 * c2 == 0 ? 0 : remainder (h2 - h1, 360);
  double dh = 2 * sqrt (c1 * c2) * sin (RADIANS (hue_step / 2));
  double l = (p.l + q.l) / 2;
  double c = (c1 + c2) / 2;
  double h = c1 * c2 == 0 ? h1 + h2 : fmod (h1 + hue_step / 2 + 360, 360);
  double t = 1 - .17 * cos (RADIANS (h - 30)) + .24 * cos (RADIANS (2 * h)) + .32 * cos (RADIANS (3 * h + 6)) -
             .20 * cos (RADIANS (4 * h - 63));
  double turn = 30 * exp (-pow ((h - 275) / 25, 2));
  double rc = 2 * sqrt (pow (c, 7) / (pow (c, 7) + pow (25, 7)));
  double sl = 1 + .015 * pow (l - 50, 2) / sqrt (20 + pow (l - 50, 2));
  double dl = (q.l - p.l) / sl;
  double dc = (c2 - c1) / (1 + .045 * c);

  dh /= 1 + .015 * c * t;

  return sqrt (dl * dl + dc * dc + dh * dh - sin (RADIANS (2 * turn)) * rc * dc * dh);
}

void
nerve_color_set (cairo_t *cr, NerveColor self)
{
  cairo_set_source_rgb (cr, self.red, self.green, self.blue);
}

void
nerve_color_set_alpha (cairo_t *cr, NerveColor self, double alpha)
{
  cairo_set_source_rgba (cr, self.red, self.green, self.blue, alpha);
}

NerveColor
nerve_color_as_seen (NerveColor self, int sight)
{
  double linear[3] = { decode (self.red), decode (self.green), decode (self.blue) };
  double out[3] = { 0 };

  if (sight < 0)
    return self;
  for (int i = 0; i < 3; i++)
    for (int k = 0; k < 3; k++)
      out[i] += blindness[sight][i][k] * linear[k];

  return (NerveColor) { encode (out[0]), encode (out[1]), encode (out[2]) };
}
