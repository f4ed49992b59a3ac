//! What R and PSPP find in a data package is what the product says.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "desk/generated.rs"]
#[allow(dead_code, reason = "of a campaign of which everything is known, the answers are used")]
mod generated;

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use phieu_xa::app::collector::Collector;
use phieu_xa::app::protocol::{Export, ExportWanted};
use phieu_xa::domain::clusters::Clusters;
use phieu_xa::domain::form::{Form, Kind, Scale};
use phieu_xa::domain::grouping::{Grouping, Tallies};
use phieu_xa::domain::response::Response;
use phieu_xa::domain::timestamp::Timestamp;
use phieu_xa::formats::table::Profile;
use phieu_xa::formats::variable::levels;
use phieu_xa::text::Language;

/// What a program is asked of a package: how many gave each answer, and of each rating how many
/// and their mean.
#[derive(Debug, Default, PartialEq)]
struct Found {
    answers: BTreeMap<(String, String), u64>,
    means: BTreeMap<String, (u64, f64)>,
}

/// What people wrote, among it what scripts may stumble over.
const WRITTEN: [&str; 5] =
    ["=1+1", "dòng một\ndòng hai", "\"trong ngoặc\", 'nháy'", "a;b,c\td", "Đặng Thị Ước"];

fn people(form: &Form) -> Vec<Response> {
    let made = generated::campaign(6, 8);
    assert_eq!(*made.form, *form);
    let rows = made.dataset.current().into_iter().zip(WRITTEN.iter().cycle());
    rows.map(|(row, text)| {
        let mut row = row.clone();
        row.answers.set("kien_nghi", text);
        row.seal();
        row
    })
    .collect()
}

/// A package in a folder of its own.
fn package(name: &str, desk: &Collector) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("phieu-xa-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    let wanted = ExportWanted::plain(Export::Package, Profile::Data, Language::Vi);
    let (roster, now) = (generated::roster(desk.form(), 8), Timestamp::from_millis(1.8e12));
    let (_, bytes) = desk.export(&wanted, &roster, now).unwrap();
    zip::ZipArchive::new(Cursor::new(bytes)).unwrap().extract(&folder).unwrap();
    folder
}

/// The questions with a label a choice, and those that are ratings.
fn asked(form: &Form) -> (Vec<&str>, Vec<&str>) {
    let (mut choices, mut ratings) = (Vec::new(), Vec::new());
    for question in form.questions() {
        let Kind::SelectOne(list) = &question.kind else { continue };
        if question.rating.is_some() {
            assert_eq!(levels(form.choices(list)).count(), 5);
            ratings.push(question.name.as_str());
        } else if form.choices(list).len() <= 200 {
            choices.push(question.name.as_str());
        }
    }
    (choices, ratings)
}

/// What the product says of the same people.
fn expected(form: &Form, people: &[Response]) -> Found {
    let mut found = Found::default();
    for name in asked(form).0 {
        let question = form.question(name).unwrap();
        for person in people {
            let answer = person.answers.get(name);
            if !answer.is_empty() {
                let label = form.answer_in_distinct_words(question, answer, "vi");
                *found.answers.entry((name.to_owned(), label)).or_default() += 1;
            }
        }
    }
    let tallies = Tallies::count(form, Grouping::OVERALL, &Clusters::default(), people);
    let (_, everybody) = tallies.groups().next().unwrap();
    for question in form.questions() {
        let Some(rating) = &question.rating else { continue };
        let tally = &everybody.tallies[form.competency_position(&rating.competency).unwrap()];
        let counted = match rating.scale {
            Scale::Importance => tally.importance(),
            Scale::Ability => tally.ability(),
        };
        if let Some(mean) = counted.mean() {
            found.means.insert(question.name.clone(), (counted.n(), mean));
        }
    }
    found
}

fn assert_same(found: &Found, expected: &Found) {
    assert_eq!(found.answers, expected.answers);
    assert_eq!(found.means.len(), expected.means.len());
    for (name, (n, mean)) in &expected.means {
        let (found_n, found_mean) = found.means[name];
        assert_eq!(found_n, *n, "{name}");
        assert!((found_mean - mean).abs() < 1e-9, "{name}: {found_mean}, not {mean}");
    }
}

/// Runs a program in a folder; `None` where there is none.
fn run(program: &str, arguments: &[&str], folder: &Path) -> Option<Output> {
    let mut command = Command::new(program);
    let output = command.args(arguments).current_dir(folder).env("LC_ALL", "C.UTF-8").output();
    let Ok(output) = output else {
        eprintln!("NOT CHECKED: without {program} no package was read by it");
        return None;
    };
    let said = [&output.stdout, &output.stderr].map(|said| String::from_utf8_lossy(said));
    assert!(output.status.success(), "{program}: {}", said.concat());
    Some(output)
}

/// Lines `answer`, name, label, count and `mean`, name, count, mean, between tabs.
fn read_lines(text: &str) -> Found {
    let mut found = Found::default();
    for line in text.lines() {
        let parts: Vec<&str> = line.split('\t').collect();
        match parts.as_slice() {
            ["answer", name, label, count] => {
                let key = ((*name).to_owned(), (*label).to_owned());
                found.answers.insert(key, count.parse().unwrap());
            }
            ["mean", name, n, mean] => {
                let mean = (n.parse().unwrap(), mean.parse().unwrap());
                found.means.insert((*name).to_owned(), mean);
            }
            _ => {}
        }
    }
    found
}

#[test]
fn r_finds_the_same_frequencies_and_means_and_every_text() {
    let form = phieu_xa::forms::needs().unwrap();
    let people = people(&form);
    let folder = package("r", &Collector::new(form.clone(), people.clone()));
    let (choices, _) = asked(&form);
    let choices: Vec<String> = choices.iter().map(|name| format!("\"{name}\"")).collect();
    let script = format!(
        r#"source("responses.R", encoding = "UTF-8")
for (name in c({})) {{
  counts <- table(responses[[name]])
  for (label in names(counts)) if (counts[[label]] > 0)
    cat("answer", name, label, counts[[label]], sep = "\t", fill = 100000)
}}
for (name in names(ratings)) {{
  given <- ratings[[name]][!is.na(ratings[[name]])]
  stopifnot(identical(as.integer(responses[[name]]), ratings[[name]]))
  stopifnot(sum(!is.na(reasons[[name]])) == sum(raw[[name]] == "na", na.rm = TRUE))
  if (length(given)) cat("mean", name, length(given), format(mean(given), digits = 17), sep = "\t", fill = 100000)
}}
stopifnot(identical(class(readRDS("responses.rds")[["_submitted"]])[1], "POSIXct"))
writeLines(unique(responses[["kien_nghi"]]), "texts.txt", useBytes = TRUE)
"#,
        choices.join(", ")
    );
    fs::write(folder.join("ask.R"), script).unwrap();
    let Some(output) = run("Rscript", &["ask.R"], &folder) else { return };
    let found = read_lines(&String::from_utf8(output.stdout).unwrap());
    assert_same(&found, &expected(&form, &people));
    let texts = fs::read_to_string(folder.join("texts.txt")).unwrap();
    for text in WRITTEN {
        assert!(texts.contains(text), "{text:?} in {texts}");
    }
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn pspp_finds_the_same_frequencies_and_means_and_reads_the_syntax_without_a_word() {
    let form = phieu_xa::forms::needs().unwrap();
    let people = people(&form);
    let folder = package("pspp", &Collector::new(form.clone(), people.clone()));
    let (choices, ratings) = asked(&form);
    let means = ratings.iter().map(|name| format!(" /{name}_m=MEAN({name}) /{name}_n=N({name})"));
    let script = format!(
        "INSERT FILE='responses.sps'.\n\
         SAVE OUTFILE='responses.sav'.\n\
         SAVE TRANSLATE /OUTFILE='texts.csv' /TYPE=CSV /KEEP=kien_nghi.\n\
         FREQUENCIES VARIABLES={}.\n\
         COMPUTE everybody=1.\n\
         AGGREGATE OUTFILE=* /BREAK=everybody{}.\n\
         FORMATS everybody TO {}_n (F20.15).\n\
         SAVE TRANSLATE /OUTFILE='means.csv' /TYPE=CSV /FIELDNAMES /CELLS=VALUES.\n",
        choices.join(" "),
        means.collect::<Vec<_>>().join("\n"),
        ratings.last().unwrap(),
    );
    fs::write(folder.join("ask.sps"), script).unwrap();
    let arguments = ["-O", "format=csv", "-o", "found.csv", "ask.sps"];
    let Some(output) = run("pspp", &arguments, &folder) else { return };
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    let expected = expected(&form, &people);

    let texts = fs::read_to_string(folder.join("texts.csv")).unwrap();
    for text in ["=1+1", "a;b,c d", "Đặng Thị Ước", "'nháy'"] {
        assert!(texts.contains(text), "{text:?} in {texts}");
    }
    assert!(!texts.contains("'=1+1"), "{texts}");
    let text = fs::read_to_string(folder.join("found.csv")).unwrap();
    assert!(!text.contains("warning") && !text.contains("error"), "{text}");
    let mut found = Found::default();
    let mut names = choices.iter();
    let mut name = "";
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    for row in reader.records().map(Result::unwrap) {
        let cells: Vec<&str> = row.iter().collect();
        match cells.as_slice() {
            ["", "", "Frequency", ..] => name = names.next().unwrap(),
            ["Valid" | "", label, count, ..] if !label.is_empty() => {
                let key = (name.to_owned(), (*label).to_owned());
                found.answers.insert(key, count.parse().unwrap());
            }
            _ => {}
        }
    }
    assert_eq!(names.next(), None);
    let text = fs::read_to_string(folder.join("means.csv")).unwrap();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headings = reader.headers().unwrap().clone();
    let row = reader.records().next().unwrap().unwrap();
    let value = |heading: String| {
        let at = headings.iter().position(|own| own == heading).unwrap();
        row[at].trim().parse::<f64>().unwrap_or(f64::NAN)
    };
    for name in ratings {
        let count = expected.means.get(name).map_or(0, |(n, _)| *n);
        assert!((value(format!("{name}_n")) - count as f64).abs() < 0.5, "{name}");
        if count > 0 {
            found.means.insert(name.to_owned(), (count, value(format!("{name}_m"))));
        }
    }
    assert_same(&found, &expected);
    fs::remove_dir_all(&folder).unwrap();
}
