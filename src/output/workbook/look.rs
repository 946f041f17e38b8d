//! How cells look: one accent, dark letters on white, nothing told by colour alone.

use super::Profile;
use super::book::broken;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet};
use std::io;

/// The accent.
pub const ACCENT: Color = Color::RGB(0x1F_4E_79);
/// The accent, for what stands behind or beside it.
pub const SOFT: Color = Color::RGB(0x7F_A7_CF);
/// The background of what is to be noticed, which is also said in words.
const MARKED: Color = Color::RGB(0xDD_EB_F7);
/// The background of a cell that is there to be changed, which is also said in words.
const INPUT: Color = Color::RGB(0xFF_F4_CC);

/// The highest a row may be.
const HIGHEST: f64 = 409.0;

/// The looks of one workbook.
#[derive(Debug, Clone)]
pub struct Look {
    profile: Profile,
}

impl Look {
    /// The looks of a profile.
    pub fn new(profile: Profile) -> Look {
        Look { profile }
    }

    /// Letters as they are where nothing else is said: the accessible profile takes larger ones without serifs.
    pub fn letters(&self) -> Format {
        match self.profile {
            Profile::Analyst => Format::new().set_font_name("Calibri").set_font_size(11),
            Profile::Accessible => Format::new().set_font_name("Arial").set_font_size(12),
        }
    }

    /// A text, from the top of its cell.
    pub fn text(&self) -> Format {
        self.letters().set_align(FormatAlign::Top)
    }

    /// A text in as many lines as it takes.
    pub fn wrapped(&self) -> Format {
        self.text().set_text_wrap()
    }

    /// A number.
    pub fn number(&self, format: &str) -> Format {
        self.text().set_align(FormatAlign::Right).set_num_format(format)
    }

    /// The heading of a column.
    pub fn heading(&self) -> Format {
        let heading = self.letters().set_bold().set_text_wrap().set_align(FormatAlign::Bottom);
        match self.profile {
            Profile::Analyst => heading.set_font_color(Color::White).set_background_color(ACCENT),
            Profile::Accessible => heading.set_border_bottom(FormatBorder::Medium),
        }
    }

    /// A cell that is to be noticed.
    pub fn marked(&self, format: Format) -> Format {
        format.set_bold().set_background_color(MARKED)
    }

    /// A cell that is there to be changed.
    pub fn input(&self) -> Format {
        self.text().set_bold().set_background_color(INPUT).set_border(FormatBorder::Thin)
    }

    /// The title of the workbook.
    pub fn title(&self) -> Format {
        self.wrapped().set_bold().set_font_size(18).set_font_color(ACCENT)
    }

    /// A title within a page.
    pub fn subtitle(&self) -> Format {
        self.wrapped().set_align(FormatAlign::Bottom).set_bold().set_font_size(13).set_font_color(ACCENT)
    }

    /// Makes a row as high as so many lines; programs that do not find that out by themselves would lay them over each other.
    pub fn heighten(&self, page: &mut Worksheet, row: u32, lines: usize) -> io::Result<()> {
        let line = if self.profile == Profile::Analyst { 15.0 } else { 16.0 };
        if lines > 1 {
            page.set_row_height(row, (line * lines as f64).min(HIGHEST)).map_err(broken)?;
        }
        Ok(())
    }

    /// A link to another sheet.
    pub fn link(&self) -> Format {
        self.text().set_font_color(ACCENT).set_underline(rust_xlsxwriter::FormatUnderline::Single)
    }
}
