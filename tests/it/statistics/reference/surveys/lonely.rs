//! Strata with one sampling unit: every rule, with and without population counts, for all rows and for a domain.

use serde_json::{Value, json};
use thuocdo::statistics::design::{Design, LonelyRule, Plan};
use thuocdo::statistics::survey::{Domains, Measure, Sample, Statistic, estimate};

use super::{Answer, Data, PLAIN, agree, df_of, figures, one, stat};

/// Men outside two units, which leaves a stratum of three with one in the domain.
fn men(data: &Data) -> Vec<bool> {
    let units = data.text("psu").iter().map(|unit| unit != "p07" && unit != "p08");
    data.whose("sex", "M").into_iter().zip(units).map(|(man, unit)| man && unit).collect()
}

fn plan(data: &Data, population: bool, rule: LonelyRule) -> Plan {
    let population = Some("N_psu").filter(|_| population);
    data.plan(&[(Some("psu"), population)], Some("stratum"), rule)
}

pub(super) fn answer(id: &str) -> Option<Answer> {
    let data = Data::read("lonely_psu");
    let plain = Design::new(plan(&data, false, LonelyRule::Adjust)).unwrap();
    let fields = match id {
        "degf_all" => json!({ "value": [df_of(&plain)] }),
        "degf_domain" => json!({ "value": [plain.degrees_of_freedom(&men(&data))] }),
        "collapsed_mean_t01" => {
            let mut collapsed = plan(&data, false, LonelyRule::Fail);
            // Strata h2 and h5 join h1.
            for stratum in collapsed.stages[0].strata.iter_mut().flatten().filter(|own| [1, 4].contains(*own)) {
                *stratum = 0;
            }
            stat(&[one(&Design::new(collapsed).unwrap(), &data.answers(4), 1, PLAIN)], None)
        }
        "pieces_h" => json!({ "value": pieces(&data, &plain) }),
        _ => return rules(&data, id),
    };
    Some(Answer::Fields(fields))
}

/// Unit totals of the linearised share.
fn pieces(data: &Data, design: &Design) -> Vec<f64> {
    let share = Sample::new(design, PLAIN).mean(&data.satisfied(1), &data.all()).unwrap();
    let (units, of_row) = data.levels("psu");
    let mut totals = vec![0.0; units.len()];
    for ((unit, weight), influence) in of_row.iter().zip(design.weights()).zip(share.influence().unwrap()) {
        totals[*unit as usize] += weight * influence;
    }
    totals
}

/// `<what>_<rule>_<nodomadj or domadj>_<des or des_fpc>`.
fn rules(data: &Data, id: &str) -> Option<Answer> {
    let (id, population) = match id.strip_suffix("_fpc") {
        Some(rest) => (rest.strip_suffix("_des")?, true),
        None => (id.strip_suffix("_des")?, false),
    };
    let (id, domains) = match id.strip_suffix("_nodomadj") {
        Some(rest) => (rest, false),
        None => (id.strip_suffix("_domadj")?, true),
    };
    let (what, rule) = id.rsplit_once('_')?;
    let rule = match rule {
        "fail" => LonelyRule::Fail,
        "remove" => LonelyRule::Remove,
        "certainty" => LonelyRule::Certainty,
        "adjust" => LonelyRule::Adjust,
        "average" => LonelyRule::Average,
        _ => return None,
    };
    let design = Design::new(plan(data, population, rule)).unwrap().with_lonely_domains(domains);
    // With population counts the only unit of h5 is all there is.
    assert_eq!(design.lonely().len(), if population { 1 } else { 2 });
    let sample = Sample::new(&design, PLAIN);
    let refused = || Some(Answer::Refused(format!("{} lonely strata", design.lonely().len())));
    let fields: Value = match what {
        "mean_t01" | "domain_t02_M" => {
            let (item, domain) = if what == "mean_t01" { (1, data.all()) } else { (2, men(data)) };
            let of_row = domain.iter().map(|inside| if *inside { 0 } else { Domains::NONE }).collect();
            let set = Domains { number: 1, of_row };
            let fast =
                estimate(&design, &data.answers(4), Statistic::Share, &[Measure::item(item - 1)], &set, PLAIN)[0];
            if fast.variance.is_none() {
                return refused();
            }
            agree(&fast, &sample, &sample.mean(&data.satisfied(item), &domain).unwrap());
            stat(&[fast], None)
        }
        "total_t01" => {
            let satisfied: Vec<Option<f64>> = data.satisfied(1).into_iter().map(|own| own.or(Some(0.0))).collect();
            let total = sample.total(&satisfied, &data.all()).unwrap();
            if sample.variance(&total).is_none() {
                return refused();
            }
            figures(&sample, &[total], None)
        }
        _ => return None,
    };
    Some(Answer::Fields(fields))
}
