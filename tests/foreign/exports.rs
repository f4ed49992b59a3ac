//! One campaign as other programs export it. Layouts follow what `KoboToolbox` (formpack), ODK
//! Central (briefcase) and Google Forms write; the last is what people type.

use phieu_xa::domain::form::{Form, Kind, Question};
use phieu_xa::domain::response::Response;
use rust_xlsxwriter::Workbook;

/// Headings and rows.
pub(crate) struct Export {
    pub(crate) headings: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

impl Export {
    fn new(first: &[&str]) -> Self {
        Self { headings: first.iter().map(|&text| text.to_owned()).collect(), rows: Vec::new() }
    }

    /// As a CSV: the separator, whether everything is quoted, and the line end.
    pub(crate) fn csv(&self, separator: char, all_quoted: bool, end: &str) -> Vec<u8> {
        let cell = |text: &String| {
            let needs = all_quoted || text.contains([separator, '"', '\n']);
            if needs { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.clone() }
        };
        let line = |cells: &Vec<String>| {
            let cells: Vec<String> = cells.iter().map(cell).collect();
            cells.join(&separator.to_string()) + end
        };
        std::iter::once(&self.headings).chain(&self.rows).map(line).collect::<String>().into_bytes()
    }

    /// As the only sheet of a workbook, numbers as numbers.
    pub(crate) fn xlsx(&self) -> Vec<u8> {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        for (row, cells) in (0..).zip(std::iter::once(&self.headings).chain(&self.rows)) {
            for (column, cell) in (0..).zip(cells) {
                match cell.parse::<f64>() {
                    // Excel takes the zeros off a code.
                    Ok(number) if row > 0 => sheet.write_number(row, column, number).unwrap(),
                    _ => sheet.write_string(row, column, cell).unwrap(),
                };
            }
        }
        workbook.save_to_buffer().unwrap()
    }
}

/// What every layout has columns of.
pub(crate) fn questions(form: &Form) -> Vec<&Question> {
    form.questions().iter().filter(|question| question.kind.has_value()).collect()
}

/// The groups around a question and itself.
fn path(form: &Form, question: &Question, separator: &str, in_labels: bool) -> String {
    let mut groups: Vec<usize> = form.ancestry(question.group).collect();
    groups.reverse();
    let name = |group: usize| {
        let group = &form.groups()[group];
        if in_labels { group.label.get("vi") } else { &group.name }.to_owned()
    };
    let mut parts: Vec<String> = groups.into_iter().map(name).collect();
    parts.push(heading(question, in_labels));
    parts.join(separator)
}

fn heading(question: &Question, in_labels: bool) -> String {
    let label = question.label.get("vi");
    if in_labels && !label.is_empty() { label } else { &question.name }.to_owned()
}

fn choices<'f>(form: &'f Form, question: &Question) -> Vec<(&'f str, &'f str)> {
    let list = question.kind.list().unwrap();
    form.choices(list).iter().map(|c| (c.name.as_str(), c.label.get("vi"))).collect()
}

/// An answer in words; several with `separator` between them.
fn words(form: &Form, question: &Question, value: &str, separator: &str) -> String {
    form.answer_in_words(question, value, "vi").replace(" | ", separator)
}

/// How `KoboToolbox` is asked to write headings and values.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Kobo {
    Names,
    GroupedNames,
    Labels,
    GroupedLabels,
}

/// `KoboToolbox`: answers with a column a choice beside them, then what it knows itself.
pub(crate) fn kobo(form: &Form, people: &[&Response], style: Kobo) -> Export {
    let in_labels = matches!(style, Kobo::Labels | Kobo::GroupedLabels);
    let mut export = Export::new(&["start", "end"]);
    for question in questions(form) {
        let heading = match style {
            Kobo::Names | Kobo::Labels => heading(question, in_labels),
            Kobo::GroupedNames | Kobo::GroupedLabels => path(form, question, "/", in_labels),
        };
        export.headings.push(heading.clone());
        if matches!(question.kind, Kind::SelectMultiple(_)) {
            for (name, label) in choices(form, question) {
                let choice = if in_labels { label } else { name };
                export.headings.push(format!("{heading}/{choice}"));
            }
        }
    }
    let own = "_id _uuid _submission_time _validation_status _notes _status _submitted_by \
        __version__ _tags meta/rootUuid _index";
    export.headings.extend(own.split(' ').map(str::to_owned));
    for (index, person) in people.iter().enumerate() {
        let time = |at: Option<phieu_xa::domain::timestamp::Timestamp>| at.unwrap().to_string();
        let mut row = vec![time(person.start), time(person.end)];
        for question in questions(form) {
            let value = person.answers.get(&question.name);
            let shown =
                if in_labels { words(form, question, value, " ") } else { value.to_owned() };
            row.push(shown);
            if matches!(question.kind, Kind::SelectMultiple(_)) {
                for (name, _) in choices(form, question) {
                    let taken = value.split(' ').any(|taken| taken == name);
                    let cell = if value.is_empty() { "" } else { ["0", "1"][usize::from(taken)] };
                    row.push(cell.to_owned());
                }
            }
        }
        let submitted = time(person.submitted);
        row.extend([
            (1000 + index).to_string(),
            format!("uuid-{}", person.root),
            submitted.trim_end_matches('Z').to_owned(),
            String::new(),
            String::new(),
            "submitted_via_web".to_owned(),
            String::new(),
            "vD3f".to_owned(),
            String::new(),
            format!("uuid:{}", person.root),
            (index + 1).to_string(),
        ]);
        export.rows.push(row);
    }
    export
}

/// ODK Central: times first, groups with a dash, zeros where nothing was chosen.
pub(crate) fn odk(form: &Form, people: &[&Response]) -> Export {
    let mut export = Export::new(&["SubmissionDate", "start", "end"]);
    for question in questions(form) {
        let heading = path(form, question, "-", false);
        if matches!(question.kind, Kind::SelectMultiple(_)) {
            for (name, _) in choices(form, question) {
                export.headings.push(format!("{heading}/{name}"));
            }
        } else {
            export.headings.push(heading);
        }
    }
    let own = "meta-instanceID meta-instanceName KEY SubmitterID SubmitterName ReviewState \
        DeviceID Edits FormVersion";
    export.headings.extend(own.split(' ').map(str::to_owned));
    for person in people {
        let time = |at: Option<phieu_xa::domain::timestamp::Timestamp>| at.unwrap().to_string();
        let mut row = vec![time(person.submitted), time(person.start), time(person.end)];
        for question in questions(form) {
            let value = person.answers.get(&question.name);
            if matches!(question.kind, Kind::SelectMultiple(_)) {
                let taken = |name: &str| value.split(' ').any(|taken| taken == name);
                let cells = choices(form, question).into_iter();
                row.extend(cells.map(|(name, _)| ["0", "1"][usize::from(taken(name))].to_owned()));
            } else {
                row.push(value.to_owned());
            }
        }
        let id = format!("uuid:{}", person.root);
        row.extend([format!("uuid:edit-{}", person.root), String::new(), id]);
        row.extend(["7", "Khảo sát", "", "", "0", "2026"].map(str::to_owned));
        export.rows.push(row);
    }
    export
}

/// Google Forms in Vietnamese: grids of competencies, labels with commas between them.
pub(crate) fn google(form: &Form, people: &[&Response], asked: &[&str]) -> Export {
    let mut export = Export::new(&["Dấu thời gian", "Địa chỉ email"]);
    let plain: Vec<&Question> = asked.iter().map(|name| form.question(name).unwrap()).collect();
    export.headings.extend(plain.iter().map(|question| question.label.get("vi").to_owned()));
    for (title, _) in GRIDS {
        let rows = form.competencies.iter();
        export.headings.extend(rows.map(|row| format!("{title} [{}]", row.label.get("vi"))));
    }
    for (number, person) in people.iter().enumerate() {
        let mut row = vec![google_time(person), format!("nguoi{number}@example.vn")];
        row.extend(
            plain
                .iter()
                .map(|question| words(form, question, person.answers.get(&question.name), ", ")),
        );
        for (_, prefix) in GRIDS {
            row.extend(form.competencies.iter().map(|competency| {
                let question = form.question(&format!("{prefix}_{}", competency.code)).unwrap();
                words(form, question, person.answers.get(&question.name), ", ")
            }));
        }
        export.rows.push(row);
    }
    export
}

const GRIDS: [(&str, &str); 2] =
    [("Mức độ quan trọng của từng năng lực", "imp"), ("Mức độ đáp ứng hiện nay", "abl")];

/// `2026/12/02 2:05:33 CH GMT+7`
fn google_time(person: &Response) -> String {
    let shifted = person.submitted.unwrap().millis() + 7.0 * 3_600_000.0;
    let local = phieu_xa::domain::timestamp::Timestamp::from_millis(shifted).to_string();
    let (date, clock) = local.split_once('T').unwrap();
    let hour: u32 = clock[..2].parse().unwrap();
    let half = if hour < 12 { "SA" } else { "CH" };
    let twelfth = if hour.is_multiple_of(12) { 12 } else { hour % 12 };
    format!("{} {twelfth}{} {half} GMT+7", date.replace('-', "/"), &clock[2..8])
}

/// Excel, as a clerk types it: a title, headings over two columns with their parts below, other
/// words, columns of its own, and a sum.
pub(crate) fn typed(form: &Form, people: &[&Response]) -> Export {
    let mut export = Export::new(&["TỔNG HỢP PHIẾU KHẢO SÁT NĂM 2026"]);
    let mut above: Vec<String> = [
        "STT",
        "Họ và tên",
        "SĐT",
        "Xã, phường",
        "Tỉnh",
        "Chức vụ",
        "Tuổi",
        "Nam/Nữ",
        "Số năm giữ chức danh",
    ]
    .map(str::to_owned)
    .to_vec();
    let mut below = vec![String::new(); above.len()];
    // The clerk has asked about three only.
    let rated = &form.competencies[..3];
    for competency in rated {
        above.extend([competency.label.get("vi").to_owned(), String::new()]);
        below.extend(["Đáp ứng", "Quan trọng"].map(str::to_owned));
    }
    let width = above.len();
    export.rows.extend([above, below]);
    for (number, person) in people.iter().enumerate() {
        let said = |name: &str| person.answers.get(name);
        let label = |name: &str| words(form, form.question(name).unwrap(), said(name), ", ");
        let unit = label("don_vi");
        let unit = unit.split_once(' ').map_or(unit.clone(), |(_, bare)| bare.to_owned());
        let mut row = vec![
            (number + 1).to_string(),
            said("ho_ten").to_owned(),
            "0912 345 678".to_owned(),
            unit.to_uppercase(),
            label("tinh").replace("Tỉnh ", "").replace("Thành phố ", "TP. "),
            label("chuc_danh").replace("Phó Chủ tịch", "PCT").replace("Chủ tịch", "CT"),
            label("nhom_tuoi"),
            label("gioi_tinh"),
            format!("{} năm", said("nam_chuc_danh")),
        ];
        for competency in rated {
            for prefix in ["abl", "imp"] {
                row.push(label(&format!("{prefix}_{}", competency.code)).to_lowercase());
            }
        }
        export.rows.push(row);
    }
    let mut sum = vec![String::new(), "Tổng cộng".to_owned(), people.len().to_string()];
    sum.resize(width, String::new());
    export.rows.push(sum);
    export
}
