//! The class plan as tables: with codes for programs, or in the words of a language for people.

use super::export::Words;
use super::table::{Cell, Table};
use crate::domain::form::{Form, Role, SEPARATOR_IN_WORDS};
use crate::domain::plan::{Band, Class, Course, CoursePlan, Plan, Wish};
use crate::text::Language;

/// The wishes of a class, as columns stand.
const WISHES: [(&str, Role); 4] = [
    ("delivery", Role::Delivery),
    ("duration", Role::Duration),
    ("quarter", Role::Quarter),
    ("venue", Role::Venue),
];

/// How somebody is named beside unit and post.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Participant<'p> {
    /// The receipt code.
    pub receipt: &'p str,
    /// The name, where the form asks for it.
    pub name: &'p str,
}

/// Every class, in the order of courses.
pub fn class_table(form: &Form, courses: &[Course], plan: &Plan, words: Words) -> Table {
    let mut header: Vec<String> = match words {
        None => [
            "course",
            "course_name",
            "tags",
            "days",
            "form",
            "deadline",
            "class",
            "people",
            "families",
            "bands",
            "central_units",
        ]
        .map(str::to_owned)
        .to_vec(),
        Some(t) => [
            t.plan_col_course(),
            t.plan_csv_name(),
            t.plan_csv_tags(),
            t.plan_csv_days(),
            t.plan_course_delivery(),
            t.plan_csv_deadline(),
            t.plan_csv_class(),
            t.col_people(),
            t.plan_csv_families(),
            t.plan_csv_bands(),
            t.plan_csv_units(),
        ]
        .map(str::to_owned)
        .to_vec(),
    };
    header.extend(match words {
        None => ["online", "week", "weeks"].map(str::to_owned),
        Some(t) => {
            [t.plan_csv_online(), t.plan_col_weeks(), t.plan_csv_length()].map(str::to_owned)
        }
    });
    for (code, role) in WISHES {
        header.extend(match words {
            None => [code.to_owned(), format!("{code}_votes"), format!("{code}_answered")],
            Some(t) => {
                let what = t.plan_wish_about(role);
                [what.to_owned(), t.plan_csv_votes(&what), t.plan_csv_answered(&what)]
            }
        });
    }
    header.extend(match words {
        None => ["cost", "levels_made_up_for", "cost_per_level"].map(str::to_owned),
        Some(t) => {
            [t.plan_col_cost(), t.plan_csv_gap(), t.plan_col_cost_per_gap()].map(str::to_owned)
        }
    });
    let rows = plan.courses.iter().flat_map(|course| {
        course.classes.iter().map(move |class| class_row(form, courses, plan, course, class, words))
    });
    Table { header, rows: rows.collect() }
}

fn class_row(
    form: &Form,
    courses: &[Course],
    plan: &Plan,
    course: &CoursePlan,
    class: &Class,
    words: Words,
) -> Vec<Cell> {
    let families = class.families.iter().map(|family| match words {
        None => family.clone(),
        Some(t) => t.plan_family(form, family),
    });
    let bands = class.bands.iter().map(|band| match (words, band) {
        (None, Band::Near) => "below_2".to_owned(),
        (None, Band::Far) => "2_or_more".to_owned(),
        (Some(t), band) => t.plan_band(*band).to_owned(),
    });
    let clusters = class.clusters.iter().filter_map(|at| plan.clusters.get(*at));
    let centres = clusters.map(|cluster| match words {
        None => cluster.centre.clone(),
        Some(t) => t.plan_place(form, cluster),
    });
    let own = courses.iter().find(|own| own.id == course.course);
    let delivery = own.map_or("", |own| own.delivery.as_str());
    let form_of_teaching = match (words, form.with_role(Role::Delivery)) {
        (Some(t), Some(asked)) if !delivery.is_empty() => {
            t.answer_words(form, &asked.name, delivery)
        }
        _ => delivery.to_owned(),
    };
    let mut row = vec![
        Cell::text(course.course.clone()),
        Cell::text(name_of(courses, &course.course)),
        Cell::text(own.map_or(String::new(), |own| own.tags.join(SEPARATOR_IN_WORDS))),
        own.map_or(Cell::Blank, |own| Cell::Count(own.days.into())),
        Cell::text(form_of_teaching),
        Cell::text(own.map_or("", |own| own.deadline.as_str())),
        Cell::Count(class.number.into()),
        Cell::Count(class.people as u64),
        joined(families, words),
        joined(bands, words),
        joined(centres, words),
        match words {
            None => Cell::Count(u64::from(class.is_online)),
            Some(t) => Cell::text(if class.is_online { t.yes() } else { "" }),
        },
        class.week.map_or(Cell::Blank, |week| Cell::Count(week.into())),
        Cell::Count(class.weeks.into()),
    ];
    let wishes = &class.wishes;
    let wishes = [&wishes.delivery, &wishes.duration, &wishes.quarter, &wishes.venue];
    for ((_, role), wish) in WISHES.into_iter().zip(wishes) {
        row.extend(wish_cells(form, role, wish, words));
    }
    row.push(class.cost.map_or(Cell::Blank, Cell::Count));
    row.push(Cell::Number(class.gap));
    row.push(Cell::number(class.cost_per_gap()));
    row
}

/// What was chosen, several where they tie, with the votes for each and how many answered.
fn wish_cells(form: &Form, role: Role, wish: &Wish, words: Words) -> [Cell; 3] {
    let question = form.with_role(role);
    let chosen = wish.chosen.iter().map(|choice| match (words, question) {
        (Some(t), Some(question)) => t.answer_words(form, &question.name, choice),
        _ => choice.clone(),
    });
    let chosen = joined(chosen, words);
    [chosen, Cell::Count(wish.votes as u64), Cell::Count(wish.answered as u64)]
}

/// Everybody who needs a course, by class; those who were taken out come last, without a class.
pub fn participant_table<'p>(
    form: &Form,
    courses: &[Course],
    plan: &Plan,
    who: impl Fn(usize) -> Participant<'p>,
    words: Words,
) -> Table {
    let header = match words {
        None => [
            "course",
            "course_name",
            "class",
            "week",
            "root",
            "receipt",
            "person",
            "unit",
            "post",
            "shortfall",
            "moved",
        ]
        .map(str::to_owned),
        Some(t) => [
            t.plan_col_course(),
            t.plan_csv_name(),
            t.plan_csv_class(),
            t.plan_col_weeks(),
            "root",
            t.plan_csv_receipt(),
            t.plan_csv_person(),
            t.roster_unit(),
            t.by_post(),
            t.plan_shortfall(),
            t.plan_moved(),
        ]
        .map(str::to_owned),
    };
    let mut rows = Vec::new();
    for course in &plan.courses {
        let name = name_of(courses, &course.course);
        let seated = course.classes.iter().flat_map(|class| {
            class
                .seats
                .iter()
                .map(move |seat| (Some(class), seat.person, seat.shortfall, seat.is_moved))
        });
        let left_out = course.left_out.iter().map(|person| (None, *person, None, true));
        for (class, person, shortfall, is_moved) in seated.chain(left_out) {
            let Some(planned) = plan.people.get(person) else { continue };
            let Participant { receipt, name: own_name } = who(person);
            let answer = |role, value: &str| match (words, form.with_role(role)) {
                (Some(t), Some(question)) => {
                    Cell::text(t.answer_words(form, &question.name, value))
                }
                _ => Cell::text(value),
            };
            let week = class.and_then(|class| class.week);
            rows.push(vec![
                Cell::text(course.course.clone()),
                Cell::text(name.clone()),
                class.map_or(Cell::Blank, |class| Cell::Count(class.number.into())),
                week.map_or(Cell::Blank, |week| Cell::Count(week.into())),
                Cell::text(planned.root.clone()),
                Cell::text(receipt),
                Cell::text(own_name),
                answer(Role::Unit, &planned.unit),
                answer(Role::Post, &planned.post),
                Cell::number(shortfall),
                match words {
                    None => Cell::Count(u64::from(is_moved)),
                    Some(t) => Cell::text(if is_moved { t.yes() } else { "" }),
                },
            ]);
        }
    }
    Table { header: header.to_vec(), rows }
}

fn name_of(courses: &[Course], id: &str) -> String {
    let course = courses.iter().find(|course| course.id == id);
    course.map_or(String::new(), |course| course.name.clone())
}

/// Several things in a cell: codes with a space between, words with a bar.
fn joined(parts: impl Iterator<Item = String>, words: Option<Language>) -> Cell {
    let between = if words.is_some() { SEPARATOR_IN_WORDS } else { " " };
    Cell::text(parts.collect::<Vec<_>>().join(between))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::plan::{Move, Planning, default_courses};
    use crate::domain::response::Response;
    use crate::formats::response_csv;
    use crate::formats::table::Profile;
    use crate::forms;

    const ROWS: &str = "ho_ten,don_vi,chuc_danh,quy,imp_F1,abl_F1,_form,_root\n\
                        Lê An,05443,bt,q1,5,2,nhu-cau,a\n\
                        =Trần,05443,cvp,q1 q3,5,1,nhu-cau,b\n\
                        Đỗ Cúc,05443,bt,,5,2,nhu-cau,c\n";

    fn tables(words: Words) -> [String; 2] {
        let form = forms::needs().unwrap();
        let rows = response_csv::read(&form, "x.csv", ROWS.as_bytes()).responses;
        let rows: Vec<&Response> = rows.iter().collect();
        let mut courses = default_courses(&form, "vi");
        courses.retain(|course| course.id == "k-F");
        courses[0].cost_per_class = Some(9_000_000);
        let mut planning = Planning::default();
        let out = Move::Person { course: "k-F".into(), root: "c".into(), to: None };
        planning.add_move(out);
        let plan = Plan::make(&form, &planning, &courses, &[], &rows);
        let names = ["Lê An", "=Trần", "Đỗ Cúc"];
        let who = |person: usize| Participant { receipt: "AB-1", name: names[person] };
        let profile = if words.is_some() { Profile::Excel } else { Profile::Data };
        [
            class_table(&form, &courses, &plan, words),
            participant_table(&form, &courses, &plan, who, words),
        ]
        .map(|table| String::from_utf8(table.to_csv(profile)).unwrap())
    }

    #[test]
    fn classes_and_participants_are_written_for_programs() {
        let [classes, participants] = tables(None);
        let class = "k-F,\"Số, ngoại ngữ, tự học\",,3,,,1,2,dang ubnd,,05443,0,1,1,";
        assert!(classes.lines().nth(1).unwrap().starts_with(class), "{classes}");
        assert!(classes.contains(",q1,2,2,"), "{classes}");
        assert!(classes.ends_with(",9000000,5,1800000\n"), "{classes}");
        let lines: Vec<&str> = participants.lines().collect();
        assert_eq!(lines.len(), 4);
        assert!(lines[1].ends_with("1,1,a,AB-1,Lê An,05443,bt,2,0"), "{participants}");
        assert!(lines[2].ends_with("'=Trần,05443,cvp,3,0"), "no formula: {participants}");
        assert!(lines[3].ends_with(",,,c,AB-1,Đỗ Cúc,05443,bt,,1"), "{participants}");
    }

    #[test]
    fn for_excel_they_are_in_words() {
        let [classes, participants] = tables(Some(Language::Vi));
        assert!(classes.contains("Khối Đảng | Khối UBND và các phòng"), "{classes}");
        assert!(participants.contains("Bí thư Đảng ủy"), "{participants}");
        assert!(participants.starts_with('\u{feff}'));
    }
}
