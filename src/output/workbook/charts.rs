//! Pictures as charts of the spreadsheet, each beside the numbers it draws.

use super::Profile;
use super::book::{Book, Part, broken};
use super::look::{ACCENT, SOFT};
use super::names::{one_line, told_briefly};
use crate::output::chart::{self, Axis, Drawing, Figures, Mark};
use crate::output::column::Column;
use crate::output::sheet::{Sheet, Value};
use rust_xlsxwriter::{
    Chart, ChartAxisLabelPosition, ChartErrorBars, ChartErrorBarsDirection, ChartErrorBarsType, ChartFormat,
    ChartLegendPosition, ChartLine, ChartLineDashType, ChartMarker, ChartMarkerType, ChartRange, ChartSolidFill,
    ChartType, Color, Worksheet,
};
use std::io;

/// Colours of several lines, told apart also by who does not see all colours; each is named in the legend.
const COLOURS: [Color; 6] = [
    ACCENT,
    Color::RGB(0xD5_5E_00),
    Color::RGB(0x00_9E_73),
    Color::RGB(0xCC_79_A7),
    Color::RGB(0x56_B4_E9),
    Color::RGB(0x66_66_66),
];
/// How lines are dashed, so that they are told apart without colours too.
const DASHES: [ChartLineDashType; 3] = [ChartLineDashType::Solid, ChartLineDashType::Dash, ChartLineDashType::RoundDot];

/// Puts a picture's numbers onto a sheet and, for analysts, the chart beside them.
pub fn put(book: &mut Book, chart: &chart::Chart) -> io::Result<()> {
    let drawn = drawn(chart);
    if drawn.rows.is_empty() {
        return Ok(());
    }
    let told = if chart.told.is_empty() { chart.title.clone() } else { format!("{}. {}", chart.title, chart.told) };
    let at = book.page(&format!("Chart_{}", chart.name));
    book.fill(at, &Part { told: told.clone(), file: String::new(), ..Part::new("", &drawn) })?;
    if book.profile == Profile::Accessible {
        return Ok(());
    }
    let place = Place { sheet: book.pages[at].name.clone(), table: &drawn };
    let mut picture = picture(chart, &place);
    picture.title().set_name(&heading(&chart.title));
    picture.set_alt_text(told_briefly(&told));
    picture.set_name(one_line(&chart.name));
    let rows = match &chart.drawing {
        Drawing::Rows { rows, .. } => rows.len(),
        Drawing::Parts { bars, .. } => bars.len(),
        _ => 0,
    };
    picture.set_width(860).set_height((120 + 28 * rows as u32).clamp(540, 1_600));
    let page: &mut Worksheet = book.sheet(at)?;
    page.insert_chart(1, drawn.columns.len() as u16 + 1, &picture).map_err(broken)?;
    page.set_landscape();
    Ok(())
}

/// The numbers that are drawn, a column a series.
fn drawn(chart: &chart::Chart) -> Sheet {
    let mut sheet = Sheet::new(&chart.name, &chart.title, Vec::new());
    let measured = |name: &str, axis: &Axis| Column::number(name, &axis.title, unit(axis));
    match &chart.drawing {
        Drawing::Lines { x, y, lines, .. } => {
            sheet.columns.push(measured(&x.title, x));
            let mut series: Vec<Vec<[f64; 2]>> = Vec::new();
            for line in lines {
                sheet.columns.push(measured(&line.name, y));
                series.push(line.points.clone());
                for band in &line.bands {
                    for (end, at) in [("from", 1), ("to", 2)] {
                        sheet.columns.push(measured(&format!("{}, {} {end}", line.name, band.name), y));
                        series.push(band.points.iter().map(|point| [point[0], point[at]]).collect());
                    }
                }
            }
            let mut places: Vec<f64> =
                series.iter().flatten().map(|point| point[0]).filter(|x| x.is_finite()).collect();
            places.sort_by(f64::total_cmp);
            places.dedup();
            for place in places {
                // Where a line holds no value of its own there, it is left out.
                let value = |points: &Vec<[f64; 2]>| {
                    let at = points.partition_point(|point| point[0] < place);
                    points.get(at).filter(|point| point[0] == place).map_or(f64::NAN, |point| point[1])
                };
                let row = [place].into_iter().chain(series.iter().map(value));
                sheet.rows.push(row.map(Value::Number).collect());
            }
        }
        Drawing::Histogram { x, y, bins, .. } => {
            sheet.columns = vec![measured("from", x), measured("to", x), measured(&y.title, y)];
            sheet.rows = bins.iter().map(|bin| [bin.from, bin.to, bin.height].map(Value::Number).to_vec()).collect();
        }
        Drawing::Rows { x, rows, .. } => {
            let lengths = ["value", "low", "high", "below the value", "above the value"].map(|name| measured(name, x));
            sheet.columns = vec![Column::text("row", "What it is about.")];
            sheet.columns.extend(lengths);
            sheet.columns.push(Column::text("note", "What to say beside it."));
            for row in rows {
                let lengths = [row.value, row.low, row.high, row.value - row.low, row.high - row.value];
                let mut cells = vec![row.name.as_str().into()];
                cells.extend(lengths.map(Value::Number));
                cells.push(row.note.as_str().into());
                sheet.rows.push(cells);
            }
        }
        Drawing::Parts { x, parts, bars } => {
            sheet.columns = vec![Column::text("bar", "What it is about.")];
            sheet.columns.extend(parts.iter().map(|part| measured(part, x)));
            for (name, sizes) in bars {
                let sizes = (0..parts.len()).map(|at| Value::Number(sizes.get(at).copied().unwrap_or(f64::NAN)));
                sheet.rows.push([name.as_str().into()].into_iter().chain(sizes).collect());
            }
        }
        Drawing::Dots { x, y, dots, kinds, .. } => {
            sheet.columns = vec![Column::text("kind", "Which kind it is."), measured(&x.title, x)];
            sheet.columns.extend(kinds.iter().map(|kind| measured(&format!("{}: {kind}", y.title), y)));
            for dot in dots {
                let name = kinds.get(dot.kind).map_or("", String::as_str);
                let at = |kind: usize| Value::Number(if kind == dot.kind { dot.y } else { f64::NAN });
                let cells = [name.into(), dot.x.into()].into_iter();
                sheet.rows.push(cells.chain((0..kinds.len()).map(at)).collect());
            }
        }
    }
    sheet
}

fn unit(axis: &Axis) -> &'static str {
    match axis.figures {
        Figures::Plain => "",
        Figures::Percent => "share",
        Figures::Money => "thousand pounds",
    }
}

/// Where the numbers stand.
struct Place<'t> {
    sheet: String,
    table: &'t Sheet,
}

impl Place<'_> {
    /// The cells of a column below its heading.
    fn column(&self, at: usize) -> ChartRange {
        ChartRange::new_from_range(&self.sheet, 1, at as u16, self.table.rows.len() as u32, at as u16)
    }

    /// The heading of a column.
    fn heading(&self, at: usize) -> ChartRange {
        ChartRange::new_from_range(&self.sheet, 0, at as u16, 0, at as u16)
    }
}

fn picture(chart: &chart::Chart, place: &Place) -> Chart {
    match &chart.drawing {
        Drawing::Lines { x, y, lines, .. } => {
            let mut picture = Chart::new(ChartType::ScatterStraight);
            let mut at = 1;
            for (number, line) in lines.iter().enumerate() {
                let colour = COLOURS[number % COLOURS.len()];
                let dash = DASHES[number / COLOURS.len() % DASHES.len()];
                add_line(
                    &mut picture,
                    place,
                    at,
                    ChartLine::new().set_color(colour).set_width(2.25).set_dash_type(dash),
                );
                at += 1;
                for _ in 0..2 * line.bands.len() {
                    let thin = ChartLine::new().set_color(colour).set_width(0.75).set_transparency(45).clone();
                    add_line(&mut picture, place, at, &thin);
                    at += 1;
                }
            }
            axes(&mut picture, x, y);
            // No more than all is possible, whatever room a program leaves above.
            let greatest = lines.iter().flat_map(|line| &line.points).map(|point| point[1]).fold(0.0, f64::max);
            if y.figures == Figures::Percent && (0.8..=1.0).contains(&greatest) {
                picture.y_axis().set_max(1.0);
            }
            picture.legend().set_position(ChartLegendPosition::Bottom);
            if at == 2 {
                picture.legend().set_hidden();
            }
            picture
        }
        Drawing::Histogram { x, y, .. } => {
            let mut picture = Chart::new(ChartType::Column);
            let series = picture
                .add_series()
                .set_categories(&place.column(0))
                .set_values(&place.column(2))
                .set_name(&place.heading(2));
            series.set_gap(6).set_format(&mut fill(ACCENT));
            axes(&mut picture, x, y);
            picture.legend().set_hidden();
            picture
        }
        Drawing::Rows { x, mark, .. } => rows(x, *mark, place),
        Drawing::Parts { x, parts, .. } => {
            let mut picture = Chart::new(ChartType::BarStacked);
            for number in 0..parts.len() {
                let series = picture
                    .add_series()
                    .set_categories(&place.column(0))
                    .set_values(&place.column(number + 1))
                    .set_name(&place.heading(number + 1));
                series.set_gap(40).set_format(&mut fill(COLOURS[number % COLOURS.len()]));
            }
            bars(&mut picture, x);
            picture.legend().set_position(ChartLegendPosition::Bottom);
            picture
        }
        Drawing::Dots { x, y, kinds, .. } => {
            let mut picture = Chart::new(ChartType::Scatter);
            let marks =
                [ChartMarkerType::Circle, ChartMarkerType::Diamond, ChartMarkerType::Triangle, ChartMarkerType::Square];
            for number in 0..kinds.len() {
                let mut marker = ChartMarker::new();
                marker
                    .set_type(marks[number % marks.len()])
                    .set_size(6)
                    .set_format(&mut fill(COLOURS[number % COLOURS.len()]));
                let series = picture
                    .add_series()
                    .set_categories(&place.column(1))
                    .set_values(&place.column(number + 2))
                    .set_name(&place.heading(number + 2));
                series.set_marker(&marker);
            }
            axes(&mut picture, x, y);
            picture.legend().set_position(ChartLegendPosition::Bottom);
            picture
        }
    }
}

fn rows(x: &Axis, mark: Mark, place: &Place) -> Chart {
    let mut picture = Chart::new(ChartType::Bar);
    let mut bars_of = ChartErrorBars::new();
    bars_of
        .set_type(ChartErrorBarsType::Custom(place.column(5), place.column(4)))
        .set_direction(ChartErrorBarsDirection::Both)
        .set_format(ChartLine::new().set_color(Color::RGB(0x26_26_26)).set_width(1.25));
    let series =
        picture.add_series().set_categories(&place.column(0)).set_values(&place.column(1)).set_name(&place.heading(1));
    let colour = if mark == Mark::Bar { ACCENT } else { SOFT };
    series.set_gap(40).set_format(&mut fill(colour));
    let has_interval = place.table.rows.iter().any(|row| !place.table.number(row, "low").is_nan());
    if has_interval {
        series.set_x_error_bars(&bars_of);
    }
    bars(&mut picture, x);
    picture.legend().set_hidden();
    picture
}

fn add_line(picture: &mut Chart, place: &Place, at: usize, line: &ChartLine) {
    let series = picture
        .add_series()
        .set_categories(&place.column(0))
        .set_values(&place.column(at))
        .set_name(&place.heading(at));
    let mut none = ChartMarker::new();
    series.set_marker(none.set_none()).set_format(&mut line.clone());
}

fn fill(colour: Color) -> ChartFormat {
    let mut format = ChartFormat::new();
    format.set_solid_fill(ChartSolidFill::new().set_color(colour)).set_no_border();
    format
}

fn axes(picture: &mut Chart, x: &Axis, y: &Axis) {
    let grid = ChartLine::new().set_color(Color::RGB(0xD9_D9_D9)).set_width(0.5).clone();
    let below = picture.x_axis();
    below.set_name(&heading(&x.title)).set_num_format(figures(x));
    below.set_label_position(ChartAxisLabelPosition::Low);
    let left = picture.y_axis();
    left.set_name(&heading(&y.title)).set_num_format(figures(y)).set_major_gridlines_line(&grid);
    left.set_label_position(ChartAxisLabelPosition::Low);
}

/// The axes of bars that lie: names at the left from the top, values below.
fn bars(picture: &mut Chart, x: &Axis) {
    let grid = ChartLine::new().set_color(Color::RGB(0xD9_D9_D9)).set_width(0.5).clone();
    picture.y_axis().set_reverse().set_label_position(ChartAxisLabelPosition::Low);
    let values = picture.x_axis();
    values.set_name(&heading(&x.title)).set_num_format(figures(x)).set_major_gridlines_line(&grid);
    // As the names begin at the top, the far side of their axis is below.
    values.set_label_position(ChartAxisLabelPosition::High);
}

fn figures(axis: &Axis) -> &'static str {
    match axis.figures {
        Figures::Plain => "General",
        Figures::Percent => "0%",
        Figures::Money => "[$£-809]#,##0\"k\";-[$£-809]#,##0\"k\"",
    }
}

/// A title as a chart takes it: what reads like the address of a cell it would look up.
fn heading(text: &str) -> String {
    let text = one_line(text);
    let text = text.trim_start_matches(['=', ' ']);
    // A space at the end makes no address.
    if text.contains('!') { format!("{text} ") } else { text.to_string() }
}
