//! Thrift's compact protocol, in which Parquet describes itself: as much of it as a writer needs.

/// Kinds of values, as the protocol numbers them.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// A whole number of 16 bits.
    Short = 4,
    /// A whole number of 32 bits.
    Int = 5,
    /// A whole number of 64 bits.
    Long = 6,
    /// Bytes, of a text among others.
    Binary = 8,
    /// Several of one kind.
    List = 9,
    /// Numbered fields.
    Struct = 12,
}

/// A struct being written.
#[derive(Debug, Default)]
pub struct Thrift {
    bytes: Vec<u8>,
    /// Of every struct that is open the number of its last field.
    last: Vec<i16>,
}

impl Thrift {
    /// The fields that `fill` writes, as a struct on its own.
    pub fn of(fill: impl FnOnce(&mut Thrift)) -> Vec<u8> {
        let mut thrift = Thrift::default();
        thrift.element(fill);
        thrift.bytes
    }

    /// A whole number of 16 bits.
    pub fn short(&mut self, field: i16, value: i16) {
        self.head(field, Kind::Short);
        self.zigzag(i64::from(value));
    }

    /// A whole number of 32 bits.
    pub fn int(&mut self, field: i16, value: i32) {
        self.head(field, Kind::Int);
        self.zigzag(i64::from(value));
    }

    /// A whole number of 64 bits.
    pub fn long(&mut self, field: i16, value: i64) {
        self.head(field, Kind::Long);
        self.zigzag(value);
    }

    /// Bytes.
    pub fn binary(&mut self, field: i16, value: &[u8]) {
        self.head(field, Kind::Binary);
        self.length_and_bytes(value);
    }

    /// A struct with the fields that `fill` writes.
    pub fn inner(&mut self, field: i16, fill: impl FnOnce(&mut Thrift)) {
        self.head(field, Kind::Struct);
        self.element(fill);
    }

    /// A list, one element for each item.
    pub fn list<T>(
        &mut self,
        field: i16,
        kind: Kind,
        items: impl ExactSizeIterator<Item = T>,
        write: impl Fn(&mut Thrift, T),
    ) {
        self.head(field, Kind::List);
        match items.len() {
            n if n < 15 => self.bytes.push((n as u8) << 4 | kind as u8),
            n => {
                self.bytes.push(0xf0 | kind as u8);
                varint(&mut self.bytes, n as u64);
            }
        }
        items.for_each(|item| write(self, item));
    }

    /// An element of a list of structs.
    pub fn element(&mut self, fill: impl FnOnce(&mut Thrift)) {
        self.last.push(0);
        fill(self);
        self.last.pop();
        self.bytes.push(0);
    }

    /// An element of a list of whole numbers; a number in general.
    pub fn zigzag(&mut self, value: i64) {
        varint(&mut self.bytes, ((value << 1) ^ (value >> 63)) as u64);
    }

    /// An element of a list of texts.
    pub fn length_and_bytes(&mut self, value: &[u8]) {
        varint(&mut self.bytes, value.len() as u64);
        self.bytes.extend_from_slice(value);
    }

    fn head(&mut self, field: i16, kind: Kind) {
        let before = self.last.last_mut().map_or(0, |last| std::mem::replace(last, field));
        match field - before {
            step @ 1..=15 => self.bytes.push((step as u8) << 4 | kind as u8),
            _ => {
                self.bytes.push(kind as u8);
                self.zigzag(i64::from(field));
            }
        }
    }
}

/// Appends a number, seven bits a byte, the lowest first.
pub fn varint(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_written_as_the_specification_works_them_out() {
        let bytes = Thrift::of(|thrift| {
            thrift.int(1, -1);
            thrift.long(3, 150);
            thrift.binary(20, b"ab");
            thrift.inner(21, |inner| inner.short(1, 1));
            thrift.list(22, Kind::Int, [1i64, 2].into_iter(), Thrift::zigzag);
        });
        let expected = [0x15, 1, 0x26, 0xac, 2, 0x08, 40, 2, b'a', b'b', 0x1c, 0x14, 2, 0, 0x19, 0x25, 2, 4, 0];
        // A field whose number is more than 15 after the one before is written in full.
        assert_eq!(bytes, expected);
    }

    #[test]
    fn a_long_list_has_its_length_behind_its_head() {
        let bytes = Thrift::of(|thrift| thrift.list(1, Kind::Int, 0..20i32, |thrift, n| thrift.zigzag(i64::from(n))));
        assert_eq!(bytes[..4], [0x19, 0xf5, 20, 0]);
        assert_eq!(bytes.len(), 3 + 20 + 1);
    }
}
