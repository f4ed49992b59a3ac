//! Which questions a question's value depends on, and circles among them.

use super::form::{Form, Question};

/// The questions whose answers decide whether `question` is asked and what it is worth, as
/// positions. A constraint only judges an answer, so it does not count.
pub fn dependencies(form: &Form, question: &Question) -> Vec<usize> {
    let own = [&question.relevant, &question.calculation, &question.choice_filter];
    let groups = form.ancestry(question.group).map(|group| &group.relevant);
    let names = own.into_iter().chain(groups).flatten().flat_map(|e| e.references());
    let mut positions: Vec<usize> = names.filter_map(|name| form.position(name)).collect();
    positions.sort_unstable();
    positions.dedup();
    positions
}

/// A circle of questions that depend on each other, each naming the next and the last the first;
/// `None` where there is none.
pub fn circle(form: &Form) -> Option<Vec<usize>> {
    let edges: Vec<Vec<usize>> =
        form.questions().iter().map(|question| dependencies(form, question)).collect();
    // 0: not seen, 1: on the way, 2: known to lead into no circle.
    let mut seen = vec![0u8; edges.len()];
    for start in 0..edges.len() {
        let mut way: Vec<(usize, usize)> = vec![(start, 0)];
        while let Some((here, next)) = way.last_mut() {
            let here = *here;
            let mark = seen.get_mut(here)?;
            if *mark == 2 {
                way.pop();
                continue;
            }
            *mark = 1;
            let Some(to) = edges.get(here).and_then(|edges| edges.get(*next)).copied() else {
                *mark = 2;
                way.pop();
                continue;
            };
            *next += 1;
            if seen.get(to) == Some(&1) {
                let path = way.iter().map(|(on_way, _)| *on_way);
                return Some(path.skip_while(|on_way| *on_way != to).collect());
            }
            way.push((to, 0));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::expression::parse;
    use crate::domain::form::Kind;
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

    #[test]
    fn a_circle_is_found_and_named_in_its_order() {
        let round = form(&[("x", "1"), ("a", "${b}"), ("b", "${c} + ${x}"), ("c", "${a}")]);
        assert_eq!(circle(&round), Some(vec![1, 2, 3]));
        assert_eq!(circle(&form(&[("a", "${a} + 1")])), Some(vec![0]));
    }

    #[test]
    fn a_question_that_many_depend_on_is_no_circle() {
        let tree = form(&[("a", "${b} + ${c}"), ("b", "${d}"), ("c", "${d}"), ("d", "1")]);
        assert_eq!(circle(&tree), None);
        assert_eq!(circle(&forms::needs().unwrap()), None);
    }
}
