//! Series of other bodies as readers get them: worded changes, charts, the rows of their tables.

use super::charts::{HistoryChart, HistoryScale, HistoryYear, TrendBreak};
use crate::index::official::number;
use crate::index::published::{Broken, History, PublishedValue, Step, Year};
use crate::index::scheme::Reason;
use crate::text::figure::measure_name;
use crate::text::history::{self as words, Changed, LevelChange, RankChange, change_sentence};
use crate::words::{Lang, PARTS, SeriesKind};

/// Name of a series: its measure and its place.
pub fn title(lang: Lang, history: &History<'_>) -> String {
    format!("{}: {}", measure_name(history.measure).get(lang), history.place)
}

/// A value as people read it, with the words that stand beside it or in its place.
pub fn shown(lang: Lang, value: &PublishedValue) -> String {
    let number = bare(lang, value);
    let note = value.note.as_ref().map(|note| note.get(lang));
    match (number, note) {
        (Some(number), Some(note)) => format!("{number} ({note})"),
        (Some(number), None) => number,
        (None, note) => note.unwrap_or("–").to_owned(),
    }
}

/// The number of a value as people read it, without the words beside it; `None` where there are only words.
pub fn bare(lang: Lang, value: &PublishedValue) -> Option<String> {
    value.number().map(|number| match (value.kind, rank_of(value)) {
        (SeriesKind::Rank, Some(rank)) => words::rank(lang, rank, value.rank_of.and_then(|of| u64::try_from(of).ok())),
        (kind, _) => words::shown(lang, kind, number, value.decimals),
    })
}

fn rank_of(value: &PublishedValue) -> Option<u64> {
    value.value.filter(|_| value.kind == SeriesKind::Rank).and_then(|rank| u64::try_from(rank / PARTS).ok())
}

/// What changed up to a year, for the sentence about it.
pub fn changed(lang: Lang, year: &Year<'_>) -> Changed {
    Changed {
        year: year.year,
        level: year.level.zip(year.level_step).map(|(value, step)| level(value.kind, step)),
        rank: year.rank_step.map(rank),
        broken: year.broken.as_ref().map(|broken| (broken.since, reasons(lang, broken))),
    }
}

/// A change of points or of a share.
pub fn level(kind: SeriesKind, step: Step) -> LevelChange {
    LevelChange { kind, since: step.since, by: number(step.by), decimals: step.decimals }
}

/// A change of a rank.
pub const fn rank(step: Step) -> RankChange {
    RankChange { since: step.since, gained: step.by }
}

/// Why nothing is compared across a break: the reason somebody declared, or what differs.
pub fn reasons(lang: Lang, broken: &Broken) -> Vec<String> {
    let declared = broken.reasons.iter().filter_map(|reason| match reason {
        Reason::Declared { reason } => Some(reason.get(lang).to_owned()),
        _ => None,
    });
    let declared: Vec<String> = declared.collect();
    if !declared.is_empty() {
        return declared;
    }
    let word = |reason: &Reason| match reason {
        Reason::Frame { .. } => words::FRAME_DIFFERS,
        Reason::Questionnaire { .. } => words::METHOD_DIFFERS,
        Reason::Mode { .. } => words::RANKS_DIFFER,
        Reason::Measure { .. } => words::MEASURE_DIFFERS,
        _ => words::OTHERWISE,
    };
    broken.reasons.iter().map(|reason| word(reason).get(lang).to_owned()).collect()
}

/// The charts of a series: points or shares, and ranks apart.
pub fn charts(lang: Lang, history: &History<'_>) -> Vec<HistoryChart> {
    let level: fn(&Year<'_>) -> Option<PublishedValue> = |year| year.level.cloned();
    let rank: fn(&Year<'_>) -> Option<PublishedValue> = |year| year.rank.cloned();
    [("muc", level), ("hang", rank)].into_iter().filter_map(|(id, of)| chart(lang, history, id, of)).collect()
}

fn chart(
    lang: Lang,
    history: &History<'_>,
    id: &str,
    of: fn(&Year<'_>) -> Option<PublishedValue>,
) -> Option<HistoryChart> {
    let known: Vec<(&Year<'_>, PublishedValue)> =
        history.years.iter().filter_map(|year| Some((year, of(year)?))).collect();
    if !known.iter().any(|(_, value)| value.value.is_some()) {
        return None;
    }
    let (first, last) = (known.first()?.0.year, known.last()?.0.year);
    let kind = known.first()?.1.kind;
    let most = known.iter().filter_map(|(_, value)| value.rank_of).max().and_then(|of| u16::try_from(of).ok());
    let year = |year: i16| {
        let value = known.iter().find(|(known, _)| known.year == year).map(|(_, value)| value);
        HistoryYear {
            label: year.to_string().into(),
            value: value.and_then(|value| Some((value.number()?, plain(lang, value).into()))),
            note: value.filter(|value| value.value.is_none()).map(|value| shown(lang, value).into()),
        }
    };
    let breaks = known.iter().filter_map(|(year, _)| {
        year.broken.as_ref()?;
        let reason = change_sentence(lang, &changed(lang, year))?.into();
        Some(TrendBreak { before: usize::try_from(year.year - first).ok()?, reason })
    });
    let axis = match kind {
        SeriesKind::Points => words::POINTS,
        SeriesKind::Percent => words::PERCENT,
        SeriesKind::Rank => words::RANK,
    };
    let name = title(lang, history);
    let (from, to) = (first.to_string(), last.to_string());
    Some(HistoryChart {
        id: format!("{}-{id}", plain_id(history.code)).into(),
        title: format!("{name}. {}", axis.get(lang)).into(),
        description: words::description(lang, &name, &from, &to).into(),
        axis: axis.get(lang).into(),
        scale: if kind == SeriesKind::Rank { HistoryScale::Ranks(most.unwrap_or(2)) } else { HistoryScale::Hundred },
        years: (first..=last).map(year).collect(),
        breaks: breaks.collect(),
        legend: words::LEGEND.get(lang).into(),
    })
}

/// The number at a point of a chart, whose axis says its unit.
fn plain(lang: Lang, value: &PublishedValue) -> String {
    let number = value.number().unwrap_or_default();
    match value.kind {
        SeriesKind::Points => crate::text::number::decimal(lang, number, value.decimals.into()),
        kind => words::shown(lang, kind, number, value.decimals),
    }
}

/// A code as an id inside a drawing.
pub fn plain_id(code: &str) -> String {
    let letter = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '-' };
    let code: String = code.chars().map(letter).collect();
    format!("s-{code}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::published::{histories, tests::lai_chau};
    use crate::publish::charts::history;

    #[test]
    fn points_and_ranks_have_a_chart_each_and_the_sentence_of_2015_concludes_nothing() {
        let values = lai_chau();
        let found = histories(&values);
        let charts = charts(Lang::Vi, &found[0]);
        assert_eq!(
            charts.iter().map(|chart| chart.scale).collect::<Vec<_>>(),
            [HistoryScale::Hundred, HistoryScale::Ranks(63)]
        );
        let drawn = history(&charts[0]).into_string();
        assert!(drawn.contains("66,46") && !drawn.contains(">59<"), "{drawn}");
        let told = change_sentence(Lang::Vi, &changed(Lang::Vi, &found[0].years[3])).unwrap();
        assert!(told.contains("+2,37 điểm, giảm 6 bậc: hai số đo đi ngược nhau"), "{told}");
    }

    #[test]
    fn values_are_read_with_unit_rank_and_words() {
        let values = lai_chau();
        let read: Vec<String> = values[..2].iter().map(|value| shown(Lang::Vi, value)).collect();
        assert_eq!(read, ["66,46 điểm", "59/63"]);
        let note = crate::index::scheme::Bilingual { vi: "trong nhóm 5 thấp nhất".to_owned(), en: "x".to_owned() };
        let words = PublishedValue { value: None, note: Some(note), ..values[1].clone() };
        assert_eq!(shown(Lang::Vi, &words), "trong nhóm 5 thấp nhất");
        assert_eq!(plain_id("a.b_c"), "s-a-b-c");
    }
}
