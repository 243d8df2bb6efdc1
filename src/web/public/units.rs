//! `/don-vi`: all units, by kind and in Vietnamese order, with a search that needs no marks and knows former names.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};
use percent_encoding::percent_decode_str;

use super::unit::revalidated;
use crate::registry::{Directory, Snapshot};
use crate::store::places::UnitVersion;
use crate::text::Say;
use crate::text::search::{Wanted, sort_key};
use crate::text::{number, unit_list as words};
use crate::web::frame::{Frame, respond};
use crate::web::language;
use crate::web::respondent::refusals;
use crate::web::results::unit_page::unit_path;
use crate::web::site::Site;
use crate::web::view::page::Layout;
use crate::words::{Day, Lang, Moment, UnitId, UnitKind};

/// Units on one page at most; more have to be searched for.
const MOST: usize = 1_000;
/// Signs of a query that are read.
const LONGEST_QUERY: usize = 100;

/// `GET /don-vi`. What is searched for is answered and kept nowhere.
pub(in crate::web) async fn show(request: HttpRequest, site: web::Data<Site>) -> HttpResponse {
    let lang = language::of(&request);
    let snapshot = match site.registry.get().await {
        Ok(snapshot) => snapshot,
        Err(error) => return refusals::fault(lang, &error),
    };
    let asked = query(request.query_string());
    let main = body(lang, &found(&snapshot, &asked, Moment::now().day()), &asked);
    let path = if asked.is_empty() { words::PAGE.to_owned() } else { format!("{}?{}", words::PAGE, field(&asked)) };
    let title = words::TITLE.get(lang).into();
    let frame = Frame { lang, title, layout: Layout::Public, path: &path, both_languages: true };
    revalidated(respond(Some(&snapshot), frame, StatusCode::OK, &main))
}

/// The query in an address, blanks single; what is not UTF-8 becomes a question mark.
fn query(address: &str) -> String {
    let prefix = format!("{}=", words::FIELD);
    let value = address.split('&').find_map(|part| part.strip_prefix(prefix.as_str())).unwrap_or_default();
    let spaced = value.replace('+', " ");
    let text = percent_decode_str(&spaced).decode_utf8_lossy().replace(char::is_control, " ");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.chars().take(LONGEST_QUERY).collect()
}

/// The query as a part of an address.
fn field(query: &str) -> String {
    format!("{}={}", words::FIELD, percent_encoding::utf8_percent_encode(query, percent_encoding::NON_ALPHANUMERIC))
}

/// The groups, in the order of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Provinces,
    Departments,
    Communes,
    Centres,
    Branches,
    Lines,
    Others,
    Former,
}

impl Group {
    /// The group of a unit that exists.
    const fn of(kind: UnitKind) -> Self {
        match kind {
            UnitKind::Country | UnitKind::Province => Self::Provinces,
            UnitKind::Department => Self::Departments,
            UnitKind::Commune | UnitKind::Ward | UnitKind::SpecialZone | UnitKind::District | UnitKind::Town => {
                Self::Communes
            }
            UnitKind::Centre | UnitKind::Site => Self::Centres,
            UnitKind::Office | UnitKind::Branch => Self::Branches,
            UnitKind::Line => Self::Lines,
            UnitKind::Body => Self::Others,
        }
    }

    const fn title(self) -> Say {
        match self {
            Self::Provinces => words::PROVINCES,
            Self::Departments => words::DEPARTMENTS,
            Self::Communes => words::COMMUNES,
            Self::Centres => words::CENTRES,
            Self::Branches => words::BRANCHES,
            Self::Lines => words::LINES,
            Self::Others => words::OTHERS,
            Self::Former => words::FORMER,
        }
    }

    /// Where the page jumps to.
    const fn anchor(self) -> &'static str {
        match self {
            Self::Provinces => "tinh",
            Self::Departments => "so",
            Self::Communes => "xa",
            Self::Centres => "trung-tam",
            Self::Branches => "chi-nhanh",
            Self::Lines => "nganh-doc",
            Self::Others => "khac",
            Self::Former => "truoc-day",
        }
    }
}

/// A unit of the list.
#[derive(Debug, PartialEq, Eq)]
struct Entry<'a> {
    unit: &'a UnitVersion,
    /// The former name under which it was found.
    formerly: Option<&'a str>,
    /// Of a unit that is no more: who does its work today.
    now: Vec<&'a UnitVersion>,
}

/// What the page lists.
#[derive(Debug)]
struct Found<'a> {
    groups: BTreeMap<Group, Vec<Entry<'a>>>,
    /// How many there are, those left out included.
    total: usize,
    left_out: usize,
}

/// The units that exist, or those of all times that a query names.
fn found<'a>(snapshot: &'a Snapshot, query: &str, today: Day) -> Found<'a> {
    select(&snapshot.directory, &Wanted::of(query), today)
}

fn select<'a>(directory: &'a Directory, wanted: &Wanted, today: Day) -> Found<'a> {
    let mut groups: BTreeMap<Group, Vec<Entry<'a>>> = BTreeMap::new();
    let mut total = 0;
    for (unit, versions) in directory.units() {
        let Some((group, entry)) = entry(directory, wanted, unit, versions, today) else { continue };
        groups.entry(group).or_default().push(entry);
        total += 1;
    }
    let mut room = MOST;
    for entries in groups.values_mut() {
        entries.sort_by_cached_key(|entry| sort_key(&entry.unit.name));
        entries.truncate(room);
        room -= entries.len();
    }
    groups.retain(|_, entries| !entries.is_empty());
    Found { groups, total, left_out: total - (MOST - room) }
}

fn entry<'a>(
    directory: &'a Directory,
    wanted: &Wanted,
    unit: UnitId,
    versions: &'a [UnitVersion],
    today: Day,
) -> Option<(Group, Entry<'a>)> {
    let current = directory.unit_on(unit, today)?;
    let alive = directory.is_alive(unit, today);
    if wanted.is_empty() {
        return alive.then(|| (Group::of(current.kind), Entry { unit: current, formerly: None, now: Vec::new() }));
    }
    let names = |version: &UnitVersion| {
        let admin = version.admin_code.as_deref().unwrap_or_default();
        wanted.is_in(&[&version.name, &version.code, admin].join(" "))
    };
    let formerly = if names(current) {
        None
    } else {
        let old = versions.iter().rev().find(|version| version.name != current.name && names(version))?;
        Some(old.name.as_str())
    };
    let now = if alive { Vec::new() } else { directory.successors_on(unit, today) };
    Some((if alive { Group::of(current.kind) } else { Group::Former }, Entry { unit: current, formerly, now }))
}

fn body(lang: Lang, found: &Found<'_>, asked: &str) -> Markup {
    let size = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    let searched = !Wanted::of(asked).is_empty();
    html! {
        h1 { (words::TITLE.get(lang)) }
        p { (words::LEAD.get(lang)) }
        (search(lang, asked))
        @if searched && found.total == 0 {
            p.note role="status" { (words::found_none(lang, asked)) }
            p { (words::NOTHING_ADVICE.get(lang)) }
        } @else if searched {
            p role="status" { (words::found(lang, size(found.total), asked)) }
        } @else if found.total == 0 {
            p.note { (words::EMPTY.get(lang)) }
        } @else {
            nav.links aria-label=(words::GROUPS.get(lang)) {
                @for group in found.groups.keys() {
                    a href=(format!("#{}", group.anchor())) { (group.title().get(lang)) } " "
                }
            }
        }
        @if searched { p { a href=(language::address(words::PAGE, lang)) { (words::ALL.get(lang)) } } }
        @for (group, entries) in &found.groups {
            section id=(group.anchor()) {
                h2 { (group.title().get(lang)) " (" (number::count(lang, size(entries.len()))) ")" }
                ul.units { @for entry in entries { li { (row(lang, entry)) } } }
            }
        }
        @if found.left_out > 0 { p.note { (words::more(lang, size(found.left_out))) } }
    }
}

fn search(lang: Lang, asked: &str) -> Markup {
    html! {
        form.search action=(words::PAGE) method="get" role="search" {
            label.legend for=(words::FIELD) { (words::SEARCH.get(lang)) }
            p.h id="goi-y" { (words::SEARCH_HINT.get(lang)) }
            input type="text" id=(words::FIELD) name=(words::FIELD) value=(asked) maxlength=(LONGEST_QUERY)
                aria-describedby="goi-y" autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="search";
            @if lang != Lang::Vi { input type="hidden" name="lang" value=(lang.word()); }
            " " button { (words::BUTTON.get(lang)) }
        }
    }
}

fn row(lang: Lang, entry: &Entry<'_>) -> Markup {
    let link = |unit: &UnitVersion| html! { a href=(language::address(&unit_path(&unit.code), lang)) { (unit.name) } };
    let is_former = entry.unit.valid_to.is_some();
    html! {
        (link(entry.unit)) " " span.h { (entry.unit.code) }
        @if let Some(name) = entry.formerly { span.h { " · " (words::formerly(lang, name)) } }
        @if let [first, others @ ..] = entry.now.as_slice() {
            " – " (words::NOW_PART_OF.get(lang)) " " (link(first))
            @for other in others { ", " (link(other)) }
        } @else if is_former {
            " – " (words::NO_LONGER.get(lang))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::places::{Places, Succession};
    use crate::words::SuccessionKind;

    const TODAY: Day = Day(300);

    fn unit(unit: i32, code: &str, name: &str, kind: UnitKind, (from, to): (i32, Option<i32>)) -> UnitVersion {
        UnitVersion {
            unit: UnitId(unit),
            valid_from: Day(from),
            valid_to: to.map(Day),
            code: code.to_owned(),
            admin_code: (unit == 3).then(|| "98006".to_owned()),
            name: name.to_owned(),
            kind,
            parent: None,
        }
    }

    fn directory() -> Directory {
        let now = (100, None);
        Directory::new(Places {
            units: vec![
                unit(1, "MH", "UBND tỉnh Minh Họa", UnitKind::Province, now),
                unit(2, "MH.X01", "UBND xã Đèo Gió", UnitKind::Commune, now),
                unit(3, "MH.X03", "UBND xã Suối Trong", UnitKind::Commune, now),
                unit(4, "MH.X05", "UBND xã Dốc Mây", UnitKind::Commune, now),
                unit(5, "CU.DV", "Xã Đá Vách", UnitKind::Commune, (0, Some(200))),
                unit(6, "CU.H", "Huyện Thông Reo", UnitKind::District, (0, Some(200))),
                unit(7, "MH.SNV", "Sở Lao động", UnitKind::Department, (0, Some(150))),
                unit(7, "MH.SNV", "Sở Nội vụ", UnitKind::Department, (151, None)),
            ],
            successions: vec![Succession {
                from: UnitId(5),
                to: UnitId(3),
                day: Day(201),
                kind: SuccessionKind::Successor,
                citation: None,
            }],
            points: Vec::new(),
            point_versions: Vec::new(),
            codes: Vec::new(),
            fields: Vec::new(),
        })
    }

    fn names(query: &str) -> Vec<String> {
        let directory = directory();
        let found = select(&directory, &Wanted::of(query), TODAY);
        found.groups.values().flatten().map(|entry| entry.unit.name.clone()).collect()
    }

    fn page(query: &str) -> String {
        let directory = directory();
        body(Lang::Vi, &select(&directory, &Wanted::of(query), TODAY), query).into_string()
    }

    #[test]
    fn without_a_query_the_units_of_today_stand_by_kind_in_vietnamese_order() {
        let expected = ["UBND tỉnh Minh Họa", "Sở Nội vụ", "UBND xã Dốc Mây", "UBND xã Đèo Gió", "UBND xã Suối Trong"];
        assert_eq!(names(""), expected);
        assert_eq!(names(" ?! "), expected);
    }

    #[test]
    fn a_unit_is_found_without_marks_in_any_writing_and_by_its_codes() {
        let decomposed = "Suo\u{302}\u{301}i";
        for query in ["suoi trong", "SUỐI TRONG", "trong suối", decomposed, "mh.x03", "X03", "98006", "suối-trong"]
        {
            assert_eq!(names(query), ["UBND xã Suối Trong"], "{query}");
        }
        assert_eq!(names("deo gio"), ["UBND xã Đèo Gió"]);
        assert_eq!(names("đèo"), ["UBND xã Đèo Gió"]);
        assert!(names("suoi khe").is_empty());
    }

    #[test]
    fn a_merged_unit_leads_to_its_successor_and_a_renamed_one_is_known_by_its_old_name() {
        let merged = page("da vach");
        assert!(merged.contains("nay thuộc <a href=\"/don-vi/MH.X03\">UBND xã Suối Trong</a>"), "{merged}");
        assert!(page("thong reo").contains(words::NO_LONGER.vi));
        let renamed = page("lao dong");
        assert!(renamed.contains(">Sở Nội vụ</a>") && renamed.contains("trước đây: Sở Lao động"), "{renamed}");
        assert!(!page("noi vu").contains("trước đây"));
    }

    #[test]
    fn nothing_found_and_nothing_there_are_told_apart() {
        let nothing = page("<b>xyz");
        assert!(nothing.contains("gần với “&lt;b&gt;xyz”") && nothing.contains(words::NOTHING_ADVICE.vi), "{nothing}");
        let empty = Directory::default();
        let empty = body(Lang::Vi, &select(&empty, &Wanted::of(""), TODAY), "").into_string();
        assert!(empty.contains(words::EMPTY.vi) && !empty.contains(words::NOTHING_ADVICE.vi), "{empty}");
    }

    #[test]
    fn a_long_list_ends_and_says_how_many_are_missing() {
        let units = (1..=1_200).map(|n| unit(n, &format!("U{n}"), &format!("Xã {n}"), UnitKind::Commune, (100, None)));
        let directory = Directory::new(Places { units: units.collect(), ..Places::default() });
        let found = select(&directory, &Wanted::of("xa"), TODAY);
        assert_eq!((found.total, found.left_out), (1_200, 200));
        let page = body(Lang::Vi, &found, "xa").into_string();
        assert!(page.contains("Còn 200 đơn vị nữa") && page.contains("Xã 1000<") && !page.contains("Xã 1001<"));
    }

    #[test]
    fn a_query_is_read_from_the_address_with_a_bound() {
        assert_eq!(query("lang=en&tim=Su%E1%BB%91i++trong%0A"), "Suối trong");
        assert_eq!(query("tim="), "");
        assert_eq!(query("x=1"), "");
        assert_eq!(query(&format!("tim={}", "a".repeat(5_000))).len(), LONGEST_QUERY);
        assert_eq!(query("tim=%FF%00"), "\u{fffd}");
        assert_eq!(query(&field("Đá Vách & 100%")), "Đá Vách & 100%");
    }
}
