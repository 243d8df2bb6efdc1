//! One broken example for every rule: the fault is told with its line and with how to mend it.
//!
//! A rule without an example fails the test, because the list of rules and their enumeration are one.

use super::rule::Rule;
use super::{Problem, examine};
use crate::questionnaire::properties::ROUTED;

const COUNTER: &str = include_str!("../../../surveys/counter-1.toml");

/// A form of one rating.
const SMALL: &str = r#"
code = "small"
version = 1
title = { vi = "x" }
lead = { vi = "x" }
languages = ["vi"]
measure = "counter"
headline_levels = ["D"]
aggregation = "mean_of_items"

[[scales]]
code = "s"
satisfied = [2]
levels = [{ level = 1, label = { vi = "1" } }, { level = 2, label = { vi = "2" } }]

[[items]]
code = "only"
kind = "rating"
scale = "s"
rates = "receiving"
label = { vi = "x" }
"#;

/// A passage of a sound definition replaced by one that breaks a rule.
struct Example {
    rule: Rule,
    sound: &'static str,
    passage: &'static str,
    broken: String,
    /// The first line of the broken definition that holds this is the line that is named.
    line: &'static str,
    /// How the sentence says to mend it.
    mend: &'static str,
}

impl Example {
    fn text(&self) -> String {
        assert!(self.sound.contains(self.passage), "{:?}: no “{}”", self.rule, self.passage);
        self.sound.replacen(self.passage, &self.broken, 1)
    }
}

#[rustfmt::skip]
fn examples() -> Vec<Example> {
    let example = |sound, rule, passage, broken: &str, line, mend| Example { rule, sound, passage, broken: broken.to_owned(), line, mend };
    let counter = |rule, passage, broken: &str, line, mend| example(COUNTER, rule, passage, broken, line, mend);
    let routed = |rule, passage, broken: &str, line, mend| example(ROUTED, rule, passage, broken, line, mend);
    let small = |rule, passage, broken: &str, line, mend| example(SMALL, rule, passage, broken, line, mend);
    let pages = ROUTED.find("[[pages]]").and_then(|at| ROUTED.get(at..)).unwrap();
    let weighted = |weights: &str| format!("{{ weighted = {{ {weights} }} }}");
    let first = "[\"reception\", \"waiting\"]";
    let condition = "show_if = { item = \"ways\", is = [1, 3] }";
    let page_condition = "show_if = { item = \"used\", is = [1] }";
    let three = "[{ code = 1, label = { vi = \"a\" } }, { code = 2, label = { vi = \"b\" } }, { code = 3, label = { vi = \"c\" } }]";
    let number = "kind = \"number\"\nlabel = { vi = \"a\", en = \"a\" }\nmin = 0\nmax = 1";
    let many: Vec<String> = (0..200).map(|n| format!("[[items]]\ncode = \"n{n}\"\n{number}\n\n")).collect();
    vec![
        counter(Rule::FileTooLarge, "version = 1", &format!("version = 1 # {}", "x".repeat(300_000)), "# Phiếu", "at most 262144"),
        counter(Rule::NotToml, "\nversion = 1", "\nversion 1", "version 1\n", "correct the line"),
        counter(Rule::UnknownKey, "lead = {", "leda = {", "leda = {", "allowed are code, version"),
        counter(Rule::MissingKey, "max = 600", "", "[[items]]\ncode = \"minutes\"", "needs the key “max”; add it"),
        counter(Rule::WrongKind, "en = \"Neutral\"", "en = 5", "en = 5", "must be a text in quotes"),
        counter(Rule::NumberOutside, "max = 600", "max = 60001", "max = 60001", "from 0 to 60000, such as"),
        counter(Rule::BadCode, "code = \"waiting\"", "code = \"Waiting\"", "\"Waiting\"", "rename it"),
        counter(Rule::CodeTwice, "code = \"access\"", "code = \"quality\"", "code = \"quality\"\ntitle", "choose another"),
        counter(Rule::ReservedCode, "code = \"waiting\"", "code = \"serial\"", "\"serial\"", "choose another"),
        counter(Rule::UnknownWord, "[\"A\", \"B\"]", "[\"A\", \"E\"]", "\"E\"", "is not one of: A, B, C, D"),
        counter(Rule::WordTwice, "[\"A\", \"B\"]", "[\"A\", \"A\"]", "\"A\", \"A\"", "keep it once"),
        counter(Rule::EmptyList, "[\"A\", \"B\"]", "[]", "headline_levels = []", "list at least one"),
        counter(Rule::NoVietnamese, "[\"vi\", \"en\"]", "[\"en\"]", "languages = ", "add it"),
        counter(Rule::UnlistedLanguage, "[\"vi\", \"en\"]", "[\"vi\"]", "title = {", "list it or remove the text"),
        counter(Rule::LanguageMissing, ", en = \"Neutral\"", "", "Bình thường", "add en = "),
        counter(Rule::EmptyText, "en = \"Neutral\"", "en = \" \"", "en = \" \"", "write the text"),
        counter(Rule::LongText, "Neutral", &"a".repeat(501), "Bình thường", "shorten it to 500"),
        counter(Rule::ControlCharacter, "Neutral", "a\\nb", "Bình thường", "write it on one line"),
        counter(Rule::SucceedsLater, "version = 1\n", "version = 1\nsucceeds = { code = \"counter\", version = 2 }\n", "succeeds = { code = \"counter\", version = 2", "name that"),
        counter(Rule::ComparableAlone, "version = 1\n", "version = 1\ncomparable = true\n", "comparable", "say which edition"),
        counter(Rule::LevelDefinedTwice, "level = 3,", "level = 2,", "Bình thường", "number each level once"),
        counter(Rule::TooFewLevels, "level = 1, label = { vi = \"Rất không hài lòng\", en = \"Very dissatisfied\" } },\n    { level = 2, label = { vi = \"Không hài lòng\", en = \"Dissatisfied\" } },\n    { level = 3, label = { vi = \"Bình thường\", en = \"Neutral\" } },\n    { level = 4, label = { vi = \"Hài lòng\", en = \"Satisfied\" } },\n    { level = 5, ", "level = 1, ", "[[scales]]", "give it 2 to 7 levels"),
        counter(Rule::LevelGap, "level = 5,", "level = 6,", "[[scales]]", "number the levels 1, 2, 3"),
        counter(Rule::LevelListedTwice, "satisfied = [4, 5]", "satisfied = [4, 4]", "[4, 4]", "keep it once"),
        counter(Rule::NoLevel, "satisfied = [4, 5]", "satisfied = [4, 8]", "[4, 8]", "from 1 to 7 only; correct it"),
        counter(Rule::SatisfiedNotInScale, "satisfied = [4, 5]", "satisfied = [4, 6]", "[4, 6]", "take it out"),
        counter(Rule::NobodySatisfied, "satisfied = [4, 5]", "satisfied = []", "satisfied = []", "list at least one level"),
        counter(Rule::EverybodySatisfied, "satisfied = [4, 5]", "satisfied = [1, 2, 3, 4, 5]", "[1, 2, 3, 4, 5]", "leave some out"),
        counter(Rule::UnusedScale, "[[scales]]", "[[scales]]\ncode = \"more\"\nsatisfied = [2]\nlevels = [{ level = 1, label = { vi = \"a\", en = \"a\" } }, { level = 2, label = { vi = \"b\", en = \"b\" } }]\n\n[[scales]]", "[[scales]]", "use or remove it"),
        counter(Rule::UnknownScale, "scale = \"satisfaction\"", "scale = \"joy\"", "\"joy\"", "define it under [[scales]]"),
        counter(Rule::TooManyItems, "[[factors]]", &format!("{}[[factors]]", many.concat()), "[[items]]\ncode = \"n193\"", "keep at most 200"),
        small(Rule::NoRating, "kind = \"rating\"", "kind = \"rating\"\nbeside = true", "[[items]]", "add it"),
        counter(Rule::SecondComment, "# Yếu tố", "[[items]]\ncode = \"more\"\nkind = \"comment\"\nlabel = { vi = \"a\", en = \"a\" }\n\n# Yếu tố", "[[items]]\ncode = \"more\"", "remove this one"),
        counter(Rule::UnknownKind, "kind = \"number\"", "kind = \"guess\"", "\"guess\"", "allowed are rating, choice, choices"),
        counter(Rule::UnknownRates, "rates = \"receiving\"", "rates = \"both\"", "\"both\"", "allowed are receiving, deciding"),
        counter(Rule::LimitsOutOfOrder, "min = 0", "min = 601", "min = 601", "exchange them"),
        routed(Rule::OptionTwice, three, &three.replace("code = 3", "code = 2"), "code = 2, label = { vi = \"b\" } }, { code = 2", "number each option once"),
        routed(Rule::OptionCount, three, "[{ code = 1, label = { vi = \"a\" } }]", "options = [{ code = 1, label = { vi = \"a\" } }]", "give it 2 to 7"),
        routed(Rule::OptionGap, three, &three.replace("code = 3", "code = 4"), "code = 4", "number the options 1, 2, 3"),
        routed(Rule::SensitiveRequired, "sensitive = true", "sensitive = true\nrequired = true", "required = true\n\n[[items]]\ncode = \"again\"", "take “required” away"),
        counter(Rule::EmptyFactor, "[\"attitude\"]", "[]", "criteria = []", "list at least one rating"),
        counter(Rule::CriterionTwice, "[\"attitude\"]", "[\"waiting\"]", "criteria = [\"waiting\"]", "keep it in one factor"),
        counter(Rule::UnknownCriterion, "[\"attitude\"]", "[\"kindness\"]", "kindness", "correct the code"),
        counter(Rule::NotARating, "[\"attitude\"]", "[\"minutes\"]", "[\"minutes\"]", "take it out"),
        counter(Rule::BesideInFactor, "rates = \"receiving\"", "rates = \"receiving\"\nbeside = true", first, "take it out of the factor"),
        counter(Rule::UnknownAggregation, "\"mean_of_items\"", "\"median\"", "\"median\"", "allowed are mean_of_items"),
        counter(Rule::NoWeights, "\"mean_of_items\"", "\"weighted\"", "\"weighted\"", "aggregation = { weighted = {"),
        small(Rule::RatingOutsideFactors, "\"mean_of_items\"", "\"mean_of_factors\"", "[[items]]", "add it to one"),
        counter(Rule::WeightForNoFactor, "\"mean_of_items\"", &weighted("access = 0.5, staff = 0.25, result = 0.25, joy = 0.1"), "weighted", "correct the code"),
        counter(Rule::FactorWithoutWeight, "\"mean_of_items\"", &weighted("access = 0.5, staff = 0.5"), "weighted", "add result = "),
        counter(Rule::BadWeight, "\"mean_of_items\"", &weighted("access = -0.5, staff = 1.0, result = 0.5"), "weighted", "such as 0.5"),
        counter(Rule::WeightSum, "\"mean_of_items\"", &weighted("access = 0.5, staff = 0.5, result = 0.5"), "weighted", "sum to 1"),
        routed(Rule::EmptyPage, "items = [\"used\", \"ways\"]", "items = []", "items = []", "take the page out"),
        routed(Rule::UnknownPageItem, "\"again\", ", "\"never\", ", "\"never\"", "correct the code"),
        routed(Rule::ItemOnTwoPages, "\"again\", ", "\"again\", \"used\", ", "\"again\", \"used\"", "keep it on one page"),
        routed(Rule::ItemOnNoPage, "\"again\", ", "", "[[items]]\ncode = \"again\"", "add it to one"),
        routed(Rule::PageOrder, "[\"used\", \"ways\"]", "[\"ways\", \"used\"]", "[\"ways\", \"used\"]", "list items in their order"),
        routed(Rule::ConditionUnknown, condition, "show_if = { item = \"way\", is = [1] }", "\"way\"", "correct the code"),
        routed(Rule::ConditionOnItself, "sensitive = true", "show_if = { item = \"people\", is = [1] }", "item = \"people\"", "name an earlier item"),
        routed(Rule::ConditionLater, condition, "show_if = { item = \"again\", is = [1] }", "item = \"again\"", "name an earlier item"),
        routed(Rule::ConditionKind, "show_if = { item = \"place\", is = [1] }", "show_if = { item = \"minutes\", is = [1] }", "item = \"minutes\"", "a condition asks one of those"),
        routed(Rule::ConditionValue, condition, "show_if = { item = \"ways\", is = [4] }", "is = [4]", "list answers it has"),
        routed(Rule::ConditionEmpty, condition, "show_if = { item = \"ways\", is = [] }", "is = []", "list at least one answer"),
        routed(Rule::ConditionSamePage, condition, "show_if = { item = \"place\", is = [1] }", "item = \"place\"", "move it to an earlier page"),
        routed(Rule::ConditionWithoutPages, pages, "", condition, "list pages under [[pages]]"),
        routed(Rule::ConditionSensitive, "kind = \"choice\"", "kind = \"choice\"\nsensitive = true", page_condition, "name another"),
        routed(Rule::NeverAsked, condition, "show_if = { item = \"used\", is = [2] }", "[[items]]\ncode = \"minutes\"", "change one"),
        routed(Rule::LastPageConditional, "items = [\"people\", \"again\", \"comment\"]", "items = [\"people\", \"again\", \"comment\"]\nshow_if = { item = \"used\", is = [2] }", "[[pages]]\ncode = \"last\"", "end with a page"),
    ]
}

#[test]
fn every_rule_has_a_broken_example_that_names_the_line_and_how_to_mend_it() {
    let examples = examples();
    for rule in Rule::ALL {
        assert!(examples.iter().any(|example| example.rule == *rule), "{rule:?} has no broken example; write one");
    }
    let mut wrong = Vec::new();
    for example in &examples {
        assert!(examine(example.sound).is_ok());
        let text = example.text();
        let line = text.split(example.line).next().unwrap().matches('\n').count() + 1;
        let found = examine(&text).err().unwrap_or_default();
        let told = |(problem, rule): &(Problem, Rule)| {
            *rule == example.rule && problem.line == line && problem.what.contains(example.mend)
        };
        if !found.iter().any(told) {
            wrong.push(format!("{:?}, line {line}: {found:?}", example.rule));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
