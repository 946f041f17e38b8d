//! Pictures as PNG, painted with a font that is part of the program: no font of the machine plays a part.

use super::Chart;
use super::look::{Ink, Look, Scheme};
use super::scene::{Anchor, Scene, Shape, Words};
use super::svg::scene;
use std::io;
use tiny_skia::{Color, FillRule, LineCap, LineJoin, Paint, Path, PathBuilder, Pixmap, Stroke, StrokeDash, Transform};
use ttf_parser::{Face, OutlineBuilder};

/// Painted at so many dots a pixel, for screens and print that are finer than a page's pixels.
pub const DOTS: f32 = 2.0;

/// The picture as the bytes of a PNG file, twice as many dots wide as the look says pixels, light unless the look is dark.
///
/// It is painted in single precision without the vector instructions of one processor. The same machine gives the same bytes; that all
/// machines do is expected and not promised, as it is for [`svg`](super::svg::svg).
///
/// # Errors
/// When it would be larger than memory allows.
pub fn png(chart: &Chart, look: &Look) -> io::Result<Vec<u8>> {
    let scheme = if look.scheme == Scheme::Dark { Scheme::Dark } else { Scheme::Light };
    let scene = scene(chart, look);
    paint(&scene, scheme)?.encode_png().map_err(io::Error::other)
}

/// What paints.
struct Painter {
    pixmap: Pixmap,
    scheme: Scheme,
    regular: Face<'static>,
    bold: Face<'static>,
}

fn paint(scene: &Scene, scheme: Scheme) -> io::Result<Pixmap> {
    let dots = |length: f64| (length as f32 * DOTS).ceil() as u32;
    let too_large =
        || io::Error::other(format!("a picture of {} by {} pixels is too large", scene.width, scene.height));
    let pixmap = Pixmap::new(dots(scene.width), dots(scene.height)).ok_or_else(too_large)?;
    let face = |bytes: &'static [u8]| Face::parse(bytes, 0).map_err(io::Error::other);
    let (regular, bold) = (face(notosans::REGULAR_TTF)?, face(notosans::BOLD_TTF)?);
    let mut painter = Painter { pixmap, scheme, regular, bold };
    painter.pixmap.fill(painter.colour(Ink::Paper));
    for shape in scene.items.iter().flat_map(|item| &item.shapes) {
        painter.shape(shape);
    }
    Ok(painter.pixmap)
}

impl Painter {
    fn colour(&self, ink: Ink) -> Color {
        let colour = self.scheme.colour(ink);
        let part = |at: usize| colour.get(at..at + 2).and_then(|part| u8::from_str_radix(part, 16).ok()).unwrap_or(0);
        Color::from_rgba8(part(1), part(3), part(5), 255)
    }

    fn brush(&self, ink: Ink, opacity: f64) -> Paint<'static> {
        let mut paint = Paint { anti_alias: true, ..Paint::default() };
        let mut colour = self.colour(ink);
        colour.set_alpha(opacity as f32);
        paint.set_color(colour);
        paint
    }

    fn fill(&mut self, path: Option<Path>, ink: Ink, opacity: f64) {
        let Some(path) = path else { return };
        let brush = self.brush(ink, opacity);
        self.pixmap.fill_path(&path, &brush, FillRule::Winding, magnified(), None);
    }

    fn stroke(&mut self, path: Option<Path>, ink: Ink, thickness: f64, dash: &[f64]) {
        let Some(path) = path else { return };
        let brush = self.brush(ink, 1.0);
        let dash = StrokeDash::new(dash.iter().map(|length| *length as f32).collect(), 0.0);
        let (line_cap, line_join) = (LineCap::Butt, LineJoin::Miter);
        let stroke = Stroke { width: thickness as f32, dash, line_cap, line_join, ..Stroke::default() };
        self.pixmap.stroke_path(&path, &brush, &stroke, magnified(), None);
    }

    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Lines { lines, ink, thickness, dash } => {
                self.stroke(path_of(lines, false), *ink, *thickness, dash.lengths());
            }
            Shape::Area { points, ink, opacity } => self.fill(path_of(&[points.clone()], true), *ink, *opacity),
            Shape::Discs { centres, radius, ink, is_hollow } => {
                let mut builder = PathBuilder::new();
                centres.iter().for_each(|[x, y]| builder.push_circle(*x as f32, *y as f32, *radius as f32));
                let discs = builder.finish();
                self.fill(discs.clone(), if *is_hollow { Ink::Paper } else { *ink }, 1.0);
                if *is_hollow {
                    self.stroke(discs, *ink, 2.0, &[]);
                }
            }
            Shape::Words(words) => self.words(words),
            Shape::Place(_) => {}
        }
    }

    fn words(&mut self, words: &Words) {
        let face = if words.is_bold { &self.bold } else { &self.regular };
        let size = words.size / f64::from(face.units_per_em());
        let glyphs: Vec<_> = words.text.chars().map(|sign| face.glyph_index(sign).unwrap_or_default()).collect();
        let advance = |glyph| f64::from(face.glyph_hor_advance(glyph).unwrap_or(0)) * size;
        let width: f64 = glyphs.iter().map(|glyph| advance(*glyph)).sum();
        let mut at = words.at;
        at[0] -= match words.anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => width / 2.0,
            Anchor::End => width,
        };
        let mut pen = Pen { builder: PathBuilder::new(), at, size };
        for glyph in glyphs {
            face.outline_glyph(glyph, &mut pen);
            pen.at[0] += advance(glyph);
        }
        let letters = pen.builder.finish();
        self.fill(letters, words.ink, 1.0);
    }
}

fn magnified() -> Transform {
    Transform::from_scale(DOTS, DOTS)
}

/// Lines through these points; none where there is nothing to be seen.
fn path_of(lines: &[Vec<[f64; 2]>], is_closed: bool) -> Option<Path> {
    let mut builder = PathBuilder::new();
    for line in lines {
        for (k, [x, y]) in line.iter().enumerate() {
            let (x, y) = (*x as f32, *y as f32);
            if k == 0 { builder.move_to(x, y) } else { builder.line_to(x, y) }
        }
        if is_closed {
            builder.close();
        }
    }
    builder.finish()
}

/// Draws the outline of letters, whose y grows upwards.
struct Pen {
    builder: PathBuilder,
    at: [f64; 2],
    size: f64,
}

impl Pen {
    fn place(&self, x: f32, y: f32) -> (f32, f32) {
        ((self.at[0] + f64::from(x) * self.size) as f32, (self.at[1] - f64::from(y) * self.size) as f32)
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.place(x, y);
        self.builder.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.place(x, y);
        self.builder.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let ((x1, y1), (x, y)) = (self.place(x1, y1), self.place(x, y));
        self.builder.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ((x1, y1), (x2, y2), (x, y)) = (self.place(x1, y1), self.place(x2, y2), self.place(x, y));
        self.builder.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.builder.close();
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{degenerate, samples};
    use super::*;

    #[test]
    fn a_picture_is_as_large_as_it_says_and_holds_more_than_its_background() {
        for chart in samples() {
            for scheme in [Scheme::Light, Scheme::Dark] {
                let look = Look::alone(340.0, scheme);
                let drawn = Pixmap::decode_png(&png(&chart, &look).unwrap()).unwrap();
                let wanted = scene(&chart, &look);
                assert_eq!((drawn.width(), drawn.height()), (680, 2 * wanted.height as u32), "{}", chart.name);
                let paper = drawn.pixels()[0];
                let marked = drawn.pixels().iter().filter(|pixel| **pixel != paper).count();
                let all = drawn.pixels().len();
                assert!((all / 100..all / 2).contains(&marked), "{}: {marked} of {all}", chart.name);
            }
        }
    }

    #[test]
    fn whatever_there_is_to_draw_becomes_a_picture() {
        for chart in degenerate() {
            assert!(
                Pixmap::decode_png(&png(&chart, &Look::alone(340.0, Scheme::Light)).unwrap()).is_ok(),
                "{}",
                chart.name
            );
        }
    }

    #[test]
    fn the_table_of_widths_is_that_of_the_font() {
        let face = Face::parse(notosans::REGULAR_TTF, 0).unwrap();
        for character in (32..127).map(char::from) {
            let glyph = face.glyph_index(character).unwrap();
            let width = f64::from(face.glyph_hor_advance(glyph).unwrap()) / f64::from(face.units_per_em());
            let measured = super::super::lettering::width(&character.to_string(), 1.0, false);
            assert!((measured / width - 1.05).abs() < 0.005, "{character}: {measured} for {width}");
        }
        let bold = Face::parse(notosans::BOLD_TTF, 0).unwrap();
        let text = "Premium over working alone, month by month";
        let width = |face: &Face| -> f64 {
            let advance = |sign| f64::from(face.glyph_hor_advance(face.glyph_index(sign).unwrap()).unwrap());
            text.chars().map(advance).sum::<f64>() / f64::from(face.units_per_em())
        };
        assert!(super::super::lettering::width(text, 1.0, true) >= width(&bold));
    }
}
