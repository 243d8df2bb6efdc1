//! Stratified simple random sample with population counts, and small groups.

use serde_json::{Value, json};
use thuocdo::statistics::Confidence;
use thuocdo::statistics::design::Design;
use thuocdo::statistics::survey::{
    Answers, Association, Domains, Figure, IntervalMethod, Measure, QuantileRule, Sample, SimpleSample, Statistic,
    contrast, estimate,
};

use super::{
    Data, PLAIN, agree, as_levels, by, design_share, df_of, figures, htest, known, numbers, one, share_interval, stat,
};

fn item(
    design: &Design,
    answers: &Answers,
    item: usize,
    domains: &Domains,
) -> Vec<thuocdo::statistics::survey::Estimate> {
    estimate(design, answers, Statistic::Share, &[Measure::item(item - 1)], domains, PLAIN)
}

pub(super) fn answer(id: &str) -> Option<Value> {
    let data = Data::read("strat_srs");
    let design = data.design(&[(None, Some("N_service"))], Some("service"));
    let (answers, sample) = (data.answers(8), Sample::new(&design, PLAIN));
    let (all, df) = (data.all(), Some(df_of(&design)));
    let mean = |values: &[Option<f64>]| sample.mean(values, &all).unwrap();
    let wait = data.values("wait_min");
    let sexes = ["F", "M"].map(|sex| sample.mean(&data.satisfied(1), &data.whose("sex", sex)).unwrap());
    Some(match id {
        "degf" => json!({ "value": [df] }),
        "mean_t01" => {
            let fast = one(&design, &answers, 1, PLAIN);
            agree(&fast, &sample, &mean(&data.satisfied(1)));
            stat(&[fast], df)
        }
        "mean_t01_deff_replace" => {
            let mut fields = figures(&sample, &[mean(&data.satisfied(1))], None);
            fields["deff"] = json!([sample.deff(&mean(&data.satisfied(1)), SimpleSample::WithReplacement)]);
            fields
        }
        "likert_mean_c01" => {
            let fast = estimate(&design, &answers, Statistic::Mean, &[Measure::item(0)], &Domains::whole(), PLAIN);
            agree(&fast[0], &sample, &mean(&data.item(1)));
            stat(&fast, df)
        }
        "category_shares_c01" => {
            let levels: Vec<Option<u32>> =
                as_levels(&data.item(1)).into_iter().map(|own| own.map(|own| own - 1)).collect();
            figures(&sample, &sample.shares(&levels, 5, &all).unwrap(), None)
        }
        "total_t01" => figures(&sample, &[sample.total(&data.satisfied(1), &all).unwrap()], df),
        "total_count" => figures(&sample, &[sample.total(&vec![Some(1.0); design.rows()], &all).unwrap()], None),
        "mean_wait" => figures(&sample, &[mean(&wait)], df),
        "nofpc_mean_t01" => {
            let design = data.design(&[(None, None)], Some("service"));
            stat(&[one(&design, &answers, 1, PLAIN)], df)
        }
        "by_service_t01" => {
            let names = data.levels("service").0;
            let own: Vec<Figure> = names
                .iter()
                .map(|name| sample.mean(&data.satisfied(1), &data.whose("service", name)).unwrap())
                .collect();
            by(figures(&sample, &own, df), &[("service", names)])
        }
        "by_sex_t01" => {
            let fast = item(&design, &answers, 1, &data.domains("sex"));
            fast.iter().zip(&sexes).for_each(|(fast, own)| agree(fast, &sample, own));
            by(figures(&sample, &sexes, df), &[("sex", vec!["F".into(), "M".into()])])
        }
        "by_sex_age_t02" => {
            let (ages, of_row) = data.levels("age");
            let (sexes, sex) = data.levels("sex");
            let of_row = of_row.iter().zip(&sex).map(|(age, sex)| age * 2 + sex).collect();
            let names = |own: &dyn Fn(usize) -> String| (0..6).map(own).collect::<Vec<String>>();
            let fast = item(&design, &answers, 2, &Domains { number: 6, of_row });
            let groups =
                [("sex", names(&|cell| sexes[cell % 2].clone())), ("age", names(&|cell| ages[cell / 2].clone()))];
            by(stat(&fast, df), &groups)
        }
        "diff_sex_t01" => {
            let fast =
                contrast(&design, &answers, Statistic::Share, &[Measure::item(0)], (&data.domains("sex"), 0, 1), PLAIN);
            agree(&fast[0], &sample, &Figure::linear(&[(1.0, &sexes[0]), (-1.0, &sexes[1])]).unwrap());
            stat(&fast, df)
        }
        "diff_service_t01" => {
            let own =
                ["s1", "s2", "s3"].map(|name| sample.mean(&data.satisfied(1), &data.whose("service", name)).unwrap());
            let less = |other: usize| Figure::linear(&[(1.0, &own[0]), (-1.0, &own[other])]).unwrap();
            figures(&sample, &[less(1), less(2)], df)
        }
        "ratio_items_1_4" => {
            let measure = Measure { items: (0..4).map(|item| (item, 1.0)).collect(), pooled: true };
            let (answered, satisfied) = data.sums(1..=4);
            let ratio = sample.ratio(&satisfied, &answered, &all).unwrap();
            let fast = estimate(&design, &answers, Statistic::Share, &[measure], &Domains::whole(), PLAIN);
            let near = |a: f64, b: f64| assert!((a - b).abs() <= 1e-12 * b.abs(), "{a} is not {b}");
            near(fast[0].estimate.unwrap(), ratio.estimate());
            near(fast[0].standard_error().unwrap(), sample.standard_error(&ratio).unwrap());
            figures(&sample, &[ratio], df)
        }
        _ => return tested(&data, &sample, id).or_else(|| interval(&data, &design, id)),
    })
}

fn interval(data: &Data, design: &Design, id: &str) -> Option<Value> {
    let answers = data.answers(8);
    let (fast, rest) = if let Some(rest) = id.strip_prefix("ci_t01_sexF_55_") {
        let old = data.whose("sex", "F").into_iter().zip(data.whose("age", "55+")).map(|(woman, old)| woman && old);
        let of_row = old.map(|own| if own { 0 } else { Domains::NONE }).collect();
        (item(design, &answers, 1, &Domains { number: 1, of_row })[0], rest)
    } else if let Some(rest) = id.strip_prefix("ci_t01_") {
        (one(design, &answers, 1, PLAIN), rest)
    } else {
        (one(design, &answers, 5, PLAIN), id.strip_prefix("ci_t05_")?)
    };
    share_interval(rest, design_share(&fast))
}

/// Quantiles and tests.
fn tested(data: &Data, sample: &Sample<'_>, id: &str) -> Option<Value> {
    let (wait, all) = (data.values("wait_min"), data.all());
    let quantiles = |shares: &[f64], rule, method| quantiles(sample, &wait, shares, rule, method);
    let associated = |first: Vec<Option<u32>>, second: &str, test| {
        htest(&sample.independence(&first, &known(data.codes(second)), &all, test).unwrap())
    };
    let first = || as_levels(&data.satisfied(1));
    Some(match id {
        "quantile_wait" => quantiles(&[0.1, 0.25, 0.5, 0.75, 0.9], QuantileRule::Math, IntervalMethod::Mean),
        "quantile_wait_hf7" => quantiles(&[0.25, 0.5, 0.9], QuantileRule::Hf7, IntervalMethod::Mean),
        "quantile_wait_xlogit" => quantiles(&[0.25, 0.5, 0.9], QuantileRule::Math, IntervalMethod::Xlogit),
        "quantile_wait_beta" => quantiles(&[0.25, 0.5, 0.9], QuantileRule::Math, IntervalMethod::Beta),
        "ttest_wait_sex" => ttest(sample, &wait, &data.whose("sex", "M"), &all),
        "ttest_t01_sex" => ttest(sample, &data.satisfied(1), &data.whose("sex", "M"), &all),
        "chisq_F_t01_age" => associated(first(), "age", Association::RaoScottF),
        "chisq_Chisq_t01_age" => associated(first(), "age", Association::RaoScottChiSquared),
        "chisq_adjWald_t01_age" => associated(first(), "age", Association::AdjustedWald),
        "chisq_F_likert_channel" => associated(as_levels(&data.item(2)), "channel", Association::RaoScottF),
        _ => return None,
    })
}

/// Quantiles with their limits.
pub(super) fn quantiles(
    sample: &Sample<'_>,
    values: &[Option<f64>],
    shares: &[f64],
    rule: QuantileRule,
    method: IntervalMethod,
) -> Value {
    let all = sample.everybody();
    let one = |share: &f64| sample.quantile(values, &all, (*share, rule), (method, None, Confidence::P95)).unwrap();
    let found: Vec<_> = shares.iter().map(one).collect();
    json!({
        "estimate": numbers(found.iter().map(|own| own.figure.estimate())),
        "se": found.iter().map(|own| own.standard_error).collect::<Vec<_>>(),
        "ci_low": found.iter().map(|own| own.low).collect::<Vec<_>>(),
        "ci_high": found.iter().map(|own| own.high).collect::<Vec<_>>(),
    })
}

/// The t test of two groups.
pub(super) fn ttest(sample: &Sample<'_>, values: &[Option<f64>], second: &[bool], domain: &[bool]) -> Value {
    let second: Vec<Option<bool>> = second.iter().map(|own| Some(*own)).collect();
    let test = sample.two_groups(values, &second, domain).unwrap();
    let limits = test.interval(Confidence::P95).unwrap();
    json!({
        "statistic": test.t,
        "parameter": [test.df],
        "p_value": test.p_value,
        "estimate": [test.difference.estimate()],
        "ci": [limits.low, limits.high],
    })
}

/// Small groups.
pub(super) fn census(id: &str) -> Option<Value> {
    (id == "by_group_t01_fpc").then(|| {
        let data = Data::read("census_small");
        let design = data.design(&[(None, Some("N_group"))], Some("group"));
        let fast = item(&design, &data.answers(6), 1, &data.domains("group"));
        by(stat(&fast, None), &[("group", data.levels("group").0)])
    })
}
