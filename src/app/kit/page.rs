//! What stands on one page: one thing on a phone, a section where there is room.

use crate::domain::field::Field;
use crate::domain::filled::Screen;
use crate::domain::form::Form;

/// One or more screens that are shown together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The screens, in order; there is at least one.
    pub screens: Vec<Screen>,
    /// The group whose screens they are, where they are several.
    pub group: Option<usize>,
}

impl Page {
    /// The pages that screens make.
    pub(super) fn of(form: &Form, screens: Vec<Screen>, is_wide: bool) -> Vec<Self> {
        let mut pages: Vec<Self> = Vec::new();
        for screen in screens {
            let group = sheet_of(form, &screen).filter(|_| is_wide);
            match pages.last_mut() {
                Some(page)
                    if group.is_some()
                        && page.group == group
                        && page.screens.iter().all(|other| other.instance == screen.instance) =>
                {
                    page.screens.push(screen);
                }
                _ => pages.push(Self { screens: vec![screen], group }),
            }
        }
        for page in &mut pages {
            page.group = page.group.filter(|_| page.screens.len() > 1);
        }
        pages
    }

    /// Its name: the key of what stands first on it.
    pub fn name(&self) -> &str {
        self.screens.first().map_or("", Screen::name)
    }

    /// True when this field stands on it.
    pub fn holds(&self, key: &str) -> bool {
        self.screens.iter().any(|screen| screen.holds(key))
    }

    /// Every field on it, in order.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.screens.iter().flat_map(|screen| &screen.fields)
    }

    /// The outermost group it lies in.
    pub fn section(&self) -> Option<usize> {
        self.screens.first().and_then(|screen| screen.section)
    }

    /// The repeat whose instances it lists.
    pub fn list(&self) -> Option<&Field> {
        self.screens.first().and_then(Screen::list)
    }
}

/// The group whose screens stand together: the section, or the part of it that is no screen and
/// no repeat of its own. The list of a repeat stands alone.
fn sheet_of(form: &Form, screen: &Screen) -> Option<usize> {
    if screen.list().is_some() {
        return None;
    }
    let first = screen.fields.first()?.question(form)?;
    let is_sheet = |group: &usize| {
        let group = form.groups().get(*group);
        group.is_some_and(|group| !group.is_on_one_screen())
    };
    let mut around: Vec<usize> = form.ancestry(first.group).filter(is_sheet).collect();
    around.reverse();
    // In a repeat, its instance is the page; else the part of a section.
    let repeat = around.iter().rev().find(|group| form.is_repeat(**group));
    repeat.or_else(|| around.get(1)).or_else(|| around.first()).copied()
}
