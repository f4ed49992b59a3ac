//! A form from the sheets of an `XLSForm`, each a CSV.
//!
//! `survey`, `choices` and `settings` are those of the `XLSForm` standard; `competencies` is ours:
//! a competency's code, domain, labels and, in columns `level::<post>`, the level a post needs.
//! Further columns of ours, which other tools ignore: `tna::competency`, `tna::scale`
//! (`importance`, `ability`) and `tna::role` in `survey`; `tna::title::<language>`,
//! `tna::consent_version` and `tna::minutes` in `settings`. Any other CSV is a choice list for
//! `select_one_from_file`.

use std::collections::{BTreeMap, BTreeSet};

use super::csv_text::{self, CsvRow, CsvText};
use crate::domain::expression::{self, Expression};
use crate::domain::form::{Choice, Competency, Form, Group, Kind, Question, Rating, Role, Scale};
use crate::domain::localized::Localized;
use crate::domain::problem::{FormProblem, FormProblemKind};

/// A file of a form: its name, with or without `.csv`, and its text.
pub type SheetFile<'a> = (&'a str, &'a str);

/// Reads a form.
///
/// # Errors
/// Every fault found, each at its cell; a form with a fault is not used.
pub fn read(files: &[SheetFile<'_>]) -> Result<Form, Vec<FormProblem>> {
    let mut reader = Reader::default();
    let mut sheets = BTreeMap::new();
    for (name, text) in files {
        let name = sheet_name(name);
        match csv_text::parse(text) {
            Ok(table) => {
                for problem in &table.problems {
                    let kind = FormProblemKind::Table(problem.kind.clone());
                    reader.report(&name, problem.line, None, kind);
                }
                sheets.insert(name.clone(), Sheet { name, table, default_language: String::new() });
            }
            Err(problem) => {
                reader.report(&name, None, None, FormProblemKind::Table(problem.kind));
            }
        }
    }
    reader.form(sheets)
}

fn sheet_name(file: &str) -> String {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    match name.rsplit_once('.') {
        Some((stem, extension)) if extension.eq_ignore_ascii_case("csv") => stem.to_owned(),
        _ => name.to_owned(),
    }
}

/// One sheet, with its cells by heading.
struct Sheet {
    name: String,
    table: CsvText,
    default_language: String,
}

impl Sheet {
    fn cell<'s>(&'s self, row: &'s CsvRow, heading: &str) -> &'s str {
        let column = self.table.column(heading);
        column.and_then(|column| row.cells.get(column)).map_or("", |cell| cell.trim())
    }

    /// A text with its translations: `label`, `label::Tiếng Việt (vi)`, `label::en`.
    fn localized(&self, row: &CsvRow, heading: &str) -> Localized {
        let texts = self.table.header.iter().zip(&row.cells).filter_map(|(found, cell)| {
            let language = match found.split_once("::") {
                Some((base, language)) if base.eq_ignore_ascii_case(heading) => {
                    language_code(language)
                }
                None if found.eq_ignore_ascii_case(heading) => self.default_language.clone(),
                _ => return None,
            };
            Some((language, cell.trim().to_owned()))
        });
        let mut texts: Vec<(String, String)> = texts.collect();
        texts.sort_by_key(|(language, _)| *language != self.default_language);
        Localized::new(texts)
    }

    /// The languages of the labels, in the order of their columns.
    fn languages(&self) -> Vec<String> {
        let labels = self.table.header.iter().filter_map(|heading| heading.strip_prefix("label::"));
        labels.map(language_code).collect()
    }
}

/// `Tiếng Việt (vi)` is `vi`; a language without a code in brackets is its own code.
fn language_code(language: &str) -> String {
    let language = language.trim();
    match language.strip_suffix(')').and_then(|open| open.rsplit_once('(')) {
        Some((_, code)) => code.trim().to_owned(),
        None => language.to_owned(),
    }
}

fn is_yes(cell: &str) -> bool {
    matches!(cell.to_lowercase().as_str(), "yes" | "true" | "true()")
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

/// The form as it grows, and what is wrong so far.
#[derive(Default)]
struct Reader {
    form: Form,
    problems: Vec<FormProblem>,
}

/// Where a fault is: a sheet, a line, a column.
#[derive(Clone, Copy)]
struct At<'a> {
    sheet: &'a Sheet,
    row: &'a CsvRow,
}

impl<'a> At<'a> {
    fn cell(self, heading: &str) -> &'a str {
        self.sheet.cell(self.row, heading)
    }

    fn localized(self, heading: &str) -> Localized {
        self.sheet.localized(self.row, heading)
    }
}

impl Reader {
    fn report(
        &mut self,
        sheet: &str,
        line: Option<u64>,
        column: Option<&str>,
        kind: FormProblemKind,
    ) {
        let (sheet, column) = (sheet.to_owned(), column.map(str::to_owned));
        self.problems.push(FormProblem { sheet, line, column, kind });
    }

    fn report_at(&mut self, at: At<'_>, column: &str, kind: FormProblemKind) {
        self.report(&at.sheet.name, Some(at.row.line), Some(column), kind);
    }

    fn form(mut self, mut sheets: BTreeMap<String, Sheet>) -> Result<Form, Vec<FormProblem>> {
        let default_language = sheets
            .get("settings")
            .and_then(|sheet| Some(sheet.cell(sheet.table.rows.first()?, "default_language")))
            .map(language_code)
            .filter(|language| !language.is_empty())
            .or_else(|| sheets.get("survey")?.languages().into_iter().next())
            .unwrap_or_default();
        for sheet in sheets.values_mut() {
            sheet.default_language.clone_from(&default_language);
        }
        let (survey, choices, settings, competencies) = (
            sheets.remove("survey"),
            sheets.remove("choices"),
            sheets.remove("settings"),
            sheets.remove("competencies"),
        );
        match settings {
            Some(sheet) => self.settings(&sheet),
            None => self.report("settings", None, None, FormProblemKind::MissingSheet),
        }
        if let Some(sheet) = choices {
            self.choices(&sheet, None);
        }
        for sheet in sheets.into_values() {
            self.choices(&sheet, Some(&sheet.name));
        }
        if let Some(sheet) = competencies {
            self.competencies(&sheet);
        }
        match survey {
            Some(sheet) => {
                self.form.languages = sheet.languages();
                self.form.languages.sort_by_key(|language| *language != default_language);
                self.survey(&sheet);
            }
            None => self.report("survey", None, None, FormProblemKind::MissingSheet),
        }
        if self.problems.is_empty() { Ok(self.form) } else { Err(self.problems) }
    }

    fn settings(&mut self, sheet: &Sheet) {
        let Some(row) = sheet.table.rows.first() else {
            return self.report(&sheet.name, None, Some("form_id"), FormProblemKind::EmptyCell);
        };
        let at = At { sheet, row };
        if at.cell("form_id").is_empty() {
            self.report_at(at, "form_id", FormProblemKind::EmptyCell);
        }
        let titles = sheet.table.header.iter().zip(&row.cells).filter_map(|(heading, cell)| {
            let language = match heading.strip_prefix("tna::title::") {
                Some(language) => language_code(language),
                None if heading == "form_title" => sheet.default_language.clone(),
                None => return None,
            };
            Some((language, cell.trim().to_owned()))
        });
        self.form.title = Localized::new(titles);
        at.cell("form_id").clone_into(&mut self.form.id);
        at.cell("version").clone_into(&mut self.form.version);
        at.cell("tna::consent_version").clone_into(&mut self.form.consent_version);
        self.form.minutes = at.cell("tna::minutes").parse().ok();
    }

    /// Reads the sheet `choices`, or a file that is one list as a whole.
    fn choices(&mut self, sheet: &Sheet, whole_list: Option<&str>) {
        let mut lists: BTreeMap<String, Vec<Choice>> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for row in &sheet.table.rows {
            let at = At { sheet, row };
            let list = whole_list.unwrap_or_else(|| match at.cell("list_name") {
                "" => at.cell("list name"),
                list => list,
            });
            let name = at.cell("name");
            if list.is_empty() || name.is_empty() {
                let column = if list.is_empty() { "list_name" } else { "name" };
                self.report_at(at, column, FormProblemKind::EmptyCell);
            } else if name.contains(char::is_whitespace) {
                self.report_at(at, "name", FormProblemKind::BadName(name.to_owned()));
            } else if seen.insert((list.to_owned(), name.to_owned())) {
                let further =
                    sheet.table.header.iter().zip(&row.cells).filter(|(heading, cell)| {
                        let known = ["list_name", "list name", "name"].contains(&heading.as_str());
                        !known && !heading.starts_with("label") && !cell.is_empty()
                    });
                let columns = further.map(|(heading, cell)| (heading.clone(), cell.clone()));
                let choice = Choice::new(name, at.localized("label"), columns);
                lists.entry(list.to_owned()).or_default().push(choice);
            } else {
                self.report_at(at, "name", FormProblemKind::NameTwice(name.to_owned()));
            }
        }
        for (list, choices) in lists {
            self.form.add_list(&list, choices);
        }
    }

    fn competencies(&mut self, sheet: &Sheet) {
        for row in &sheet.table.rows {
            let at = At { sheet, row };
            let code = at.cell("name");
            if code.is_empty() {
                self.report_at(at, "name", FormProblemKind::EmptyCell);
                continue;
            }
            if self.form.competency_position(code).is_some() {
                self.report_at(at, "name", FormProblemKind::NameTwice(code.to_owned()));
                continue;
            }
            let mut required_levels = BTreeMap::new();
            for (heading, cell) in sheet.table.header.iter().zip(&row.cells) {
                let Some(post) = heading.strip_prefix("level::") else { continue };
                match cell.trim().parse() {
                    Ok(level @ 1..=5) => {
                        required_levels.insert(post.to_owned(), level);
                    }
                    _ if cell.trim().is_empty() => {}
                    _ => self.report_at(at, heading, FormProblemKind::UnknownWord(cell.clone())),
                }
            }
            self.form.competencies.push(Competency {
                code: code.to_owned(),
                domain: at.cell("domain").to_owned(),
                label: at.localized("label"),
                required_levels,
            });
        }
    }

    fn survey(&mut self, sheet: &Sheet) {
        let mut names = BTreeSet::new();
        let mut references: Vec<(&CsvRow, &'static str, String)> = Vec::new();
        let mut open: Vec<(usize, &CsvRow)> = Vec::new();
        for row in &sheet.table.rows {
            let at = At { sheet, row };
            let words: Vec<&str> = at.cell("type").split_whitespace().collect();
            match words.as_slice() {
                [] => continue,
                ["end", "group"] | ["end_group"] => {
                    if open.pop().is_none() {
                        self.report_at(at, "type", FormProblemKind::GroupNotClosed);
                    }
                    continue;
                }
                _ => {}
            }
            let name = at.cell("name");
            if name.is_empty() {
                self.report_at(at, "name", FormProblemKind::EmptyCell);
            } else if !is_name(name) {
                self.report_at(at, "name", FormProblemKind::BadName(name.to_owned()));
            } else if !names.insert(name) {
                self.report_at(at, "name", FormProblemKind::NameTwice(name.to_owned()));
            }
            let parent = open.last().map(|(group, _)| *group);
            let relevant = self.expression(at, "relevant", &mut references);
            let appearance: Vec<String> =
                at.cell("appearance").split_whitespace().map(str::to_owned).collect();
            if matches!(words.as_slice(), ["begin", "group"] | ["begin_group"]) {
                open.push((self.form.groups.len(), row));
                self.form.groups.push(Group {
                    name: name.to_owned(),
                    label: at.localized("label"),
                    hint: at.localized("hint"),
                    parent,
                    relevant,
                    on_one_screen: appearance.iter().any(|word| word == "field-list"),
                });
                continue;
            }
            let Some(kind) = self.kind(at, &words) else { continue };
            let question = Question {
                name: name.to_owned(),
                kind,
                label: at.localized("label"),
                hint: at.localized("hint"),
                group: parent,
                required: is_yes(at.cell("required")),
                required_message: at.localized("required_message"),
                relevant,
                constraint: self.expression(at, "constraint", &mut references),
                constraint_message: at.localized("constraint_message"),
                calculation: self.expression(at, "calculation", &mut references),
                choice_filter: self.expression(at, "choice_filter", &mut references),
                appearance,
                role: self.role(at),
                rating: self.rating(at),
            };
            self.form.add_question(question);
        }
        for (_, row) in open {
            self.report_at(At { sheet, row }, "type", FormProblemKind::GroupNotClosed);
        }
        for (row, column, name) in references {
            if self.form.question(&name).is_none() {
                let kind = FormProblemKind::MissingQuestion(name);
                self.report_at(At { sheet, row }, column, kind);
            }
        }
    }

    fn kind(&mut self, at: At<'_>, words: &[&str]) -> Option<Kind> {
        let kind = match words {
            ["text" | "string"] => Kind::Text,
            ["integer" | "int"] => Kind::Integer,
            ["decimal"] => Kind::Decimal,
            ["date"] => Kind::Date,
            ["note"] => Kind::Note,
            ["calculate"] => Kind::Calculate,
            ["acknowledge"] => Kind::Acknowledge,
            ["select_one", list] => Kind::SelectOne((*list).to_owned()),
            ["select_multiple", list] => Kind::SelectMultiple((*list).to_owned()),
            ["rank", list] => Kind::Rank((*list).to_owned()),
            ["select_one_from_file", file] => Kind::SelectOne(sheet_name(file)),
            _ => {
                let unknown = FormProblemKind::UnknownType(words.join(" "));
                self.report_at(at, "type", unknown);
                return None;
            }
        };
        match kind.list() {
            Some(list) if !self.form.has_list(list) => {
                self.report_at(at, "type", FormProblemKind::MissingList(list.to_owned()));
                None
            }
            _ => Some(kind),
        }
    }

    fn expression<'s>(
        &mut self,
        at: At<'s>,
        column: &'static str,
        references: &mut Vec<(&'s CsvRow, &'static str, String)>,
    ) -> Option<Expression> {
        let text = at.cell(column);
        if text.is_empty() {
            return None;
        }
        match expression::parse(text) {
            Ok(expression) => {
                let mut missing_lists = Vec::new();
                expression.walk(&mut |inner| match inner {
                    Expression::Answer(name) => references.push((at.row, column, name.clone())),
                    Expression::Lookup { list, .. } if !self.form.has_list(list) => {
                        missing_lists.push(list.clone());
                    }
                    _ => {}
                });
                for list in missing_lists {
                    self.report_at(at, column, FormProblemKind::MissingList(list));
                }
                Some(expression)
            }
            Err(error) => {
                let before = text.get(..error.at).unwrap_or_default();
                let at_character = before.chars().count() + 1;
                let kind = FormProblemKind::Expression { text: text.to_owned(), at: at_character };
                self.report_at(at, column, kind);
                None
            }
        }
    }

    fn role(&mut self, at: At<'_>) -> Option<Role> {
        let word = at.cell("tna::role");
        let role = Role::named(word);
        if role.is_none() && !word.is_empty() {
            self.report_at(at, "tna::role", FormProblemKind::UnknownWord(word.to_owned()));
        }
        role
    }

    fn rating(&mut self, at: At<'_>) -> Option<Rating> {
        let code = at.cell("tna::competency");
        if code.is_empty() {
            return None;
        }
        if self.form.competency_position(code).is_none() {
            let kind = FormProblemKind::MissingCompetency(code.to_owned());
            self.report_at(at, "tna::competency", kind);
            return None;
        }
        let scale = match at.cell("tna::scale") {
            "importance" => Scale::Importance,
            "ability" => Scale::Ability,
            word => {
                let kind = FormProblemKind::UnknownWord(word.to_owned());
                self.report_at(at, "tna::scale", kind);
                return None;
            }
        };
        Some(Rating { competency: code.to_owned(), scale })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SETTINGS: &str = "form_title,form_id,version,default_language\nThử,thu,1,vi\n";

    fn read_sheets(survey: &str, choices: &str) -> Result<Form, Vec<FormProblem>> {
        read(&[("survey.csv", survey), ("choices.csv", choices), ("settings.csv", SETTINGS)])
    }

    #[test]
    fn labels_are_read_in_every_language_the_default_one_first() {
        let survey = "type,name,label::English (en),label::Tiếng Việt (vi),hint\n\
                      text,ten,Name,Tên,gợi ý\n";
        let form = read_sheets(survey, "list_name,name,label\nx,a,A\n").unwrap();
        assert_eq!(form.languages, ["vi", "en"]);
        let question = form.question("ten").unwrap();
        assert_eq!(question.label.get("vi"), "Tên");
        assert_eq!(question.label.get("en"), "Name");
        assert_eq!(question.label.get("fr"), "Tên");
        assert_eq!(question.hint.get("vi"), "gợi ý");
    }

    #[test]
    fn every_fault_of_a_form_is_named_with_its_cell() {
        let survey = "type,name,label,relevant,tna::role\n\
                      select_one gone,a,A,,\n\
                      geopoint,b,B,,\n\
                      text,b c,B,,\n\
                      text,d,D,${nobody} = 1,\n\
                      text,d,D,selcted(.),boss\n\
                      begin group,g,G,,\n";
        let problems =
            read_sheets(survey, "list_name,name,label\nl,,A\nl,x,A\nl,x,B\n").unwrap_err();
        let found: Vec<_> = problems
            .iter()
            .map(|p| (p.sheet.as_str(), p.line.unwrap(), p.column.as_deref().unwrap(), &p.kind))
            .collect();
        let expression = FormProblemKind::Expression { text: "selcted(.)".into(), at: 1 };
        assert_eq!(
            found,
            [
                ("choices", 2, "name", &FormProblemKind::EmptyCell),
                ("choices", 4, "name", &FormProblemKind::NameTwice("x".into())),
                ("survey", 2, "type", &FormProblemKind::MissingList("gone".into())),
                ("survey", 3, "type", &FormProblemKind::UnknownType("geopoint".into())),
                ("survey", 4, "name", &FormProblemKind::BadName("b c".into())),
                ("survey", 6, "name", &FormProblemKind::NameTwice("d".into())),
                ("survey", 6, "relevant", &expression),
                ("survey", 6, "tna::role", &FormProblemKind::UnknownWord("boss".into())),
                ("survey", 7, "type", &FormProblemKind::GroupNotClosed),
                ("survey", 5, "relevant", &FormProblemKind::MissingQuestion("nobody".into())),
            ]
        );
    }

    #[test]
    fn a_form_without_its_sheets_says_which_is_missing() {
        let problems = read(&[]).unwrap_err();
        let sheets: Vec<&str> = problems.iter().map(|problem| problem.sheet.as_str()).collect();
        assert_eq!(sheets, ["settings", "survey"]);
    }
}
