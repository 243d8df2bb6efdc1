//! Weights brought to known totals.

use serde_json::{Value, json};
use thuocdo::statistics::Confidence;
use thuocdo::statistics::design::Design;
use thuocdo::statistics::survey::{
    Calibration, CalibrationMethod, DesignShare, Domains, Figure, Margin, Measure, QuantileRule, Sample, Statistic,
    Variance, estimate, trim, weighted_quantile,
};

use super::{Data, PLAIN, agree, by, df_of, figures, numbers, one, share_interval, stat, three_stage};

/// Shares of the cells, age by age and F before M.
const SHARES: [f64; 6] = [0.16, 0.15, 0.22, 0.21, 0.14, 0.12];

struct Population {
    cells: Vec<f64>,
    sex: Vec<f64>,
    age: Vec<f64>,
}

fn population(data: &Data) -> Population {
    let all: f64 = data.numbers("w").iter().sum::<f64>().round();
    let cells: Vec<f64> = SHARES.iter().map(|share| (all * share).round_ties_even()).collect();
    let sex = vec![cells[0] + cells[2] + cells[4], cells[1] + cells[3] + cells[5]];
    let age = cells.chunks(2).map(|pair| pair[0] + pair[1]).collect();
    Population { cells, sex, age }
}

fn calibration(data: &Data, name: &str) -> Option<Calibration> {
    let Population { cells, sex, age } = population(data);
    let (of_sex, of_age) = (data.codes("sex"), data.codes("age"));
    let of_cell = of_age.iter().zip(&of_sex).map(|(age, sex)| age * 2 + sex).collect();
    let margins = vec![Margin { of_row: of_sex, totals: sex }, Margin { of_row: of_age, totals: age }];
    let (method, margins) = match name {
        "ps" => (CalibrationMethod::Poststratify, vec![Margin { of_row: of_cell, totals: cells }]),
        "rake" => (CalibrationMethod::Rake, margins),
        "cal_linear" => (CalibrationMethod::Linear, margins),
        "cal_raking" => (CalibrationMethod::Exponential, margins),
        "cal_logit" => (CalibrationMethod::Bounded { low: 0.4, high: 2.5 }, margins),
        _ => return None,
    };
    Some(Calibration::new(data.numbers("w"), method, margins).unwrap())
}

pub(super) fn answer(id: &str) -> Option<Value> {
    let data = Data::read("three_stage");
    let base = three_stage::design(&data, "des_wr")?;
    match id {
        "pop" => {
            let Population { cells, sex, age } = population(&data);
            let cell = ["F|18-34", "M|18-34", "F|35-54", "M|35-54", "F|55+", "M|55+"];
            let age = json!({ "18-34": age[0], "35-54": age[1], "55+": age[2] });
            return Some(json!({ "sex": { "F": sex[0], "M": sex[1] }, "age": age, "cell": cell, "cell_N": cells }));
        }
        "base_mean_t01" => return Some(stat(&[one(&base, &data.answers(22), 1, PLAIN)], Some(7.0))),
        "trim_weights" => {
            let weights = calibration(&data, "ps")?.weights();
            let most = weighted_quantile(&weights, &vec![1.0; weights.len()], 0.95, QuantileRule::Hf7)?;
            return Some(json!({ "value": trim(&weights, f64::NEG_INFINITY, most, true).unwrap() }));
        }
        "g_range" => {
            let (low, high) = calibration(&data, "cal_linear")?.range();
            return Some(json!({ "value": [low, high] }));
        }
        _ => {}
    }
    if let Some(rest) = id.strip_prefix("ci_ps_t01_") {
        let calibration = calibration(&data, "ps")?;
        let design = base.with_weights(calibration.weights())?;
        let share = one(&design, &data.answers(22), 1, Variance::Linearised(Some(&calibration)));
        // A calibrated sample keeps its rows without an answer, and R counts them.
        let rows = design.rows() as u64;
        let (estimate, variance, df) = (share.estimate?, share.variance?, share.df());
        let mut fields = share_interval(rest, DesignShare { share: estimate, variance, rows, df })?;
        // R prints no variance beside its fit's interval here.
        fields["var"] = Value::Null;
        return Some(fields);
    }
    let name = ["ps", "rake", "cal_linear", "cal_raking", "cal_logit"].into_iter().find(|name| id.starts_with(name))?;
    let calibration = calibration(&data, name)?;
    let rest = id.strip_prefix(name)?.strip_prefix('_')?;
    if rest == "weights" {
        return Some(json!({ "value": numbers(calibration.weights()) }));
    }
    let design = base.with_weights(calibration.weights())?;
    calibrated(rest, &data, &design, &calibration)
}

fn calibrated(rest: &str, data: &Data, design: &Design, calibration: &Calibration) -> Option<Value> {
    let variance = Variance::Linearised(Some(calibration));
    let (sample, all) = (Sample::new(design, variance), data.all());
    Some(match rest {
        "mean_t01" => {
            let fast = one(design, &data.answers(22), 1, variance);
            let own = sample.mean(&data.satisfied(1), &all).unwrap();
            agree(&fast, &sample, &own);
            stat(&[fast], Some(df_of(design)))
        }
        "total_one" => {
            let own = sample.total(&vec![Some(1.0); design.rows()], &all).unwrap();
            let error = sample.standard_error(&own).unwrap();
            assert!(error < 1e-6, "a known total is known: {error}");
            let limits = sample.interval(&own, Some(7.0), Confidence::P95).unwrap();
            assert!(limits.contains(own.estimate()));
            figures(&sample, &[own], None)
        }
        "mean_wait" => figures(&sample, &[sample.mean(&data.values("wait_min"), &all).unwrap()], None),
        "by_channel_t01" => {
            let domains: Domains = data.domains("channel");
            let fast = estimate(design, &data.answers(22), Statistic::Share, &[Measure::item(0)], &domains, variance);
            let names = ["counter", "online"];
            let own: [Figure; 2] =
                names.map(|name| sample.mean(&data.satisfied(1), &data.whose("channel", name)).unwrap());
            fast.iter().zip(&own).for_each(|(fast, own)| agree(fast, &sample, own));
            by(stat(&fast, None), &[("channel", names.map(str::to_owned).to_vec())])
        }
        _ => return None,
    })
}
