//! Pictures as charts of the spreadsheet, each beside the numbers it draws.

use super::Profile;
use super::book::{Book, Part, WIDEST_HEADING, broken};
use super::look::{ACCENT, SOFT};
use super::names::{one_line, told_briefly};
use super::numbers;
use crate::output::chart::scale::{rounded_out, stretch};
use crate::output::chart::{self, Axis, Bin, Drawing, Figures, Mark, Rule};
use crate::output::column::Column;
use crate::output::sheet::{Sheet, Value};
use rust_xlsxwriter::{
    Chart, ChartAxisLabelPosition, ChartDataLabel, ChartErrorBars, ChartErrorBarsDirection, ChartErrorBarsType,
    ChartFormat, ChartLegendPosition, ChartLine, ChartLineDashType, ChartMarker, ChartMarkerType, ChartRange,
    ChartSolidFill, ChartType, Color, Worksheet,
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
/// Parts of a whole, from the best to the worst where they have an order: the middle is grey.
const PARTS: [Color; 6] = [ACCENT, Color::RGB(0xBF_BF_BF), COLOURS[1], COLOURS[4], COLOURS[3], COLOURS[2]];
/// Dark letters and lines.
const DARK: Color = Color::RGB(0x26_26_26);
/// The widest a column beside a picture is for its heading, in characters.
const NARROW: usize = 15;
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
    // Narrow columns, so that the picture beside them is in sight.
    let widest = if book.profile == Profile::Analyst { NARROW } else { WIDEST_HEADING };
    book.fill(at, &Part { told: told.clone(), file: String::new(), widest, ..Part::new("", &drawn) })?;
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
    // What the picture shows in words stands on it; a list of sheets needs no more than its title.
    book.pages[at].told = chart.title.clone();
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

    /// The least and the greatest number of some columns.
    fn extent(&self, columns: &[usize]) -> [f64; 2] {
        let cells = self.table.rows.iter().flat_map(|row| columns.iter().filter_map(|at| row.get(*at)));
        let numbers = cells.filter_map(|cell| match cell {
            Value::Number(number) if number.is_finite() => Some(*number),
            _ => None,
        });
        let [least, greatest] = numbers.fold([f64::INFINITY, f64::NEG_INFINITY], |[least, greatest], number| {
            [least.min(number), greatest.max(number)]
        });
        if least <= greatest { [least, greatest] } else { [0.0, 0.0] }
    }

    /// The greatest size of any number.
    fn greatest(&self) -> f64 {
        let [least, greatest] = self.extent(&(0..self.table.columns.len()).collect::<Vec<_>>());
        greatest.abs().max(least.abs())
    }

    /// The heading of a column.
    fn heading(&self, at: usize) -> ChartRange {
        ChartRange::new_from_range(&self.sheet, 0, at as u16, 0, at as u16)
    }
}

fn picture(chart: &chart::Chart, place: &Place) -> Chart {
    match &chart.drawing {
        Drawing::Lines { x, y, lines, rules } => lines_of(x, y, lines, rules, place),
        Drawing::Histogram { x, y, bins, rules } => histogram(x, y, bins, rules, place),
        Drawing::Rows { x, mark, .. } => rows(x, *mark, place),
        Drawing::Parts { x, parts, bars: sizes } => {
            let mut picture = Chart::new(ChartType::BarStacked);
            for number in 0..parts.len() {
                let series = picture
                    .add_series()
                    .set_categories(&place.column(0))
                    .set_values(&place.column(number + 1))
                    .set_name(parts[number].as_str());
                series.set_gap(40).set_format(&mut fill(PARTS[number % PARTS.len()]));
            }
            bars(&mut picture, x, place.greatest());
            let is_whole = |(_, sizes): &(String, Vec<f64>)| sizes.iter().sum::<f64>() <= 1.000_001;
            if x.figures == Figures::Percent && sizes.iter().all(is_whole) {
                picture.x_axis().set_max(1.0);
            }
            picture.x_axis().set_min(0.0);
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
            let heights: Vec<usize> = (2..2 + kinds.len()).collect();
            axes(&mut picture, x, y, [place.extent(&[1]), place.extent(&heights)]);
            picture.legend().set_position(ChartLegendPosition::Bottom);
            picture
        }
    }
}

/// Lines; bands are drawn as thin lines of the same colour.
fn lines_of(x: &Axis, y: &Axis, lines: &[chart::Line], rules: &[Rule], place: &Place) -> Chart {
    let mut picture = Chart::new(ChartType::ScatterStraight);
    let (mut at, mut thin_ones) = (1, Vec::new());
    for (number, line) in lines.iter().enumerate() {
        let colour = COLOURS[number % COLOURS.len()];
        let dash = DASHES[number / COLOURS.len() % DASHES.len()];
        let thick = ChartLine::new().set_color(colour).set_width(2.25).set_dash_type(dash).clone();
        add_line(&mut picture, place, at, &thick, &line.name);
        at += 1;
        for _ in 0..2 * line.bands.len() {
            let thin = ChartLine::new().set_color(colour).set_width(0.75).set_transparency(45).clone();
            add_line(&mut picture, place, at, &thin, &place.table.columns[at].name);
            thin_ones.push(at - 1);
            at += 1;
        }
    }
    for rule in rules {
        drop_line(&mut picture, rule, place);
    }
    let bands: Vec<&str> = lines.first().map_or(&[][..], |line| &line.bands).iter().map(|band| &*band.name).collect();
    let below = match bands.is_empty() {
        true => x.title.clone(),
        false => format!("{} (thin lines: {})", x.title, bands.join("; ")),
    };
    let extents = [place.extent(&[0]), place.extent(&(1..at).collect::<Vec<_>>())];
    axes(&mut picture, &Axis { title: below, ..x.clone() }, y, extents);
    // No more than all is possible, whatever room a program leaves above.
    let greatest = lines.iter().flat_map(|line| &line.points).map(|point| point[1]).fold(0.0, f64::max);
    if y.figures == Figures::Percent && (0.8..=1.0).contains(&greatest) {
        picture.y_axis().set_max(1.0);
    }
    picture.legend().set_position(ChartLegendPosition::Bottom).delete_entries(&thin_ones);
    if lines.len() + rules.len() == 1 {
        picture.legend().set_hidden();
    }
    picture
}

/// Where a rule stands at a place that the first line has a value for: a line from there to the axis.
fn drop_line(picture: &mut Chart, rule: &Rule, place: &Place) {
    let is_there = |row: &&Vec<Value>| matches!(row[..], [Value::Number(x), Value::Number(y), ..] if x == rule.at && y.is_finite());
    let Some(row) = place
        .table
        .rows
        .iter()
        .find(is_there)
        .and_then(|found| place.table.rows.iter().position(|row| std::ptr::eq(row, found)))
    else {
        return;
    };
    let cell = |at: u16| ChartRange::new_from_range(&place.sheet, row as u32 + 1, at, row as u32 + 1, at);
    let line = ChartLine::new().set_color(DARK).set_width(1).set_dash_type(ChartLineDashType::Dash).clone();
    let mut to_axis = ChartErrorBars::new();
    to_axis.set_type(ChartErrorBarsType::Percentage(100.0)).set_direction(ChartErrorBarsDirection::Minus);
    to_axis.set_end_cap(false).set_format(&mut line.clone());
    let mut marker = ChartMarker::new();
    marker.set_type(ChartMarkerType::Diamond).set_size(7).set_format(&mut fill(DARK));
    let series =
        picture.add_series().set_categories(&cell(0)).set_values(&cell(1)).set_name(heading(&rule.name).as_str());
    series.set_marker(&marker).set_y_error_bars(&to_axis);
}

/// Bars side by side; what a rule stands for is written above the bar that it falls into.
fn histogram(x: &Axis, y: &Axis, bins: &[Bin], rules: &[Rule], place: &Place) -> Chart {
    let mut picture = Chart::new(ChartType::Column);
    let series =
        picture.add_series().set_categories(&place.column(0)).set_values(&place.column(2)).set_name(&place.heading(2));
    series.set_gap(6).set_format(&mut fill(ACCENT));
    let label = |(at, bin): (usize, &Bin)| {
        let is_last = at + 1 == bins.len();
        let is_in = |rule: &&Rule| {
            rule.at >= bin.from && (rule.at < bin.to || rule.at == bin.from || is_last && rule.at == bin.to)
        };
        let names: Vec<&str> = rules.iter().filter(is_in).map(|rule| rule.name.as_str()).collect();
        let mut label = ChartDataLabel::new();
        match names.is_empty() {
            true => label.set_hidden().to_custom(),
            false => label.set_value(&heading(&names.join(", "))).to_custom(),
        }
    };
    let labels: Vec<ChartDataLabel> = bins.iter().enumerate().map(label).collect();
    if !rules.is_empty() {
        series.set_custom_data_labels(&labels);
    }
    axes(&mut picture, x, y, [place.extent(&[0]), place.extent(&[2])]);
    picture.legend().set_hidden();
    picture
}

/// Rows: bars from zero, or nothing but the interval with a mark where the value is.
fn rows(x: &Axis, mark: Mark, place: &Place) -> Chart {
    let mut picture = Chart::new(ChartType::Bar);
    let (width, colour) = if mark == Mark::Range { (9.0, SOFT) } else { (1.5, DARK) };
    let mut interval = ChartErrorBars::new();
    interval
        .set_type(ChartErrorBarsType::Custom(place.column(5), place.column(4)))
        .set_direction(ChartErrorBarsDirection::Both)
        .set_end_cap(mark != Mark::Range)
        .set_format(ChartLine::new().set_color(colour).set_width(width));
    let has_interval = place.table.rows.iter().any(|row| !place.table.number(row, "low").is_nan());
    let ends = place.extent(&[1, 2, 3]);
    // A bar says how far from zero; so zero is there.
    let ends = if mark == Mark::Bar { [ends[0].min(0.0), ends[1].max(0.0)] } else { ends };
    let [least, greatest] = ends;
    let mut add = |fill: &mut ChartFormat, bars: Option<&ChartErrorBars>| {
        let series = picture
            .add_series()
            .set_categories(&place.column(0))
            .set_values(&place.column(1))
            .set_name(&place.heading(1));
        series.set_gap(40).set_overlap(100).set_format(fill);
        if let Some(bars) = bars {
            series.set_x_error_bars(bars);
        }
    };
    let interval = has_interval.then_some(&interval);
    if mark == Mark::Bar {
        add(&mut fill(ACCENT), interval);
    } else {
        // A bar that is not seen carries the interval, and a second one a short thick stroke at the value.
        let mut unseen = ChartFormat::new();
        unseen.set_no_fill().set_no_border();
        add(&mut unseen.clone(), interval);
        let mut stroke = ChartErrorBars::new();
        stroke
            .set_type(ChartErrorBarsType::FixedValue(((greatest - least) / 250.0).max(1e-9)))
            .set_direction(ChartErrorBarsDirection::Both)
            .set_end_cap(false)
            .set_format(ChartLine::new().set_color(ACCENT).set_width(10));
        add(&mut unseen, Some(&stroke));
    }
    bars(&mut picture, x, greatest.abs().max(least.abs()));
    // Not every program makes room for intervals by itself.
    let [low, high] = rounded_out(stretch(ends), 6);
    picture.x_axis().set_min(low).set_max(high);
    picture.legend().set_hidden();
    picture
}

fn add_line(picture: &mut Chart, place: &Place, at: usize, line: &ChartLine, name: &str) {
    let series = picture
        .add_series()
        .set_categories(&place.column(0))
        .set_values(&place.column(at))
        .set_name(heading(name).as_str());
    let mut none = ChartMarker::new();
    series.set_marker(none.set_none()).set_format(&mut line.clone());
}

fn fill(colour: Color) -> ChartFormat {
    let mut format = ChartFormat::new();
    format.set_solid_fill(ChartSolidFill::new().set_color(colour)).set_no_border();
    format
}

/// The axes of a plane, whose numbers reach from and to.
fn axes(picture: &mut Chart, x: &Axis, y: &Axis, extents: [[f64; 2]; 2]) {
    let [across, up] = extents.map(|[least, greatest]| greatest.abs().max(least.abs()));
    let grid = ChartLine::new().set_color(Color::RGB(0xD9_D9_D9)).set_width(0.5).clone();
    let below = picture.x_axis();
    below.set_name(&heading(&x.title)).set_num_format(figures(x, across));
    below.set_label_position(ChartAxisLabelPosition::Low);
    let left = picture.y_axis();
    left.set_name(&heading(&y.title)).set_num_format(figures(y, up)).set_major_gridlines_line(&grid);
    left.set_label_position(ChartAxisLabelPosition::Low);
}

/// The axes of bars that lie: names at the left from the top, values below.
fn bars(picture: &mut Chart, x: &Axis, greatest: f64) {
    let grid = ChartLine::new().set_color(Color::RGB(0xD9_D9_D9)).set_width(0.5).clone();
    picture.y_axis().set_reverse().set_label_position(ChartAxisLabelPosition::Low);
    let values = picture.x_axis();
    values.set_name(&heading(&x.title)).set_num_format(figures(x, greatest)).set_major_gridlines_line(&grid);
    // As the names begin at the top, the far side of their axis is below.
    values.set_label_position(ChartAxisLabelPosition::High);
}

/// How the numbers beside an axis look that are up to so great.
fn figures(axis: &Axis, greatest: f64) -> String {
    let format = match axis.figures {
        Figures::Percent if greatest < 0.05 => "0.0%",
        Figures::Percent => "0%",
        Figures::Money if greatest < 10.0 => numbers::MONEY,
        Figures::Money => "[$£-809]#,##0\"k\";-[$£-809]#,##0\"k\"",
        Figures::Plain if greatest >= 12.0 => "#,##0",
        Figures::Plain if greatest >= 1.2 => "#,##0.0",
        Figures::Plain if greatest >= 0.12 => "0.00",
        Figures::Plain => "General",
    };
    format.to_string()
}

/// A title as a chart takes it: what reads like the address of a cell it would look up.
fn heading(text: &str) -> String {
    let text = one_line(text);
    let text = text.trim_start_matches(['=', ' ']);
    // A space at the end makes no address.
    if text.contains('!') { format!("{text} ") } else { text.to_string() }
}
