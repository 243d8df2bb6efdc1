//! A small reader of system files, written from the description of the format and not from the writer.

/// A whole file.
pub(super) struct Read {
    pub(super) cases: i32,
    pub(super) label: String,
    pub(super) encoding: String,
    pub(super) weight: Option<String>,
    pub(super) variables: Vec<Variable>,
    pub(super) rows: Vec<Vec<Datum>>,
}

/// A variable.
#[derive(Debug, Default)]
pub(super) struct Variable {
    pub(super) short: String,
    pub(super) name: String,
    pub(super) label: String,
    pub(super) width: usize,
    pub(super) format: i32,
    pub(super) measure: i32,
    pub(super) missing: Option<(f64, f64)>,
    pub(super) values: Vec<(f64, String)>,
    /// Its place among the variables, and among the pieces of a case from 1.
    pub(super) place: usize,
    piece: usize,
}

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Datum {
    Number(f64),
    Text(String),
}

struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn take(&mut self, length: usize) -> Vec<u8> {
        let (taken, rest) = self.0.split_at(length);
        let taken = taken.to_vec();
        self.0 = rest;
        taken
    }

    fn int(&mut self) -> i32 {
        i32::from_le_bytes(self.take(4).try_into().unwrap())
    }

    fn count(&mut self) -> usize {
        usize::try_from(self.int()).unwrap()
    }

    fn number(&mut self) -> f64 {
        f64::from_le_bytes(self.take(8).try_into().unwrap())
    }

    fn text(&mut self, length: usize) -> String {
        String::from_utf8(self.take(length)).unwrap().trim_end().to_owned()
    }
}

impl Read {
    pub(super) fn of(file: &[u8]) -> Self {
        let mut bytes = Bytes(file);
        assert_eq!(bytes.text(4), "$FL2");
        assert!(bytes.text(60).starts_with("@(#) SPSS DATA FILE"));
        assert_eq!(bytes.int(), 2, "the lowest byte first");
        let pieces = bytes.count();
        assert_eq!(bytes.int(), 1, "compressed byte by byte");
        let (weight, cases) = (bytes.count(), bytes.int());
        assert!((bytes.number() - 100.0).abs() < f64::EPSILON);
        assert_eq!(bytes.text(17), "22 Nov 2600:00:00");
        let label = bytes.text(64);
        bytes.take(3);
        let mut read =
            Self { cases, label, encoding: String::new(), weight: None, variables: Vec::new(), rows: Vec::new() };
        let mut piece = 0;
        loop {
            match bytes.int() {
                2 => {
                    piece += 1;
                    read.variable(&mut bytes, piece);
                }
                3 => read.labels(&mut bytes),
                7 => read.extension(&mut bytes),
                999 => break,
                other => panic!("a record of kind {other}"),
            }
        }
        assert_eq!((bytes.int(), piece), (0, pieces));
        read.weight = read.variables.iter().find(|one| one.piece == weight).map(|one| one.name.clone());
        read.rows(&mut bytes);
        read
    }

    fn variable(&mut self, bytes: &mut Bytes<'_>, piece: usize) {
        let kind = bytes.int();
        let (has_label, missing, format) = (bytes.int(), bytes.int(), bytes.int());
        assert_eq!(bytes.int(), format);
        let short = bytes.text(8);
        if kind == -1 {
            assert_eq!((has_label, missing), (0, 0));
            return;
        }
        assert_eq!(has_label, 1);
        let length = bytes.count();
        assert!(length <= 255);
        let label = bytes.text(length);
        bytes.take(length.next_multiple_of(4) - length);
        let missing = match missing {
            0 => None,
            -2 => Some((bytes.number(), bytes.number())),
            other => panic!("missing values of kind {other}"),
        };
        let width = usize::try_from(kind).unwrap();
        let place = self.variables.len();
        let variable =
            Variable { short, label, width, format: format >> 16, missing, place, piece, ..Variable::default() };
        self.variables.push(variable);
    }

    fn labels(&mut self, bytes: &mut Bytes<'_>) {
        let values: Vec<(f64, String)> = (0..bytes.count())
            .map(|_| {
                let value = bytes.number();
                let length = usize::from(bytes.take(1)[0]);
                let label = bytes.text(length);
                bytes.take((length + 1).next_multiple_of(8) - length - 1);
                (value, label)
            })
            .collect();
        assert_eq!((bytes.int(), bytes.int()), (4, 1));
        let piece = bytes.count();
        self.variables.iter_mut().find(|variable| variable.piece == piece).unwrap().values = values;
    }

    fn extension(&mut self, bytes: &mut Bytes<'_>) {
        let (kind, size, count) = (bytes.int(), bytes.count(), bytes.count());
        let mut inner = bytes.take(size * count);
        let mut inside = Bytes(&inner);
        match kind {
            3 => {
                let numbers: Vec<i32> = (0..count).map(|_| inside.int()).collect();
                assert_eq!(numbers[4..], [1, 1, 2, 65_001]);
            }
            4 => assert!(inside.number() < -1e308 && inside.number() > 1e308 && inside.number() > -f64::MAX),
            11 => {
                for variable in &mut self.variables {
                    variable.measure = inside.int();
                    assert!(inside.int() > 0 && (0..=2).contains(&inside.int()));
                }
                assert!(inside.0.is_empty());
            }
            13 => {
                let pairs = inside.text(count);
                for pair in pairs.split('\t') {
                    let (short, name) = pair.split_once('=').unwrap();
                    self.variables.iter_mut().find(|one| one.short == short).unwrap().name = name.to_owned();
                }
            }
            16 => assert_eq!(inner.split_off(8), i64::from(self.cases).to_le_bytes()),
            20 => self.encoding = inside.text(count),
            other => panic!("an extension of kind {other}"),
        }
    }

    fn rows(&mut self, bytes: &mut Bytes<'_>) {
        let mut pieces: Vec<[u8; 8]> = Vec::new();
        'all: while !bytes.0.is_empty() {
            for code in bytes.take(8) {
                match code {
                    0 => {}
                    252 => break 'all,
                    253 => pieces.push(bytes.take(8).try_into().unwrap()),
                    254 => pieces.push([b' '; 8]),
                    255 => pieces.push((-f64::MAX).to_le_bytes()),
                    small => pieces.push((f64::from(small) - 100.0).to_le_bytes()),
                }
            }
        }
        assert!(bytes.0.is_empty(), "nothing follows the end");
        let mut pieces = pieces.into_iter();
        for _ in 0..self.cases {
            let row = self.variables.iter().map(|variable| match variable.width {
                0 => Datum::Number(f64::from_le_bytes(pieces.next().unwrap())),
                width => {
                    let text: Vec<u8> = pieces.by_ref().take(width.div_ceil(8)).flatten().collect();
                    Datum::Text(String::from_utf8(text).unwrap().trim_end().to_owned())
                }
            });
            self.rows.push(row.collect());
        }
        assert!(pieces.next().is_none(), "as many cases as the head says");
    }
}
