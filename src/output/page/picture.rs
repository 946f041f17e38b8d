//! A picture with what it says in words and the table of its numbers.

use super::grid::{self, Caption};
use super::{Told, heading};
use crate::output::chart::Chart;
use crate::output::chart::look::Look;
use crate::output::chart::svg::svg;
use maud::{Markup, PreEscaped, html};

/// Widths at which a picture is drawn, in pixels, each with the class that shows it where it fits.
const WIDTHS: [(&str, f64); 2] = [("wide", 720.0), ("narrow", 340.0)];

/// The picture.
pub fn picture(told: Told, chart: &Chart) -> Markup {
    let id = told.id(&format!("picture-{}", chart.name));
    html! {
        figure.picture #(id) {
            (heading(told.level + 1, &chart.title))
            @if !chart.told.is_empty() { p.told { (chart.told) } }
            div.plot {
                @for (class, width) in WIDTHS {
                    div class=(class) { (PreEscaped(svg(chart, &Look::in_page(width, &format!("{id}-{class}-"))))) }
                }
            }
            (grid::folded(&chart.table, &Caption { title: &chart.title, summary: "The numbers of this picture", file: None }))
        }
    }
}
