//! The figures of a unit as pages show them, held in memory as long as nothing changes.

mod funnel;
mod load;
mod moved;
mod parts;
mod ranks;
mod runs;
mod series;
mod wider;

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use crate::index::{Applicable, Estimate, Importance, PeriodState, Source, Target};
use crate::questionnaire::Tally;
use crate::registry::disputes::DisputedMonth;
use crate::registry::{InstalledEdition, Snapshot};
use crate::store::Database;
use crate::store::places::UnitVersion;
use crate::words::{Day, FieldId, Level, Measure, Period, UnitGroup, UnitId, UnitKind};

pub use funnel::{FunnelFigures, FunnelLimits, FunnelPoint};
pub use moved::{ExcludedForms, MovedFigures, MovedForms, MovedSource};
pub use ranks::UnitRanks;
pub use series::{Series, SeriesBreak, SeriesPoint, Why};
pub use wider::{Wider, WiderFigures};

/// Units and periods held at most; beyond it everything is forgotten and read again.
const MOST_HELD: usize = 4_000;

/// The figures of one unit in one period.
#[derive(Debug, Clone)]
pub struct UnitFigures {
    /// The unit as it is on the last day of the period (or today).
    pub unit: UnitVersion,
    /// The units above it, the nearest first.
    pub above: Vec<UnitVersion>,
    /// The period: whole half-months.
    pub period: Period,
    /// Whether it still runs.
    pub state: PeriodState,
    /// Last day that is counted, where any is.
    pub counted_through: Option<Day>,
    /// Which answers alone are counted.
    pub only: Only,
    /// Name of the field, where one alone is counted.
    pub field_name: Option<String>,
    /// Which of the satisfaction numbers the figures are.
    pub measure: Measure,
    /// All numbers with answers of the unit, or of a unit below, in the period.
    pub measures: Vec<Measure>,
    /// The edition the figures are of: the latest of its measure with answers in the period.
    pub edition: Option<Arc<InstalledEdition>>,
    /// First day of an edition that only corrects the one before and joined the period's figures without a break.
    pub corrected: Option<Day>,
    /// Other questionnaires of the measure with answers in the period: never added to the figures.
    pub others: Vec<OtherFigures>,
    /// Estimates and counts of the headline and of each level with answers; the composite comes first in each.
    pub sources: Vec<SourceFigures>,
    /// Targets for shares, of the unit itself or its nearest ancestor that has one.
    pub targets: OwnedTargets,
    /// Targets for single fields, by the name of the field.
    pub field_targets: Vec<(String, OwnedTargets)>,
    /// Targets for minutes.
    pub minutes: OwnedTargets,
    /// Dossiers returned in the period, where they are known.
    pub transactions: Option<u64>,
    /// One-time tickets given out in the period, where any were.
    pub offered: Option<u64>,
    /// The units below, by code.
    pub children: Vec<ChildFigures>,
    /// The units below pooled by what they are, where a group has more than one unit.
    pub groups: Vec<GroupFigures>,
    /// The units below around their common level; of the headline.
    pub funnel: Option<FunnelFigures>,
    /// Between which ranks the units below may stand; of the headline.
    pub ranks: Vec<UnitRanks>,
    /// By field, where more than one is told apart; headline only.
    pub fields: Vec<PartFigures>,
    /// As the deciding office: of dossiers it decided, wherever in the province they were received; headline only.
    pub decided: Option<PartFigures>,
    /// Who decided the dossiers received here, where more than one office is told apart; headline only.
    pub deciders: Vec<PartFigures>,
    /// What two persons decided to count elsewhere, raw beside cleaned.
    pub moved: Option<MovedFigures>,
    /// Wider views, where the unit alone has too few answers in the period.
    pub wider: Vec<WiderFigures>,
    /// Months of the period in which the figure by tickets is set aside.
    pub disputed: Vec<DisputedMonth>,
    /// The months of the year.
    pub months: Series,
    /// The quarters of this year and the two before.
    pub quarters: Series,
}

/// The figures of one source.
#[derive(Debug, Clone)]
pub struct SourceFigures {
    /// Headline or level.
    pub source: Source,
    /// Forms counted.
    pub forms: u64,
    /// Counts.
    pub tally: Tally,
    /// Estimates; the composite first.
    pub estimates: Vec<Estimate>,
    /// The criteria between importance and performance, where enough is known.
    pub importance: Vec<Importance>,
}

/// The composite of another questionnaire in the same period.
#[derive(Debug, Clone)]
pub struct OtherFigures {
    /// Its latest edition.
    pub edition: Arc<InstalledEdition>,
    /// Composite of its headline, where there are answers.
    pub headline: Option<Estimate>,
    /// Composite of its open feedback, where there are answers.
    pub open: Option<Estimate>,
}

/// The figures of a unit below.
#[derive(Debug, Clone)]
pub struct ChildFigures {
    /// The unit.
    pub unit: UnitVersion,
    /// The composite of the headline, where there are answers.
    pub headline: Option<Estimate>,
    /// The composite of open feedback, where there are answers.
    pub open: Option<Estimate>,
    /// The rated items of the headline, in the order of the form; of open feedback where there is no headline.
    pub items: Vec<Estimate>,
    /// Targets in force for it.
    pub targets: OwnedTargets,
    /// Dossiers returned in the period.
    pub transactions: Option<u64>,
}

/// Units that stand together, pooled: the sum of their own figures.
#[derive(Debug, Clone)]
pub struct GroupFigures {
    /// Which.
    pub group: UnitGroup,
    /// How many units.
    pub units: usize,
    /// Composite of the headline, where there are answers.
    pub headline: Option<Estimate>,
    /// Composite of open feedback, where there are answers.
    pub open: Option<Estimate>,
}

/// A part of a unit's figures.
#[derive(Debug, Clone)]
pub struct PartFigures {
    /// What it is the part of.
    pub part: PartName,
    /// Composite and items of the headline; the composite first.
    pub estimates: Vec<Estimate>,
    /// Targets in force for it.
    pub targets: OwnedTargets,
}

/// What a part is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PartName {
    /// A field of administration.
    Field(FieldId, String),
    /// An office that decides.
    Decider(UnitVersion),
    /// Answers that do not know it: a counter QR knows neither procedure nor deciding office.
    Unknown,
    /// Too few to be split off.
    NotSplit,
}

/// Targets that concern a figure.
#[derive(Debug, Clone, Default)]
pub struct OwnedTargets {
    /// In force.
    pub current: Vec<Target>,
    /// For later years.
    pub coming: Vec<Target>,
    /// In force, measure undecided.
    pub undecided: Vec<Target>,
    /// No longer in force.
    pub past: Vec<Target>,
    /// Whether those in force contradict each other.
    pub is_contradictory: bool,
}

impl From<Applicable<'_>> for OwnedTargets {
    fn from(found: Applicable<'_>) -> Self {
        let own = |targets: &[&Target]| targets.iter().map(|target| (*target).clone()).collect();
        Self {
            is_contradictory: found.is_contradictory(),
            current: own(&found.current),
            coming: own(&found.coming),
            undecided: own(&found.undecided),
            past: own(&found.past),
        }
    }
}

impl UnitFigures {
    /// Whether the unit is a line agency: shown apart, never counted in the province's figure.
    pub fn is_line_agency(&self) -> bool {
        self.unit.kind == UnitKind::Line || self.above.iter().any(|unit| unit.kind == UnitKind::Line)
    }

    /// The figures of a source.
    pub fn source(&self, source: Source) -> Option<&SourceFigures> {
        self.sources.iter().find(|figures| figures.source == source)
    }
}

/// What is asked for: whose figures, when, of which measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Asked {
    /// Unit.
    pub unit: UnitId,
    /// Whole half-months.
    pub period: Period,
    /// Measure; counters where there are answers to them, otherwise the first with answers.
    pub measure: Option<Measure>,
    /// Some of the answers alone.
    pub only: Only,
    /// Whether the period is one that rolls on with the days.
    pub rolls: bool,
}

impl Asked {
    /// All answers of a unit in a period that has a beginning and an end.
    pub const fn all(unit: UnitId, period: Period, measure: Option<Measure>) -> Self {
        Self { unit, period, measure, only: Only::ALL, rolls: false }
    }
}

/// Which answers alone are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Only {
    /// Those of one level.
    pub level: Option<Level>,
    /// Those about one field; answers that do not know theirs are not among them.
    pub field: Option<FieldId>,
}

impl Only {
    /// All of them.
    pub const ALL: Self = Self { level: None, field: None };

    /// Which source the figure is of that stands for all of them.
    pub(crate) const fn source(self) -> Source {
        match self.level {
            None | Some(Level::D) => Source::Headline,
            Some(level) => Source::Level(level),
        }
    }
}

/// Figures held in memory: one revision of the installation, one day.
#[derive(Debug, Default)]
pub struct Figures {
    held: Mutex<Held>,
}

#[derive(Debug, Default)]
struct Held {
    revision: i64,
    today: Option<Day>,
    figures: HashMap<Asked, Arc<UnitFigures>>,
}

impl Figures {
    /// The figures of a unit in a period of whole half-months.
    pub async fn of_unit(
        &self,
        db: &Database,
        snapshot: &Snapshot,
        asked: Asked,
        today: Day,
    ) -> anyhow::Result<Arc<UnitFigures>> {
        // A simulated installation shows the open day, which changes without a new revision.
        let may_hold = !snapshot.installation.simulated;
        if may_hold && let Some(held) = self.held(snapshot.installation.revision, today, asked) {
            return Ok(held);
        }
        let figures = Arc::new(load::load(db, snapshot, asked, today).await?);
        if may_hold {
            let mut held = self.held.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            if held.revision == snapshot.installation.revision && held.today == Some(today) {
                if held.figures.len() >= MOST_HELD {
                    held.figures.clear();
                }
                held.figures.insert(asked, figures.clone());
            }
        }
        Ok(figures)
    }

    fn held(&self, revision: i64, today: Day, asked: Asked) -> Option<Arc<UnitFigures>> {
        let mut held = self.held.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if held.revision != revision || held.today != Some(today) {
            *held = Held { revision, today: Some(today), figures: HashMap::new() };
        }
        held.figures.get(&asked).cloned()
    }
}
