//! What stands in the way: not every gap is one that a course closes.
//!
//! After the fork of the Hennessy-Hicks questionnaire (methods.md, section 4): where people name
//! what lies with the organisation (cost, cover, follow-up) more often than what lies with the
//! courses (theory, size, relevance), the organisation comes first. Here it is asked once for all
//! competencies, so what is told of a competency is what those say who feel a need in it.

use serde::{Deserialize, Serialize};

use super::form::{Form, Question, Role};
use super::measure::estimate::Estimate;
use super::rating::rated_questions;
use super::response::Response;
use super::suppression::SMALLEST_GROUP;
use super::tally::Level;

/// With whom an obstacle lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ObstacleKind {
    /// With the courses: another course could do better.
    Course,
    /// With the organisation: no course helps against it.
    Organisation,
}

/// What is said of obstacles and wishes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Obstacles {
    /// How many people said what hindered them, or that nothing did.
    pub people: u64,
    /// The obstacles, what most people name first.
    pub named: Vec<Named>,
    /// The methods of teaching that are wished for, and how much practice, in the same way.
    pub wishes: Vec<Wished>,
    /// One for each competency that enough people need, in the form's order.
    pub competencies: Vec<OfCompetency>,
}

/// How many name an obstacle, or another answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// The choice, by name.
    pub choice: String,
    /// With whom it lies; `None` where that is not known, or it is none.
    pub kind: Option<ObstacleKind>,
    /// How many name it.
    pub people: u64,
}

/// What is wished for, by one question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wished {
    /// The question, by name.
    pub question: String,
    /// How many answered it.
    pub people: u64,
    /// The answers, what most people give first.
    pub named: Vec<Named>,
}

/// What those name who feel a need in a competency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfCompetency {
    /// The competency's code.
    pub competency: String,
    /// How many rate ability below importance and said what hindered them.
    pub people: u64,
    /// How many of them name something that lies with the courses.
    pub course: u64,
    /// How many name something that lies with the organisation.
    pub organisation: u64,
    /// What is named more, where that is unlikely to be chance.
    pub leaning: Option<ObstacleKind>,
    /// The choice that most of them name, with how many.
    pub most_named: Option<(String, u64)>,
}

/// Counts what people name; `kind` tells with whom a choice lies.
pub fn obstacles(
    form: &Form,
    responses: &[&Response],
    kind: impl Fn(&str) -> Option<ObstacleKind>,
) -> Obstacles {
    let Some(question) = form.with_role(Role::Hindrance) else { return Obstacles::default() };
    let wishes = [Role::Method, Role::Practice].into_iter().filter_map(|role| {
        let question = form.with_role(role)?;
        let (people, named) = counted(question, responses, |_| None);
        Some(Wished { question: question.name.clone(), people, named })
    });
    let (people, named) = counted(question, responses, &kind);
    let rated = rated_questions(form);
    let competencies = form.competencies.iter().zip(&rated).filter_map(|(competency, rated)| {
        let needing: Vec<&Response> =
            responses.iter().copied().filter(|own| feels_a_need(own, *rated)).collect();
        let own = of_competency(&competency.code, question, &needing, &kind);
        (own.people >= SMALLEST_GROUP).then_some(own)
    });
    Obstacles { people, named, wishes: wishes.collect(), competencies: competencies.collect() }
}

fn feels_a_need(response: &Response, rated: (Option<&str>, Option<&str>)) -> bool {
    let level = |name: Option<&str>| Level::of(response.answers.get(name?)).number();
    level(rated.0).zip(level(rated.1)).is_some_and(|(importance, ability)| ability < importance)
}

fn of_competency(
    code: &str,
    question: &Question,
    needing: &[&Response],
    kind: &impl Fn(&str) -> Option<ObstacleKind>,
) -> OfCompetency {
    let mut own = OfCompetency {
        competency: code.to_owned(),
        people: 0,
        course: 0,
        organisation: 0,
        leaning: None,
        most_named: None,
    };
    let (mut only_course, mut only_organisation) = (0, 0);
    for response in needing {
        let answer = response.answers.get(&question.name);
        if answer.is_empty() {
            continue;
        }
        let names =
            |wanted: ObstacleKind| answer.split(' ').any(|choice| kind(choice) == Some(wanted));
        let (course, organisation) =
            (names(ObstacleKind::Course), names(ObstacleKind::Organisation));
        own.people += 1;
        own.course += u64::from(course);
        own.organisation += u64::from(organisation);
        only_course += u64::from(course && !organisation);
        only_organisation += u64::from(organisation && !course);
    }
    let neither = own.people - only_course - only_organisation;
    let lean =
        Estimate::of_counted(&[(1.0, only_course), (-1.0, only_organisation), (0.0, neither)]);
    own.leaning = lean.and_then(|lean| lean.interval()).ok().and_then(|interval| {
        match (interval.low > 0.0, interval.high < 0.0) {
            (true, _) => Some(ObstacleKind::Course),
            (_, true) => Some(ObstacleKind::Organisation),
            _ => None,
        }
    });
    let (_, named) = counted(question, needing, kind);
    let most = named.into_iter().find(|named| named.kind.is_some());
    own.most_named =
        most.filter(|most| most.people >= SMALLEST_GROUP).map(|most| (most.choice, most.people));
    own
}

/// How many answered a question, and how many gave each answer, the most first.
fn counted(
    question: &Question,
    responses: &[&Response],
    kind: impl Fn(&str) -> Option<ObstacleKind>,
) -> (u64, Vec<Named>) {
    let mut people = 0;
    let mut named: Vec<Named> = Vec::new();
    for response in responses {
        let answer = response.answers.get(&question.name);
        people += u64::from(!answer.is_empty());
        for choice in answer.split(' ').filter(|choice| !choice.is_empty()) {
            match named.iter_mut().find(|named| named.choice == choice) {
                Some(named) => named.people += 1,
                None => {
                    named.push(Named { choice: choice.to_owned(), kind: kind(choice), people: 1 });
                }
            }
        }
    }
    named.sort_by(|a, b| b.people.cmp(&a.people).then_with(|| a.choice.cmp(&b.choice)));
    (people, named)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::response_csv;
    use crate::forms;
    use crate::forms::obstacle_kinds::obstacle_kind;

    fn found(rows: &[(&str, usize)]) -> Obstacles {
        let form = forms::needs().unwrap();
        let mut text = String::from("can_tro,phuong_phap,imp_A1,abl_A1,_form,_root\n");
        for (at, (row, people)) in rows.iter().enumerate() {
            for person in 0..*people {
                text.extend([row, ",nhu-cau,", format!("{at}-{person}").as_str(), "\n"]);
            }
        }
        let read = response_csv::read(&form, "x.csv", text.as_bytes());
        obstacles(&form, &read.responses.iter().collect::<Vec<_>>(), obstacle_kind)
    }

    #[test]
    fn where_cost_and_cover_are_named_the_organisation_comes_first() {
        let found = found(&[
            ("kinh_phi khong_nguoi_thay,thuc_hanh,5,2", 9),
            ("ly_thuyet,thuc_hanh,5,2", 2),
            ("ly_thuyet,giang,5,5", 20),
            (",,5,2", 4),
        ]);
        assert_eq!(found.people, 31);
        assert_eq!((found.named[0].choice.as_str(), found.named[0].people), ("ly_thuyet", 22));
        assert_eq!(found.wishes[0].named[0].choice, "giang");
        let [a1] = found.competencies.as_slice() else { panic!("{found:?}") };
        assert_eq!((a1.people, a1.course, a1.organisation), (11, 2, 9));
        assert_eq!(a1.leaning, Some(ObstacleKind::Organisation));
        assert_eq!(a1.most_named, Some(("khong_nguoi_thay".to_owned(), 9)));
    }

    #[test]
    fn what_may_be_chance_is_not_decided_and_of_a_few_people_nothing_is_said() {
        let even = found(&[("kinh_phi,,5,2", 5), ("ly_thuyet,,5,2", 6)]);
        assert_eq!(even.competencies[0].leaning, None);
        assert_eq!(found(&[("kinh_phi,,5,2", 4)]).competencies, []);
        assert_eq!((found(&[]).people, found(&[]).competencies.len()), (0, 0));
    }
}
