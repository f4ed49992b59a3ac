//! Which values of a form follow from which: the order to work them out in, and circles.

use super::expression::Expression;
use super::form::{Form, Item, Repeat};
use super::outline::Outline;

/// The dependencies among the entries of a form's [`Outline`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dependencies {
    /// Every entry, after all it depends on.
    pub order: Vec<usize>,
    /// By entry: the entries that depend on it directly.
    pub dependents: Vec<Vec<usize>>,
    /// The first circle that was found: entries that depend on each other, each on the next and
    /// the last on the first; such a form has no right order.
    pub circle: Option<Vec<usize>>,
}

impl Dependencies {
    /// The dependencies of a form.
    pub fn of(form: &Form, outline: &Outline) -> Self {
        let needs: Vec<Vec<usize>> =
            outline.entries().iter().map(|entry| needs(form, outline, entry.item)).collect();
        let mut dependents = vec![Vec::new(); needs.len()];
        for (entry, needs) in needs.iter().enumerate() {
            for need in needs {
                if let Some(dependents) = dependents.get_mut(*need) {
                    dependents.push(entry);
                }
            }
        }
        let (order, circle) = ordered(&needs);
        Self { order, dependents, circle }
    }
}

/// The entries that decide whether `item` is asked and what it is worth. A constraint only judges
/// an answer and a trigger is an occasion, so they do not count.
fn needs(form: &Form, outline: &Outline, item: Item) -> Vec<usize> {
    let mut expressions: Vec<&Expression> = Vec::new();
    let group = match item {
        Item::Question(position) => form.questions().get(position).and_then(|question| {
            expressions.extend(&question.relevant);
            expressions.extend(question.calculation.as_ref().filter(|_| question.is_computed()));
            expressions.extend(&question.choice_filter);
            question.group
        }),
        Item::Group(position) => form.groups().get(position).and_then(|group| {
            expressions.extend(&group.relevant);
            if let Some(Repeat::Counted(count)) = &group.repeat {
                expressions.push(count);
            }
            group.parent
        }),
    };
    let names = expressions.into_iter().flat_map(Expression::references);
    let items = names.filter_map(|name| form.item(name)).chain(group.map(Item::Group));
    let mut entries: Vec<usize> = items.filter_map(|item| outline.place(item)).collect();
    entries.sort_unstable();
    entries.dedup();
    entries
}

/// How far an entry has been followed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    New,
    OnTheWay,
    Done,
}

/// Every entry after those it needs, and the first circle among them.
fn ordered(needs: &[Vec<usize>]) -> (Vec<usize>, Option<Vec<usize>>) {
    let mut marks = vec![Mark::New; needs.len()];
    let mut order = Vec::with_capacity(needs.len());
    let mut circle = None;
    for start in 0..needs.len() {
        // Followed in a loop, not on the stack: a chain may be as long as the form.
        let mut way = vec![(start, 0)];
        while let Some((here, next)) = way.last_mut() {
            let here = *here;
            let Some(mark) = marks.get_mut(here) else { break };
            if *mark == Mark::Done {
                way.pop();
                continue;
            }
            *mark = Mark::OnTheWay;
            let Some(to) = needs.get(here).and_then(|needs| needs.get(*next)).copied() else {
                *mark = Mark::Done;
                order.push(here);
                way.pop();
                continue;
            };
            *next += 1;
            match marks.get(to) {
                Some(Mark::OnTheWay) => {
                    let path = way.iter().map(|(on_way, _)| *on_way);
                    circle.get_or_insert_with(|| path.skip_while(|on_way| *on_way != to).collect());
                }
                _ => way.push((to, 0)),
            }
        }
    }
    (order, circle)
}

/// The names of questions and groups that depend on each other in a circle, each on the next and
/// the last on the first; `None` where there is none.
pub fn circle(form: &Form) -> Option<Vec<String>> {
    let outline = Outline::of(form);
    let circle = Dependencies::of(form, &outline).circle?;
    let items = circle.into_iter().filter_map(|entry| outline.entries().get(entry));
    Some(items.filter_map(|entry| form.name_of(entry.item)).map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::expression::parse;
    use crate::domain::form::{Group, Kind, Question};
    use crate::forms;

    fn form(calculations: &[(&str, &str)]) -> Form {
        let mut form = Form::default();
        for (name, calculation) in calculations {
            form.add_question(Question {
                name: (*name).to_owned(),
                calculation: parse(calculation).ok(),
                ..Question::of_kind(Kind::Calculate)
            });
        }
        form
    }

    fn named(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn a_circle_is_found_and_named_in_its_order() {
        let round = form(&[("x", "1"), ("a", "${b}"), ("b", "${c} + ${x}"), ("c", "${a}")]);
        assert_eq!(circle(&round), Some(named(&["a", "b", "c"])));
        assert_eq!(circle(&form(&[("a", "${a} + 1")])), Some(named(&["a"])));
    }

    #[test]
    fn a_group_that_depends_on_its_own_question_is_a_circle() {
        let mut form = Form::default();
        let relevant = parse("${inside} = 1").ok();
        let group = form.add_group(Group { name: "g".into(), relevant, ..Group::default() });
        form.add_question(Question {
            name: "inside".into(),
            group: Some(group),
            ..Question::of_kind(Kind::Integer)
        });
        assert_eq!(circle(&form), Some(named(&["g", "inside"])));
    }

    #[test]
    fn a_question_that_many_depend_on_is_no_circle() {
        let tree = form(&[("a", "${b} + ${c}"), ("b", "${d}"), ("c", "${d}"), ("d", "1")]);
        assert_eq!(circle(&tree), None);
        assert_eq!(circle(&forms::needs().unwrap()), None);
    }

    #[test]
    fn everything_comes_after_what_it_depends_on() {
        let chain = form(&[("a", "${b}"), ("b", "${c}"), ("c", "1")]);
        assert_eq!(Dependencies::of(&chain, &Outline::of(&chain)).order, [2, 1, 0]);
    }
}
