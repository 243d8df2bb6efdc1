//! The columns of a file: what they are called, what their values mean, and what stands in them.

use std::collections::BTreeSet;

use super::plan::Plan;
use super::rows::{BLANK, NOT_APPLICABLE, NOT_ASKED, NOT_DIVIDED, Row, is_told};
use crate::questionnaire::Item;
use crate::registry::Directory;
use crate::store::figures::NOT_SPLIT;
use crate::text::Say;
use crate::text::figure::level::{channel, level_long};
use crate::text::office::exports::book as words;
use crate::words::{Channel, Day, FieldId, Lang, Level, UnitId};

/// The language of the labels: that of the questionnaires and of whoever uses the files.
pub(super) const LABELS: Lang = Lang::Vi;

/// How the values of a column may be counted with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// Names.
    Nominal,
    /// Levels in an order.
    Ordinal,
    /// Numbers.
    Numeric,
}

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Text of at most so many bytes.
    Text(usize),
    /// A day.
    Day,
    /// A whole number, or a missing value.
    Number,
    /// A name with a number of its own, or nothing.
    Coded,
}

/// Why there is no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// Left open.
    Blank,
    /// "Not applicable" was chosen.
    NotApplicable,
    /// Earlier answers led past the question.
    NotAsked,
    /// It may not be told, because too few others have the same.
    NotDivided,
}

impl Missing {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Blank, Self::NotApplicable, Self::NotAsked, Self::NotDivided];

    /// The number in a file of numbers.
    pub const fn code(self) -> i32 {
        match self {
            Self::Blank => BLANK,
            Self::NotApplicable => NOT_APPLICABLE,
            Self::NotAsked => NOT_ASKED,
            Self::NotDivided => NOT_DIVIDED,
        }
    }

    /// The word in a file of texts; empty where nothing was answered.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Blank => "",
            Self::NotApplicable => "na",
            Self::NotAsked => "not_asked",
            Self::NotDivided => "not_split",
        }
    }

    /// As people read it.
    pub const fn say(self) -> Say {
        match self {
            Self::Blank => words::BLANK,
            Self::NotApplicable => words::NOT_APPLICABLE,
            Self::NotAsked => words::NOT_ASKED,
            Self::NotDivided => words::NOT_SPLIT,
        }
    }

    fn of(value: i32) -> Option<Self> {
        Self::ALL.into_iter().find(|missing| missing.code() == value)
    }
}

/// A value of a column, as it stands in files of texts and of numbers, and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// The number in files of numbers.
    pub code: i32,
    /// The word in files of texts.
    pub word: String,
    /// What it means.
    pub label: String,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name: letters, digits and `_`.
    pub name: String,
    /// What it holds, in Vietnamese.
    pub label: String,
    /// How it may be counted with.
    pub scale: Scale,
    /// What its cells are.
    pub shape: Shape,
    /// What its values mean; none for texts, days and plain numbers.
    pub values: Vec<Value>,
    /// Which values of it are none.
    pub missing: Vec<Missing>,
    what: What,
}

/// Where the cells of a column come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Unit,
    From,
    To,
    Edition,
    Level,
    /// One of the parts: deciding unit, field, channel.
    Part(usize),
    Weight,
    /// A value of the row.
    Value(usize),
    /// Whether the bit of an option is set in a value of the row.
    Option(usize, u8),
}

/// What stands in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell<'a> {
    /// A text.
    Text(&'a str),
    /// A day.
    Day(Day),
    /// A number.
    Number(i32),
    /// A name and its number.
    Coded(i32, &'a str),
    /// Nothing, and why.
    Missing(Missing),
}

/// The name of the column that holds the weight.
pub(super) const WEIGHT: &str = "trong_so";
/// What is not known of an answer.
const UNKNOWN: &str = "khong_ro";

/// The columns of a plan.
pub(super) fn columns(plan: &Plan, directory: &Directory) -> Vec<Column> {
    let mut columns = surroundings(plan, directory);
    let told = plan.edition.edition.numbered().filter(|(_, item)| is_told(item));
    for (at, (_, item)) in told.enumerate() {
        columns.extend(of_item(item, at));
    }
    let codes = plan.units.iter().map(|unit| unit.code.len()).max().unwrap_or(1);
    let number = Column::new(WEIGHT, words::WEIGHT, Scale::Numeric, Shape::Number, What::Weight);
    let stratum = Column::new("tang", words::STRATUM, Scale::Nominal, Shape::Text(codes), What::Unit);
    columns.extend([number, stratum]);
    name_apart(&mut columns);
    columns
}

fn surroundings(plan: &Plan, directory: &Directory) -> Vec<Column> {
    let codes = plan.units.iter().map(|unit| unit.code.len()).max().unwrap_or(1);
    let text = |name, say, length, what| Column::new(name, say, Scale::Nominal, Shape::Text(length), what);
    let day = |name, say, what| Column::new(name, say, Scale::Numeric, Shape::Day, what);
    let named = |name, say, what, values, may_miss: bool| {
        let mut column = Column::new(name, say, Scale::Nominal, Shape::Coded, what);
        column.values = values;
        column.missing.extend(may_miss.then_some(Missing::NotDivided));
        column
    };
    let levels = Level::ALL.iter().map(|level| {
        let label = level_long(*level).get(LABELS).to_owned();
        Value { code: level.code().into(), word: level.word().to_owned(), label }
    });
    let channels = Channel::ALL.iter().map(|one| {
        let label = channel(*one).get(LABELS).to_owned();
        Value { code: one.code().into(), word: one.word().to_owned(), label }
    });
    let unknown = || Value { code: 0, word: UNKNOWN.to_owned(), label: words::UNKNOWN.get(LABELS).to_owned() };
    let known = directory.fields().filter(|(field, _)| *field != FieldId::NONE);
    let fields =
        known.map(|(field, name)| Value { code: field.0.into(), word: name.to_owned(), label: name.to_owned() });
    let last = plan.asked.period.to;
    let units = directory.units().filter_map(|(unit, _)| directory.unit_on(unit, last));
    let deciders = units.filter(|unit| unit.unit != UnitId::NONE).map(|unit| Value {
        code: unit.unit.0,
        word: unit.code.clone(),
        label: unit.name.clone(),
    });
    vec![
        text("don_vi", words::UNIT, codes, What::Unit),
        day("tu_ngay", words::FROM, What::From),
        day("den_ngay", words::TO, What::To),
        text("phien_ban", words::EDITION, plan.edition_name().len(), What::Edition),
        named("muc", words::LEVEL, What::Level, levels.collect(), false),
        named("kenh", words::CHANNEL, What::Part(2), channels.collect(), true),
        named("linh_vuc", words::FIELD, What::Part(1), [unknown()].into_iter().chain(fields).collect(), true),
        named("co_quan", words::DECIDER, What::Part(0), [unknown()].into_iter().chain(deciders).collect(), true),
    ]
}

fn of_item(item: &Item, at: usize) -> Vec<Column> {
    let label = item.label().get(LABELS);
    let mut missing = vec![Missing::Blank];
    missing.extend(item.not_applicable().map(|_| Missing::NotApplicable));
    missing.push(Missing::NotAsked);
    let column = |scale, values: Vec<Value>| Column {
        name: item.code().to_owned(),
        label: label.to_owned(),
        scale,
        shape: Shape::Number,
        values,
        missing: missing.clone(),
        what: What::Value(at),
    };
    let value =
        |number: u8, label: &str| Value { code: number.into(), word: number.to_string(), label: label.to_owned() };
    match item {
        Item::Rating(rating) => {
            let levels = rating.scale.levels.iter().map(|level| value(level.level, level.label.get(LABELS)));
            vec![column(Scale::Ordinal, levels.collect())]
        }
        Item::Number(_) => vec![column(Scale::Numeric, Vec::new())],
        Item::Choice(choice) => {
            missing.push(Missing::NotDivided);
            let column = |name: String, label: String, values: Vec<Value>, what| Column {
                name,
                label,
                scale: Scale::Nominal,
                shape: Shape::Number,
                values,
                missing: missing.clone(),
                what,
            };
            if choice.several {
                let options = choice.options.iter().map(|option| {
                    let both = [(0, words::NOT_CHOSEN), (1, words::CHOSEN)];
                    let values = both.into_iter().map(|(number, say)| value(number, say.get(LABELS))).collect();
                    let label = words::option(LABELS, label, option.label.get(LABELS));
                    column(format!("{}_{}", choice.code, option.number), label, values, What::Option(at, option.number))
                });
                return options.collect();
            }
            let options = choice.options.iter().map(|option| value(option.number, option.label.get(LABELS)));
            vec![column(choice.code.clone(), label.to_owned(), options.collect(), What::Value(at))]
        }
        Item::Comment(_) => Vec::new(),
    }
}

/// No two columns have one name, and none has a word that statistics programs keep for themselves.
fn name_apart(columns: &mut [Column]) {
    const RESERVED: [&str; 13] = ["all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"];
    let mut names: BTreeSet<String> = RESERVED.iter().map(|word| (*word).to_owned()).collect();
    for column in columns {
        // Every step makes the name longer, hence it ends.
        while !names.insert(column.name.clone()) {
            column.name.push('_');
            column.name.push('x');
        }
    }
}

impl Column {
    fn new(name: &str, label: Say, scale: Scale, shape: Shape, what: What) -> Self {
        let label = label.get(LABELS).to_owned();
        Self { name: name.to_owned(), label, scale, shape, values: Vec::new(), missing: Vec::new(), what }
    }

    /// What stands in this column of a row.
    pub fn cell<'a>(&'a self, row: &Row, plan: &'a Plan, edition: &'a str) -> Cell<'a> {
        let coded = |code: i32| {
            let known = self.values.iter().find(|value| value.code == code);
            known.map_or(Cell::Coded(code, UNKNOWN), |value| Cell::Coded(code, &value.word))
        };
        let number = |at: usize, read: &dyn Fn(i32) -> i32| {
            let value = row.values.get(at).copied().unwrap_or(BLANK);
            Missing::of(value).map_or_else(|| Cell::Number(read(value)), Cell::Missing)
        };
        match self.what {
            What::Unit => Cell::Text(plan.units.get(row.unit).map_or("", |unit| unit.code.as_str())),
            What::From => Cell::Day(row.half.first()),
            What::To => Cell::Day(row.half.last()),
            What::Edition => Cell::Text(edition),
            What::Level => coded(row.level.code().into()),
            What::Part(kind) => match row.parts.get(kind).copied().unwrap_or(NOT_SPLIT) {
                NOT_SPLIT => Cell::Missing(Missing::NotDivided),
                part => coded(part),
            },
            What::Weight => Cell::Number(1),
            What::Value(at) => number(at, &|value| value),
            What::Option(at, option) => number(at, &|bits| (bits >> (option - 1)) & 1),
        }
    }

    /// Whether the column tells an answer; the others tell its surroundings.
    pub const fn is_answer(&self) -> bool {
        matches!(self.what, What::Value(_) | What::Option(..))
    }
}
