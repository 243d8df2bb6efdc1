//! Numbers that other systems make by rules of their own: Decision 766, Circular 01/2018, the likes of the portal.
//!
//! They are computed from full counts or awarded points. None is a sample, so none has an interval, and none is ever averaged
//! or drawn together with a figure of a survey.

use std::collections::BTreeMap;

use super::scheme::{Evaluation, Given, InputProblem, Item, Scheme};
use crate::words::{Indicator as I, PARTS};

/// Inputs of one unit and span of days, in ten-thousandths.
pub type Inputs = BTreeMap<I, i64>;

/// A rate with its points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rated {
    /// The rate, from 0 to 1; `None` where there is nothing to divide by, or the counts are not known.
    pub rate: Option<f64>,
    /// Its points.
    pub points: Option<f64>,
    /// Most points it can have.
    pub maximum: f64,
    /// Whether the points were published by others, and not computed here.
    pub is_published: bool,
    /// Whether it does not apply: its denominator is 0.
    pub not_applicable: bool,
}

/// Group 5 of Decision 766 and the total.
#[derive(Debug, Clone, PartialEq)]
pub struct Qd766 {
    /// 5.2: complaints handled in time.
    pub on_time: Rated,
    /// 5.3: satisfaction with the handling of complaints.
    pub satisfied: Rated,
    /// 5.4: satisfaction with receiving and handling procedures.
    pub procedures: Rated,
    /// Share of dossiers in time alone: what most of 5.4 says.
    pub in_time: Option<f64>,
    /// Points of group 5, of 18.
    pub group: Option<f64>,
    /// All points, of 100; only where every group is known.
    pub total: Option<f64>,
    /// What is not established about it.
    pub unsourced: Vec<String>,
}

/// The rating of Circular 01/2018.
#[derive(Debug, Clone, PartialEq)]
pub struct Tt01 {
    /// Points the agency gave itself, of 18; only where all nine are known.
    pub own: Option<f64>,
    /// Appraised points, of 18; only where all nine are known.
    pub appraised: Option<f64>,
    /// Code of the band of the appraised points.
    pub band: Option<String>,
}

/// Codes of the nine indicators in the scheme, in the order of the form.
const NINE: [&str; 9] =
    ["total_time", "agency_time", "contacts", "agencies", "one_stop", "publicity", "attitude", "response", "online"];
/// First of the nine own points, and of the nine appraised ones.
const OWN: i16 = 301;
const APPRAISED: i16 = 311;

/// Decision 766, by its scheme.
pub fn qd766(scheme: &Scheme, inputs: &Inputs) -> Result<Qd766, Vec<InputProblem>> {
    let awarded = [
        ("openness", I::Qd766PointsOpenness),
        ("progress", I::Qd766PointsProgress),
        ("digital_files", I::Qd766PointsDigitalFiles),
        ("online_service", I::Qd766PointsOnlineService),
        ("online_payment", I::Qd766PointsOnlinePayment),
    ];
    let points = |indicator| inputs.get(&indicator).map(|value| Given::Points(number(*value)));
    let mut items: Vec<Item> =
        awarded.iter().filter_map(|(code, indicator)| Some(Item::of(code, points(*indicator)?))).collect();
    let complaints = whole(inputs, I::Qd766Complaints);
    let on_time = whole(inputs, I::Qd766ComplaintsOnTime);
    let dissatisfied = whole(inputs, I::Qd766ComplaintsDissatisfied);
    let dossiers = whole(inputs, I::Qd766Dossiers);
    let (late, complained) = (whole(inputs, I::Qd766Late), whole(inputs, I::Qd766Complained));
    let counts = |part: Option<u64>| Some(Given::Counts { part: part?, whole: complaints? });
    let content = complaints.zip(dissatisfied).map(|(all, not)| all.saturating_sub(not));
    let complement = || Some(Given::Complement { late: late?, complained: complained?, whole: dossiers? });
    let rated = [
        ("complaints_on_time", I::Qd766PointsOnTime, counts(on_time)),
        ("complaints_satisfied", I::Qd766PointsSatisfied, counts(content)),
        ("procedures_satisfied", I::Qd766PointsProcedures, complement()),
    ];
    for (code, published, computed) in &rated {
        items.extend(points(*published).or_else(|| computed.clone()).map(|given| Item::of(code, given)));
    }
    let found = scheme.evaluate(&items, None)?;
    let read = |at: usize, part: Option<u64>, of: Option<u64>| {
        let (code, published, _) = &rated[at];
        Rated {
            rate: part.zip(of).and_then(|(part, of)| share(part, of)),
            points: value_of(&found, code),
            maximum: scheme.component(code).and_then(|component| component.maximum).unwrap_or_default(),
            is_published: inputs.contains_key(published),
            not_applicable: of == Some(0),
        }
    };
    let left = dossiers.zip(late).map(|(all, late)| all.saturating_sub(late));
    let pleased = left.zip(complained).map(|(left, complained)| left.saturating_sub(complained));
    Ok(Qd766 {
        on_time: read(0, on_time, complaints),
        satisfied: read(1, content, complaints),
        procedures: read(2, pleased, dossiers),
        in_time: left.zip(dossiers).and_then(|(part, of)| share(part, of)),
        group: value_of(&found, "satisfaction"),
        total: found.value,
        unsourced: found.unsourced,
    })
}

/// Circular 01/2018, by its scheme. The band is that of the appraised points.
pub fn tt01(scheme: &Scheme, inputs: &Inputs) -> Result<Tt01, Vec<InputProblem>> {
    let of = |first: i16| -> Result<Evaluation, Vec<InputProblem>> {
        let points = (first..).zip(NINE).filter_map(|(code, part)| {
            let value = inputs.get(&I::from_code(code)?)?;
            Some(Item::of(part, Given::Points(number(*value))))
        });
        scheme.evaluate(&points.collect::<Vec<_>>(), None)
    };
    let (own, appraised) = (of(OWN)?, of(APPRAISED)?);
    Ok(Tt01 { own: own.value, appraised: appraised.value, band: appraised.band })
}

fn value_of(found: &Evaluation, code: &str) -> Option<f64> {
    found.parts.iter().find(|part| part.code == code).and_then(|part| part.value)
}

/// A count among the inputs.
fn whole(inputs: &Inputs, indicator: I) -> Option<u64> {
    inputs.get(&indicator).and_then(|value| u64::try_from(value / PARTS).ok())
}

/// The number of ten-thousandths.
#[expect(clippy::cast_precision_loss, reason = "counts and points lie far below 2⁵³ ten-thousandths")]
pub fn number(value: i64) -> f64 {
    value as f64 / PARTS as f64
}

#[expect(clippy::cast_precision_loss, reason = "counts of dossiers lie far below 2⁵³")]
fn share(part: u64, of: u64) -> Option<f64> {
    (of > 0).then(|| part as f64 / of as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::scheme::{embedded, in_force};
    use crate::words::Day;

    fn scheme(code: &str) -> Scheme {
        in_force(&embedded().unwrap(), code, Day::of(2026, 9, 14).unwrap()).unwrap().clone()
    }

    fn of(values: &[(I, f64)]) -> Inputs {
        #[expect(clippy::cast_possible_truncation, reason = "small numbers of a test")]
        values.iter().map(|(indicator, value)| (*indicator, (value * 10_000.0).round() as i64)).collect()
    }

    fn dossiers(late: f64, complained: f64, all: f64) -> Rated {
        let inputs = of(&[(I::Qd766Dossiers, all), (I::Qd766Late, late), (I::Qd766Complained, complained)]);
        qd766(&scheme("qd766_2022"), &inputs).unwrap().procedures
    }

    fn close(found: Option<f64>, expected: f64) -> bool {
        found.is_some_and(|found| (found - expected).abs() < 1e-9)
    }

    #[test]
    fn ninety_per_cent_gives_all_points_and_less_gives_its_part() {
        for (late, complained, rate, points) in
            [(10.0, 9.0, 0.81, 5.4), (6.0, 4.0, 0.9, 6.0), (2.0, 1.0, 0.97, 6.0), (100.0, 0.0, 0.0, 0.0)]
        {
            let found = dossiers(late, complained, 100.0);
            assert!(close(found.rate, rate) && close(found.points, points), "{found:?}");
        }
        let none = dossiers(0.0, 0.0, 0.0);
        assert_eq!((none.rate, none.points, none.not_applicable), (None, None, true));
        // A dossier that is late and complained about counts twice, as the rule is written; a rate is never below 0.
        assert!(close(dossiers(60.0, 50.0, 100.0).rate, 0.0));
    }

    #[test]
    fn late_dossiers_explain_nearly_all_of_index_766() {
        let inputs = of(&[(I::Qd766Dossiers, 464_494.0), (I::Qd766Late, 61_478.0), (I::Qd766Complained, 130.0)]);
        let found = qd766(&scheme("qd766_2022"), &inputs).unwrap();
        assert!(
            (found.procedures.rate.unwrap() - 0.8674).abs() < 5e-5 && (found.in_time.unwrap() - 0.8676).abs() < 5e-5
        );
        assert!((found.procedures.points.unwrap() - 5.78).abs() < 5e-3);
        assert_eq!((found.on_time.rate, found.on_time.points, found.total), (None, None, None));
    }

    #[test]
    fn published_points_pass_the_rule_by_and_all_groups_make_the_total() {
        let mut inputs = of(&[
            (I::Qd766Complaints, 50.0),
            (I::Qd766ComplaintsOnTime, 50.0),
            (I::Qd766ComplaintsDissatisfied, 5.0),
            (I::Qd766Dossiers, 100.0),
            (I::Qd766Late, 10.0),
            (I::Qd766Complained, 9.0),
            (I::Qd766PointsOpenness, 15.5),
            (I::Qd766PointsProgress, 18.0),
            (I::Qd766PointsDigitalFiles, 20.25),
            (I::Qd766PointsOnlineService, 11.0),
        ]);
        let found = qd766(&scheme("qd766_2022"), &inputs).unwrap();
        assert!(close(found.on_time.points, 6.0) && close(found.satisfied.rate, 0.9) && close(found.group, 16.8));
        assert_eq!(found.total, None, "online payment is missing");
        inputs.extend(of(&[(I::Qd766PointsOnlinePayment, 8.5), (I::Qd766PointsProcedures, 5.0)]));
        let found = qd766(&scheme("qd766_2022"), &inputs).unwrap();
        assert!(
            close(found.procedures.points, 5.0) && close(found.procedures.rate, 0.81) && found.procedures.is_published
        );
        assert!(close(found.total, 15.5 + 18.0 + 20.25 + 11.0 + 8.5 + 6.0 + 5.4 + 5.0), "{found:?}");
    }

    #[test]
    fn appraised_points_make_the_band_and_its_lower_edge_belongs_to_it() {
        let rating = scheme("tt01_2018");
        let band = |total: f64| {
            let inputs: Vec<(I, f64)> =
                (0..9_i16).map(|at| (I::from_code(APPRAISED + at).unwrap(), total / 9.0)).collect();
            let mut inputs = of(&inputs);
            // Nine rounded ninths: the last one takes what is left.
            #[expect(clippy::cast_possible_truncation, reason = "small numbers of a test")]
            let whole = (total * 10_000.0).round() as i64;
            let rest: i64 = inputs.values().sum();
            *inputs.get_mut(&I::Tt01Appraised9).unwrap() += whole - rest;
            tt01(&rating, &inputs).unwrap().band.unwrap()
        };
        let found = [15.0, 14.99, 12.0, 9.0, 6.0, 5.99].map(band);
        assert_eq!(found, ["excellent", "good", "good", "fair", "average", "weak"]);
        let own: Vec<(I, f64)> = (0..9_i16).map(|at| (I::from_code(OWN + at).unwrap(), 2.0)).collect();
        let found = tt01(&rating, &of(&own)).unwrap();
        assert!(close(found.own, 18.0) && found.appraised.is_none() && found.band.is_none(), "{found:?}");
        assert!(tt01(&rating, &of(&[(I::Tt01Appraised1, 2.01)])).is_err());
    }
}
