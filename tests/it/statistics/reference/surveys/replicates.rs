//! Variances from replicate weights.

use serde_json::{Value, json};
use thuocdo::statistics::Confidence;
use thuocdo::statistics::design::Design;
use thuocdo::statistics::survey::{
    Centre, Domains, Figure, IntervalMethod, Measure, QuantileRule, ReplicateMethod, Replicates, Sample, Statistic,
    Variance, contrast, estimate,
};

use super::srs::quantiles;
use super::{Data, PLAIN, agree, by, ciprop, df_of, figures, numbers, one, stat};

const UNITS: &[(Option<&str>, Option<&str>)] = &[(Some("psu"), None)];

fn given(data: &Data) -> Replicates {
    let factors = Data::read("brr_bootstrap_weights");
    let weights = data.numbers("w");
    let column = |index: usize| {
        let own = factors.numbers(&format!("b{index:02}"));
        own.iter().zip(&weights).map(|(factor, weight)| factor * weight).collect()
    };
    let method = ReplicateMethod::Bootstrap { count: 80, seed: 0 };
    Replicates::given(weights.len(), method, (1..=80).map(column).collect(), None, None).unwrap()
}

fn made(data: &Data, name: &str) -> Option<(Design, Replicates)> {
    let strata = Some("stratum").filter(|_| name != "jk1");
    let population = Some("N_psu").filter(|_| name == "jkn_fpc");
    let design = data.design(&[(Some("psu"), population)], strata);
    let method = match name {
        "jkn" | "jkn_fpc" => ReplicateMethod::Jkn,
        "jk1" => ReplicateMethod::Jk1,
        "brr" => ReplicateMethod::Brr,
        "fay" => ReplicateMethod::Fay { rho: 0.3 },
        "boot" => return Some((design, given(data))),
        _ => return None,
    };
    let replicates = Replicates::of_design(&design, method).unwrap();
    Some((design, replicates))
}

pub(super) fn answer(id: &str) -> Option<Value> {
    let data = Data::read("brr");
    let (answers, plain) = (data.answers(6), data.design(UNITS, Some("stratum")));
    let whole = Domains::whole();
    let ratio = Measure { pooled: true, ..Measure::mean_of(&[0, 1, 2]) };
    match id {
        "taylor_degf" => return Some(json!({ "value": [df_of(&plain)] })),
        "taylor_mean_t01" => return Some(stat(&[one(&plain, &answers, 1, PLAIN)], None)),
        "taylor_ratio" => {
            return Some(stat(&estimate(&plain, &answers, Statistic::Share, &[ratio], &whole, PLAIN), None));
        }
        "jkn_mse_mean_t01" | "boot_mse_mean_t01" => {
            let (design, replicates) = made(&data, id.split_once('_')?.0)?;
            let replicates = replicates.around(Centre::Estimate);
            return Some(stat(&[one(&design, &answers, 1, Variance::Replicated(&replicates, None))], None));
        }
        "jkn_composite" => {
            let (design, replicates) = made(&data, "jkn")?;
            let variance = Variance::Replicated(&replicates, None);
            let measure = [Measure::mean_of(&[0, 1, 2])];
            return Some(stat(&estimate(&design, &answers, Statistic::Share, &measure, &whole, variance), None));
        }
        _ => {}
    }
    let name = ["jkn_fpc", "jkn", "jk1", "brr", "fay", "boot"].into_iter().find(|name| id.starts_with(name))?;
    let rest = id.strip_prefix(name)?.strip_prefix('_')?;
    let (design, replicates) = made(&data, name)?;
    let variance = Variance::Replicated(&replicates, None);
    let (sample, all, df) = (Sample::new(&design, variance), data.all(), df_of(&design));
    let share = || sample.mean(&data.satisfied(1), &all).unwrap();
    let interval = |method| {
        let own = share();
        let limits = sample.share_interval(&own, method, None, Confidence::P95).unwrap();
        ciprop(own.estimate(), sample.variance(&own).unwrap(), limits)
    };
    Some(match rest {
        "degf" => json!({ "value": [df] }),
        "mean_t01" => {
            let fast = one(&design, &answers, 1, variance);
            agree(&fast, &sample, &share());
            stat(&[fast], Some(df))
        }
        "total_t02" => figures(&sample, &[sample.total(&data.satisfied(2), &all).unwrap()], None),
        "by_sex_t01" => {
            let sexes = ["F", "M"];
            let own: [Figure; 2] = sexes.map(|sex| sample.mean(&data.satisfied(1), &data.whose("sex", sex)).unwrap());
            let fast =
                estimate(&design, &answers, Statistic::Share, &[Measure::item(0)], &data.domains("sex"), variance);
            fast.iter().zip(&own).for_each(|(fast, own)| agree(fast, &sample, own));
            by(figures(&sample, &own, None), &[("sex", sexes.map(str::to_owned).to_vec())])
        }
        "diff_sex_t01" => {
            let sets = (&data.domains("sex"), 0, 1);
            stat(&contrast(&design, &answers, Statistic::Share, &[Measure::item(0)], sets, variance), None)
        }
        "ratio" => stat(&estimate(&design, &answers, Statistic::Share, &[ratio], &whole, variance), None),
        "median_wait" => {
            quantiles(&sample, &data.values("wait_min"), &[0.5, 0.9], QuantileRule::Math, IntervalMethod::Mean)
        }
        "ci_xlogit" => interval(IntervalMethod::Xlogit),
        "ci_logit" => interval(IntervalMethod::Logit),
        "scale" => {
            let (scale, scales) = replicates.scales();
            json!({ "scale": scale, "rscales": numbers(scales.iter().copied()) })
        }
        _ => return None,
    })
}

#[test]
fn balanced_half_samples_are_those_of_r() {
    let (data, factors) = (Data::read("brr"), Data::read("brr_replicate_factors"));
    let (design, replicates) = made(&data, "brr").unwrap();
    let ones = vec![1.0; design.rows()];
    assert_eq!(replicates.number(), 8);
    for replicate in 0..8 {
        let theirs = factors.numbers(&format!("r{:02}", replicate + 1));
        let ours = replicates.weights(replicate, &ones);
        assert!(theirs.iter().zip(&ours).all(|(a, b)| (a - b).abs() < 1e-12), "replicate {replicate}");
    }
}
