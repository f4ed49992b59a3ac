//! A form from the sheets of an `XLSForm`.
//!
//! `survey`, `choices` and `settings` are those of the `XLSForm` standard; `competencies` is ours:
//! a competency's code, domain, labels and, in columns `level::<post>`, the level a post needs.
//! Further columns of ours, which other tools ignore: `tna::competency`, `tna::scale`
//! (`importance`, `ability`) and `tna::role` in `survey`; `tna::title::<language>`,
//! `tna::consent_version` and `tna::minutes` in `settings`. Several sheets `choices` are read as
//! one, so that forms can share lists. Any other sheet with a column `name` is a choice list for
//! `select_one_from_file`.

mod choices;
mod competencies;
mod parameters;
mod question_type;
mod references;
mod settings;
mod sheet;
mod survey;
mod warnings;

use std::collections::BTreeSet;

use super::csv_text;
use super::form_files::NamedSheet;
use crate::domain::form::Form;
use crate::domain::problem::{FormProblem, FormProblemKind, ProblemKind};
use sheet::{At, Sheet, language_code, language_name};

pub(super) use choices::COLUMNS as CHOICE_COLUMNS;
pub(super) use competencies::COLUMNS as COMPETENCY_COLUMNS;
pub(super) use settings::COLUMNS as SETTING_COLUMNS;
pub(super) use survey::COLUMNS as SURVEY_COLUMNS;

/// A file of a form: its name, with or without `.csv`, and its text.
pub type SheetFile<'a> = (&'a str, &'a str);

/// A form that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct XlsForm {
    /// The form.
    pub form: Form,
    /// What its author should know, though the form can be used.
    pub warnings: Vec<FormProblem>,
}

/// What to do with questions that need a camera, a map or a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Unsupported {
    /// They are faults.
    Refused,
    /// They are left out, with a warning each.
    LeftOut,
}

/// Reads a form from sheets as CSV.
///
/// # Errors
/// As [`read_sheets`].
pub fn read(files: &[SheetFile<'_>]) -> Result<XlsForm, Vec<FormProblem>> {
    let mut sheets = Vec::new();
    let mut faults = Vec::new();
    for (file, text) in files {
        let name = question_type::sheet_of_file(file).to_owned();
        match csv_text::parse(text) {
            Ok(table) => sheets.push((name, table)),
            Err(problem) => faults.push(FormProblem {
                sheet: name,
                line: problem.line,
                column: None,
                kind: FormProblemKind::Table(problem.kind),
                suggestion: None,
                excerpt: None,
            }),
        }
    }
    if faults.is_empty() { read_sheets(sheets, Unsupported::Refused) } else { Err(faults) }
}

/// Reads a form from its sheets.
///
/// # Errors
/// Every fault found, each at its cell; a form with a fault is not used.
pub fn read_sheets(
    sheets: Vec<NamedSheet>,
    unsupported: Unsupported,
) -> Result<XlsForm, Vec<FormProblem>> {
    let mut reader = Reader::new(unsupported);
    let mut named = Sheets::default();
    let mut seen = BTreeSet::new();
    for (name, table) in sheets {
        // Lists are told apart by case, the standard's sheets are not.
        let known = name.trim().to_lowercase();
        let is_standard = ["survey", "settings", "competencies"].contains(&known.as_str());
        if known != "choices" && !seen.insert(if is_standard { known } else { name.clone() }) {
            let kind = FormProblemKind::NameTwice(name.clone());
            reader.faults.push(fault(&name, None, None, kind));
        }
        for problem in &table.problems {
            let column = problem.column.as_ref().map(|column| column.heading.as_str());
            let kind = FormProblemKind::Table(problem.kind.clone());
            reader.faults.push(fault(&name, problem.line, column, kind));
        }
        named.add(Sheet::new(name, table));
    }
    reader.form(named)
}

/// The sheets by what they are.
#[derive(Default)]
struct Sheets {
    survey: Option<Sheet>,
    choices: Vec<Sheet>,
    settings: Option<Sheet>,
    competencies: Option<Sheet>,
    others: Vec<Sheet>,
}

impl Sheets {
    fn add(&mut self, sheet: Sheet) {
        match sheet.name.trim().to_lowercase().as_str() {
            "survey" => self.survey = Some(sheet),
            "choices" => self.choices.push(sheet),
            "settings" => self.settings = Some(sheet),
            "competencies" => self.competencies = Some(sheet),
            _ => self.others.push(sheet),
        }
    }

    fn each(&mut self) -> impl Iterator<Item = &mut Sheet> {
        let named = [&mut self.survey, &mut self.settings, &mut self.competencies];
        named.into_iter().flatten().chain(&mut self.choices).chain(&mut self.others)
    }
}

/// How many faults may come with a suggestion.
const MOST_SUGGESTIONS: usize = 30;

/// The form as it grows, and what is wrong so far.
struct Reader {
    unsupported: Unsupported,
    form: Form,
    /// The headings of further columns of choices, as they came up.
    choice_columns: Vec<String>,
    faults: Vec<FormProblem>,
    warnings: Vec<FormProblem>,
}

fn fault(
    sheet: &str,
    line: Option<u64>,
    column: Option<&str>,
    kind: FormProblemKind,
) -> FormProblem {
    FormProblem {
        sheet: sheet.to_owned(),
        line,
        column: column.map(str::to_owned),
        kind,
        suggestion: None,
        excerpt: None,
    }
}

impl Reader {
    fn new(unsupported: Unsupported) -> Self {
        let (faults, warnings) = (Vec::new(), Vec::new());
        Self { unsupported, form: Form::default(), choice_columns: Vec::new(), faults, warnings }
    }

    /// Reports a fault at a cell.
    fn report(&mut self, at: At<'_>, column: &str, kind: FormProblemKind) {
        self.faults.push(fault(&at.sheet.name, Some(at.row.line), Some(column), kind));
    }

    /// Reports a fault at a cell, with what was perhaps meant.
    fn report_with<'k>(
        &mut self,
        at: At<'_>,
        column: &str,
        kind: FormProblemKind,
        word: &str,
        known: impl IntoIterator<Item = &'k str>,
    ) {
        let known = known.into_iter().take_while(|_| self.suggests());
        let suggestion = crate::domain::search::nearest(word, known).map(str::to_owned);
        let fault = fault(&at.sheet.name, Some(at.row.line), Some(column), kind);
        self.faults.push(FormProblem { suggestion, ..fault });
    }

    /// Whether it is still worth the while to look for what was meant: every name against every
    /// other takes minutes where thousands are wrong, and nobody reads so many faults.
    fn suggests(&self) -> bool {
        self.faults.len() < MOST_SUGGESTIONS
    }

    fn warn(&mut self, at: At<'_>, column: &str, kind: FormProblemKind) {
        self.warnings.push(fault(&at.sheet.name, Some(at.row.line), Some(column), kind));
    }

    fn form(mut self, mut sheets: Sheets) -> Result<XlsForm, Vec<FormProblem>> {
        self.languages(&mut sheets);
        let missing = |name| fault(name, None, None, FormProblemKind::MissingSheet);
        match &sheets.settings {
            Some(sheet) => self.settings(sheet),
            None => self.faults.push(missing("settings")),
        }
        self.choices(&sheets.choices, None);
        for sheet in &sheets.others {
            if let Some(survey) = &sheets.survey {
                self.other_sheet(sheet, survey);
            }
        }
        if let Some(sheet) = &sheets.competencies {
            self.competencies(sheet);
        }
        match &sheets.survey {
            Some(sheet) => self.survey(sheet, &sheets.others),
            None => self.faults.push(missing("survey")),
        }
        self.form.keep_repeated_labels_once();
        if self.faults.is_empty() && self.form.questions().is_empty() {
            let kind = FormProblemKind::Table(ProblemKind::NoRows);
            self.faults.push(fault("survey", None, None, kind));
        }
        if self.faults.is_empty() {
            self.warn_of_the_whole(&sheets);
            Ok(XlsForm { form: self.form, warnings: self.warnings })
        } else {
            Err(self.faults)
        }
    }

    /// The languages of the labels, after the default one: as the settings say, else that of the
    /// first label.
    fn languages(&mut self, sheets: &mut Sheets) {
        let settings = sheets.settings.as_ref().and_then(|sheet| sheet.rows().next());
        let stated = settings.map_or("", |at| at.cell("default_language")).to_owned();
        let labels: Vec<String> =
            sheets.survey.iter().flat_map(Sheet::label_languages).map(str::to_owned).collect();
        let default = Some(&stated).filter(|stated| !stated.is_empty()).or(labels.first());
        let default = default.map_or("", |language| language_code(language)).to_owned();
        let mut languages = vec![default];
        for written in labels.iter().filter(|written| !written.is_empty()) {
            let code = language_code(written);
            if !languages.iter().any(|language| language == code) {
                languages.push(code.to_owned());
            }
        }
        for written in labels.iter().chain([&stated]) {
            let (code, name) = (language_code(written), language_name(written));
            if !name.is_empty() {
                let names = &mut self.form.language_names;
                names.entry(code.to_owned()).or_insert_with(|| name.to_owned());
            }
        }
        sheets.each().for_each(|sheet| sheet.set_languages(&languages));
        self.form.languages = languages;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::problem::ExpressionFault;

    const SETTINGS: &str = "form_title,form_id,version,default_language\nThử,thu,1,vi\n";

    fn read_survey(survey: &str, choices: &str) -> Result<XlsForm, Vec<FormProblem>> {
        read(&[("survey.csv", survey), ("choices.csv", choices), ("settings.csv", SETTINGS)])
    }

    const CHOICES: &str = "list_name,name,label\nx,a,A\nx,b,B\n";

    #[test]
    fn labels_are_read_in_every_language_the_default_one_first() {
        let survey = "type,name,label::English (en),label::Tiếng Việt (vi),hint\n\
                      text,ten,Name,Tên,gợi ý\n";
        let form = read_survey(survey, CHOICES).unwrap().form;
        assert_eq!(form.languages, ["vi", "en"]);
        let question = form.question("ten").unwrap();
        assert_eq!(question.label.get("vi"), "Tên");
        assert_eq!(question.label.get("en"), "Name");
        assert_eq!(question.label.get("fr"), "Tên");
        assert_eq!(question.hint.get("vi"), "gợi ý");
    }

    #[test]
    fn every_fault_of_a_form_is_named_with_its_cell_and_a_suggestion() {
        let survey = "type,name,label,relevant,tna::role\n\
                      select_one gone,a,A,,\n\
                      geopoint,b,B,,\n\
                      text,b c,B,,\n\
                      text,tuoi,D,${tuio} = 1,\n\
                      text,tuoi,D,selcted(.),pst\n\
                      begin group,g,G,,\n\
                      texxt,h,H,,\n";
        let problems =
            read_survey(survey, "list_name,name,label\nl,,A\nl,x,A\nl,x,B\n").unwrap_err();
        let found: Vec<_> = problems
            .iter()
            .map(|p| {
                let place = (p.sheet.as_str(), p.line.unwrap(), p.column.as_deref().unwrap());
                (place, &p.kind, p.suggestion.as_deref())
            })
            .collect();
        let unknown = ExpressionFault::UnknownFunction("selcted".into());
        let expression = FormProblemKind::Expression(unknown);
        assert_eq!(
            found,
            [
                (("choices", 2, "name"), &FormProblemKind::EmptyCell, None),
                (("choices", 4, "name"), &FormProblemKind::NameTwice("x".into()), None),
                (("survey", 2, "type"), &FormProblemKind::MissingList("gone".into()), None),
                (("survey", 3, "type"), &FormProblemKind::UnsupportedType("geopoint".into()), None),
                (("survey", 4, "name"), &FormProblemKind::BadName("b c".into()), None),
                (("survey", 6, "name"), &FormProblemKind::NameTwice("tuoi".into()), None),
                (("survey", 6, "relevant"), &expression, Some("selected")),
                (
                    ("survey", 6, "tna::role"),
                    &FormProblemKind::UnknownWord("pst".into()),
                    Some("post")
                ),
                (
                    ("survey", 8, "type"),
                    &FormProblemKind::UnknownType("texxt".into()),
                    Some("text")
                ),
                (("survey", 7, "type"), &FormProblemKind::GroupNotClosed, None),
                (
                    ("survey", 5, "relevant"),
                    &FormProblemKind::MissingQuestion("tuio".into()),
                    Some("tuoi")
                ),
            ]
        );
    }

    #[test]
    fn a_list_goes_on_in_a_second_sheet_of_choices() {
        let read_with = |further| {
            let survey = "type,name,label\nselect_one x,q,Q\n";
            let choices = [("choices", CHOICES), ("choices.csv", further)];
            read(&[&[("survey", survey), ("settings", SETTINGS)], &choices[..]].concat())
        };
        let form = read_with("list_name,name,label\nx,na,N\n").unwrap().form;
        let names: Vec<&str> = form.choices("x").iter().map(|c| c.name.as_str()).collect();
        assert_eq!(names, ["a", "b", "na"]);
        let problems = read_with("list_name,name,label\nx,b,B\n").unwrap_err();
        assert_eq!(problems[0].kind, FormProblemKind::NameTwice("b".into()));
    }

    #[test]
    fn the_place_of_a_fault_is_underlined_in_its_expression() {
        let survey = "type,name,label,relevant\n\
                      text,tuổi,A,\n\
                      text,b,B,1 = 1 and selcted(.)\n\
                      text,c,C,${tuỏi} > ${tuổi}\n";
        let problems = read_survey(survey, CHOICES).unwrap_err();
        let marked = problems.iter().map(|problem| {
            let excerpt = problem.excerpt.as_ref().unwrap();
            let text: Vec<char> = excerpt.text.chars().collect();
            text[excerpt.start..excerpt.start + excerpt.length].iter().collect::<String>()
        });
        assert_eq!(marked.collect::<Vec<_>>(), ["selcted", "${tuỏi}"]);
    }

    #[test]
    fn questions_that_need_a_camera_or_a_map_can_be_left_out() {
        let table = |text| csv_text::parse(text).unwrap();
        let survey = "type,name,label\ntext,a,A\nimage,b,B\n";
        let sheets = || {
            vec![("Survey ".to_owned(), table(survey)), ("settings".to_owned(), table(SETTINGS))]
        };
        assert!(read_sheets(sheets(), Unsupported::Refused).is_err());
        let read = read_sheets(sheets(), Unsupported::LeftOut).unwrap();
        assert!(read.form.question("a").is_some() && read.form.question("b").is_none());
        assert_eq!(read.warnings[0].kind, FormProblemKind::UnsupportedType("image".into()));
        assert_eq!(read.warnings[0].line, Some(3));
    }

    #[test]
    fn a_form_without_its_sheets_says_which_is_missing() {
        let problems = read(&[]).unwrap_err();
        let sheets: Vec<&str> = problems.iter().map(|problem| problem.sheet.as_str()).collect();
        assert_eq!(sheets, ["settings", "survey"]);
    }

    #[test]
    fn what_is_odd_but_harmless_is_a_warning() {
        let survey = "type,name,label::vi,label::en,my_note\n\
                      select_one x,a,A,,n\n\
                      text,B,B,B,\n\
                      text,b,B,B,\n";
        let choices = "list_name,name,label::vi,label::en\nx,a,A,A\ny,a,A,A\n";
        let warnings = read_survey(survey, choices).unwrap().warnings;
        let kinds: Vec<_> = warnings.iter().map(|warning| &warning.kind).collect();
        for kind in [
            FormProblemKind::UnknownColumn("my_note".into()),
            FormProblemKind::UnusedList("y".into()),
            FormProblemKind::MissingTranslation("en".into()),
            FormProblemKind::NearlyTheSameName("b".into()),
        ] {
            assert!(kinds.contains(&&kind), "{kind:?} is not in {kinds:?}");
        }
        assert_eq!(warnings.len(), 4);
    }

    #[test]
    fn rules_that_are_not_there_are_refused_and_never_passed_over() {
        let survey = "type,name,label,trigger,parameters,tna::role\n\
                      text,a,A,${a},,\n\
                      begin repeat,r,R,,,\n\
                      text,b,B,,,post\n\
                      end repeat,,,,,\n\
                      select_one x,q,Q,,value=code,\n";
        let problems = read_survey(survey, CHOICES).unwrap_err();
        let kinds: Vec<_> = problems.iter().map(|problem| (problem.line, &problem.kind)).collect();
        let rule = |name: &str| FormProblemKind::UnsupportedRule(name.to_owned());
        assert_eq!(
            kinds,
            [
                (Some(2), &rule("trigger")),
                (Some(4), &rule("tna::role")),
                (Some(6), &rule("value=code")),
            ]
        );
    }

    #[test]
    fn a_cell_that_is_neither_yes_nor_an_expression_is_refused() {
        let survey = "type,name,label,required,relevant\ntext,a,A,maybe,\ntext,b,B,,a = 1\n";
        let problems = read_survey(survey, CHOICES).unwrap_err();
        let found: Vec<_> = problems.iter().map(|p| (p.line.unwrap(), &p.kind)).collect();
        let word = |word: &str| FormProblemKind::UnknownWord(word.to_owned());
        assert_eq!(found, [(2, &word("maybe")), (3, &word("a"))]);
    }

    #[test]
    fn questions_that_depend_on_each_other_are_named() {
        let survey = "type,name,label,relevant\ntext,a,A,${b} = 1\ntext,b,B,${a} = 1\n";
        let problems = read_survey(survey, CHOICES).unwrap_err();
        assert_eq!(problems[0].kind, FormProblemKind::Circle(vec!["a".into(), "b".into()]));
        assert_eq!(problems[0].line, Some(2));
    }

    #[test]
    fn other_than_the_choices_is_a_choice_and_a_text_of_its_own() {
        let form =
            read_survey("type,name,label\nselect_one x or_other,q,Q\n", CHOICES).unwrap().form;
        let question = form.question("q").unwrap();
        let names: Vec<_> =
            form.choices(question.kind.list().unwrap()).iter().map(|c| c.name.as_str()).collect();
        assert_eq!(names, ["a", "b", "other"]);
        let other = form.question("q_other").unwrap();
        assert_eq!(other.relevant.as_ref().unwrap().to_string(), "selected(${q}, 'other')");
    }
}
