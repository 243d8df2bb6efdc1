use super::Files;

fn has(problems: &[String], words: &[&str]) {
    assert!(
        problems.iter().any(|problem| words.iter().all(|word| problem.contains(word))),
        "{words:?} in none of:\n{}",
        problems.join("\n")
    );
}

const DESIGN: &str = r#"
[design]
weights = "w"
strata = "h"
ids = ["u"]
fpc = ["N"]
[answers]
items = ["c"]
satisfied = [4, 5]
not_applicable = [9]
"#;

#[test]
fn every_bad_line_is_told_at_once_with_its_number() {
    let data = "h,u,N,w,c\na,1,10,1,4\na,2,10,-1,5\na,3,10,,4\na,4,ten,2,4\na,5,10,2\na,6,10,x,4\n";
    let problems = Files::new(DESIGN, data.as_bytes()).refusals();
    has(&problems, &["line 3", "-1", "negative"]);
    has(&problems, &["line 4", "weight (w) is empty"]);
    has(&problems, &["line 5", "N", "ten", "no number"]);
    has(&problems, &["line 6", "4 values, the header has 5"]);
    has(&problems, &["line 7", "“x”", "no number"]);
    assert_eq!(problems.len(), 5);
}

#[test]
fn missing_columns_are_told_together() {
    let problems = Files::new(DESIGN, b"h,x\na,1\n").refusals();
    for (column, what) in [("w", "weights"), ("u", "ids"), ("N", "fpc"), ("c", "items")] {
        has(&problems, &[&format!("“{column}”"), what]);
    }
    let problems = Files::new(DESIGN, b"h,u,N,w,c,c\na,1,1,1,4,4\n").refusals();
    has(&problems, &["two columns “c”"]);
}

#[test]
fn a_unit_in_two_strata_is_named_with_the_way_out() {
    let data = "h,u,N,w,c\na,1,10,1,4\nb,1,10,1,5\na,2,10,1,4\nb,3,10,1,3\n";
    has(&Files::new(DESIGN, data.as_bytes()).refusals(), &["unit 1", "two strata: a", "b", "nest = true"]);
    let nested = DESIGN.replace("fpc =", "nest = true\nfpc =");
    assert!(Files::new(&nested, data.as_bytes()).run().is_ok());
}

#[test]
fn populations_smaller_than_samples_and_counts_that_differ_are_refused() {
    let data = "h,u,N,w,c\na,1,1,1,4\na,2,1,1,5\nb,3,9,1,4\nb,4,8,1,4\n";
    let problems = Files::new(DESIGN, data.as_bytes()).refusals();
    has(&problems, &["h a", "2 units in the sample", "1 in the population"]);
    has(&problems, &["h b", "N differs inside one stratum"]);
    let mixed = "h,u,N,w,c\na,1,0.5,1,4\na,2,0.5,1,5\nb,3,9,1,4\nb,4,9,1,4\n";
    has(&Files::new(DESIGN, mixed.as_bytes()).refusals(), &["below 1 while others are above"]);
}

#[test]
fn levels_outside_the_scale_are_listed_with_their_rows() {
    let data = "h,u,N,w,c\na,1,10,1,7\na,2,10,1,x\na,3,10,1,7\na,4,10,1,0\na,5,10,1,4\na,6,10,1,9\na,7,10,1,\n";
    let problems = Files::new(DESIGN, data.as_bytes()).refusals();
    has(&problems, &["c", "“7”", "1 to 5", "data rows 1, 3"]);
    has(&problems, &["c", "“x”", "numbers", "data rows 2"]);
    has(&problems, &["c", "“0”", "data rows 4"]);
    assert_eq!(problems.len(), 3);
    let wider = DESIGN.replace("satisfied =", "levels = [0, 1, 2, 3, 4, 5, 7, \"x\"]\nsatisfied =");
    assert!(Files::new(&wider, data.as_bytes()).run().is_ok());
    // Satisfied levels that do not tell where the scale ends refuse no number.
    let yes_no = DESIGN.replace("satisfied = [4, 5]", "satisfied = [1]");
    let data = "h,u,N,w,c\na,1,10,1,1\na,2,10,1,2\n";
    assert!(Files::new(&yes_no, data.as_bytes()).run().is_ok());
}

#[test]
fn a_lonely_unit_is_refused_unless_the_file_says_what_to_do() {
    let data = "h,u,N,w,c\na,1,10,1,4\nb,2,10,1,5\nb,3,10,1,4\nc,4,10,1,4\n";
    let problems = Files::new(DESIGN, data.as_bytes()).refusals();
    has(&problems, &["stratum a", "only one sampling unit", "lonely_psu", "collapse"]);
    has(&problems, &["stratum c"]);
    for rule in ["remove", "certainty", "adjust", "average"] {
        let told = DESIGN.replace("fpc =", &format!("lonely_psu = \"{rule}\"\nfpc ="));
        assert!(Files::new(&told, data.as_bytes()).run().is_ok(), "{rule}");
    }
    let joined = DESIGN.replace("fpc =", "collapse = { a = \"b\", c = \"b\" }\nfpc =");
    let report = Files::new(&joined, data.as_bytes()).json();
    assert_eq!(report["design"]["first_stage_strata"], 1);
    // A unit that was the only one there is was drawn with certainty.
    let certain = data.replace("a,1,10", "a,1,1").replace("c,4,10", "c,4,1");
    assert!(Files::new(DESIGN, certain.as_bytes()).run().is_ok());
}

#[test]
fn a_bad_design_file_tells_everything_at_once() {
    let design = r#"
[design]
weight = "w"
lonely_psu = "ignore"
replicates = { type = "Fay" }
[answers]
items = []
satisfied = "x"
[index]
factors = { a = ["q"] }
composite = "mean_of_factor"
[report]
level = 95
targets = [90, 0.8]
intervals = ["wald"]
statistics = ["median"]
differences = [{ by = "sex", of = ["F"] }]
"#;
    let problems = Files::new(design, b"c\n4\n").refusals();
    for words in [
        &["[design] weight", "unknown"][..],
        &["lonely_psu", "“ignore”"],
        &["rho"],
        &["items", "at least one"],
        &["factors.a", "q is not among"],
        &["“mean_of_factor”"],
        &["level", "95"],
        &["targets", "90", "0.9"],
        &["“wald”", "xlogit"],
        &["“median”"],
        &["differences[0]"],
    ] {
        has(&problems, words);
    }
    has(&Files::new("[answers\n", b"c\n4\n").refusals(), &["TOML"]);
}

#[test]
fn files_that_are_none_are_refused() {
    has(&Files::new(DESIGN, b"").refusals(), &["is empty"]);
    has(&Files::new(DESIGN, b"h,u,N,w,c\n").refusals(), &["no row"]);
    has(&Files::new(DESIGN, b"h,u,N,w,c\n\xff\xfe,1,2,1,4\n").refusals(), &["line 2", "not UTF-8"]);
    let zero = "h,u,N,w,c\na,1,10,0,4\na,2,10,0,4\n";
    has(&Files::new(DESIGN, zero.as_bytes()).refusals(), &["all weights are zero"]);
}

#[test]
fn totals_must_fit_the_sample() {
    let design = "[calibration]\nmethod = \"rake\"\nmargins = [{ columns = [\"sex\"], totals = \"sex.csv\" }, { columns = \
                  [\"age\"], totals = \"age.csv\" }]\n[answers]\nitems = [\"c\"]\nsatisfied = [4, 5]\n";
    let data = b"sex,age,c\nF,1,4\nM,2,5\nX,1,4\n";
    let files =
        Files::new(design, data).with("sex.csv", "sex,total\nF,10\nM,ten\nM,3\n").with("age.csv", "age,sum\n1,2\n");
    let problems = files.refusals();
    has(&problems, &["sex.csv", "line 3", "“ten”"]);
    has(&problems, &["age.csv", "no column “total”"]);
    let files =
        Files::new(design, data).with("sex.csv", "sex,total\nF,10\nM,3\n").with("age.csv", "age,total\n1,2\n2,1\n");
    has(&files.refusals(), &["no total for “X”", "data row 3"]);
    let three = "sex,total\nF,10\nM,3\nX,1\n";
    let files = Files::new(design, data).with("sex.csv", three).with("age.csv", "age,total\n1,2\n2,1\n");
    has(&files.refusals(), &["add up to 3", "14"]);
    let files = Files::new(design, data).with("sex.csv", three).with("age.csv", "age,total\n1,5\n2,5\n3,4\n");
    has(&files.refusals(), &["“3” has a total but nobody"]);
}
