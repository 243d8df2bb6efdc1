//! The value of an index from the values of its parts.
//!
//! A group's value follows its formula; a rate becomes points by the conversion of its part. Where a part has no value the
//! scheme says whether it leaves, so that the rest of its group is scaled up to the group's weight or maximum, or whether
//! the group has no value then. A group keeps its weight as long as one of its parts has a value. A linear index is a constant plus Σ k r over its items' rates r, so its variance is
//! Σ Σ k k' cov(r, r').

use super::component::{Component, Conversion};
use super::covariance::Covariances;
use super::definition::{Formula, MissingRule, Published, Scheme};
use super::evaluation::{Absence, Evaluation, Lack, PartValue, Refusal, Warning};
use super::input::{Checked, Given, InputProblem, Item, Worth, check, real};

/// Counts, for items by their codes, the persons whose every answer is satisfied, and all persons with an answer.
pub(super) type Persons<'a> = &'a dyn Fn(&[&str]) -> (u64, u64);

/// The value of a group.
struct Value {
    number: f64,
    /// Places and coefficients of items; `None` where the value is not linear in them.
    terms: Option<Vec<(usize, f64)>>,
    pooled: Option<(f64, f64)>,
    persons: Option<(u64, u64)>,
}

impl Value {
    fn linear(number: f64, terms: Vec<(usize, f64)>) -> Self {
        Self { number, terms: Some(terms), pooled: None, persons: None }
    }

    fn scaled(mut self, factor: f64) -> Self {
        self.number *= factor;
        for (_, k) in self.terms.iter_mut().flatten() {
            *k *= factor;
        }
        self
    }
}

/// A scheme with the items of one index.
struct Work<'a> {
    scheme: &'a Scheme,
    items: Vec<Checked>,
    persons: Option<Persons<'a>>,
}

impl Scheme {
    /// The value of the index from the values of its parts: a share from 0 to 1, or points from 0 to the maximum.
    ///
    /// Without an item, or with none that applies, there is no value; one answer is a value like any other, and says
    /// nothing of its precision. With the covariance of the items' rates, by their codes, a linear index has a variance. Refuses items that do not
    /// fit the scheme, all at once; an index without a value says why in [`Evaluation::refusal`].
    pub fn evaluate(&self, items: &[Item], covariances: Option<&Covariances>) -> Result<Evaluation, Vec<InputProblem>> {
        self.evaluate_with(items, None).map(|found| match covariances {
            Some(covariances) => found.with_variance(covariances),
            None => found,
        })
    }

    pub(super) fn evaluate_with(
        &self,
        items: &[Item],
        persons: Option<Persons<'_>>,
    ) -> Result<Evaluation, Vec<InputProblem>> {
        let (items, warnings) = check(self, items)?;
        Ok(Work { scheme: self, items, persons }.evaluation(warnings))
    }
}

impl Work<'_> {
    fn evaluation(&self, mut warnings: Vec<Warning>) -> Evaluation {
        let scheme = self.scheme;
        let missing = self.missing(None);
        let found = self.group(None);
        if !missing.is_empty() && found.is_ok() {
            warnings.push(Warning::ScaledUp);
        }
        let refusal = match &found {
            Ok(_) => None,
            Err(Lack::Refused(refusal)) => Some(refusal.clone()),
            Err(Lack::Absent(_)) => Some(Refusal::NothingGiven),
        };
        let found = found.ok();
        let value = found.as_ref().map(|value| value.number.clamp(0.0, scheme.maximum()));
        let coefficients = found.as_ref().and_then(|value| value.terms.as_ref()).map(|terms| {
            let code = |place: usize| self.items.get(place).map(|item| item.code.clone()).unwrap_or_default();
            terms.iter().map(|(place, k)| (code(*place), *k)).collect()
        });
        Evaluation {
            scheme: scheme.name().clone(),
            measure: scheme.measure(),
            formula: scheme.formula().word(),
            value,
            refusal,
            maximum: scheme.maximum(),
            band: value.and_then(|value| scheme.band(value)).map(|band| band.code.clone()),
            variance: None,
            coefficients,
            pooled: found.as_ref().and_then(|value| value.pooled),
            persons: found.as_ref().and_then(|value| value.persons),
            parts: self.parts(),
            missing,
            missing_rule: scheme.missing(),
            unsourced: unsourced(scheme, value),
            warnings,
        }
    }

    fn parts(&self) -> Vec<PartValue> {
        let part = |(place, component): (usize, &Component)| {
            let value = self.group(Some(place));
            let answers: Option<f64> = self.items_below(Some(place)).map(|(_, item)| answers(item)).sum();
            let lack = value.as_ref().err().cloned();
            PartValue {
                code: component.code.clone(),
                depth: component.depth,
                formula: component.formula.map(Formula::word).or(component.conversion.as_ref().map(Conversion::word)),
                value: value.ok().map(|value| value.number.clamp(0.0, component.maximum.unwrap_or(1.0))),
                maximum: component.maximum,
                answers: answers.filter(|n| *n > 0.0).and_then(whole),
                lack,
                sourced: component.standing.sourced,
            }
        };
        self.scheme.components().iter().enumerate().filter(|(_, component)| !component.beside).map(part).collect()
    }

    fn items_below(&self, at: Option<usize>) -> impl Iterator<Item = (usize, &Checked)> {
        self.items.iter().enumerate().filter(move |(_, item)| self.scheme.lies_below(item.component, at))
    }

    /// Items without a value and parts without an item.
    fn missing(&self, at: Option<usize>) -> Vec<(String, Absence)> {
        let mut missing = Vec::new();
        for (place, component) in self.scheme.components().iter().enumerate() {
            if component.formula.is_some() || !self.scheme.lies_below(place, at) {
                continue;
            }
            let before = missing.len();
            let mut given = false;
            for item in self.items.iter().filter(|item| item.component == place) {
                match item.worth {
                    Worth::Absent(absence) => missing.push((item.code.clone(), absence)),
                    _ => given = true,
                }
            }
            if !given && missing.len() == before {
                missing.push((component.code.clone(), Absence::NotGiven));
            }
        }
        missing
    }

    /// The value of a part, or of the index.
    fn group(&self, at: Option<usize>) -> Result<Value, Lack> {
        let Some(component) = at.and_then(|place| self.scheme.components().get(place)) else {
            return self.by(self.scheme.formula(), None, self.scheme.maximum());
        };
        let maximum = component.maximum.unwrap_or(1.0);
        if let Some(points) = self.awarded(at) {
            return Ok(Value::linear(points, Vec::new()));
        }
        let value = self.by(component.formula.unwrap_or(Formula::MeanOfItems), at, maximum)?;
        Ok(match &component.conversion {
            None => value,
            Some(Conversion::ProportionalToTarget(target)) => {
                Value { number: (value.number * maximum / target).min(maximum), terms: None, ..value }
            }
            Some(_) => value.scaled(maximum),
        })
    }

    /// Points that were awarded to a part without parts.
    fn awarded(&self, at: Option<usize>) -> Option<f64> {
        self.items.iter().filter(|item| Some(item.component) == at).find_map(|item| match item.worth {
            Worth::Points(points) => Some(points),
            _ => None,
        })
    }

    fn by(&self, formula: Formula, at: Option<usize>, maximum: f64) -> Result<Value, Lack> {
        match formula {
            Formula::MeanOfItems => self.mean_of_items(at),
            Formula::PooledAnswers => self.pooled(at),
            Formula::PersonsAllSatisfied => self.all_satisfied(at),
            Formula::MeanOfFactors => self.weighted(at, |_| 1.0),
            Formula::Weighted => self.weighted(at, |component| component.weight.unwrap_or(0.0)),
            Formula::SumOfPoints => self.sum(at, maximum),
        }
    }

    /// Rates of the items below, as the missing rule allows.
    fn rates(&self, at: Option<usize>) -> Result<Vec<(usize, &Checked, f64)>, Lack> {
        let missing = self.missing(at);
        let mut rates = Vec::new();
        for (place, item) in self.items_below(at) {
            match item.worth {
                Worth::Rate { rate, .. } => rates.push((place, item, rate)),
                Worth::Unvalued => return Err(Lack::Refused(Refusal::NotEstablished { component: item.code.clone() })),
                Worth::Points(_) | Worth::Absent(_) => {}
            }
        }
        match missing.first() {
            Some((component, _)) if self.scheme.missing() == MissingRule::Refuse && !rates.is_empty() => {
                Err(Lack::Refused(Refusal::Missing { component: component.clone() }))
            }
            _ if rates.is_empty() => Err(Lack::Absent(absence(&missing))),
            _ => Ok(rates),
        }
    }

    fn mean_of_items(&self, at: Option<usize>) -> Result<Value, Lack> {
        let rates = self.rates(at)?;
        let each = 1.0 / rates.iter().map(|_| 1.0).sum::<f64>();
        let number = rates.iter().map(|(_, _, rate)| rate * each).sum();
        Ok(Value::linear(number, rates.iter().map(|(place, _, _)| (*place, each)).collect()))
    }

    fn pooled(&self, at: Option<usize>) -> Result<Value, Lack> {
        let (mut part, mut whole) = (0.0, 0.0);
        for (_, item, _) in self.rates(at)? {
            let Worth::Rate { of: Some((satisfied, answers)), .. } = item.worth else {
                return Err(Lack::Refused(Refusal::NeedsCounts { item: item.code.clone() }));
            };
            part += satisfied;
            whole += answers;
        }
        Ok(Value { number: part / whole, terms: None, pooled: Some((part, whole)), persons: None })
    }

    fn all_satisfied(&self, at: Option<usize>) -> Result<Value, Lack> {
        let Some(persons) = self.persons else { return Err(Lack::Refused(Refusal::NeedsAnswers)) };
        let codes: Vec<&str> = self.rates(at)?.iter().map(|(_, item, _)| item.code.as_str()).collect();
        let (satisfied, all) = persons(&codes);
        if all == 0 {
            return Err(Lack::Absent(Absence::NotApplicable));
        }
        let persons = Some((satisfied, all));
        Ok(Value { number: real(satisfied) / real(all), terms: None, pooled: None, persons })
    }

    /// Values of the direct parts, as the missing rule allows.
    fn direct(&self, at: Option<usize>) -> Result<Vec<(&Component, Value)>, Lack> {
        let mut values = Vec::new();
        let mut absent = Vec::new();
        for (place, component) in self.scheme.parts_of(at) {
            match self.group(Some(place)) {
                Ok(value) => values.push((component, value)),
                Err(Lack::Absent(absence)) => absent.push((component.code.clone(), absence)),
                Err(refused) => return Err(refused),
            }
        }
        match absent.first() {
            Some((component, _)) if self.scheme.missing() == MissingRule::Refuse && !values.is_empty() => {
                Err(Lack::Refused(Refusal::Missing { component: component.clone() }))
            }
            _ if values.is_empty() => Err(Lack::Absent(absence(&absent))),
            _ => Ok(values),
        }
    }

    fn weighted(&self, at: Option<usize>, weight: impl Fn(&Component) -> f64) -> Result<Value, Lack> {
        let values = self.direct(at)?;
        let total: f64 = values.iter().map(|(component, _)| weight(component)).sum();
        Ok(joined(values.into_iter().map(|(component, value)| value.scaled(weight(component) / total))))
    }

    fn sum(&self, at: Option<usize>, maximum: f64) -> Result<Value, Lack> {
        let values = self.direct(at)?;
        let present: f64 = values.iter().filter_map(|(component, _)| component.maximum).sum();
        let all: f64 = self.scheme.parts_of(at).filter_map(|(_, component)| component.maximum).sum();
        let joined = joined(values.into_iter().map(|(_, value)| value));
        // Without a gap nothing is multiplied, so that awarded points stay what they are.
        Ok(if present < all { joined.scaled(maximum / present) } else { joined })
    }
}

fn joined(values: impl Iterator<Item = Value>) -> Value {
    let mut whole = Value::linear(0.0, Vec::new());
    for value in values {
        whole.number += value.number;
        whole.terms = whole.terms.zip(value.terms).map(|(mut terms, more)| {
            terms.extend(more);
            terms
        });
    }
    whole
}

fn absence(missing: &[(String, Absence)]) -> Absence {
    let not_given = missing.iter().any(|(_, absence)| *absence == Absence::NotGiven);
    if not_given || missing.is_empty() { Absence::NotGiven } else { Absence::NotApplicable }
}

fn answers(item: &Checked) -> Option<f64> {
    match item.worth {
        Worth::Rate { of, .. } => of.map(|(_, whole)| whole),
        Worth::Absent(_) => Some(0.0),
        Worth::Points(_) | Worth::Unvalued => None,
    }
}

fn unsourced(scheme: &Scheme, value: Option<f64>) -> Vec<String> {
    let index = (!scheme.standing().sourced).then(|| "index".to_owned());
    let parts = scheme.components().iter().filter(|component| !component.standing.sourced && !component.beside);
    let band = value.and_then(|value| scheme.band(value)).filter(|band| !band.standing.sourced);
    let band = band.map(|band| format!("band {}", band.code));
    index.into_iter().chain(parts.map(|component| component.code.clone())).chain(band).collect()
}

/// A whole number of answers.
fn whole(number: f64) -> Option<u64> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a sum of counts, checked to be one")]
    (0.0..9e15).contains(&number).then_some(number.round() as u64)
}

/// Whether a scheme gives a published value from its published parts, as far as rounding allows.
pub(super) fn reproduces(scheme: &Scheme, published: &Published) -> Result<(), String> {
    let item = |(place, value): &(usize, f64)| {
        let component = scheme.components().get(*place)?;
        let points = component.maximum.map(|_| Given::Points(*value));
        Some(Item::of(&component.code, points.unwrap_or(Given::Share { share: *value, n: None })))
    };
    let items: Vec<Item> = published.parts.iter().filter_map(item).collect();
    let found = scheme.evaluate(&items, None).map_err(|problems| {
        let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
        format!("“{}” does not fit the scheme: {}", published.label, problems.join("; "))
    })?;
    let Some(value) = found.value else {
        let why = found.refusal.map(|refusal| refusal.to_string()).unwrap_or_default();
        return Err(format!("“{}” has no value by this scheme: {why}", published.label));
    };
    let slopes: f64 = found.coefficients.iter().flatten().map(|(_, k)| k.abs()).sum();
    let points: f64 = found.parts.iter().filter(|part| part.formula == Some("awarded")).map(|_| 1.0).sum();
    let allowed = published.rounded_to / 2.0 * (1.0 + slopes + points) + 1e-9;
    if (value - published.value).abs() <= allowed {
        return Ok(());
    }
    let what = "another formula or other weights were used; correct the scheme";
    Err(format!(
        "the scheme gives {value:.6} where {} was published for “{}”: {what}",
        published.value, published.label
    ))
}
