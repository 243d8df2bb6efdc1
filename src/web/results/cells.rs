//! The cells of a figure in a table: answers, estimate, interval, verdict, through the same gate everywhere.

use super::verdict_words::{brief, held, mark, standing};
use crate::index::{Basis, Estimate};
use crate::publish::visible::{Visible, visible};
use crate::text::figure::note::from_to;
use crate::text::figures::NO_FIGURE;
use crate::text::number::{count, share};
use crate::text::{chart, parts};
use crate::web::view::Wording;
use crate::web::view::table::Cell;
use crate::words::Lang;

/// The heads of these cells, in order.
pub(super) const HEADS: [crate::text::Say; 4] =
    [chart::HEAD_ANSWERS, chart::HEAD_ESTIMATE, chart::HEAD_INTERVAL, chart::HEAD_VERDICT];

/// Answers, estimate, interval and verdict of a share; a line agency is not judged.
pub(super) fn figure_cells(lang: Lang, estimate: Option<&Estimate>, is_line_agency: bool) -> Vec<Cell> {
    let none = || Cell::Number(NO_FIGURE.into());
    let seen = estimate.map_or(Visible::Nothing, visible);
    let Some(shown) = estimate.filter(|_| seen != Visible::Nothing) else {
        return vec![none(), none(), none(), Cell::Words(chart::EMPTY.get(lang).into())];
    };
    let held = held(shown, is_line_agency);
    let threshold = held.first().map(|one| one.threshold.value);
    let verdict = Cell::Verdict(mark(standing(shown, &held)), brief(lang, shown, &held).into());
    let n = || Cell::Number(count(lang, shown.n).into());
    match seen {
        Visible::Shown { estimate: value, interval } => {
            let limits = if shown.basis == Basis::Census && interval.high <= interval.low {
                parts::EVERYBODY_ASKED.get(lang).to_owned()
            } else {
                from_to(lang, interval.low, interval.high, threshold)
            };
            vec![n(), Cell::Number(share(lang, value).into()), Cell::Number(limits.into()), verdict]
        }
        Visible::Masked(bound) => vec![n(), Cell::Number(bound.say().get(lang).into()), none(), verdict],
        Visible::Few | Visible::NoInterval | Visible::Nothing => vec![none(), none(), none(), verdict],
    }
}

/// A share in one line: “91,6% (500 phiếu)”, its bound, or a dash.
pub(super) fn in_line(lang: Lang, estimate: Option<&Estimate>) -> Wording {
    let Some(estimate) = estimate else { return NO_FIGURE.into() };
    let value = match visible(estimate) {
        Visible::Shown { estimate, .. } => share(lang, estimate),
        Visible::Masked(bound) => bound.say().get(lang).to_owned(),
        Visible::Nothing => return NO_FIGURE.into(),
        Visible::Few | Visible::NoInterval => {
            return crate::text::figure::standing::Standing::NotPublishable.label().get(lang).into();
        }
    };
    format!("{value} ({})", crate::text::figure::note::answers(lang, estimate.n)).into()
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn texts(estimate: Option<&Estimate>) -> Vec<String> {
        let text = |cell: &Cell| match cell {
            Cell::Number(text) | Cell::Words(text) | Cell::Verdict(_, text) | Cell::Span(text) => text.to_string(),
        };
        figure_cells(Lang::Vi, estimate, false).iter().map(text).collect()
    }

    #[test]
    fn few_answers_show_neither_their_number_nor_their_share() {
        assert_eq!(texts(Some(&sample::estimate(8, 9)))[..3], ["–", "–", "–"]);
        assert_eq!(texts(Some(&sample::estimate(40, 40)))[..3], ["40", "từ 95% trở lên", "–"]);
        assert_eq!(texts(None)[3], "Chưa có số liệu trong kỳ này");
        let shown = texts(Some(&sample::estimate(450, 500)));
        assert_eq!(shown[..2], ["500", "90,0%"]);
        assert!(shown[2].starts_with("từ 87"), "{shown:?}");
    }
}
