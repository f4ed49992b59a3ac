//! Repeats from the form to the data: in a whole journey, in the response row, in tables of their
//! own.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::rc::Rc;

use phieu_xa::app::kit::KitMsg;
use phieu_xa::app::route::{Place, Route};
use phieu_xa::app::{Facts, Model, Msg, TextSize};
use phieu_xa::domain::dataset::Dataset;
use phieu_xa::domain::form::{Form, Item};
use phieu_xa::domain::response::Response;
use phieu_xa::domain::timestamp::Timestamp;
use phieu_xa::formats::dataset_csv::{self, Arrangement, Words};
use phieu_xa::formats::table::Profile;
use phieu_xa::formats::{response_csv, xlsform};
use phieu_xa::text::Language;

const SURVEY: &str = "type,name,label,required\n\
    text,who,Ai?,\n\
    begin repeat,course,Khóa học,\n\
    text,title,Tên khóa,yes\n\
    integer,days,Số ngày,\n\
    begin repeat,topic,Chuyên đề,\n\
    text,word,Tên chuyên đề,\n\
    end repeat,,,\n\
    end repeat,,,\n\
    text,last,Ý kiến khác,\n";

fn form() -> Rc<Form> {
    let settings = "form_title,form_id,version,default_language\nThử,thu,1,vi\n";
    Rc::new(xlsform::read(&[("survey.csv", SURVEY), ("settings.csv", settings)]).unwrap().form)
}

/// Somebody who answers the form.
struct Person(Model);

impl Person {
    fn start() -> Self {
        let route = Route::Answer(Place::Welcome);
        let mut person = Self(Model::new(form(), Language::Vi, TextSize::Normal, route));
        person.send(KitMsg::DraftsLoaded(Some(Vec::new())));
        person.send(KitMsg::StartAsked);
        person
    }

    fn send(&mut self, msg: KitMsg) {
        let now = Timestamp::from_millis(1.8e12);
        let facts = Facts { now, utc_offset: 420, fresh_id: "id".into() };
        self.0.update(Msg::Kit(msg), &facts);
    }

    fn answer(&mut self, key: &str, value: &str) {
        self.send(KitMsg::Answered(vec![(key.to_owned(), value.to_owned())]));
    }

    /// The screens passed by pressing "next" so many times.
    fn next(&mut self, times: usize) -> Vec<String> {
        let pressed = (0..times).map(|_| {
            self.send(KitMsg::NextAsked);
            self.screen()
        });
        pressed.collect()
    }

    fn screen(&self) -> String {
        match &self.0.route {
            Route::Answer(Place::Screen(key)) => key.clone(),
            route => route.to_string(),
        }
    }
}

/// Two courses, the second with two topics, handed in.
fn handed_in() -> Response {
    let mut person = Person::start();
    person.answer("course[1]/title", "Kỹ năng số");
    person.answer("course[1]/days", "3");
    person.send(KitMsg::InstanceAdded("course".into()));
    person.answer("course[2]/title", "=1+1");
    person.answer("course[2]/topic[1]/word", "một");
    person.send(KitMsg::InstanceAdded("course[2]/topic".into()));
    person.answer("course[2]/topic[2]/word", "hai");
    person.send(KitMsg::HandInAsked);
    person.0.kit.handed_in().unwrap().clone()
}

#[test]
fn a_person_adds_goes_back_in_and_removes() {
    let mut person = Person::start();
    assert_eq!(person.screen(), "who");
    assert_eq!(person.next(1), ["course[1]/title"]);
    person.answer("course[1]/title", "A");
    let way = ["course[1]/days", "course[1]/topic[1]/word", "course[1]/topic", "course"];
    assert_eq!(person.next(4), way);
    person.send(KitMsg::InstanceAdded("course".into()));
    assert_eq!(person.screen(), "course[2]/title");
    assert_eq!(person.next(1), ["course[2]/title"], "what must be answered holds in each");
    person.answer("course[2]/title", "B");
    assert_eq!(person.next(4).last().unwrap(), "course");
    // Back into the first; its end leads to the list, not on to the second.
    person.send(KitMsg::InstanceChosen("course".into(), 1));
    assert_eq!(person.screen(), "course[1]/title");
    assert_eq!(person.next(4), way);
    person.send(KitMsg::InstanceChosen("course".into(), 2));
    person.send(KitMsg::BackAsked);
    assert_eq!(person.screen(), "course", "back from the second leads to the list too");
    person.send(KitMsg::InstanceRemovalAsked("course".into(), 1));
    person.send(KitMsg::InstanceRemovalAnswered(false));
    assert_eq!(person.0.kit.filled().unwrap().value("course"), "2");
    person.send(KitMsg::InstanceRemovalAsked("course".into(), 1));
    person.send(KitMsg::InstanceRemovalAnswered(true));
    assert_eq!(person.0.kit.filled().unwrap().value("course[1]/title"), "B");
    assert_eq!(person.next(2), ["last", "#/phieu/xem-lai"]);
}

#[test]
fn a_response_with_repeats_reads_back_from_its_row() {
    let form = form();
    let response = handed_in();
    let bytes = response_csv::write(&form, &response);
    let header = String::from_utf8(bytes.clone()).unwrap().lines().next().unwrap().to_owned();
    assert!(
        header.starts_with(
            "who,course,course[1]/title,course[1]/days,course[1]/topic,course[1]/topic[1]/word,\
             course[2]/title,course[2]/days,course[2]/topic,course[2]/topic[1]/word,\
             course[2]/topic[2]/word,last,_form"
        ),
        "{header}"
    );
    let read = response_csv::read(&form, "a.csv", &bytes);
    assert_eq!((read.problems.len(), read.unknown_columns.len()), (0, 0));
    assert_eq!(read.responses[0].answers, response.answers);
    assert!(!read.responses[0].is_edited());
}

#[test]
fn a_dataset_with_repeats_reads_back_in_either_profile() {
    let form = form();
    let mut dataset = Dataset::default();
    dataset.merge(handed_in());
    for (words, profile) in [(Words::Names, Profile::Data), (Words::Labels("vi"), Profile::Excel)] {
        let bytes =
            dataset_csv::table(&form, &dataset, words, Arrangement::default()).to_csv(profile);
        let read = response_csv::read(&form, "a.csv", &bytes);
        assert_eq!((read.problems.as_slice(), read.unknown_columns.len()), (&[][..], 0));
        assert_eq!(read.responses[0].answers, handed_in().answers);
    }
}

#[test]
fn a_row_without_the_number_of_instances_has_as_many_as_it_tells_of() {
    let form = form();
    let row = b"_form,who,course[1]/title,course[3]/title\nthu,An,A,C\n";
    let read = response_csv::read(&form, "a.csv", row);
    assert_eq!(read.problems, []);
    assert_eq!(read.responses[0].answers.get("course"), "3");
}

#[test]
fn the_instances_of_a_repeat_are_a_table_of_their_own_with_keys() {
    let form = form();
    let mut dataset = Dataset::default();
    dataset.merge(handed_in());
    let table = |name: &str| {
        let Some(Item::Group(repeat)) = form.item(name) else { return String::new() };
        let table = dataset_csv::repeat_table(&form, &dataset, repeat, Words::Names, false);
        String::from_utf8(table.to_csv(Profile::Data)).unwrap()
    };
    assert_eq!(
        table("course"),
        "_root,_key,_parent,title,days,topic\n\
         id,id/course[1],id,Kỹ năng số,3,1\n\
         id,id/course[2],id,'=1+1,,2\n"
    );
    assert_eq!(
        table("topic"),
        "_root,_key,_parent,word\n\
         id,id/course[1]/topic[1],id/course[1],\n\
         id,id/course[2]/topic[1],id/course[2],một\n\
         id,id/course[2]/topic[2],id/course[2],hai\n"
    );
}

#[test]
fn many_people_with_few_instances_each_are_all_in_the_export() {
    let form = form();
    let mut dataset = Dataset::default();
    for (root, course, title) in [("a", "course[600]", "A"), ("b", "course[2]", "B")] {
        let keys = format!("_form,_root,who,{course}/title,course[1]/topic[600]/word\n");
        let row = format!("{keys}thu,{root},An,{title},{title}\n");
        let read = response_csv::read(&form, "a.csv", row.as_bytes());
        assert_eq!(read.problems, []);
        read.responses.into_iter().for_each(|response| {
            dataset.merge(response);
        });
    }
    let table = dataset_csv::table(&form, &dataset, Words::Names, Arrangement::default());
    for column in ["course[600]/title", "course[1]/topic[600]/word", "last"] {
        assert!(table.header.iter().any(|heading| heading == column), "{column}");
    }
}

#[test]
fn questions_that_are_called_alike_are_told_apart_by_how_they_are_written() {
    let survey = "type,name,label\ntext,Ten,Tên\ntext,ten,tên\ntext,x,ten\n";
    let settings = "form_title,form_id,version,default_language\nThử,thu,1,vi\n";
    let sheets = [("survey.csv", survey), ("settings.csv", settings)];
    let form = xlsform::read(&sheets).unwrap().form;
    let row = b"_form,_root,Ten,ten,x\nthu,a,1,2,3\n";
    let read = response_csv::read(&form, "a.csv", row);
    assert_eq!(read.problems, []);
    let mut dataset = Dataset::default();
    let answers = read.responses[0].answers.clone();
    assert_eq!((answers.get("Ten"), answers.get("ten"), answers.get("x")), ("1", "2", "3"));
    dataset.merge(read.responses[0].clone());
    let excel = dataset_csv::table(&form, &dataset, Words::Labels("vi"), Arrangement::default())
        .to_csv(Profile::Excel);
    assert_eq!(response_csv::read(&form, "b.csv", &excel).responses[0].answers, answers);
    let reserved = survey.replace(",x,", ",_root,");
    assert!(xlsform::read(&[("survey.csv", &*reserved), ("settings.csv", settings)]).is_err());
}
