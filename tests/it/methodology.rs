//! The catalogue of methods: `docs/METHODOLOGY.md` is made from it, every word that outputs use leads to an entry, what it
//! names exists, and its examples are what the program computes.

use std::path::{Path, PathBuf};

use thuocdo::index::scheme::{FigureFormula, Formula, MissingRule, Selection};
use thuocdo::index::{Basis, Comparison, Method as Interval, RULE, Source, Verdict, judge};
use thuocdo::statistics::survey::IntervalMethod;
use thuocdo::statistics::{Confidence, Count};
use thuocdo::text::figure::from_to;
use thuocdo::text::methods::{Method, catalogue, find, markdown};
use thuocdo::words::Lang;

fn in_project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

#[test]
fn methodology_is_the_catalogue_in_markdown() {
    let catalogue = catalogue().unwrap_or_else(|faults| panic!("{faults}"));
    let expected = markdown::render(catalogue, Lang::En);
    let file = in_project("docs/METHODOLOGY.md");
    if std::env::var_os("UPDATE_METHODOLOGY").is_some() {
        std::fs::write(&file, &expected).unwrap();
    }
    let found = std::fs::read_to_string(&file).unwrap();
    let line = expected.lines().zip(found.lines()).position(|(one, other)| one != other);
    assert!(
        found == expected,
        "docs/METHODOLOGY.md is not what surveys/methods.toml says (first at line {}); run: UPDATE_METHODOLOGY=1 cargo test \
         methodology",
        line.map_or_else(|| expected.lines().count().min(found.lines().count()) + 1, |line| line + 1)
    );
}

#[test]
fn every_word_that_outputs_cite_leads_to_a_method() {
    let intervals = [
        Interval::BetaBinomialSequence,
        Interval::AsymptoticSequence,
        Interval::ClopperPearson,
        Interval::Wilson,
        Interval::Xlogit,
        Interval::Mean,
    ];
    let verdicts =
        [Verdict::Met, Verdict::NotMet, Verdict::Undetermined { answers_needed: None }, Verdict::NotPublishable];
    let bases = [Basis::Sample, Basis::Census, Basis::Respondents, Basis::Open];
    let selections = [Selection::Probability, Selection::OptIn, Selection::Everybody, Selection::Records];
    let mut words: Vec<&str> = vec![RULE, Source::Headline.word()];
    words.extend(IntervalMethod::ALL.map(IntervalMethod::word));
    words.extend(intervals.map(Interval::word));
    words.extend(verdicts.map(Verdict::word));
    words.extend(bases.map(Basis::word));
    words.extend(Formula::ALL.iter().map(|one| one.word()));
    words.extend(FigureFormula::ALL.iter().map(|one| one.word()));
    words.extend(MissingRule::ALL.iter().map(|one| one.word()));
    words.extend(selections.map(Selection::word));
    // Words of schemes and design files that have no list of their own.
    words.extend(["mean_of_items", "mean_of_factors", "pooled_answers", "weighted", "awarded", "share_times_max"]);
    words.extend(["proportional_to_target", "options", "ratio", "complement", "fail", "remove", "certainty", "adjust"]);
    words.extend(["average", "collapse", "show", "suppress_n", "suppress_width", "suppress_relative_width"]);
    words.extend(["review_df", "review_0_or_1", "footnote_complement"]);
    let unknown: Vec<_> = words.into_iter().filter(|word| find(word).is_none()).collect();
    assert!(unknown.is_empty(), "surveys/methods.toml explains no {unknown:?}");
}

#[test]
fn the_interval_of_counts_and_the_one_of_designs_are_not_confused() {
    let id = |word: &str| find(word).unwrap().id.as_str();
    assert_eq!([id("xlogit"), id("logit"), id("verdict-1"), id("mean")], ["xlogit", "xlogit", "verdict-1", "mean"]);
}

#[test]
fn every_file_of_expected_values_is_named_and_every_name_is_a_file() {
    let folder = in_project("tests/reference/stats");
    let named: Vec<&str> =
        catalogue().unwrap().methods().flat_map(|method| &method.reference).map(String::as_str).collect();
    for name in &named {
        assert!(folder.join(name).is_file(), "tests/reference/stats/{name} is not there");
    }
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let is_case = path.extension().is_some_and(|extension| extension == "json" || extension == "csv");
        let name = path.file_name().unwrap().to_str().unwrap();
        assert!(!is_case || named.contains(&name), "no method names tests/reference/stats/{name}");
    }
}

#[test]
fn the_examples_of_verdicts_are_what_the_program_says() {
    let counts = [(9, 10), (27, 30), (180, 200), (200, 200), (0, 5)];
    let rows = &find("verdict_examples").unwrap().table.as_ref().unwrap().rows;
    assert_eq!(rows.len(), counts.len());
    for ((successes, trials), [name, text]) in counts.into_iter().zip(rows) {
        for lang in [Lang::Vi, Lang::En] {
            let of = if lang == Lang::Vi { "trong" } else { "of" };
            assert_eq!(name.get(lang), format!("{successes} {of} {trials}"));
            assert_eq!(text.get(lang), example(lang, successes, trials));
        }
    }
}

fn example(lang: Lang, successes: u64, trials: u64) -> String {
    let interval = Count::new(successes, trials).unwrap().clopper_pearson(Confidence::P95).unwrap();
    let verdicts = [0.80, 0.85, 0.90, 0.95]
        .map(|target| judge(Some(interval), trials, Comparison::AtLeast, target, || None).unwrap());
    let word = |verdict: &Verdict| match (verdict, lang) {
        (Verdict::Met, Lang::Vi) => "đạt",
        (Verdict::Met, Lang::En) => "met",
        (Verdict::NotMet, Lang::Vi) => "chưa đạt",
        (Verdict::NotMet, Lang::En) => "not met",
        (Verdict::Undetermined { .. }, Lang::Vi) => "chưa đủ cơ sở kết luận",
        (Verdict::Undetermined { .. }, Lang::En) => "not enough evidence",
        (Verdict::NotPublishable, Lang::Vi) => "không hiển thị: chưa đủ số liệu để công bố",
        (Verdict::NotPublishable, Lang::En) => "not shown: not publishable",
    };
    let words = verdicts.each_ref().map(word);
    if verdicts[0] == Verdict::NotPublishable {
        return words[0].to_owned();
    }
    // The limits are printed so that none is rounded onto the target it lies next to.
    let limits = from_to(lang, interval.low, interval.high, Some(0.85));
    let is_one = words.iter().all(|word| *word == words[0]);
    match (is_one, lang) {
        (true, Lang::Vi) => format!("{limits}: {} với cả bốn chỉ tiêu", words[0]),
        (true, Lang::En) => format!("{limits}: {} at all four", words[0]),
        (false, _) => format!("{limits}: {}", words.join("; ")),
    }
}

/// All texts of a method in one language, without its formula and sources.
fn texts(method: &Method, lang: Lang) -> Vec<&str> {
    let table = method.table.iter().flat_map(|table| table.head.iter().chain(table.rows.iter().flatten()));
    [&method.title, &method.what, &method.edge]
        .into_iter()
        .chain(&method.checked)
        .chain(table)
        .map(|text| text.get(lang))
        .collect()
}

#[test]
fn vietnamese_texts_follow_the_rules_of_language() {
    let is_digit = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_digit());
    for method in catalogue().unwrap().methods() {
        for text in texts(method, Lang::Vi) {
            let lower = text.to_lowercase();
            for wrong in ["quý khách", "vui lòng", "nhân viên", " %", "!"] {
                assert!(!lower.contains(wrong), "{}: “{wrong}” in {text}", method.id);
            }
            for word in lower.split(|letter: char| !letter.is_alphanumeric()) {
                assert!(!["bạn", "hoà", "hoá", "thuỷ", "huỷ", "kì", "lí"].contains(&word), "{}: “{word}”", method.id);
            }
            // A dot parts thousands: three digits follow it.
            for (at, _) in text.match_indices('.') {
                let (before, after) = (text[..at].chars().next_back(), &text[at + 1..]);
                if is_digit(before) && is_digit(after.chars().next()) {
                    let digits = after.chars().take_while(char::is_ascii_digit).count();
                    assert_eq!(digits, 3, "{}: a decimal point in {text}", method.id);
                }
            }
        }
    }
}

#[test]
fn every_method_is_explained_briefly_in_whole_sentences() {
    for method in catalogue().unwrap().methods() {
        for lang in [Lang::Vi, Lang::En] {
            let (what, edge) = (method.what.get(lang), method.edge.get(lang));
            let is_whole = |text: &str| text.trim_end_matches(')').ends_with('.');
            assert!(is_whole(what) && is_whole(edge), "{}: no full stop", method.id);
            assert!(what.chars().count() <= 700 && edge.chars().count() <= 300, "{}: too long", method.id);
            assert_eq!(what.matches('`').count() % 2, 0, "{}: an open grave accent", method.id);
        }
    }
}
