//! Everything for programs as one package.

use std::collections::BTreeSet;

use zip::result::ZipError;

use super::Collector;
use crate::app::protocol::{Export, ExportWanted};
use crate::domain::form::Role;
use crate::domain::response::Response;
use crate::domain::roster::Roster;
use crate::domain::timestamp::Timestamp;
use crate::formats::data_package::{self, About, RESPONSES, Resource, response_fields};
use crate::formats::dataset_csv::{DatasetColumns, Words, repeat_table};
use crate::formats::table::{Profile, Table};
use crate::formats::variable::variables;
use crate::formats::{codebook, form_tables, scripts};

impl Collector {
    /// The package of a campaign, with labels in the language that is wanted.
    ///
    /// # Errors
    /// Only where the library fails.
    pub(super) fn package(
        &self,
        wanted: &ExportWanted,
        roster: &Roster,
        now: Timestamp,
    ) -> Result<Vec<u8>, ZipError> {
        let ExportWanted { language: t, arrangement, .. } = *wanted;
        let form = &self.form;
        let responses = self.effective().counting();
        let columns = DatasetColumns::of(form, &responses, Words::Names, arrangement);
        let variables = variables(form, &columns, t);
        let rows = responses.iter().map(|response| columns.row(response));
        let table = Table { header: columns.header(), rows: rows.collect() };
        let scripts = scripts::files(&variables, &table, t);
        let mut resources = vec![Resource {
            name: RESPONSES.to_owned(),
            title: t.export_dataset().to_owned(),
            fields: Some(response_fields(&variables, t)),
            table,
            key: &["_root"],
            of_response: None,
        }];
        let dataset = self.effective().to_dataset();
        for repeat in form.repeats() {
            let Some(group) = form.groups().get(repeat) else { continue };
            let nameless = arrangement.is_nameless;
            let table = repeat_table(form, &dataset, repeat, Words::Names, nameless);
            // A repeat may be called like one of the package's own tables.
            let name = format!("{RESPONSES}-{}", group.name);
            resources.push(Resource {
                key: &["_key"],
                of_response: Some("_root"),
                ..Resource::plain(&name, group.label.get(t.code()), table)
            });
        }
        let units = self.units_told(&responses, roster);
        for (name, title, table) in [
            ("codebook", t.book_codebook(), codebook::table(form, t)),
            ("competencies", t.package_competencies(), form_tables::competencies(form, t)),
            ("levels", t.package_levels(), form_tables::levels(form)),
            ("groups", t.package_groups(), form_tables::groups(form, &units, t)),
            ("clusters", t.package_clusters(), form_tables::clusters(&self.clusters, &units)),
        ] {
            resources.push(Resource::plain(name, title, table));
        }
        for (export, title) in [
            (Export::Needs, t.export_needs()),
            (Export::Tally, t.export_tally()),
            (Export::Coverage, t.export_coverage()),
            (Export::Changes, t.export_changes()),
        ] {
            // Corrections tell what people had written.
            if export == Export::Changes && arrangement.is_nameless {
                continue;
            }
            let own = ExportWanted { export, profile: Profile::Data, ..*wanted };
            let table = self.table(&own, roster, now);
            let stem = export.file_stem(form);
            resources.extend(table.map(|table| Resource::plain(&stem, title, table)));
        }
        let name = form.id.to_lowercase().replace('_', "-");
        let about = About { name: &name, title: form.title.get(t.code()), made: now, language: t };
        let mut others = vec![("README.md".to_owned(), readme(&about, &resources).into_bytes())];
        others.extend(self.form_file().ok());
        others.extend(scripts);
        data_package::write(&about, &resources, others)
    }

    /// The units that a package speaks of: those of the roster, and those that people named.
    fn units_told<'r>(
        &'r self,
        responses: &[&'r Response],
        roster: &'r Roster,
    ) -> BTreeSet<&'r str> {
        let named = self.form.with_role(Role::Unit).map(|question| question.name.as_str());
        let of_roster = roster.units.iter().map(|unit| unit.code.as_str());
        let answered = responses.iter().filter_map(|row| Some(row.answers.get(named?)));
        of_roster.chain(answered).filter(|unit| !unit.is_empty()).collect()
    }
}

/// What lies in the package, for people.
fn readme(about: &About<'_>, resources: &[Resource]) -> String {
    let t = about.language;
    let lines = resources.iter().map(|resource| {
        let rows = t.count(resource.table.rows.len());
        format!("- `{}.csv`: {}\n", resource.name, t.package_rows(&resource.title, &rows))
    });
    let files: String = lines.collect();
    let (title, lead, scripts) = (about.title, t.package_lead(), t.package_scripts());
    format!("# {title}\n\n{lead}\n\n{files}\n{scripts}\n\n{}\n", t.package_notes())
}
