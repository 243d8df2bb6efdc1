//! Pages of a long form, and the conditions of pages and items.

use super::item::Items;
use super::reader::{At, Part, Reader};
use super::{Codes, Rule, code};
use crate::questionnaire::item::bit;
use crate::questionnaire::routing::Route;
use crate::questionnaire::{Condition, Item, Page};

/// A condition, and where it stands.
pub(super) struct Asking {
    pub(super) condition: Condition,
    item_at: usize,
    is_at: usize,
}

/// A page, and where its condition stands.
pub(super) struct Placed {
    pub(super) page: Page,
    asking: Option<Asking>,
}

/// Reads `show_if = { item = "…", is = [1] }`.
pub(super) fn read_condition(reader: &mut Reader, part: Part<'_>) -> Option<Asking> {
    let part = reader.table(part, "show_if", "“show_if”")?;
    reader.check_keys(part, &["item", "is"]);
    let item = reader.string(part, "item");
    let item = reader.need(part, "item", item);
    let is = reader.levels(part, "is");
    let is = reader.need(part, "is", is);
    let (item, is) = (item?, is?);
    let condition = Condition { item: item.value.to_owned(), is: is.value };
    Some(Asking { condition, item_at: item.at, is_at: is.at })
}

/// Reads all pages, which together show every item once and in its order.
pub(super) fn read_pages(reader: &mut Reader, root: Part<'_>, items: &[At<Item>]) -> Vec<At<Placed>> {
    let parts = reader.tables(root, "pages", "a page");
    let (mut codes, mut pages, given) = (Codes::default(), Vec::new(), parts.len());
    let mut shown = Shown { items, places: vec![None; items.len()], last: None };
    for part in parts {
        reader.check_keys(part, &["code", "title", "lead", "items", "show_if"]);
        let code = code(reader, part).filter(|found| codes.add(reader, found)).map(|found| found.value);
        let title = reader.localized(part, "title");
        let title = reader.need(part, "title", title);
        let lead = reader.localized(part, "lead");
        let listed = reader.strings(part, "items");
        let listed = reader.need(part, "items", listed);
        let asking = read_condition(reader, part);
        if listed.as_ref().is_some_and(Vec::is_empty) {
            reader.refuse(
                Rule::EmptyPage,
                part.place("items"),
                "“items” is empty; list at least one item, or take the page out",
            );
        }
        for found in listed.iter().flatten() {
            shown.add(reader, found, code.as_deref().unwrap_or_default());
        }
        if let (Some(code), Some(title), Some(listed)) = (code, title, listed) {
            let items = listed.iter().map(|found| found.value.to_owned()).collect();
            let show_if = asking.as_ref().map(|asking| asking.condition.clone());
            let page = Page { code, title, lead, items, show_if };
            pages.push(At { value: Placed { page, asking }, at: part.at });
        }
    }
    // A page that could not be read would make its items homeless: what is wrong with it is told already.
    for (item, _) in
        items.iter().zip(&shown.places).filter(|(_, place)| place.is_none() && given > 0 && given == pages.len())
    {
        let what = format!("“{}” stands on no page; add it to one", item.value.code());
        reader.refuse(Rule::ItemOnNoPage, item.at, what);
    }
    pages
}

/// What the pages read so far show.
struct Shown<'a> {
    items: &'a [At<Item>],
    /// The page of each item.
    places: Vec<Option<String>>,
    /// Place of the item shown last.
    last: Option<usize>,
}

impl Shown<'_> {
    fn add(&mut self, reader: &mut Reader, found: &At<&str>, page: &str) {
        let known = self.items.iter().position(|item| item.value.code() == found.value);
        let Some((at, place)) = known.and_then(|at| Some((at, self.places.get_mut(at)?))) else {
            let what = format!("there is no sound item “{}”; correct the code", found.value);
            return reader.refuse(Rule::UnknownPageItem, found.at, what);
        };
        if let Some(other) = place {
            let what = format!("“{}” already stands on page “{other}”; keep it on one page", found.value);
            return reader.refuse(Rule::ItemOnTwoPages, found.at, what);
        }
        *place = Some(page.to_owned());
        if self.last.is_some_and(|last| at < last) {
            let what = format!("“{}” stands before the items listed so far; list items in their order", found.value);
            reader.refuse(Rule::PageOrder, found.at, what);
        }
        self.last = self.last.max(Some(at));
    }
}

/// What has to hold for each item to be asked. Empty lists where a condition is refused.
pub(super) fn read_routes(reader: &mut Reader, items: &Items, pages: &[At<Placed>]) -> Vec<Vec<Route>> {
    let rules = Rules { items, pages };
    let of_pages: Vec<Option<Route>> = (0..pages.len()).map(|page| rules.of_page(reader, page)).collect();
    let mut routes: Vec<Vec<Route>> = Vec::with_capacity(items.list.len());
    for at in 0..items.list.len() {
        let own = rules.of_item(reader, at);
        let page = rules.page_of(at).and_then(|page| of_pages.get(page).copied().flatten());
        routes.push(page.into_iter().chain(own).collect());
    }
    for at in 0..items.list.len() {
        rules.somebody_is_asked(reader, at, &routes);
    }
    if let Some((last, first)) = pages.last().zip(rules.first_of(pages.len().saturating_sub(1))) {
        let everybody = routes.iter().skip(first).any(Vec::is_empty);
        if !everybody {
            let what =
                "the last page is not asked of everyone; end with a page that has no condition, such as the comment";
            reader.refuse(Rule::LastPageConditional, last.at, what);
        }
    }
    routes
}

/// The rules of conditions.
struct Rules<'a> {
    items: &'a Items,
    pages: &'a [At<Placed>],
}

impl Rules<'_> {
    fn position(&self, code: &str) -> Option<usize> {
        self.items.list.iter().position(|item| item.value.code() == code)
    }

    fn page_of(&self, at: usize) -> Option<usize> {
        let code = self.items.list.get(at)?.value.code();
        self.pages.iter().position(|page| page.value.page.items.iter().any(|item| item == code))
    }

    /// Place of the first item of a page.
    fn first_of(&self, page: usize) -> Option<usize> {
        self.pages.get(page)?.value.page.items.iter().filter_map(|code| self.position(code)).min()
    }

    fn of_item(&self, reader: &mut Reader, at: usize) -> Option<Route> {
        let asking = self.items.askings.get(at)?.as_ref()?;
        self.route(reader, asking, Some(at), at, self.page_of(at))
    }

    fn of_page(&self, reader: &mut Reader, page: usize) -> Option<Route> {
        let asking = self.pages.get(page)?.value.asking.as_ref()?;
        let first = self.first_of(page).unwrap_or(usize::MAX);
        self.route(reader, asking, None, first, Some(page))
    }

    /// The condition of an item (or of a page) that begins at a place and stands on a page, as a route.
    fn route(
        &self,
        reader: &mut Reader,
        asking: &Asking,
        own: Option<usize>,
        first: usize,
        page: Option<usize>,
    ) -> Option<Route> {
        let Asking { condition, item_at, is_at } = asking;
        let code = condition.item.as_str();
        if self.pages.is_empty() {
            let what = "a condition needs pages: what is on one page is shown at once; list pages under [[pages]]";
            reader.refuse(Rule::ConditionWithoutPages, *item_at, what);
        }
        if condition.is.is_empty() {
            reader.refuse(
                Rule::ConditionEmpty,
                *is_at,
                "“is” is empty, so nobody would be asked; list at least one answer",
            );
        }
        let Some(target) = self.position(code) else {
            let what = format!("there is no sound item “{code}”; correct the code");
            reader.refuse(Rule::ConditionUnknown, *item_at, what);
            return None;
        };
        let item = &self.items.list.get(target)?.value;
        check_target(reader, asking, item);
        if own == Some(target) {
            let what = format!("“{code}” cannot depend on its own answer; name an earlier item");
            reader.refuse(Rule::ConditionOnItself, *item_at, what);
        } else if page.is_some() && self.page_of(target) == page {
            let what = format!("“{code}” stands on the same page, which is shown at once; move it to an earlier page");
            reader.refuse(Rule::ConditionSamePage, *item_at, what);
        } else if target >= first {
            let what = format!("“{code}” is asked later; name an earlier item, or move it forward");
            reader.refuse(Rule::ConditionLater, *item_at, what);
        }
        let number = self.items.list.iter().take(target + 1).filter(|item| !item.value.is_comment()).count();
        Some(Route { number, is: condition.is.iter().fold(0, |mask, number| mask | bit(*number)) })
    }

    /// Refuses an item whose conditions, with those of the items they ask, exclude each other.
    fn somebody_is_asked(&self, reader: &mut Reader, at: usize, routes: &[Vec<Route>]) {
        let counted: Vec<usize> = (0..self.items.list.len()).filter(|at| !self.is_comment(*at)).collect();
        let mut wanted: Vec<u8> = vec![u8::MAX; counted.len() + 1];
        let mut to_follow = vec![at];
        let mut seen = vec![false; self.items.list.len()];
        // Each item is followed once.
        while let Some(next) = to_follow.pop() {
            for route in routes.get(next).into_iter().flatten() {
                let Some(target) = route.number.checked_sub(1).and_then(|number| counted.get(number)) else { continue };
                // Several options can meet several conditions at once.
                let several =
                    matches!(self.items.list.get(*target).map(|item| &item.value), Some(Item::Choice(c)) if c.several);
                if let Some(mask) = wanted.get_mut(route.number).filter(|_| !several) {
                    *mask &= route.is;
                }
                if seen.get_mut(*target).is_some_and(|seen| !std::mem::replace(seen, true)) {
                    to_follow.push(*target);
                }
            }
        }
        // An empty list of answers is told already.
        let is_told = routes.iter().flatten().any(|route| route.is == 0);
        if !is_told
            && wanted.contains(&0)
            && let Some(item) = self.items.list.get(at)
        {
            let what =
                format!("nobody is ever asked “{}”: its conditions exclude each other; change one", item.value.code());
            reader.refuse(Rule::NeverAsked, item.at, what);
        }
    }

    fn is_comment(&self, at: usize) -> bool {
        self.items.list.get(at).is_some_and(|item| item.value.is_comment())
    }
}

/// Whether a condition may ask this item for these answers.
fn check_target(reader: &mut Reader, asking: &Asking, item: &Item) {
    let Asking { condition, item_at, is_at } = asking;
    let has = |number: u8| match item {
        Item::Rating(rating) => rating.scale.has(number),
        Item::Choice(choice) => choice.has(number),
        Item::Number(_) | Item::Comment(_) => true,
    };
    match item {
        Item::Number(_) | Item::Comment(_) => {
            let what = format!("“{}” is no rating and no choice; a condition asks one of those", item.code());
            reader.refuse(Rule::ConditionKind, *item_at, what);
        }
        Item::Choice(choice) if choice.sensitive => {
            let what = format!("“{}” is sensitive, and what is asked would tell its answer; name another", item.code());
            reader.refuse(Rule::ConditionSensitive, *item_at, what);
        }
        Item::Rating(_) | Item::Choice(_) => {}
    }
    for number in condition.is.iter().filter(|number| !has(**number)) {
        let what = format!("“{}” has no answer {number}; list answers it has", item.code());
        reader.refuse(Rule::ConditionValue, *is_at, what);
    }
}
