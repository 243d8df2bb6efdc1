//! The presentation standard on many domains and on made-up shares.

use serde_json::{Map, Value, json};
use thuocdo::statistics::Confidence;
use thuocdo::statistics::survey::{DesignShare, Domains, Measure, Rules, Statistic, estimate};

use super::{Data, PLAIN, design_share, three_stage};

fn row(share: &DesignShare) -> Value {
    let decision = Rules::NCHS_2017.decide(share);
    let limits = decision.interval.unwrap();
    json!({
        "p": share.share,
        "var": share.variance,
        "n": share.rows,
        "df": share.df,
        "n_eff": decision.effective_rows,
        "n_eff_df": share.korn_graubard_rows(Confidence::P95),
        "lower": limits.low,
        "upper": limits.high,
        "width": limits.width(),
        "decision": decision.presentation.word(),
        "flags": decision.flags().join("+"),
    })
}

/// A table as columns.
fn table(rows: &[Value]) -> Value {
    let mut columns = Map::new();
    for name in rows[0].as_object().unwrap().keys() {
        columns.insert(name.clone(), rows.iter().map(|row| row[name].clone()).collect());
    }
    json!({ "columns": columns })
}

pub(super) fn answer(id: &str) -> Option<Value> {
    match id {
        "domains" => Some(domains()),
        "made_up_inputs" => {
            let mut rows = Vec::new();
            for df in [3.0, 8.0, 60.0] {
                for n in [20, 45, 200, 3000] {
                    for error in [0.002_f64, 0.01, 0.03, 0.08] {
                        for share in [0.0_f64, 0.003, 0.04, 0.5, 0.9, 0.985, 1.0] {
                            let variance = if share > 0.0 && share < 1.0 { error.powi(2) } else { 0.0 };
                            rows.push(row(&DesignShare { share, variance, rows: n, df }));
                        }
                    }
                }
            }
            Some(table(&rows))
        }
        _ => None,
    }
}

fn domains() -> Value {
    let data = Data::read("three_stage");
    let design = three_stage::design(&data, "des_wr").unwrap();
    let both = |one: Vec<bool>, other: Vec<bool>| one.into_iter().zip(other).map(|(a, b)| a && b).collect();
    let sets: [(&str, Vec<bool>); 7] = [
        ("all", data.all()),
        ("online", data.whose("channel", "online")),
        ("counter", data.whose("channel", "counter")),
        ("F_55+", both(data.whose("sex", "F"), data.whose("age", "55+"))),
        ("M", data.whose("sex", "M")),
        ("stratum1", data.whose("stratum", "a")),
        ("online_F", both(data.whose("channel", "online"), data.whose("sex", "F"))),
    ];
    let mut rows = Vec::new();
    for item in [1, 5, 10, 16, 19, 22] {
        for (name, set) in &sets {
            let of_row = set.iter().map(|own| if *own { 0 } else { Domains::NONE }).collect();
            let measure = [Measure::item(item - 1)];
            let set = Domains { number: 1, of_row };
            let own = estimate(&design, &data.answers(22), Statistic::Share, &measure, &set, PLAIN);
            let mut row = row(&design_share(&own[0]));
            row["variable"] = json!(format!("t{item:02}"));
            row["domain"] = json!(name);
            rows.push(row);
        }
    }
    table(&rows)
}
