//! Stratified three-stage sample: districts, communes, persons.

use serde_json::{Value, json};
use thuocdo::statistics::design::Design;
use thuocdo::statistics::survey::{
    Association, Domains, Estimate, Figure, IntervalMethod, Measure, QuantileRule, Sample, Statistic, contrast,
    estimate, kish,
};

use super::srs::{quantiles, ttest};
use super::{
    Data, PLAIN, agree, as_levels, by, design_share, df_of, figures, htest, known, numbers, one, share_interval, stat,
};

type Stages = &'static [(Option<&'static str>, Option<&'static str>)];

const PERSONS: Stages =
    &[(Some("district"), Some("N_district")), (Some("commune"), Some("N_commune")), (None, Some("N_person"))];

/// The designs of the case by the names it gives them.
pub(super) fn design(data: &Data, name: &str) -> Option<Design> {
    Some(match name {
        "des" => data.design(PERSONS, Some("stratum")),
        "des_wr" => data.design(&[(Some("district"), None)], Some("stratum")),
        "des_fpc1" => data.design(&[(Some("district"), Some("N_district"))], Some("stratum")),
        "des_2st" => data.design(&PERSONS[..2], Some("stratum")),
        "des_srs" => data.design(&[(None, None)], None),
        _ => return None,
    })
}

fn fast(data: &Data, design: &Design, item: usize, domains: &Domains) -> Vec<Estimate> {
    estimate(design, &data.answers(22), Statistic::Share, &[Measure::item(item - 1)], domains, PLAIN)
}

/// The domain of rows with this text.
fn only(data: &Data, column: &str, text: &str) -> Domains {
    let of_row = data.whose(column, text).into_iter().map(|own| if own { 0 } else { Domains::NONE }).collect();
    Domains { number: 1, of_row }
}

pub(super) fn answer(id: &str) -> Option<Value> {
    let data = Data::read("three_stage");
    let (design_of, answers) = (|name: &str| design(&data, name), data.answers(22));
    if let Some(rest) = id.strip_prefix("ci_") {
        return interval(&data, rest);
    }
    if let Some(name) = id.strip_prefix("degf_") {
        return Some(json!({ "value": [df_of(&design_of(name)?)] }));
    }
    if let Some(design) = id.strip_prefix("mean_t01_").and_then(design_of) {
        let sample = Sample::new(&design, PLAIN);
        let fast = one(&design, &answers, 1, PLAIN);
        agree(&fast, &sample, &sample.mean(&data.satisfied(1), &data.all()).unwrap());
        return Some(stat(&[fast], Some(df_of(&design))));
    }
    if let Some(design) = id.strip_prefix("mean_t03_t20_").and_then(design_of) {
        let row = |item: usize| {
            let own = one(&design, &answers, item, PLAIN);
            [own.estimate, own.standard_error(), own.deff]
        };
        return Some(json!({ "value": [row(3), row(9), row(20)] }));
    }
    let (design, with_replacement) = (design_of("des")?, design_of("des_wr")?);
    if let Some(item) = id.strip_prefix("crit_") {
        return Some(stat(&[one(&design, &answers, item.parse().ok()?, PLAIN)], Some(7.0)));
    }
    let (sample, plain) = (Sample::new(&design, PLAIN), Sample::new(&with_replacement, PLAIN));
    let all = data.all();
    let associated = |item: usize, levels: Vec<Option<u32>>, column: &str| {
        let _ = item;
        htest(&plain.independence(&levels, &known(data.codes(column)), &all, Association::RaoScottF).unwrap())
    };
    let difference = |design: &Design| {
        let sets = (&data.domains("channel"), 0, 1);
        stat(&contrast(design, &answers, Statistic::Share, &[Measure::item(0)], sets, PLAIN), Some(7.0))
    };
    Some(match id {
        "listwise_trap" => {
            // R leaves out everybody without all four answers; so do these values, for once.
            let items: Vec<_> = (1..=4).map(|item| data.satisfied(item)).collect();
            let complete = |row: usize| items.iter().all(|item| item[row].is_some());
            let complete: Vec<bool> = (0..design.rows()).map(complete).collect();
            let own: Vec<Figure> = items.iter().map(|item| sample.mean(item, &complete).unwrap()).collect();
            figures(&sample, &own, None)
        }
        "totals_listwise" => {
            let wait = sample.total(&data.values("wait_min"), &all).unwrap();
            figures(&sample, &[wait, sample.total(&vec![Some(1.0); design.rows()], &all).unwrap()], None)
        }
        "by_stratum_t01" => {
            let names = data.levels("stratum").0;
            let own: Vec<Figure> = names
                .iter()
                .map(|name| sample.mean(&data.satisfied(1), &data.whose("stratum", name)).unwrap())
                .collect();
            by(figures(&sample, &own, Some(7.0)), &[("stratum", names)])
        }
        "by_stratum_df" => {
            let df = |name: &String| design.degrees_of_freedom(&data.whose("stratum", name));
            json!({ "value": data.levels("stratum").0.iter().map(df).collect::<Vec<f64>>() })
        }
        "by_district_t01" | "by_district_t01_wr" => {
            let of = if id.ends_with("wr") { &with_replacement } else { &design };
            let own = fast(&data, of, 1, &data.domains("district"));
            assert!(own.iter().all(|own| own.df() < 0.5), "a domain inside one unit has no degree of freedom");
            by(stat(&own, None), &[("district", data.levels("district").0)])
        }
        "by_commune_n" => {
            let own = fast(&data, &design, 1, &data.domains("commune"));
            json!({ "value": own.iter().map(|own| own.rows).collect::<Vec<u64>>() })
        }
        "by_channel_t20_wr" => {
            let channels = ["counter", "online"];
            let own = channels.map(|name| plain.mean(&data.satisfied(20), &data.whose("channel", name)).unwrap());
            let quick = fast(&data, &with_replacement, 20, &data.domains("channel"));
            quick.iter().zip(&own).for_each(|(quick, own)| agree(quick, &plain, own));
            by(figures(&plain, &own, Some(7.0)), &[("channel", channels.map(str::to_owned).to_vec())])
        }
        "diff_channel_t01" => difference(&design),
        "diff_channel_t01_wr" => difference(&with_replacement),
        "ratio_pooled_all" => {
            let (answered, satisfied) = data.sums(1..=22);
            figures(&sample, &[sample.ratio(&satisfied, &answered, &all).unwrap()], Some(7.0))
        }
        "ratio_wait_per_item" => {
            let (answered, _) = data.sums(1..=22);
            figures(&plain, &[plain.ratio(&data.values("wait_min"), &answered, &all).unwrap()], Some(7.0))
        }
        "var_wait" => figures(&sample, &[sample.spread(&data.values("wait_min"), &all).unwrap()], None),
        "quantile_wait_wr" => {
            let shares = [0.25, 0.5, 0.75, 0.9];
            quantiles(&plain, &data.values("wait_min"), &shares, QuantileRule::Math, IntervalMethod::Mean)
        }
        "chisq_t01_channel_wr" => associated(1, as_levels(&data.satisfied(1)), "channel"),
        "chisq_likert_age_wr" => associated(5, as_levels(&data.item(5)), "age"),
        "ttest_t01_channel_wr" => ttest(&plain, &data.satisfied(1), &data.whose("channel", "online"), &all),
        "kish_deff_weights" => {
            let effect = kish(&data.numbers("w")).unwrap();
            json!({ "value": numbers([effect.deff, effect.effective_rows]) })
        }
        _ => return None,
    })
}

fn interval(data: &Data, rest: &str) -> Option<Value> {
    let (design_name, item, domains, rest) = if let Some(rest) = rest.strip_prefix("t01_3st_") {
        ("des", 1, Domains::whole(), rest)
    } else if let Some(rest) = rest.strip_prefix("t03_online_") {
        ("des_wr", 3, only(data, "channel", "online"), rest)
    } else if let Some(rest) = rest.strip_prefix("t19_") {
        ("des_wr", 19, Domains::whole(), rest)
    } else {
        ("des_wr", 1, Domains::whole(), rest.strip_prefix("t01_")?)
    };
    let design = design(data, design_name)?;
    share_interval(rest, design_share(&fast(data, &design, item, &domains)[0]))
}
