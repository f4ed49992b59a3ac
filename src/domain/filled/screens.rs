//! The way through a filled form, screen by screen.

use super::Filled;
use crate::domain::canonical::AnswerFault;
use crate::domain::field::{Field, Instance};
use crate::domain::form::{Item, Kind, Repeat};

/// What stands together on one screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Screen {
    /// The questions and notes, in form order; on the list of a repeat's instances, the repeat.
    pub fields: Vec<Field>,
    /// The outermost group they lie in.
    pub section: Option<usize>,
    /// The group that is the screen (`field-list`), or the repeat whose instances it lists.
    pub group: Option<usize>,
    /// In which instance of the repeats around it.
    pub instance: Instance,
}

impl Screen {
    /// Its name: the key of what stands first on it.
    pub fn name(&self) -> &str {
        self.fields.first().map_or("", |field| &field.key)
    }

    /// True when this field stands on it.
    pub fn holds(&self, key: &str) -> bool {
        self.fields.iter().any(|field| field.key == key)
    }

    /// The repeat whose instances it lists, where one can add some and take some away.
    pub fn list(&self) -> Option<&Field> {
        self.fields.first().filter(|field| matches!(field.item, Item::Group(_)))
    }
}

impl Filled {
    /// The screens to go through, in order: one thing each, a `field-list` group together, and
    /// after the instances of a repeat their list.
    pub fn screens(&self) -> Vec<Screen> {
        let mut screens: Vec<Screen> = Vec::new();
        let mut open: Vec<(usize, Screen)> = Vec::new();
        for (at, cell) in self.layout.cells().iter().enumerate() {
            while let Some((_, list)) = open.pop_if(|(end, _)| *end <= at) {
                screens.push(list);
            }
            if !self.is_asked_at(at) {
                continue;
            }
            let field = cell.field.clone();
            let instance = field.instance.clone();
            match field.item {
                Item::Group(position) => {
                    let group = self.form.groups().get(position);
                    if group.is_some_and(|group| group.repeat == Some(Repeat::AsNeeded)) {
                        let section = self.form.section_of(Some(position));
                        let group = Some(position);
                        open.push((
                            cell.end,
                            Screen { fields: vec![field], section, group, instance },
                        ));
                    }
                }
                Item::Question(_) => {
                    let Some(question) = field.question(&self.form) else { continue };
                    if is_unseen(&question.kind) {
                        continue;
                    }
                    let group = self.screen_group(question.group);
                    match screens.last_mut() {
                        Some(screen)
                            if group.is_some()
                                && screen.group == group
                                && screen.instance == instance =>
                        {
                            screen.fields.push(field);
                        }
                        _ => screens.push(Screen {
                            section: self.form.section_of(question.group),
                            fields: vec![field],
                            group,
                            instance,
                        }),
                    }
                }
            }
        }
        screens.extend(open.into_iter().rev().map(|(_, list)| list));
        screens
    }

    /// The outermost `field-list` group around a question, within the innermost repeat.
    fn screen_group(&self, group: Option<usize>) -> Option<usize> {
        let mut found = None;
        for position in self.form.ancestry(group) {
            let group = self.form.groups().get(position)?;
            if group.is_on_one_screen() {
                found = Some(position);
            }
            if group.repeat.is_some() {
                break;
            }
        }
        found
    }

    /// What is wrong on a screen, in order.
    pub fn faults<'s>(&self, screen: &'s Screen) -> Vec<(&'s Field, AnswerFault)> {
        screen.fields.iter().filter_map(|field| Some((field, self.fault(field)?))).collect()
    }
}

/// True when a question never stands on a screen.
fn is_unseen(kind: &Kind) -> bool {
    matches!(kind, Kind::Calculate | Kind::Hidden | Kind::Meta(_))
}
