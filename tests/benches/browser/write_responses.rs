//! Writes a dataset of generated responses, as a desk would export it: `bench_responses FILE ROWS`.
//! The same rows every time: 30 competencies rated twice, who and where somebody is, and now and
//! then a sentence of their own.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a benchmark fails by panicking")]

#[path = "../../desk/generated.rs"]
#[allow(dead_code, reason = "its chance is used")]
mod generated;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::rc::Rc;

use generated::Chance;
use phieu_xa::domain::form::Form;
use phieu_xa::domain::response::{Consent, Mode, Response};
use phieu_xa::domain::timestamp::Timestamp;
use phieu_xa::formats::dataset_csv::{Arrangement, DatasetColumns, Words};
use phieu_xa::formats::table::{Profile, Table};
use phieu_xa::forms;
use rows::answers::Answers;

const RATED: usize = 30;
/// So many rows are held at a time.
const AT_ONCE: usize = 10_000;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut file = BufWriter::new(File::create(&arguments[0]).unwrap());
    let rows: usize = arguments[1].parse().unwrap();
    let form = forms::needs().unwrap();
    let mut maker = Maker { form: &form, chance: Chance(20_261_127), made: 0 };
    while maker.made < rows {
        let is_first = maker.made == 0;
        let some: Vec<Response> =
            (0..AT_ONCE.min(rows - maker.made)).map(|_| maker.response()).collect();
        let some: Vec<&Response> = some.iter().collect();
        let columns = DatasetColumns::of(&form, &some, Words::Names, Arrangement::default());
        let table = Table {
            header: columns.header(),
            rows: some.iter().map(|row| columns.row(row)).collect(),
        };
        let bytes = table.to_csv(Profile::Data);
        let after_heading = bytes.iter().position(|byte| *byte == b'\n').unwrap() + 1;
        file.write_all(if is_first { &bytes } else { &bytes[after_heading..] }).unwrap();
    }
}

struct Maker<'f> {
    form: &'f Form,
    chance: Chance,
    made: usize,
}

impl Maker<'_> {
    fn choice(&mut self, list: &str) -> String {
        let choices = self.form.choices(list);
        choices[self.chance.below(choices.len())].name.clone()
    }

    fn response(&mut self) -> Response {
        self.made += 1;
        let seconds = 1_790_000_000.0 + self.chance.below(2_000_000) as f64;
        let moment = |later: f64| Some(Timestamp::from_millis((seconds + later) * 1000.0));
        let mut answers = vec![("ho_ten".to_owned(), format!("Nguyễn Văn {}", self.made % 5000))];
        for (question, list) in
            [("don_vi", "don_vi"), ("chuc_danh", "chuc_danh"), ("gioi_tinh", "gioi_tinh")]
        {
            answers.push((question.to_owned(), self.choice(list)));
        }
        answers.push(("nam_chuc_danh".to_owned(), self.chance.below(20).to_string()));
        let form = self.form;
        for competency in form.competencies.iter().take(RATED) {
            for scale in ["imp", "abl"] {
                let level = (1 + self.chance.below(5)).to_string();
                answers.push((format!("{scale}_{}", competency.code), level));
            }
        }
        if self.chance.below(5) == 0 {
            let wish = "Đề nghị mở lớp ngay tại xã, vào cuối tuần, có bài tập tình huống";
            answers.push(("kien_nghi".to_owned(), wish.to_owned()));
        }
        let mut response = Response {
            form: form.id.as_str().into(),
            form_version: form.version.as_str().into(),
            campaign: "".into(),
            root: format!("{:08x}-27ce-4b1c-9a53-{:012x}", self.chance.below(1 << 32), self.made),
            revision: 1,
            start: moment(0.0),
            end: moment(715.0),
            submitted: moment(720.0),
            active_seconds: Some(720),
            mode: Mode::Respondent,
            consent: Consent::parse("2026-11@2026-11-02T07:00:01Z"),
            answers: answers.into_iter().collect::<Answers>(),
            checksum: String::new(),
            sources: Rc::new(["tong-hop.csv".to_owned()].into()),
        };
        response.seal();
        response
    }
}
