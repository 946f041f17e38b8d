//! The cells of one column in one group of rows, and the pages they are written as.

use super::hybrid;
use super::thrift::Thrift;
use crate::output::column::Kind;
use crate::output::sheet::Value;
use crate::output::table::unescaped;
use std::collections::BTreeMap;
use std::io;

/// Numbers of which no more than so many differ are written as a list of them and places in it.
const MOST_LISTED: usize = 1024;

const PLAIN: i32 = 0;
const RLE: i32 = 3;
const RLE_DICTIONARY: i32 = 8;

const DATA_PAGE: i32 = 0;
const DICTIONARY_PAGE: i32 = 2;

/// Cells of a column as they come.
#[derive(Debug)]
pub enum Cells {
    /// Words.
    Text(Words),
    /// Numbers; NaN where there is none.
    Number(Vec<f64>),
    /// Whole numbers.
    Whole(Vec<i64>),
}

/// Words, each kept once.
#[derive(Debug, Default)]
pub struct Words {
    places: BTreeMap<Vec<u8>, u32>,
    /// Each with its length before it, in the order in which they first came.
    listed: Vec<u8>,
    rows: Vec<u32>,
    /// The words of the last row, which are often those of the next.
    last: Vec<u8>,
}

/// A column of a group of rows as it stands in the file.
#[derive(Debug)]
pub struct Chunk {
    /// Its pages.
    pub bytes: Vec<u8>,
    /// How many bytes these are.
    pub n_bytes: usize,
    /// What they would take uncompressed.
    pub plain_bytes: usize,
    /// How its values are written.
    pub encodings: Vec<i32>,
    /// Where among the bytes the page of data begins; before it stands a list of values, if anything.
    pub data_at: usize,
    /// Cells without a value.
    pub n_empty: usize,
    /// The smallest and greatest value, where they are numbers.
    pub bounds: Option<[[u8; 8]; 2]>,
}

impl Cells {
    /// No cells yet, of a kind.
    pub fn new(kind: Kind) -> Cells {
        match kind {
            Kind::Text => Cells::Text(Words::default()),
            Kind::Number => Cells::Number(Vec::new()),
            Kind::Whole => Cells::Whole(Vec::new()),
        }
    }

    /// Adds a cell of a table that is held.
    pub fn push(&mut self, value: &Value) -> io::Result<()> {
        match (self, value) {
            (Cells::Text(words), Value::Text(text)) => words.push(text.as_bytes()),
            (Cells::Number(numbers), Value::Number(number)) => numbers.push(without_sign(*number)),
            (Cells::Number(numbers), Value::Whole(whole)) => numbers.push(*whole as f64),
            (Cells::Whole(numbers), Value::Whole(whole)) => {
                numbers.push(i64::try_from(*whole).map_err(|_| wrong("a whole number that is too large"))?);
            }
            _ => return Err(wrong("a cell of another kind than its column")),
        }
        Ok(())
    }

    /// Adds a cell as it stands among comma-separated values.
    pub fn read(&mut self, cell: &[u8]) -> io::Result<()> {
        let text = || std::str::from_utf8(cell).map_err(|_| wrong("bytes that are no text"));
        match self {
            Cells::Text(words) if words.is_last(cell) => words.again(),
            Cells::Text(words) => words.push(unescaped(text()?).as_bytes()),
            Cells::Number(numbers) if cell.is_empty() => numbers.push(f64::NAN),
            Cells::Number(numbers) => {
                numbers.push(without_sign(text()?.parse().map_err(|_| wrong("words where a number belongs"))?));
            }
            Cells::Whole(numbers) => {
                numbers.push(text()?.parse().map_err(|_| wrong("no whole number where one belongs"))?);
            }
        }
        Ok(())
    }

    /// The cells so far as pages, after which there are none.
    pub fn take(&mut self) -> io::Result<Chunk> {
        match self {
            Cells::Text(words) => {
                let Words { places, listed, rows, .. } = std::mem::take(words);
                Chunk::listed(&listed, places.len(), &[], &rows, rows.len())
            }
            Cells::Number(numbers) => {
                let numbers = std::mem::take(numbers);
                let present: Vec<f64> = numbers.iter().copied().filter(|number| !number.is_nan()).collect();
                let levels = levels(&numbers);
                let bounds = bounds(&present).map(|bounds| bounds.map(f64::to_le_bytes));
                let bits: Vec<[u8; 8]> = present.into_iter().map(f64::to_le_bytes).collect();
                number_chunk(&bits, numbers.len(), &levels, bounds)
            }
            Cells::Whole(numbers) => {
                let numbers = std::mem::take(numbers);
                let bounds = numbers.iter().min().zip(numbers.iter().max());
                let bounds = bounds.map(|(least, most)| [least.to_le_bytes(), most.to_le_bytes()]);
                let bits: Vec<[u8; 8]> = numbers.iter().map(|number| number.to_le_bytes()).collect();
                number_chunk(&bits, bits.len(), &[], bounds)
            }
        }
    }
}

impl Words {
    fn push(&mut self, text: &[u8]) {
        let known = self.places.get(text).copied();
        let place = known.unwrap_or_else(|| {
            let place = self.places.len() as u32;
            self.places.insert(text.to_vec(), place);
            self.listed.extend_from_slice(&(text.len() as u32).to_le_bytes());
            self.listed.extend_from_slice(text);
            place
        });
        self.rows.push(place);
        self.last.clear();
        self.last.extend_from_slice(text);
    }

    /// Whether the row before had the same words, and these are not to be changed in any way.
    fn is_last(&self, text: &[u8]) -> bool {
        !self.rows.is_empty() && self.last == text && !text.starts_with(b"'")
    }

    fn again(&mut self) {
        self.rows.extend(self.rows.last().copied());
    }
}

/// Nothing has no sign in any of our files.
fn without_sign(number: f64) -> f64 {
    number + 0.0
}

fn wrong(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("a table holds {what}"))
}

/// Which cells hold a value: runs of yes and no with their length before them.
fn levels(numbers: &[f64]) -> Vec<u8> {
    let levels: Vec<u32> = numbers.iter().map(|number| u32::from(!number.is_nan())).collect();
    let mut bytes = vec![0; 4];
    hybrid::push(&mut bytes, &levels, 1);
    let length = (bytes.len() - 4) as u32;
    bytes[..4].copy_from_slice(&length.to_le_bytes());
    bytes
}

/// The smallest and greatest number. Of nothing both signs are in between, as the format asks.
fn bounds(numbers: &[f64]) -> Option<[f64; 2]> {
    let least = numbers.iter().copied().reduce(f64::min)?;
    let most = numbers.iter().copied().reduce(f64::max)?;
    Some([if least == 0.0 { -0.0 } else { least }, most])
}

/// Numbers, of which there are fewer than the `n_rows` cells where some hold none.
fn number_chunk(numbers: &[[u8; 8]], n_rows: usize, levels: &[u8], bounds: Option<[[u8; 8]; 2]>) -> io::Result<Chunk> {
    let chunk = match listed(numbers) {
        Some((list, places)) => Chunk::listed(list.as_flattened(), list.len(), levels, &places, n_rows)?,
        None => Chunk::plain(&[levels, numbers.as_flattened()].concat(), n_rows)?,
    };
    Ok(Chunk { n_empty: n_rows - numbers.len(), bounds, ..chunk })
}

/// The numbers each once, in the order in which they first come, and of each cell its place among them; `None` where too many
/// differ.
fn listed(numbers: &[[u8; 8]]) -> Option<(Vec<[u8; 8]>, Vec<u32>)> {
    let (mut known, mut list) = (BTreeMap::new(), Vec::new());
    let mut places = Vec::with_capacity(numbers.len());
    for number in numbers {
        let place = *known.entry(*number).or_insert_with(|| {
            list.push(*number);
            list.len() as u32 - 1
        });
        if list.len() > MOST_LISTED {
            return None;
        }
        places.push(place);
    }
    // A list pays where most of its numbers come again.
    (!list.is_empty() && list.len() <= numbers.len() / 2).then_some((list, places))
}

/// What a page holds.
enum Page {
    /// So many cells, written in one of the ways.
    Data { n_rows: usize, encoding: i32 },
    /// So many values to name by their place.
    List { n_listed: usize },
}

impl Chunk {
    /// Values one after the other.
    fn plain(body: &[u8], n_rows: usize) -> io::Result<Chunk> {
        let mut chunk = Chunk::new(vec![PLAIN, RLE]);
        chunk.page(body, &Page::Data { n_rows, encoding: PLAIN })?;
        Ok(chunk)
    }

    /// A list of `n_listed` values, and for each cell that holds one its place in the list.
    fn listed(list: &[u8], n_listed: usize, levels: &[u8], places: &[u32], n_rows: usize) -> io::Result<Chunk> {
        let mut chunk = Chunk::new(vec![PLAIN, RLE, RLE_DICTIONARY]);
        chunk.page(list, &Page::List { n_listed })?;
        chunk.data_at = chunk.bytes.len();
        let width = hybrid::width(n_listed.saturating_sub(1) as u32);
        let mut body = levels.to_vec();
        body.push(width as u8);
        hybrid::push(&mut body, places, width);
        chunk.page(&body, &Page::Data { n_rows, encoding: RLE_DICTIONARY })?;
        Ok(chunk)
    }

    fn new(encodings: Vec<i32>) -> Chunk {
        Chunk { bytes: Vec::new(), n_bytes: 0, plain_bytes: 0, encodings, data_at: 0, n_empty: 0, bounds: None }
    }

    /// Appends a page: its head, and its body compressed.
    fn page(&mut self, body: &[u8], page: &Page) -> io::Result<()> {
        let compressed = snap::raw::Encoder::new().compress_vec(body).map_err(io::Error::other)?;
        let [n_body, n_compressed] = [body.len(), compressed.len()].map(i32::try_from);
        let too_long = |_| wrong("more text than a page of Parquet can");
        let (n_body, n_compressed) = (n_body.map_err(too_long)?, n_compressed.map_err(too_long)?);
        let head = Thrift::of(|head| {
            let (kind, field) = if matches!(page, Page::Data { .. }) { (DATA_PAGE, 5) } else { (DICTIONARY_PAGE, 7) };
            head.int(1, kind);
            head.int(2, n_body);
            head.int(3, n_compressed);
            head.inner(field, |inner| page.describe(inner));
        });
        self.plain_bytes += head.len() + body.len();
        self.bytes.extend([head, compressed].concat());
        Ok(())
    }
}

impl Page {
    fn describe(&self, head: &mut Thrift) {
        match *self {
            Page::Data { n_rows, encoding } => {
                head.int(1, n_rows as i32);
                head.int(2, encoding);
                // How it is written which cells hold a value, and in which list they stand: in none.
                head.int(3, RLE);
                head.int(4, RLE);
            }
            Page::List { n_listed } => {
                head.int(1, n_listed as i32);
                head.int(2, PLAIN);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[Value], kind: Kind) -> Chunk {
        let mut cells = Cells::new(kind);
        values.iter().for_each(|value| cells.push(value).unwrap());
        cells.take().unwrap()
    }

    #[test]
    fn few_values_are_listed_and_many_written_out() {
        let few: Vec<Value> = (0..5000).map(|k| Value::Number(f64::from(k % 7))).collect();
        let many: Vec<Value> = (0..5000).map(|k| Value::Number(f64::from(k) / 7.0)).collect();
        let (few, many) = (of(&few, Kind::Number), of(&many, Kind::Number));
        assert!(few.data_at > 0 && few.bytes.len() < 2500, "{}", few.bytes.len());
        assert!(many.data_at == 0 && many.plain_bytes > 8 * 5000);
    }

    #[test]
    fn what_is_not_defined_is_counted_and_has_no_part_in_the_bounds() {
        let chunk = of(&[f64::NAN, -0.0, 3.0].map(Value::Number), Kind::Number);
        assert_eq!(chunk.n_empty, 1);
        assert_eq!(chunk.bounds, Some([-0.0f64, 3.0].map(f64::to_le_bytes)));
        let chunk = of(&[f64::NAN; 3].map(Value::Number), Kind::Number);
        assert_eq!((chunk.n_empty, chunk.bounds), (3, None));
    }

    #[test]
    fn a_cell_as_text_is_the_cell_it_was_written_from() {
        let (mut held, mut read) = (Cells::new(Kind::Text), Cells::new(Kind::Text));
        for (text, written) in [("=a", "'=a"), ("=a", "'=a"), ("b", "b"), ("b", "b"), ("", "")] {
            held.push(&Value::from(text)).unwrap();
            read.read(written.as_bytes()).unwrap();
        }
        assert_eq!(held.take().unwrap().bytes, read.take().unwrap().bytes);
        assert!(Cells::new(Kind::Number).read(b"a few").unwrap_err().to_string().contains("words where a number"));
        assert!(Cells::new(Kind::Whole).push(&Value::Whole(u64::MAX)).is_err());
    }
}
